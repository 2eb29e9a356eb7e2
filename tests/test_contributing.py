"""Every recipe of CONTRIBUTING is followed, step by step, in a copy of the project.

A case writes the files that its section asks for, and runs the commands that stand there in
backticks, word for word: one that the section does not name is refused, and one that was not run is
missed. The data of the copy are the story's, so that a recipe takes seconds.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT

NOT_RECIPES = {"代码"}
"""Sections that say how code is written, not what to do."""

WAITING = {
    "加一列", "加一个取值", "加一个页面", "加一条考评条款、另一版细则", "改了规则，先看影响",
    "另一个城市，新的一年",
}  # fmt: skip
"""Sections that no case follows yet: write one below and take its title out."""

_COMMAND = re.compile(r"`((?:qingyuan|python|make) [^`]+)`")
_PROGRAMS = {"qingyuan": [sys.executable, "-m", "pipeline"], "python": [sys.executable]}


def sections() -> dict[str, str]:
    """Return the sections of CONTRIBUTING by title."""
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return {title.strip(): body for title, _, body in (part.partition("\n") for part in parts)}


class Copy:
    """A copy of the project in which one section is followed."""

    def __init__(self, root: Path, title: str) -> None:
        self.root, self.section = root, sections()[title]
        self.missing = set(_COMMAND.findall(self.section))

    def path(self, name: str) -> Path:
        """Return the path of a file of the copy."""
        return self.root / name

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace what stands in a file exactly once."""
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")

    def append(self, name: str, text: str) -> None:
        """Write something at the end of a file; a new file is made."""
        with self.path(name).open("a", encoding="utf-8") as file:
            file.write(text)

    def run(self, command: str, code: int = 0, /, **words: str) -> str:
        """Run a command as the section gives it and return what it said.

        `words` stand for what the section leaves open: run("qingyuan init 目录", 目录="mine").
        """
        assert command in _COMMAND.findall(self.section), f"the section does not say {command}"
        self.missing.discard(command)
        for word, value in words.items():
            command = command.replace(word, value)
        program, *arguments = shlex.split(command)
        done = self.ran([*_PROGRAMS.get(program, [program]), *arguments])
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def ran(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run any command in the copy."""
        env = {name: value for name, value in os.environ.items() if name != "GOLDEN"}
        return subprocess.run(
            command, cwd=self.root, env=env, capture_output=True, text=True, check=False
        )

    def commit(self, message: str) -> None:
        """Commit all changes, as the last step of a change of data says."""
        who = ["-c", "user.name=农水股", "-c", "user.email=clerk@example.invalid"]
        for told in (["add", "-A"], [*who, "commit", "-q", "--no-verify", "-m", message]):
            done = self.ran(["git", *told])
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the project as git has or would have them, with the story's data."""
    root = tmp_path_factory.mktemp("pristine") / "project"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", ".", ":!data"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (PROJECT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, root / name)
    shutil.copytree(EXAMPLE, root / "data")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


@pytest.fixture
def following(pristine: Path, tmp_path: Path) -> Callable[[str], Copy]:
    """Return how to begin a section: a fresh copy for it."""

    def begin(title: str) -> Copy:
        root = tmp_path / "project"
        shutil.copytree(pristine, root)
        return Copy(root, title)

    return begin


def test_every_recipe_is_followed() -> None:
    """A new section asks for a case; a section that is gone takes its case along."""
    source = Path(__file__).read_text(encoding="utf-8")
    followed = set(re.findall(r'following\("([^"]+)"\)', source))

    assert followed | WAITING == set(sections()) - NOT_RECIPES
    assert not followed & WAITING


def test_a_row_is_changed(following: Callable[[str], Copy]) -> None:
    """A cell is mended; what was wrong in it is told with its line before anybody commits."""
    copy = following("改一行数据")
    copy.commit("起点")
    copy.ran(["git", "update-ref", "refs/remotes/origin/main", "HEAD"])
    phones = "data/units/nanzhao/phones.csv"
    line = copy.path(phones).read_text(encoding="utf-8").splitlines()[1]
    first, _, rest = line.partition(",")
    number = re.search(r"0377-1[0-9]{7}", rest)
    assert number

    copy.replace(phones, line, line.replace(number[0], "0377-1000"))
    copy.run("qingyuan fmt")
    told = copy.run("qingyuan check", 1)
    assert f"{phones} 第2行" in told

    copy.replace(phones, "0377-1000,", "0377-10009999,")
    copy.run("qingyuan fmt")
    copy.run("qingyuan check")
    told = copy.run("qingyuan check --base origin/main", 1)
    assert "CH22" in told  # a number once registered stays; the new one is a row of its own

    copy.replace(phones, "0377-10009999", number[0])
    copy.replace(phones, line, line.replace("8:00", "8:30"))
    copy.run("qingyuan fmt")
    copy.run("qingyuan check")
    copy.run("qingyuan check --base origin/main")
    copy.commit(f"农水股：{first} 改接听时间")

    assert not copy.missing


RULE = '''

@row_check(
    "T90",
    ledger=PhoneRow,
    severity="warning",
    sentence="维修电话写明是哪个工程的",
    remedy="范围写“工程”，对象写工程编号",
    source="五.4①",
    why="停水时打给管别处的人，修不了",
    where=lambda row: row.role == "维修",
    passes=[{"phones": [{"role": "维修", "place_type": "工程", "place_id": "nanzhao-w0001"}]}],
    fails=[{"phones": [{"role": "维修", "place_type": "县", "place_id": "nanzhao"}]}],
    skips=[{"phones": [{"role": "管理人员"}]}],
)
def repair_is_of_works(row: PhoneRow, _book: Book) -> Breach | None:
    """Somebody who mends pipes mends those of one works."""
    return breach("place_type") if row.place_type != "工程" else None
'''


def test_a_rule_is_added(following: Callable[[str], Copy]) -> None:
    """One file is touched; the rule runs and is printed; a source nobody knows is refused."""
    copy = following("加一条检查规则")
    file, command = "pipeline/checks/records/phones.py", sorted(copy.missing)[0]

    copy.append(file, RULE)
    copy.run(command)
    asked = (
        "from pipeline import checks; print([r.why for r in checks.catalogue() if r.id == 'T90'])"
    )
    assert "停水时打给管别处的人" in copy.ran([sys.executable, "-c", asked]).stdout
    told = copy.ran([sys.executable, "-m", "pipeline", "check"])
    assert told.returncode == 0, told.stdout + told.stderr
    assert "T90" in copy.ran([sys.executable, "-m", "pipeline", "check", "--format", "json"]).stdout

    copy.replace(file, 'source="五.4①",\n    why="停水时', 'source="听说",\n    why="停水时')
    assert "T90" in copy.run(command, 1)
    assert not copy.missing


def test_a_sample_is_drawn_and_entered(following: Callable[[str], Copy]) -> None:
    """The rows stay out of the ledger until every drawn place has its result or its reason."""
    copy = following("抽一次样，登记结果")
    told = copy.run('qingyuan sample --group 7 --n 8 --seed "摇号 3 9 14 2 25 31 8"')
    folder = next((copy.root / "build" / "samples").iterdir())
    rows = folder / "rows.csv"
    enter = "qingyuan sample --enter build/samples/批次/rows.csv --released 公布日期"
    words = {"批次": folder.name, "公布日期": "2022-09-16"}

    assert "承诺码" in told
    assert (folder / "名单.html").is_file()
    assert "没有查完" in copy.run(enter, 2, **words)
    head, *lines = rows.read_text(encoding="utf-8").splitlines()
    reason = head.split(",").index("not_done_reason")
    cells = [line.split(",") for line in lines]
    for row in cells:
        row[reason] = "" if "是" in row else "山洪冲断道路"
    rows.write_text("\n".join([head, *map(",".join, cells)]) + "\n", encoding="utf-8")
    assert f"登记了 {len(cells)} 行" in copy.run(enter, **words)
    copy.run("qingyuan check")

    assert not copy.missing
