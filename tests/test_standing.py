"""`qingyuan standing`: what is overdue, which waivers end, which postings are stale."""

from __future__ import annotations

import shutil

from changed import waived
from story import EXAMPLE, qingyuan


def test_what_stands_overdue_is_listed_by_kind():
    """Units, rows and days; nobody's name; the same text twice."""
    first, again = (qingyuan("standing", "--data", EXAMPLE) for _ in range(2))

    assert first.returncode == 0, first.stderr
    assert first.stdout == again.stdout
    assert "### 逾期没有改完的问题 9 件" in first.stdout
    assert "### 过期没有更新的公示和责任栏" in first.stdout


def test_before_anything_was_due_nothing_stands():
    """A sentence, not an empty page."""
    done = qingyuan("standing", "--data", EXAMPLE, "--as-of", "2022-01-02")

    assert "没有逾期的" in done.stdout


def test_a_waiver_about_to_end_is_told(tmp_path):
    """Two weeks ahead."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    waived("L10", "issues", "nanzhao-2022-0003")(tmp_path / "data")
    done = qingyuan("standing", "--data", tmp_path / "data", "--as-of", "2022-12-20")

    assert "十四天内到期的豁免 1 条" in done.stdout, done.stdout + done.stderr
