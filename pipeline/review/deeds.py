"""What was done, in the words of the work: problems, persons, telephones, works, samples, postings.

A deed is one sentence about one row. Personal data never pass: a sentence is made of published
columns only, and what still looks like somebody's number is starred out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.changes import Change, RowChange
from pipeline.dates import Workdays, in_words, parse_iso
from pipeline.personal import mask

CITY = "市"
OPENED, REOPENED, RECURRED, POSTPONED = "新发现的问题", "退回重改", "复发的问题", "批准延期"
EVENTS = {
    "整改完成": "报整改完成",
    "现场核查通过": "现场核查通过",
    "销号": "销号",
    "现场核查不通过": "现场核查不通过",
    "退回": REOPENED,
    "延期批准": POSTPONED,
    "作废": "作废",
}
"""Headings of events; what is not named here is a step in between."""
BETWEEN = "办理中的其他事项"
PERSONS, PHONES, WORKS, TESTS = "责任人", "公示电话", "供水工程", "水质检测"
POSTED, EDITED, GONE, OTHERS = "公示和张贴", "改动的记录", "删掉的记录", "其他新记录"
HEADINGS = (
    OPENED, RECURRED, *EVENTS.values(), BETWEEN, PERSONS, PHONES, WORKS, TESTS, POSTED, OTHERS,
    EDITED, GONE,
)  # fmt: skip
"""All headings in the order in which they are told."""

POSTINGS = ("posted_on", "web_posted_on", "board_posted_on")
G4_DAYS = 20
"""Working days within which a posting follows a change of person (G4)."""
WORDS = 60
"""Characters of a problem's wording, or of a reason, that are repeated."""
GIVEN_REASONS = ("作废", "退回", "延期批准")
"""Steps that a reviewer judges by their reason."""
PLACES = ("works_id", "place_id", "village_code", "town_code")
"""Columns that say where something is, the nearest first."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done: whose (a unit's id, or the city), under which heading, to what."""

    unit: str
    heading: str
    subject: str
    said: str


def deeds(
    change: Change, day: date, workdays: Workdays, places: Mapping[str, str] | None = None
) -> list[Deed]:
    """Return what a change says was done, by unit, heading and row; `day` is the day of the data.

    `places` are names of works and divisions by id. Raises nothing for rows that are wrong: they
    are told as they stand.
    """
    teller = _Teller(change, day, workdays, places or {})
    found = [one for row in change.rows for one in teller.of(row)]
    rank = {heading: number for number, heading in enumerate(HEADINGS)}
    return sorted(found, key=lambda d: (d.unit == CITY, d.unit, rank[d.heading], d.subject))


def unit_of(change: Change, row: RowChange) -> str:
    """Return the unit a row is about: by its folder, else as it says; the city's if of none."""
    match change.below(row.standing.file):
        case ("units", unit, _) | ("city", "checks", unit, _):
            return unit
    return row.standing.cells.get("unit_id") or CITY


class _Teller:
    """Tells one row after the other."""

    def __init__(
        self, change: Change, day: date, workdays: Workdays, places: Mapping[str, str]
    ) -> None:
        self._change, self._day, self._workdays = change, day, workdays
        self._places = places
        self._new = {row.now("issue_id") for row in change.by_ledger["issues"] if row.is_added}

    def of(self, row: RowChange) -> Iterator[Deed]:
        """Yield what happened to a row."""
        if row.after is None:
            yield self._deed(row, GONE, f"{row.schema.title}少了一行")
        elif row.is_added:
            yield from self._added(row)
        else:
            yield from self._edited(row)

    def _added(self, row: RowChange) -> Iterator[Deed]:
        match row.ledger:
            case "issues":
                recurs = row.now("recurs_of_id")
                said = f"{self._problem(row.standing.cells)}（{row.now('found_by_level')}，"
                said += f"{row.now('channel')}，时限{_day(row.now('due_on'))}）"
                if recurs:
                    yield self._deed(row, RECURRED, f"{said}，复发自 {recurs}")
                else:
                    yield self._deed(row, OPENED, said)
            case "issue_events":
                if not (row.now("event") == "登记" and row.now("issue_id") in self._new):
                    yield self._event(row)
            case "responsibilities":
                said = f"{row.now('name')}任{row.now('post') or row.now('rank')}"
                said += f"（{row.now('duty')}），{_day(row.now('valid_from'))}起{self._g4(row)}"
                yield self._deed(row, PERSONS, said)
            case "phones":
                yield self._deed(row, PHONES, f"新的{row.now('role')}电话{self._since(row)}")
            case "works":
                yield self._deed(row, WORKS, f"新登记 {row.now('name')}")
            case "water_tests":
                day, ended = _day(row.now("sampled_on")), row.now("conclusion") or "没有"
                where = self._where(row.standing.cells)
                said = f"{where}{'，' if where else ''}{day}采样，报告结论{ended}"
                yield self._deed(row, TESTS, said)
            case _:
                yield self._deed(row, OTHERS, f"{row.schema.title}新登记{self._of(row)}")

    def _where(self, cells: Mapping[str, str]) -> str:
        return next((n for c in PLACES if (n := self._places.get(cells.get(c, "")))), "")

    def _problem(self, cells: Mapping[str, str]) -> str:
        """Say where a problem is, and what it is."""
        where, problem = self._where(cells), _short(cells.get("problem", ""))
        return f"{where}，{problem}" if where and problem else problem

    def _of(self, row: RowChange) -> str:
        """Say of which day a row is, and of what place."""
        dated = row.schema.dating_field
        day = _day(row.now(dated)) if dated and row.now(dated) else ""
        told = " ".join(filter(None, (day, self._where(row.standing.cells))))
        return f"：{told}" if told else ""

    def _event(self, row: RowChange) -> Deed:
        kind, issue = row.now("event"), row.now("issue_id")
        registered = self._change.after.get("issues", {}).get((issue,))
        about = registered.cells if registered else {}
        said = f"{_day(row.now('event_on'))} {row.now('by_org')}"
        if about.get("problem"):
            said = f"{self._problem(about)}：{said}"
        if kind == "延期批准":
            first = about.get("due_on", "")
            was = f"，首次时限{_day(first)}不变" if first else ""
            said += f"，延到{_day(row.now('new_due_on'))}{was}"
        if kind == "整改完成":
            said += _lateness(row.now("event_on"), about.get("due_on", ""))
        if kind not in EVENTS:
            said += f"，{kind}"
        if kind in GIVEN_REASONS and row.now("reason"):
            said += f"，原因：{_short(row.now('reason'))}"
        if row.now("satisfaction"):
            said += f"，用水户{row.now('satisfaction')}"
        heading = EVENTS.get(kind, BETWEEN)
        return Deed(unit_of(self._change, row), heading, mask(f"issues/{issue}"), mask(said))

    def _edited(self, row: RowChange) -> Iterator[Deed]:
        left = dict(row.cells)
        for column in POSTINGS:
            if column in left and not left[column][0]:
                title = row.schema.by_name[column].title
                yield self._deed(row, POSTED, f"填了{title}：{_day(left.pop(column)[1])}")
        if row.ledger in ("responsibilities", "phones") and "valid_to" in left:
            heading = PERSONS if row.ledger == "responsibilities" else PHONES
            who = row.now("name") if row.ledger == "responsibilities" else row.now("role")
            post = row.now("post") if row.ledger == "responsibilities" else "电话"
            ends = _day(left.pop("valid_to")[1])
            yield self._deed(row, heading, f"{who}（{post}）到{ends}为止")
        if row.ledger == "responsibilities" and "name" in left:
            old, new = left.pop("name")
            yield self._deed(row, PERSONS, f"{old}改成了{new}{self._g4(row)}")
        if row.ledger == "phones" and "number" in left:
            del left["number"]
            yield self._deed(row, PHONES, f"{row.now('role')}电话换了号码{self._since(row)}")
        if left:
            titles = "、".join(f"“{row.schema.by_name[column].title}”" for column in left)
            yield self._deed(row, WORKS if row.ledger == "works" else EDITED, f"改了{titles}")

    def _deed(self, row: RowChange, heading: str, said: str) -> Deed:
        subject = f"{row.ledger}/{row.row_id}"
        return Deed(unit_of(self._change, row), heading, mask(subject), mask(said))

    def _since(self, row: RowChange) -> str:
        """Say how many working days a change lies back."""
        start = parse_iso(row.now("valid_from"))
        if start is None or start > self._day:
            return ""
        return f"，到数据日期 {_between(start, self._day, self._workdays)} 个工作日"

    def _g4(self, row: RowChange) -> str:
        """Say how long after a change of person its postings followed, or are awaited (G4)."""
        start = parse_iso(row.now("valid_from"))
        if start is None or start > self._day:
            return ""
        told = []
        for column, word in (("web_posted_on", "网站"), ("board_posted_on", "责任栏")):
            posted = parse_iso(row.now(column))
            days = _between(start, posted or self._day, self._workdays)
            late = f"，超过 {G4_DAYS} 个" if days > G4_DAYS else ""
            done = "后更新" if posted else "还没有更新"
            told.append(f"{word} {days} 个工作日{done}{late}")
        return "；" + "；".join(told)


def _between(start: date, end: date, workdays: Workdays) -> int:
    """Count the working days after `start` up to `end`."""
    days = (start + timedelta(days=n) for n in range(1, max(0, (end - start).days) + 1))
    return sum(map(workdays.is_workday, days))


def _lateness(done: str, due: str) -> str:
    """Say how long after its first deadline a problem was mended."""
    day, limit = parse_iso(done), parse_iso(due)
    if day is None or limit is None:
        return ""
    days = (day - limit).days
    return f"，比首次时限晚 {days} 天" if days > 0 else "，在时限以内"


def _day(text: str) -> str:
    day = parse_iso(text)
    return in_words(day) if day else text or "没有写"


def _short(text: str) -> str:
    return text if len(text) <= WORDS else f"{text[:WORDS]}…"


def by_unit(found: Sequence[Deed]) -> dict[str, dict[str, list[Deed]]]:
    """Gather deeds by unit and heading, in their order."""
    told: dict[str, dict[str, list[Deed]]] = defaultdict(lambda: defaultdict(list))
    for deed in found:
        told[deed.unit][deed.heading].append(deed)
    return told
