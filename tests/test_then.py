"""What was published then can be built again, byte for byte, from git alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from story import EXAMPLE, qingyuan
from test_change_gate import git, rows_of, write

ISSUES = "units/nanzhao/issues.csv"


def site(out: Path) -> dict[str, bytes]:
    """Return every file of the site in force, by address."""
    root = out / "public"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def past(tmp_path_factory) -> tuple[Path, str, dict[str, bytes]]:
    """A repository whose ledgers were published, then changed; returns it and what stood then."""
    top = tmp_path_factory.mktemp("past")
    shutil.copytree(EXAMPLE, top / "data")
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "then")
    then = git(top, "rev-parse", "HEAD").strip()
    done = qingyuan("build", "--data", top / "data", "--out", top.parent / "then")
    assert done.returncode == 0, done.stdout + done.stderr
    rows = rows_of(top / "data" / ISSUES)
    rows[0]["remark"] = "后来写的"
    write(top / "data" / ISSUES, rows)
    git(top, "commit", "-q", "-a", "-m", "now")
    return top, then, site(top.parent / "then")


def test_the_past_is_built_again(past, tmp_path):
    """The same bytes, the manifest included; what is not committed plays no part."""
    top, then, stood = past
    with (top / "data" / ISSUES).open("a", encoding="utf-8") as file:
        file.write("半行\n")
    done = qingyuan("build", "--data", top / "data", "--at", then[:10], "--out", tmp_path / "out")
    git(top, "checkout", "-q", ".")

    assert done.returncode == 0, done.stdout + done.stderr
    assert site(tmp_path / "out") == stood


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD~9", ""])
def test_a_revision_that_is_not_there_is_said(past, revision):
    """Exit 2 and words; never an option of git."""
    done = qingyuan("build", "--data", past[0] / "data", f"--at={revision}")

    assert done.returncode == 2
    assert "没有" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_git_there_is_no_past(tmp_path):
    """A copy from an archive says so."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    done = qingyuan("build", "--data", tmp_path / "data", "--at", "HEAD")

    assert done.returncode == 2
    assert "不在 git 仓库里" in done.stderr
