"""`impact`: what a changed rule, reading or clause does to committed ledgers, and nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT

from pipeline.verbs.comparison import Side, compared

CLAUSES = "pipeline/assessment/editions/y2022/part_1_leadership.py"
CHECKS = "pipeline/checks/records/findings.py"
RETURNS = "pipeline/checks/records/city.py"
READINGS = "data/reference/readings.csv"
AUTHOR = ("-c", "user.name=x", "-c", "user.email=x@example.invalid")


def git(repository: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-C", str(repository), *AUTHOR, *arguments], check=True, capture_output=True
    )


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    """A repository of the program and the story's ledgers, with one commit."""
    root = tmp_path_factory.mktemp("impact") / "repository"
    for name in ("pipeline", "schemas"):
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(EXAMPLE, root / "data")
    git(root.parent, "init", "--quiet", "--initial-branch=main", str(root))
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=first")
    return root


@pytest.fixture(autouse=True)
def _as_committed(repository):
    """Every test begins with the files of the one commit."""
    git(repository, "reset", "--hard", "--quiet", "HEAD")
    git(repository, "clean", "-fdxq")


def impact(repository: Path, *arguments: str, path: str | None = None):
    """Run the verb as a whole process of the repository's own code."""
    environment = os.environ | {"PYTHONPATH": str(repository)}
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "impact", *arguments],
        cwd=repository,
        env=environment | ({} if path is None else {"PATH": path}),
        capture_output=True,
        text=True,
        check=False,
    )


def rewrite(repository: Path, name: str, pattern: str, new: str) -> None:
    path = repository / name
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1, flags=re.S)
    assert count == 1, f"{name} has no {pattern}"
    path.write_text(text, encoding="utf-8")


def cheaper_visits(repository: Path) -> None:
    rewrite(repository, CLAUSES, r"tier\(\[\(most, 5\)", "tier([(most, 4)")


def other_reading(repository: Path) -> None:
    """Three visits give three points (G1): the recommended option is not chosen any more."""
    for option, old, new in (("three-is-five", "是", "否"), ("three-is-three", "否", "是")):
        rewrite(repository, READINGS, rf"(G1,{option},[^\n]*),{old},(,[^\n]*\n)", rf"\1,{new},\2")


def test_nothing_changed_is_said_in_one_green_sentence(repository):
    """The same rules make the same of the same ledgers."""
    done = impact(repository)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("✓ 没有影响：")
    assert len(done.stdout.splitlines()) == 1


def test_a_change_of_ledgers_alone_is_no_impact(repository):
    """Rows of the work tree do not count: both sides see those of the revision."""
    path = repository / "data" / "units" / "nanzhao" / "activities.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")

    assert "✓ 没有影响" in impact(repository, "--format", "markdown").stdout


@pytest.mark.parametrize(
    ("change", "clause_points"),
    [(cheaper_visits, [("5", "4")] * 3), (other_reading, [("5", "3")])],
    ids=["clause", "reading"],
)
def test_points_that_move_are_told_per_unit_and_clause(
    repository, change: Callable[[Path], None], clause_points
):
    """A changed clause, and a changed reading; findings stay as they are."""
    change(repository)

    done = impact(repository, "--format", "json")

    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["findings"] == told["refused"] == []
    assert {one["clause"] for one in told["points"]} == {"一.1"}
    assert [(one["before"], one["after"]) for one in told["points"]] == clause_points
    assert {one["unit"] for one in told["totals"]} >= {one["unit"] for one in told["points"]}


def test_findings_that_are_gone_are_told_per_unit_and_rule(repository):
    """And as tables for a pull request; points that do not move are not listed."""
    rewrite(repository, CHECKS, r"LISTING_DAYS = \d+", "LISTING_DAYS = 400")

    done = impact(repository, "--format", "markdown")

    assert done.returncode == 0
    assert "| 单位 | 级别 | 规则 | 新增 | 消失 |" in done.stdout
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert rows
    assert all("| 提醒 | J15 | 0 |" in row for row in rows if "---" not in row)


def test_rules_that_refuse_the_ledgers_have_no_scores(repository):
    """A warning that becomes an error: new and gone, and the scores could not be compared."""
    rewrite(repository, RETURNS, r'("U13",.*?severity=)"warning"', r'\1"error"')

    done = impact(repository)

    assert done.returncode == 0
    assert "✗ 现在的规则不收这份台账，没有算分，分数没有比" in done.stdout
    assert re.search(r"错误 U13  新增\d+处", done.stdout)
    assert re.search(r"提醒 U13  消失\d+处", done.stdout)
    assert re.search(r"data/city/returns\.csv:\d+", done.stdout)


def test_an_older_revision_may_be_named(repository):
    """With a second commit, the one before is the base and HEAD has no impact on itself."""
    cheaper_visits(repository)
    git(repository, "commit", "--quiet", "--all", "--message=second")
    try:
        assert "一.1  5 → 4" in impact(repository, "--base", "HEAD~1").stdout
        assert "✓ 没有影响" in impact(repository).stdout
    finally:
        git(repository, "reset", "--hard", "--quiet", "HEAD~1")


@pytest.mark.parametrize("revision", ["nobody", "--output=x", "HEAD:data"])
def test_an_unknown_revision_is_told(repository, revision):
    """A slip of the pen, something that looks like an option, something that is no commit."""
    done = impact(repository, f"--base={revision}")

    assert done.returncode == 2
    assert f"git 里没有“{revision}”这个版本" in done.stderr
    assert not (repository / "x").exists()


def test_ledgers_outside_the_repository_have_no_revision(repository, tmp_path):
    """Nor have ledgers that the revision does not hold."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    shutil.copytree(EXAMPLE, repository / "other")

    outside = impact(repository, "--data", str(tmp_path / "data"))
    later = impact(repository, "--data", "other")

    assert (outside.returncode, later.returncode) == (2, 2)
    assert "不在这个 git 仓库里" in outside.stderr
    assert "HEAD 里没有 other/campaign.yml" in later.stderr


def test_without_git_or_repository_it_says_so(repository, tmp_path):
    """Exit 3, with what is missing."""
    bare = tmp_path / "bare"
    shutil.copytree(repository, bare, ignore=shutil.ignore_patterns(".git"))

    without_git = impact(repository, path="/nowhere")
    without_repository = impact(bare)

    assert (without_git.returncode, without_repository.returncode) == (3, 3)
    assert "这台机器没有 git" in without_git.stderr
    assert "不是 git 仓库" in without_repository.stderr


def test_code_that_does_not_run_is_told_with_its_last_words(repository):
    """The work tree's is a bug of ours (4); an old revision's is something to be got over (3)."""
    (repository / "pipeline" / "assessment" / "scoring.py").write_text("broken(", encoding="utf-8")
    new = impact(repository)
    git(repository, "commit", "--quiet", "--all", "--message=broken")
    git(repository, "revert", "--no-edit", "HEAD")
    try:
        old = impact(repository, "--base", "HEAD~1")
    finally:
        git(repository, "reset", "--hard", "--quiet", "HEAD~2")

    assert (new.returncode, old.returncode) == (4, 3)
    assert "现在的规则没有跑完" in new.stderr
    assert "原来的规则没有跑完" in old.stderr
    assert "Traceback (most recent" not in new.stdout


def side(*clauses: dict, total: float | None = 80) -> Side:
    """Return a side with one unit whose clauses are these."""
    checked = {"ok": True, "cut": 0, "findings": []}
    unit = {"unit": "nanzhao", "total": total, "span": [70, 90], "rank_range": [1, 2]}
    return Side(checked, {"units": [unit | {"clauses": list(clauses)}]})


def test_a_clause_that_comes_or_goes_is_told_as_such():
    """As is one that is not reported on one side, and a place that is a range."""
    old = side({"id": "一.1", "points": 5, "top": 5}, {"id": "一.2", "points": None, "top": 3})
    new = side({"id": "一.2", "points": None, "top": None}, total=None)

    found = compared("0" * 40, date(2022, 9, 16), old, new)

    assert [(m.clause, m.before, m.after) for m in found.points] == [
        ("一.1", "5", "没有这一条"),
        ("一.2", "没有报告，最多3", "不计分"),
    ]
    assert [(s.before, s.after) for s in found.totals] == [("80，第1～2名", "70～90，不排名")]
