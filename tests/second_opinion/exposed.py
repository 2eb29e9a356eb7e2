"""Exposures that stand in public sums only, put in as incidents that count the same.

A closed row may make one problem out of what the open rows show as a single exposure, so incidents
are also taken out: the sums say how many of each sort are more or fewer than the open rows show.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter

BY_PROBLEM = "repeated_by_problem"
NAMES = {"exposures", "repeated_problems", BY_PROBLEM}
"""Evidence that is settled here; what is said of each problem says `repeated_problems` too."""

WORDS = re.compile(r"(一般|情况严重)：媒体披露一般(\d+)次、情况严重(\d+)次")
SEVERE = {"一般": "否", "情况严重": "是"}

# What the open rows show: problems exposed twice or more, and what stands by itself in the media.
OPEN = """
WITH open AS (
    SELECT *, COUNT(*) OVER (PARTITION BY problem_no) AS n FROM incidents
    WHERE unit_id = ? AND occurred_on >= ? AND kind IN ('媒体披露', '行风热线反映'))
SELECT CASE WHEN MAX(is_severe = '是') THEN '情况严重' ELSE '一般' END || CASE WHEN n = 1 THEN ''
    ELSE '：媒体披露一般' || SUM(kind = '媒体披露' AND is_severe = '否') || '次、情况严重'
        || SUM(kind = '媒体披露' AND is_severe = '是') || '次' END, problem_no
FROM open GROUP BY problem_no HAVING n > 1 OR kind = '媒体披露'
"""


def settle(db: sqlite3.Connection, unit: str, more: dict[str, Counter[str]], first: str) -> None:
    """Let a unit's incidents be those that the open rows and the sums give together.

    `more` are the sums of each evidence by kind. ValueError if they take what is not there.
    """
    sorts = more.get(BY_PROBLEM, Counter())
    singles = Counter(more.get("exposures", Counter()))
    for kind, amount in sorts.items():
        _, ordinary, severe = _told(kind)
        singles["一般"] -= amount * ordinary
        singles["情况严重"] -= amount * severe
    shown = db.execute(OPEN, [unit, first]).fetchall()
    for kind, amount in (*sorts.items(), *singles.items()):
        gone = [problem for one, problem in shown if one == kind][: max(0, -amount)]
        if len(gone) < -amount:
            raise ValueError(f"{unit}: {amount} of {kind}, and only {len(gone)} are shown")
        db.executemany(
            "DELETE FROM incidents WHERE unit_id = ? AND problem_no = ?"
            " AND kind IN ('媒体披露', '行风热线反映')",
            [(unit, problem) for problem in gone],
        )
        for number in range(amount):
            told = _problem(kind) if kind in sorts else [("市通报", SEVERE[kind])]
            db.executemany(
                "INSERT INTO incidents (unit_id, problem_no, occurred_on, kind, is_severe, home)"
                " VALUES (?, ?, ?, ?, ?, 'C')",
                [(unit, f"{unit}-{kind}-{number}", first, *one) for one in told],
            )


def _told(kind: str) -> tuple[str, int, int]:
    """How severe a problem is, and how often the media told of it, as ordinary and as severe."""
    found = WORDS.fullmatch(kind)
    if found is None:
        raise ValueError(f"no such problem: {kind}")
    return found[1], int(found[2]), int(found[3])


def _problem(kind: str) -> list[tuple[str, str]]:
    """Exposures of one problem of a sort: what the media told, and calls that make it a sort."""
    severity, ordinary, severe = _told(kind)
    media = [("媒体披露", "否")] * ordinary + [("媒体披露", "是")] * severe
    return media + [("行风热线反映", SEVERE[severity])] * max(
        2 - len(media), severity == "情况严重" and not severe
    )
