"""Until which day the records of a unit say something: the data date of pages that count no days.

A page that says how long something has been late is as of the day of the view. All others are as
of the last day on which anything happened that they could tell; built again the day after from the
same ledgers, they are the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar

from pipeline.dates import late_from
from pipeline.publication.questions.subject import Subject, by_key
from pipeline.rowtypes import Row

CITY = ""
"""The key of the whole city."""


class Freshness(Subject):
    """Days on which something last happened."""

    NAME: ClassVar = "freshness"

    @by_key
    def until(self) -> Mapping[str, date]:
        """The last day that stands in the rows of a unit, or of the city ("").

        Days of plans do not count before they are over; a passed deadline of an open issue, and a
        stage of the campaign that began or ended, happened too.
        """
        found = dict.fromkeys((CITY, *(unit.id for unit in self.view.units)), self._stage())
        for unit, day in self._dated():
            if unit in found:
                found[unit] = max(found[unit], day)
            found[CITY] = max(found[CITY], day)
        return found

    def _stage(self) -> date:
        """Return the day on which the campaign's present stage began, as far as there is one."""
        campaign, over = self.view.campaign, timedelta(days=1)
        days = (
            campaign.document_on,
            campaign.screen_from_on,
            campaign.screen_to_on + over,
            campaign.assess_from_on,
            campaign.cut_off_on + over,
        )
        return max((day for day in days if day <= self.view.as_of_on), default=self.view.as_of_on)

    def _dated(self) -> Iterator[tuple[str | None, date]]:
        view = self.recorder.bare  # every row is read
        as_of = view.as_of_on
        for schema in view.schemas.values():
            rows: Sequence[Row] = view[schema.name]
            if not rows or rows[0].shard is None or rows[0].shard.home == "R":
                continue  # computed from other rows, or reference, which reports nothing
            names = {f.name for f in schema.fields if f.type == "date" and not f.is_plan}
            columns = [n for n, name in enumerate(rows[0]._fields) if name in names]
            told = {(row.owner, tuple(row[n] for n in columns)) for row in rows} if columns else ()
            for unit, days in told:
                yield from ((unit, day) for day in days if day is not None and day <= as_of)
        for issue in view.issues:
            state = view.states[issue.id]
            for due_on in {state.due_on, state.limit_on}:
                if due_on is not None and (day := late_from(due_on)) <= as_of and state.is_open:
                    yield issue.unit_id, day
