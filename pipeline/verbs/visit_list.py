"""The printed list of a draw: where to go or whom to call, what to look at, room to write.

For the office: it is never published and never goes into the ledgers. It names no household.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline import rectification, sampling
from pipeline.dates import in_force, in_words
from pipeline.ledgers import Snapshot
from pipeline.publication.templating import Templates
from pipeline.sampling import Batch, Drawn, Entry, Homes
from pipeline.seats import seat
from pipeline.shares import percent
from pipeline.terms import STRUCK, VOID

TEMPLATES = Path(__file__).resolve().parents[2] / "site" / "templates"
TITLES = {"works": "工程检查名单", "households": "入户核查名单", "phones": "电话抽查名单"}
LISTS = ("厂站管理", "消毒", "水质公示", "责任公示", "化验检测", "宣传资料")
"""Checklists of a visit from outside, in the order in which one walks through a works."""
PHONE = "电话"
CALLS = 3
"""Calls before a number counts as not answered (reading G6)."""


Facts = tuple[tuple[str, str], ...]
"""Names and what they are, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question on the form."""

    code: str
    label: str
    checklist: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One drawn place as the list shows it.

    `facts` are what to know on the way; `items` the questions of a works or village; `homes` where
    to knock.
    """

    draw_id: str
    drawn: Drawn
    unit: str
    name: str
    chance: str
    facts: Facts = ()
    items: tuple[Item, ...] = ()
    homes: Homes | None = None


def page(
    rows: Snapshot,
    batch: Batch,
    drawn: Sequence[Drawn],
    frame: Sequence[Entry],
    promise: str,
) -> bytes:
    """Return the list as a page that is printed on A4; it needs no other file."""
    kind, found = batch.kind, stops(rows, batch, drawn)
    text = Templates(TEMPLATES, {}).render(
        "visit_list.html",
        title=f"第{batch.group_no}督导组{TITLES[kind]}",
        kind=kind,
        batch=batch,
        day=in_words(batch.drawn_on),
        promise=promise,
        stops=found,
        calls=CALLS,
        heaviest=sampling.HEAVIEST,
        has_numbers=any(name == PHONE for stop in found for name, _ in stop.facts),
        left_out=left_out(drawn, frame),
        is_demo=rows.campaign.is_demo,
    )
    return text.encode()


def stops(
    rows: Snapshot, batch: Batch, drawn: Sequence[Drawn], ids: Sequence[str] = ()
) -> list[Stop]:
    """Return the drawn places as the list shows them, in order; `rows` are those of that day.

    They carry the `ids` of the ledger, or those that they will have there.
    """
    known = _Known(rows, batch)
    own = ids or [f"{batch.batch_id}-{number:03d}" for number in range(1, len(drawn) + 1)]
    return [known.stop(one_id, one) for one_id, one in zip(own, drawn, strict=True)]


def left_out(drawn: Sequence[Drawn], frame: Sequence[Entry]) -> list[str]:
    """Return the strata of the drawn units of which nothing was drawn."""
    units = {one.entry.unit_id for one in drawn}
    there = {one.stratum for one in frame if one.unit_id in units}
    return sorted(there - {one.entry.stratum for one in drawn})


class _Known:
    """What the office knows of the drawn places, as of the day of the draw."""

    def __init__(self, rows: Snapshot, batch: Batch) -> None:
        self._rows, self._seed, self._kind = rows, batch.seed, batch.kind
        self._day = batch.drawn_on
        self._states = rectification.states(rows, batch.drawn_on)

    def stop(self, draw_id: str, drawn: Drawn) -> Stop:
        """Return a drawn place as the list shows it."""
        one = drawn.entry
        tell = {"works": self._works, "households": self._village, "phones": self._phone}
        name, facts = tell[self._kind](one.place_id)
        village = self._rows.index("villages").get(one.place_id)
        return Stop(
            draw_id,
            drawn,
            self._rows.index("units")[one.unit_id].short_name,
            name,
            percent(drawn.probability.numerator, drawn.probability.denominator),
            facts,
            tuple(self._items(one)),
            None if village is None else sampling.homes(village, self._seed),
        )

    def _division(self, code: str) -> str:
        """Name a township, or a village with its township; a code that is gone names itself."""
        division = self._rows.index("divisions").get(code)
        if division is None:
            return code
        if division.division_level == "乡级":
            return division.name
        return f"{self._division(division.parent_code or code[:9])}{division.short_name}"

    def _works(self, works_id: str) -> tuple[str, Facts]:
        works = self._rows.index("works").get(works_id)
        if works is None:
            return works_id, ()
        numbers = [
            row.number
            for row in self._rows.group("phones", "place_id")[works_id]
            if row.is_public and row.valid_to is None
        ]
        return works.name, (
            ("在哪里", self._division(works.town_code)),
            ("规模", f"{works.works_class}，供 {works.population} 人"),
            ("供哪些村", "、".join(map(self._division, works.village_codes))),
            ("谁在管", works.operator_name),
            *(((PHONE, "、".join(numbers)),) if numbers else ()),
            *self._issues("works_id", works_id),
        )

    def _village(self, code: str) -> tuple[str, Facts]:
        works = self._rows.group("works", "village_codes")[code]
        supply = "、".join(row.name for row in works) or "没有集中供水"
        return self._division(code), (("谁供水", supply), *self._issues("village_code", code))

    def _phone(self, phone_id: str) -> tuple[str, Facts]:
        phone = self._rows.index("phones").get(phone_id)
        if phone is None:
            return phone_id, ()
        match phone.place_type:
            case "工程":
                works = self._rows.index("works").get(phone.place_id)
                name = works.name if works is not None else phone.place_id
            case "县":
                name = self._rows.index("units")[phone.place_id].name
            case _:
                name = self._division(phone.place_id)
        return name, (
            (PHONE, phone.number),
            ("时间", phone.service_hours or ""),
            ("谁的", "、".join(self._holders(phone_id))),
        )

    def _holders(self, phone_id: str) -> Iterator[str]:
        """Yield who answers at a number, as published."""
        for row in self._rows.group("responsibilities", "phone_id")[phone_id]:
            if in_force(row, self._day):
                yield f"{seat(row.org, row.post)}　{row.name}"

    def _issues(
        self, column: Literal["works_id", "village_code"], place_id: str
    ) -> Iterator[tuple[str, str]]:
        """Yield the issues of a place that are not struck off, so that they are looked at again."""
        for row in self._rows.group("issues", column)[place_id]:
            state = self._states[row.issue_id]
            if state.state not in (STRUCK, VOID):
                late = f"，逾期 {state.days_overdue} 天" if state.is_overdue else ""
                yield "台账里的问题", f"{row.problem}（{state.state}{late}，{row.issue_id}）"

    def _items(self, one: Entry) -> Iterator[Item]:
        """Yield the questions that can be asked at a works or village."""
        works = self._rows.index("works").get(one.place_id)
        for checklist in LISTS:
            for item in self._rows.group("checklist_items", "checklist")[checklist]:
                fits = not item.works_classes or (
                    works is not None and works.works_class in item.works_classes
                )
                if one.place_type in item.place_types and fits:
                    yield Item(item.item_code, item.label, checklist)
