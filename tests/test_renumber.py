"""Two clones that gave one id to two rows, by real git: one command mends it before it is out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT, qingyuan
from test_change_gate import git, rows_of, write
from week import ISSUE, TEST

UNIT = "units/nanzhao"
WHO = ("-c", "user.name=x", "-c", "user.email=x@y")


@pytest.fixture
def clones(tmp_path) -> tuple[Path, Path]:
    """Two clones of one server, one of them with the merge driver; returns their data folders."""
    start, server = tmp_path / "start", tmp_path / "server.git"
    shutil.copytree(EXAMPLE, start / "data")
    shutil.copy(PROJECT / ".gitattributes", start)
    git(start, "init", "-q", "-b", "main")
    git(start, "add", "-A")
    git(start, "commit", "-q", "-m", "start")
    git(tmp_path, "clone", "-q", "--bare", str(start), str(server))
    for name in ("first", "second"):
        git(tmp_path, "clone", "-q", str(server), name)
    return tmp_path / "first" / "data", tmp_path / "second" / "data"


def enter(data: Path, verb: str, *words: str) -> None:
    """Enter something and commit what was entered, as a clerk does."""
    done = qingyuan(verb, *words, "--unit", "南召县", "--data", data)
    assert done.returncode == 0, done.stdout + done.stderr
    git(data, "commit", "-q", "-a", "-m", verb)


def issue(data: Path, problem: str) -> None:
    """Enter an issue."""
    enter(data, "add", "整改台账", *(f"{n}={t}" for n, t in (ISSUE | {"问题": problem}).items()))


def pulled(data: Path) -> subprocess.CompletedProcess[str]:
    """Merge what the server has."""
    git(data, "fetch", "-q")
    return subprocess.run(
        ["git", *WHO, "merge", "--no-edit", "origin/main"],
        cwd=data, capture_output=True, text=True, check=False,
    )  # fmt: skip


def rows(data: Path, ledger: str) -> dict[str, dict[str, str]]:
    """Return the rows of a ledger of the unit by id."""
    found = rows_of(data / UNIT / f"{ledger}.csv")
    return {next(iter(row.values())): row for row in found}


def both_enter(clones: tuple[Path, Path]) -> tuple[Path, Path]:
    """Each enters an issue and ends it; the first is out already."""
    first, second = clones
    issue(first, "闸阀井积水，阀门锈死")
    git(first, "push", "-q", "origin", "main")
    issue(second, "泵房门锁坏了")
    enter(second, "event", "nanzhao-2022-0011", "整改完成", "--on", "2022-09-16")
    return first, second


@pytest.mark.parametrize("is_registered", [True, False])
def test_two_clones_and_one_number(clones, is_registered):
    """The second is told what to do; one command; the published one keeps its id."""
    first, second = both_enter(clones)
    if is_registered:
        assert qingyuan("merge-driver", "--register", "--data", second).returncode == 0
    said = pulled(second)
    assert said.returncode == 1
    if is_registered:
        assert "qingyuan renumber" in said.stdout + said.stderr
    told = qingyuan("check", "--data", second, "--no-cache")
    assert told.returncode == 1
    assert "qingyuan renumber" in told.stdout

    done = qingyuan("renumber", "--data", second)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "nanzhao-2022-0011 → nanzhao-2022-0012（泵房门锁坏了）" in done.stdout
    issues, events = rows(second, "issues"), rows(second, "issue_events")
    assert issues["nanzhao-2022-0011"] == rows(first, "issues")["nanzhao-2022-0011"]
    assert issues["nanzhao-2022-0012"]["problem"] == "泵房门锁坏了"
    assert issues["nanzhao-2022-0012"]["seq_no"] == "12"
    told = {i: e["event"] for i, e in events.items() if e["issue_id"] == "nanzhao-2022-0012"}
    assert told == {"nanzhao-2022-0012-e01": "登记", "nanzhao-2022-0012-e02": "整改完成"}
    assert [i for i in events if i.startswith("nanzhao-2022-0011-")] == ["nanzhao-2022-0011-e01"]
    git(second, "commit", "-q", "-a", "--no-edit")
    checked = qingyuan("check", "--data", second, "--no-cache")
    assert checked.returncode == 0, checked.stdout
    assert pulled(first).returncode == 0
    git(second, "push", "-q", "origin", "main")
    assert pulled(first).returncode == 0
    assert rows(first, "issues") == issues


def test_before_merging_it_is_mended_as_well(clones):
    """Fetched, not merged: the working copy is mended, and the merge is then a clean one."""
    _, second = both_enter(clones)
    assert qingyuan("merge-driver", "--register", "--data", second).returncode == 0
    git(second, "fetch", "-q")
    done = qingyuan("renumber", "--data", second)
    assert done.returncode == 0, done.stderr
    assert "0011 → nanzhao-2022-0012" in done.stdout
    git(second, "commit", "-q", "-a", "-m", "numbers")

    assert pulled(second).returncode == 0
    assert {"nanzhao-2022-0011", "nanzhao-2022-0012"} <= rows(second, "issues").keys()
    again = qingyuan("renumber", "--data", second)
    assert "没有撞号" in again.stdout


def test_whoever_is_published_keeps_his(clones):
    """The office merges a branch that a clerk pushed: the branch is renumbered, main is not."""
    first, second = both_enter(clones)
    git(second, "push", "-q", "origin", "HEAD:refs/heads/clerk")
    git(first, "fetch", "-q")
    subprocess.run(
        ["git", *WHO, "merge", "--no-edit", "origin/clerk"],
        cwd=first, capture_output=True, check=False,
    )  # fmt: skip
    done = qingyuan("renumber", "--data", first)

    assert done.returncode == 0, done.stderr
    issues = rows(first, "issues")
    assert issues["nanzhao-2022-0011"]["problem"] == "闸阀井积水，阀门锈死"
    assert issues["nanzhao-2022-0012"]["problem"] == "泵房门锁坏了"


def test_lines_kept_by_hand_are_told_apart(clones):
    """Somebody kept both lines in an editor: the one that is published keeps the id."""
    first, second = both_enter(clones)
    pulled(second)
    for ledger in ("issues", "issue_events"):
        path = second / UNIT / f"{ledger}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(("<<<<<<<", "=======", ">>>>>>>"))]
        path.write_text("".join(kept), encoding="utf-8")
    git(second, "commit", "-q", "-a", "--no-edit")
    told = qingyuan("check", "--data", second, "--no-cache")
    assert "K01" in told.stdout
    assert "qingyuan renumber" in told.stdout

    done = qingyuan("renumber", "--data", second)

    assert done.returncode == 0, done.stderr
    issues = rows(second, "issues")
    assert issues["nanzhao-2022-0011"] == rows(first, "issues")["nanzhao-2022-0011"]
    assert issues["nanzhao-2022-0012"]["problem"] == "泵房门锁坏了"
    checked = qingyuan("check", "--data", second, "--no-cache")
    assert checked.returncode == 0, checked.stdout


def test_results_follow_their_sample(clones):
    """A key of two columns goes with the id in it."""
    first, second = clones
    for data, number in ((first, "A-1"), (second, "B-1")):
        told = {"对象": "nanzhao-w0001", "采样日期": "2022-09-10", "报告编号": number, **TEST}
        told["氟化物"] = "0.40" if data is first else "0.50"
        enter(data, "add", "水质检测", *(f"{n}={t}" for n, t in told.items()))
    git(first, "push", "-q", "origin", "main")
    pulled(second)

    done = qingyuan("renumber", "--data", second)

    assert done.returncode == 0, done.stderr
    results = rows_of(second / UNIT / "water_results.csv")[-2:]
    assert [(r["sample_id"], r["raw_value"]) for r in results] == [
        ("nanzhao-s00011", "0.40"), ("nanzhao-s00012", "0.50"),
    ]  # fmt: skip


def test_what_is_no_clash_of_numbers_is_left_to_people(clones):
    """The same row changed on both sides stays a question."""
    first, second = clones
    for data, remark in ((first, "甲"), (second, "乙")):
        changed = rows_of(data / UNIT / "issues.csv")
        changed[0]["remark"] = remark
        write(data / UNIT / "issues.csv", changed)
        git(data, "commit", "-q", "-a", "-m", remark)
    git(first, "push", "-q", "origin", "main")
    pulled(second)

    done = qingyuan("renumber", "--data", second)

    assert done.returncode == 1
    assert "两边都改了这一行" in done.stderr
    assert "不是编号的事" in done.stderr


def test_without_git_or_a_main_line_it_says_so(clones, tmp_path):
    """Usage, in Chinese."""
    done = qingyuan("renumber", "--data", EXAMPLE.parent / "nowhere")
    assert done.returncode == 2
    first, _ = clones
    git(first, "remote", "remove", "origin")
    git(first, "branch", "-q", "-m", "main", "work")
    done = qingyuan("renumber", "--data", first)
    assert done.returncode == 2
    assert "--onto" in done.stderr
