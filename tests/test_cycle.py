"""The whole cycle on a bare repository: a branch, refused, mended, approved, merged, published."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from changed import EVENTS, ISSUES, cell, git, repository_of_story, rows_of, write
from story import PROJECT, qingyuan

ISSUE = "nanzhao-2022-0003"
BIN = Path(sys.executable).parent


def clone(origin: Path, folder: Path) -> Path:
    """Clone the common repository; returns the data folder of the copy."""
    git(origin.parent, "clone", "-q", str(origin), str(folder))
    return folder / "data"


def commit(data: Path, said: str) -> None:
    git(data.parent, "add", "-A")
    git(data.parent, "commit", "-qm", said)


def done_by_the_clerk(data: Path) -> None:
    """Report the issue done, as a clerk would."""
    rows = rows_of(data / EVENTS)
    number = max(n for n, row in enumerate(rows) if row["issue_id"] == ISSUE) + 1
    done = dict.fromkeys(rows[0], "") | {
        "event_id": f"{ISSUE}-e04", "issue_id": ISSUE, "event": "整改完成",
        "event_on": "2022-09-15", "by_level": "乡镇", "by_org": "城关镇人民政府",
    }  # fmt: skip
    write(data / EVENTS, [*rows[:number], done, *rows[number:]])


def gate(data: Path) -> subprocess.CompletedProcess[str]:
    """Run the script that every forge runs, with the code that stands here."""
    return subprocess.run(
        ["bash", ".ci/gate", str(data.parent), "origin/main", str(data.parent / "../review")],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def approved(data: Path, *accounts: str) -> subprocess.CompletedProcess[str]:
    folder = data.parent.parent
    (folder / "owners.json").write_text('{"city": ["c"], "nanzhao": ["n"]}', encoding="utf-8")
    reviews = [{"user": {"login": account}, "state": "APPROVED"} for account in accounts]
    (folder / "given.json").write_text(json.dumps(reviews), encoding="utf-8")
    files = ("--given", folder / "given.json", "--owners", folder / "owners.json")
    sides = ("origin/main", "HEAD")
    return qingyuan("approvals", *sides, "--data", data, "--author", "clerk", *files)


def test_a_change_goes_its_whole_way(tmp_path):
    """Each answer on the way is the one its reader needs."""
    story = repository_of_story(tmp_path / "story")
    origin = tmp_path / "origin.git"
    git(tmp_path, "clone", "-q", "--bare", str(story), str(origin))
    out = tmp_path / "out"
    city = clone(origin, tmp_path / "city")
    assert qingyuan("build", "--data", city, "--out", out).returncode == 0
    page = f"public/i/{ISSUE}.html"
    before = (out / page).read_text(encoding="utf-8")

    # a clerk's branch: the work is reported, and the deadline moved on the way
    clerk = clone(origin, tmp_path / "clerk")
    git(clerk.parent, "checkout", "-q", "-b", "nanzhao-0915")
    done_by_the_clerk(clerk)
    cell(ISSUES, "due_on", "2022-10-30", issue_id=ISSUE)(clerk)
    commit(clerk, "::error::办结 $(touch here)")
    refused = gate(clerk)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "CH03" in refused.stdout
    assert "延期批准" in refused.stdout
    assert not (clerk.parent / "here").exists()
    assert "CH03" in (tmp_path / "review/review.md").read_text(encoding="utf-8")

    # mended: the deadline stands as it was
    git(clerk.parent, "checkout", "origin/main", "--", f"data/{ISSUES}")
    commit(clerk, "时限改回")
    passed = gate(clerk)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    told = json.loads((tmp_path / "review/diff.json").read_text(encoding="utf-8"))
    assert [d["heading"] for d in told["deeds"]] == ["报整改完成"]
    comment = (tmp_path / "review/review.md").read_text(encoding="utf-8")
    assert "没有新的错误" in comment
    assert f"`issues/{ISSUE}`" in comment
    git(clerk.parent, "push", "-q", "origin", "nanzhao-0915")

    # the county alone is not enough
    assert "还要市里同意" in approved(clerk, "n").stdout
    assert approved(clerk, "n", "clerk").returncode == 1
    assert approved(clerk, "n", "c").returncode == 0

    # merged and published
    git(city.parent, "fetch", "-q")
    git(city.parent, "merge", "-q", "--no-ff", "-m", "合并", "origin/nanzhao-0915")
    git(city.parent, "push", "-q", "origin", "main")
    assert qingyuan("build", "--data", city, "--out", out).returncode == 0
    after = (out / page).read_text(encoding="utf-8")
    assert before != after
    assert "2022年9月15日" in after
    assert qingyuan("diff", "HEAD", "--data", city).stdout.startswith("✓ 内容没有变")

    # what is refused leaves the last good site standing
    cell(ISSUES, "problem", "李建国家身份证411303199001011234家里没水")(city)
    assert qingyuan("build", "--data", city, "--out", out).returncode == 1
    assert (out / page).read_text(encoding="utf-8") == after


@pytest.fixture
def hooked(tmp_path) -> Path:
    """A copy whose commits are looked at first."""
    top = repository_of_story(tmp_path / "copy")
    shutil.copytree(PROJECT / ".ci/hooks", top / ".ci/hooks")
    git(top, "config", "core.hooksPath", ".ci/hooks")
    return top / "data"


def committing(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    names = {
        f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["git", "commit", "-qm", "x", *more], cwd=data.parent, capture_output=True, text=True,
        check=False, env=os.environ | names | {"PATH": path},
    )  # fmt: skip


def test_a_leak_never_enters_history(hooked):
    """What is staged is looked at, not what lies in the folder; the number itself is not said."""
    good = (hooked / ISSUES).read_bytes()
    cell(ISSUES, "problem", "李建国家身份证411303199001011234家里没水")(hooked)
    git(hooked.parent, "add", "data")
    (hooked / ISSUES).write_bytes(good)
    stopped = committing(hooked)

    assert stopped.returncode != 0
    assert "没有提交" in stopped.stderr
    assert "411303199001011234" not in stopped.stderr
    assert git(hooked.parent, "rev-list", "--count", "HEAD").strip() == "1"


def test_honest_work_and_other_files_are_committed(hooked):
    """A ledger that passes, a deleted file's commit, a page: no hindrance."""
    cell(ISSUES, "remark", "已看")(hooked)
    git(hooked.parent, "add", "data")
    first = committing(hooked)
    (hooked.parent / "note $(touch z).md").write_text("x", encoding="utf-8")
    git(hooked.parent, "add", "-A")
    second = committing(hooked)

    assert first.returncode == 0, first.stderr
    assert second.returncode == 0, second.stderr
    assert not (hooked.parent / "z").exists()
