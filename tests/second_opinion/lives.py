"""The life of an issue: where it stands, by which limit, and when it was struck off."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import groupby

REFUSE = {"现场核查不通过": "整改中", "退回": "整改中"}
TRANSITIONS = {
    "未登记": {"登记": "整改中"},
    "整改中": {
        "交办": "整改中",
        "延期批准": "整改中",
        "预计完成": "整改中",
        "整改完成": "已报完成",
    },
    "已报完成": {"申请销号": "待核查", "现场核查通过": "核查通过", **REFUSE},
    "待核查": {"现场核查通过": "核查通过", **REFUSE},
    "核查通过": {"销号": "已销号", **REFUSE},
    "已销号": {"现场核查通过": "已销号", **REFUSE},
    "已作废": {},
}
LEVELS = ["村", "乡镇", "县", "市", "省", "国家"]


@dataclass
class Life:
    """Where an issue stands: state, limit in force, standing 整改完成 and 销号, sent back after."""

    limit_on: str
    floor: str  # the lowest level that may extend
    state: str = "未登记"
    done_on: str | None = None
    struck_on: str | None = None
    reopened: int = 0

    def take(self, event: str, day: str, level: str, new_due: str | None) -> bool:
        """Apply one event; an event that the state does not allow changes nothing."""
        allowed = TRANSITIONS[self.state]
        if event == "作废" and self.state not in ("未登记", "已作废"):
            self.state = "已作废"
            return True
        if event not in allowed:
            return False
        if event in REFUSE:
            self.reopened |= self.state == "已销号"
            self.done_on = self.struck_on = None
        self.state = allowed[event]
        if event == "整改完成":
            self.done_on = day
        if event == "销号":
            self.struck_on = day
        if event == "延期批准" and self._admits(day, level, new_due):
            self.limit_on = str(new_due)
        return True

    def _admits(self, day: str, level: str, new_due: str | None) -> bool:
        """In time, to a later day, by a level high enough (G32)."""
        enough = LEVELS.index(level) >= LEVELS.index(self.floor)
        return enough and day <= self.limit_on and new_due is not None and new_due > self.limit_on


def live(db: sqlite3.Connection) -> None:
    """Fill `lives` (one row an issue) and `closings` (one row an accepted 销号)."""
    lives = {
        issue: Life(due, floor or "县")
        for issue, due, floor in db.execute(
            "SELECT issue_id, issues.due_on, from_level FROM issues"
            " LEFT JOIN assignments USING (assignment_id)"
        )
    }
    events = db.execute("SELECT issue_id, event_id, event, event_on, by_level, new_due_on"
                        " FROM issue_events")  # fmt: skip
    ordered = sorted(events, key=lambda e: (e[0], e[3], int(e[1].rpartition("-e")[2]), e[1]))
    closings = []
    for issue, steps in groupby(ordered, key=lambda e: e[0]):
        if issue in lives:
            for _, _, event, day, level, new_due in steps:
                if lives[issue].take(event, day, level, new_due) and event == "销号":
                    closings.append((issue, day))
    db.execute("CREATE TABLE lives (issue_id, state, limit_on, done_on, struck_on, reopened)")
    db.executemany(
        "INSERT INTO lives VALUES (?, ?, ?, ?, ?, ?)",
        [
            (issue, one.state, one.limit_on, one.done_on, one.struck_on, one.reopened)
            for issue, one in lives.items()
        ],
    )
    db.execute("CREATE TABLE closings (issue_id, struck_on)")
    db.executemany("INSERT INTO closings VALUES (?, ?)", closings)
