"""History as a witness: what was changed is told by day and change; what is hidden stays hidden."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from story import EXAMPLE, qingyuan
from test_change_gate import git, rows_of, write

from pipeline import checks, disclosure, history
from pipeline.ledgers import load, load_schemas
from pipeline.store import Store

SCHEMAS = load_schemas()
ISSUES, EVENTS = "units/nanzhao/issues.csv", "units/nanzhao/issue_events.csv"
SEATS, PHONES = "units/nanzhao/responsibilities.csv", "units/nanzhao/phones.csv"
DAY = date(2022, 9, 16)


@pytest.fixture(scope="module")
def started(tmp_path_factory) -> Path:
    """A repository whose first commit holds the story."""
    top = tmp_path_factory.mktemp("started")
    shutil.copytree(EXAMPLE, top / "data")
    git(top, "init", "-q")
    git(top, "add", "-A")
    commit(top, "2022-09-01")
    return top


@pytest.fixture
def top(started, tmp_path) -> Path:
    """A copy of it, free to be changed."""
    shutil.copytree(started, tmp_path / "top", symlinks=True)
    return tmp_path / "top"


def commit(top: Path, day: str) -> str:
    """Commit everything as of a day; returns the short name."""
    when = {f"GIT_{w}_DATE": f"{day}T08:00:00+08:00" for w in ("AUTHOR", "COMMITTER")}
    who = {f"GIT_{w}_{x}": "x@y" for w in ("AUTHOR", "COMMITTER") for x in ("NAME", "EMAIL")}
    subprocess.run(
        ["git", "commit", "-q", "-a", "-m", "张三丰13812345678改的"],
        cwd=top, env=os.environ | who | when, check=True,
    )  # fmt: skip
    return git(top, "rev-parse", "HEAD").strip()[:12]


def edit(top: Path, file: str, act: Callable[[list[dict[str, str]]], None], day: str) -> str:
    """Change rows of a ledger and commit."""
    rows = rows_of(top / "data" / file)
    act(rows)
    write(top / "data" / file, rows)
    return commit(top, day)


def past(data: Path, day: date = DAY) -> disclosure.View:
    """Return the view of a data folder with its history."""
    loaded = load(data)
    found = history.history_of(data, SCHEMAS, Store(None))
    return disclosure.view(loaded.snapshot, day, loaded.digest, history=found)


def words(view: disclosure.View) -> str:
    """Return everything the history of a view says, as one text."""
    return repr(view.past)


def test_a_moved_deadline_and_softened_wording_are_told(top):
    """Which issue, what it was and is, on which day, by which change."""
    rows = rows_of(top / "data" / ISSUES)
    issue, due, problem = (rows[0][c] for c in ("issue_id", "due_on", "problem"))
    one = edit(top, ISSUES, lambda r: r[0].update(due_on="2022-10-30"), "2022-09-03")
    two = edit(top, ISSUES, lambda r: r[0].update(problem="个别地方略有不足"), "2022-09-05")
    told = past(top / "data").past.about[f"issues/{issue}"]

    assert [(t.on, t.change) for t in told] == [(date(2022, 9, 5), two), (date(2022, 9, 3), one)]
    assert [(c.old, c.new) for c in told[0].cells] == [(problem, "个别地方略有不足")]
    assert [(c.title, c.old, c.new) for c in told[1].cells] == [("整改时限", due, "2022-10-30")]


def test_a_removed_row_is_told(top):
    """An issue that goes with its events leaves a trace under its number."""
    gone = rows_of(top / "data" / ISSUES)[0]["issue_id"]
    rows = [r for r in rows_of(top / "data" / EVENTS) if r["issue_id"] != gone]
    write(top / "data" / EVENTS, rows)
    change = edit(top, ISSUES, lambda r: r.pop(0), "2022-09-04")
    told = [t for t in past(top / "data").past.told if t.change == change]

    assert any(t.row == gone and not t.cells for t in told)
    assert past(top / "data").past.units["nanzhao"].removed >= 1


def test_a_resorted_or_resaved_file_is_no_change(top):
    """Order, line ends: nothing happened to any row."""
    path = top / "data" / ISSUES
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_bytes("\r\n".join([lines[0], *reversed(lines[1:]), ""]).encode())
    commit(top, "2022-09-04")

    assert past(top / "data").past.told == ()


def test_what_is_not_committed_is_no_history(top):
    """A working copy with changes has the history of its commit."""
    before = words(past(top / "data"))
    rows = rows_of(top / "data" / ISSUES)
    rows[0]["due_on"] = "2022-10-30"
    write(top / "data" / ISSUES, rows)

    assert words(past(top / "data")) == before


def test_names_and_phones_that_were_replaced_are_not_repeated(top):
    """That they changed is told, never what they were; nor what a commit's message says."""
    seat = rows_of(top / "data" / SEATS)[0]
    phone = rows_of(top / "data" / PHONES)[0]
    edit(top, SEATS, lambda r: r[0].update(name="欧阳新来"), "2022-09-03")
    edit(top, PHONES, lambda r: r[0].update(number="0377-10009999"), "2022-09-04")
    said = words(past(top / "data"))

    assert "姓名" in said
    assert seat["name"] not in said
    assert phone["number"] not in said
    assert "张三丰" not in said
    assert "13812345678" not in said


@pytest.mark.parametrize("leak", ["村民王小明的身份证411302199003071234", "电话13912345678"])
def test_a_leak_that_was_mended_is_not_told_again(top, leak):
    """Personal data that stood in a public text once is in no history."""
    edit(top, ISSUES, lambda r: r[0].update(problem=leak), "2022-09-03")
    edit(top, ISSUES, lambda r: r[0].update(problem="水压不足"), "2022-09-04")
    said = words(past(top / "data"))
    kept = history.to_json(history.history_of(top / "data", SCHEMAS, Store(None))).decode()

    assert leak not in said + kept
    assert "13912345678" not in said + kept
    assert "411302199003071234" not in said + kept


def test_columns_that_are_not_public_have_no_history(top):
    """Of every column of every ledger that is not public, no value ever enters the index."""
    planted = {}
    for path in sorted((top / "data" / "units" / "nanzhao").glob("*.csv")):
        rows = rows_of(path)
        hidden = [
            f.name
            for f in SCHEMAS[path.stem].fields
            if f.visibility != "P" and f.type == "string" and not f.enum and not f.pattern
        ]
        for column in hidden if rows else ():
            planted[path.stem, column] = mark = f"密{len(planted)}密"
            rows[0][column] = mark
        if rows:
            write(path, rows)
    commit(top, "2022-09-03")
    for ledger, column in planted:
        path = top / "data" / "units" / "nanzhao" / f"{ledger}.csv"
        rows = rows_of(path)
        rows[0][column] = "后来的"
        write(path, rows)
    commit(top, "2022-09-04")
    kept = history.to_json(history.history_of(top / "data", SCHEMAS, Store(None))).decode()

    assert planted
    assert not [mark for mark in planted.values() if mark in kept]
    assert "后来的" not in kept


def gated() -> list[tuple[str, str]]:
    """Return the ledgers of the story whose rows may be hidden, with the file of one of them."""
    found = []
    for path in sorted(EXAMPLE.rglob("*.csv")):
        schema = SCHEMAS[path.stem]
        if schema.row_gate == "is_public" and rows_of(path):
            found.append((path.stem, path.relative_to(EXAMPLE).as_posix()))
    return found


@pytest.mark.parametrize(("ledger", "file"), gated())
def test_a_row_that_is_hidden_has_no_history(top, ledger, file):
    """Hidden today: nothing; hidden then: nothing that stood in it then."""
    schema = SCHEMAS[ledger]
    free = next(
        f.name for f in schema.fields
        if f.visibility == "P" and f.type == "string" and not (f.enum or f.pattern or f.key_by)
        and f.name not in (*schema.primary_key, *(k.field for k in schema.foreign_keys))
    )  # fmt: skip
    edit(top, file, lambda r: r[0].update({"is_public": "否", free: "不能说甲"}), "2022-09-03")
    edit(top, file, lambda r: r[0].update({free: "不能说乙"}), "2022-09-04")
    hidden = words(past(top / "data"))
    edit(top, file, lambda r: r[0].update({"is_public": "是", free: "可以说"}), "2022-09-05")
    shown = words(past(top / "data"))

    for said in (hidden, shown):
        assert "不能说甲" not in said
        assert "不能说乙" not in said


def test_it_travels_as_a_file(top, tmp_path):
    """A copy without git reads the file beside the ledgers, a shallow clone too, or says so."""
    edit(top, ISSUES, lambda r: r[0].update(due_on="2022-10-30"), "2022-09-03")
    done = qingyuan("history", "--write", "--data", top / "data")
    assert done.returncode == 0, done.stdout + done.stderr
    known = past(top / "data").past
    plain = tmp_path / "plain"
    shutil.copytree(top / "data", plain / "data")

    assert past(plain / "data").past.state == "none"
    shutil.copy(top / history.NAME, plain)
    assert past(plain / "data").past.state == "file"
    assert past(plain / "data").past.told == known.told

    git(top, "add", "-A")
    commit(top, "2022-09-06")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{top}", "shallow")
    assert past(tmp_path / "shallow" / "data").past.told == known.told
    (tmp_path / "shallow" / history.NAME).unlink()
    assert past(tmp_path / "shallow" / "data").past.state == "shallow"


def test_a_copy_without_git_says_so_on_its_pages(top, tmp_path):
    """What cannot be listed is said; with the file beside the ledgers it is listed to its day."""
    edit(
        top, ISSUES, lambda r: r[0].update(due_on="2022-10-30", due_text="10月30日前"), "2022-09-03"
    )
    qingyuan("history", "--write", "--data", top / "data")
    plain = tmp_path / "plain"
    shutil.copytree(top / "data", plain / "data")
    said = []
    for out in ("one", "two"):
        done = qingyuan("build", "--data", plain / "data", "--out", tmp_path / out)
        assert done.returncode == 0, done.stdout + done.stderr
        said.append((tmp_path / out / "public/updates.html").read_text(encoding="utf-8"))
        shutil.copy(top / history.NAME, plain)

    assert "这份数据不在 git 里，也没有带改动记录，这里列不出来" in said[0]
    assert "改动记录到2022年9月3日为止" in said[1]
    assert "2022-10-30" in said[1]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 1}', "[" * 5000], ids=range(5))
def test_a_file_that_is_none_counts_as_none(tmp_path, content):
    """Whatever stands there: no traceback, no history."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    (tmp_path / history.NAME).write_bytes(content.encode())

    assert past(tmp_path / "data").past.state == "none"


def test_the_index_is_read_as_it_was_written(top):
    """And the same history always gives the same bytes."""
    edit(top, ISSUES, lambda r: r[0].update(due_on="2022-10-30"), "2022-09-03")
    found = history.history_of(top / "data", SCHEMAS, Store(None))
    again = history.from_json(history.to_json(found))

    assert history.to_json(again) == history.to_json(found)
    assert again.edits == found.edits


def test_quality_is_kept_from_release_to_release(top):
    """Each `--write` adds what the gates say of each unit now."""
    qingyuan("history", "--write", "--data", top / "data")
    git(top, "add", "-A")
    commit(top, "2022-09-02")
    edit(top, ISSUES, lambda r: r[0].update(due_on="2022-10-30"), "2022-09-03")
    qingyuan("history", "--write", "--data", top / "data")
    git(top, "add", "-A")
    commit(top, "2022-09-04")
    kept = json.loads((top / history.NAME).read_text(encoding="utf-8"))["quality"]
    report = checks.run(top / "data", as_of=None, today=lambda: DAY, store=Store(None))
    quality = past(top / "data").past.units["nanzhao"].quality

    assert len({change for _, change, *_ in kept}) == 2
    assert len(quality) == 2
    own = [f for f in report.findings if "nanzhao" in Path(f.file or "").parts]
    assert quality[0].errors + quality[0].warnings == len(own)


def test_the_site_tells_it_and_hides_what_is_hidden(top, tmp_path):
    """On the issue, on the unit and on the page of corrections; the same bytes every time."""
    issue = rows_of(top / "data" / ISSUES)[0]["issue_id"]
    name = rows_of(top / "data" / SEATS)[0]["name"]
    edit(top, SEATS, lambda r: r[0].update(name="欧阳新来"), "2022-09-02")
    change = edit(
        top, ISSUES, lambda r: r[0].update(due_on="2022-10-30", due_text="10月30日前"), "2022-09-03"
    )
    made = []
    for out in ("one", "two"):
        done = qingyuan("build", "--data", top / "data", "--out", tmp_path / out)
        assert done.returncode == 0, done.stdout + done.stderr
        root = tmp_path / out / "public"
        made.append({p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()})
    page = made[0][Path(f"i/{issue}.html")].decode()
    updates = made[0][Path("updates.html")].decode()

    assert made[0] == made[1]
    assert "2022-10-30" in page
    assert change in page
    assert change in updates
    assert issue in updates
    assert "改了 2 行" in made[0][Path("u/nanzhao.html")].decode()
    scripts = [content for p, content in made[0].items() if "lists" in p.parts]
    assert not [content for content in scripts if name.encode() in content]


def test_a_file_is_held_to_the_rules_of_today(top, tmp_path):
    """Whoever wrote it: nothing private, nothing personal, no change that is no commit's name."""
    edit(top, ISSUES, lambda r: r[0].update(due_on="2022-10-30", problem="水压低"), "2022-09-03")
    found = history.history_of(top / "data", SCHEMAS, Store(None))
    one = found.edits[0]
    private = next(f.name for f in SCHEMAS["issues"].fields if f.visibility == "I")
    bad = [
        replace(one, column=private, old="内部的话甲", new="内部的话乙"),
        replace(one, column="resp_person", old="欧阳旧人", new="欧阳新人"),
        replace(one, column="problem", old="电话13912345678", new="水压低"),
    ]
    shutil.copytree(top / "data", tmp_path / "plain" / "data")
    file = tmp_path / "plain" / history.NAME
    file.write_bytes(history.to_json(replace(found, edits=tuple(bad))))
    said = words(past(tmp_path / "plain" / "data"))

    assert "state='file'" in said
    for leak in ("内部的话", "欧阳", "13912345678"):
        assert leak not in said
    file.write_bytes(history.to_json(replace(found, edits=(replace(one, change="../x"),))))
    assert past(tmp_path / "plain" / "data").past.state == "none"


def test_a_clock_that_was_wrong_breaks_nothing(top):
    """A commit of the year 2099 or 12026 is told as it says itself, or as the last day there is."""
    edit(top, ISSUES, lambda r: r[0].update(due_on="2022-10-30"), "2099-12-31")

    assert past(top / "data").past.told[0].on == date(2099, 12, 31)


def test_a_merge_is_one_change(top):
    """What a merged branch brought is told by the merge, not by each of its commits."""
    git(top, "checkout", "-q", "-b", "side")
    edit(top, ISSUES, lambda r: r[0].update(due_on="2022-10-01"), "2022-09-03")
    edit(top, ISSUES, lambda r: r[0].update(due_on="2022-10-30"), "2022-09-04")
    git(top, "checkout", "-q", "main")
    git(top, "merge", "-q", "--no-ff", "-m", "merge", "side")
    merge = git(top, "rev-parse", "HEAD").strip()[:12]
    told = past(top / "data").past.told

    assert [(t.change, t.cells[0].new) for t in told] == [(merge, "2022-10-30")]
