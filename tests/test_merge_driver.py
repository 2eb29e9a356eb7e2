"""The merge driver, by real merges of git: rows are merged, not lines; a clash is said in words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT, qingyuan
from test_change_gate import git, rows_of, write

ISSUES = "units/nanzhao/issues.csv"


@pytest.fixture
def data(tmp_path) -> Path:
    """The story under git, with the driver registered as a clerk does."""
    top = tmp_path / "repository"
    shutil.copytree(EXAMPLE, top / "data")
    shutil.copy(PROJECT / ".gitattributes", top)
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "start")
    done = qingyuan("merge-driver", "--register", "--data", top / "data")
    assert done.returncode == 0, done.stderr
    return top / "data"


def branch(data: Path, name: str, **cells: str) -> None:
    """Commit cells of an issue on a branch from main; the row is named by `row`."""
    git(data, "checkout", "-q", "-b", name, "main")
    rows = rows_of(data / ISSUES)
    rows[int(cells.pop("row"))] |= cells
    write(data / ISSUES, rows)
    git(data, "commit", "-q", "-a", "-m", name)


def merged(data: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Merge a branch by git; returns what it said."""
    return subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@y", "merge", "--no-edit", name],
        cwd=data, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_neighbouring_rows_no_longer_clash(data):
    """Two branches change two rows side by side: git alone gives up, the driver does not."""
    branch(data, "one", row="0", remark="甲")
    branch(data, "two", row="1", remark="乙")
    done = merged(data, "one")

    assert done.returncode == 0, done.stdout + done.stderr
    rows = rows_of(data / ISSUES)
    assert (rows[0]["remark"], rows[1]["remark"]) == ("甲", "乙")
    assert qingyuan("fmt", "--check", "--data", data).returncode == 0

    git(data, "reset", "-q", "--hard", "HEAD~1")
    git(data, "config", "--remove-section", "merge.qingyuan")
    assert merged(data, "one").returncode == 1


def test_the_same_row_is_explained(data):
    """Which row, which column, what each side says; and the gate refuses the marks."""
    branch(data, "one", row="0", problem="水压不足，二楼没有水")
    branch(data, "two", row="0", problem="水压偏低，早晚没有水")
    done = merged(data, "one")
    said = done.stdout + done.stderr

    assert done.returncode == 1
    issue = rows_of(EXAMPLE / ISSUES)[0]["issue_id"]
    assert f"{issue}：两边都改了这一行" in said
    assert "“水压不足，二楼没有水”" in said
    text = (data / ISSUES).read_text(encoding="utf-8")
    assert text.count("<<<<<<<") == text.count("=======") == text.count(">>>>>>>") == 1
    checked = qingyuan("check", "--data", data, "--no-cache")
    assert checked.returncode == 1
    assert "合并冲突" in checked.stdout


def test_the_same_number_given_twice_is_explained(data):
    """Two new rows of one id are two things or one: somebody must say."""
    for name, problem in (("one", "管道漏水"), ("two", "泵房积水")):
        git(data, "checkout", "-q", "-b", name, "main")
        rows = rows_of(data / ISSUES)
        rows.append(rows[-1] | {"issue_id": "NZ-2022-9999", "problem": problem})
        write(data / ISSUES, rows)
        git(data, "commit", "-q", "-a", "-m", name)
    done = merged(data, "one")

    assert done.returncode == 1
    assert "NZ-2022-9999：两边都用这个编号" in done.stdout + done.stderr


def test_deleted_and_edited_is_explained(data):
    """A row that one side struck and the other mended is not dropped silently."""
    branch(data, "one", row="0", remark="甲")
    git(data, "checkout", "-q", "-b", "two", "main")
    write(data / ISSUES, rows_of(data / ISSUES)[1:])
    git(data, "commit", "-q", "-a", "-m", "two")
    done = merged(data, "one")

    assert done.returncode == 1
    assert "这边删了这一行，那边改了它" in done.stdout + done.stderr


def test_a_file_that_cannot_be_read_is_merged_by_line(data):
    """What is no ledger any more is left to git, and said."""
    branch(data, "one", row="0", remark="甲")
    git(data, "checkout", "-q", "-b", "two", "main")
    with (data / ISSUES).open("a", encoding="utf-8") as file:
        file.write("半行\n")
    git(data, "commit", "-q", "-a", "-m", "two")
    done = merged(data, "one")

    assert "按文本行合并" in done.stdout + done.stderr
    assert "半行" in (data / ISSUES).read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [(), ("a", "b"), ("no", "such", "file", "x.csv")])
def test_a_wrong_call_is_answered(arguments):
    """Exit 2 and words, whoever calls."""
    done = qingyuan("merge-driver", *arguments)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
