"""What is due next: open issues, problems handed down, returns, by unit and day.

What is past its day is late and stands elsewhere; here is only what can still be done in time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.publication.questions.issues import Issues
from pipeline.publication.questions.subject import Subject, by_key
from pipeline.publication.recording import Recorder

ISSUE, HANDED, RETURN = "整改", "交办", "报送"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: by when, what sort, which row, in words, who owes it, where it is.

    `href` is blank where it has no page.
    """

    on: date
    kind: str
    row_id: str
    what: str
    org: str
    unit_id: str
    href: str = ""


class Deadlines(Subject):
    """Deadlines that are still ahead as of the day of the view; the day itself is ahead."""

    NAME: ClassVar = "deadlines"

    def __init__(self, recorder: Recorder, issues: Issues) -> None:
        """Take who notes what is asked, and the issues."""
        super().__init__(recorder)
        self._issues = issues

    @by_key
    def of_unit(self) -> Mapping[str, list[Due]]:
        """What is due from a unit, the next first."""
        view, found = self.view, defaultdict(list)
        carried = {issue.assignment_id for issue in self._issues.standing if issue.assignment_id}
        for issue in self._issues.standing:
            state = view.states[issue.id]
            if not state.is_reported:
                found[issue.unit_id].append(
                    Due(
                        state.limit_on,
                        ISSUE,
                        issue.id,
                        self._issues.title(issue),
                        issue.resp_org,
                        issue.unit_id,
                        f"i/{issue.id}.html",
                    )
                )
        for row in view.assignments:
            if row.withdrawn_on is None and row.id not in carried:
                what = f"{row.from_level}里交办：{row.subject}（还没有列入台账）"
                found[row.unit_id].append(Due(row.due_on, HANDED, row.id, what, "", row.unit_id))
        for one in view.returns:
            if one.received_on is None:
                what = f"{one.kind}：{one.name}，报{one.recipient}"
                found[one.unit_id].append(Due(one.due_on, RETURN, one.id, what, "", one.unit_id))
        return {
            unit: sorted(
                (due for due in some if due.on >= view.as_of_on),
                key=lambda due: (due.on, due.kind, due.row_id),
            )
            for unit, some in found.items()
        }
