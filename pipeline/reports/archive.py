"""The editions that are published, each on the day its time is over.

Every week of the campaign has its brief; the screening has a summary of the city and one of each
unit, and where a stage ends there are a circular and a brief of one page. After the weeks come the
months. Water is told of every quarter, whether or not a campaign is on.

An edition is made from any later view and says what a view of its last day says, so that its
address holds for life. Where `campaign.yml` pins it to the ledgers that it was published from, no
later data change it; what was wrong in it is said by a correction, an edition of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from pipeline.dates import in_words, parse_iso
from pipeline.disclosure import View
from pipeline.reports import bulletin, circular, kept, monthly, naming, onepage, screened, weekly
from pipeline.reports.paper import Report
from pipeline.reports.periods import Period, months, quarters, weeks

AHEAD = timedelta(days=200)
"""So far ahead the next month and the next quarter surely end."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that is due: its address for life, what it is, its period, and how it is made.

    `corrects` is the edition that it corrects, and `corrected_on` since when; `unit_id` whose it
    is, blank if the city's.
    """

    id: str
    name: str
    first: date
    last: date
    make: Callable[[], Report]
    corrects: str = ""
    corrected_on: date | None = None
    unit_id: str = ""

    @property
    def on(self) -> date:
        """The day from which it stands in the archive."""
        return self.corrected_on or self.last


def of_weeks(view: View) -> dict[str, Period]:
    """Return the weeks of the campaign that are over on the day of a view, by number."""
    campaign = view.campaign
    found = weeks(campaign.screen_from_on, campaign.cut_off_on, view.as_of_on)
    return {str(one.number): one for one in found}


def of_months(view: View) -> dict[str, Period]:
    """Return the months since the campaign began that are over on the day of a view, by address."""
    found = months(view.campaign.screen_from_on, view.as_of_on)
    return {monthly.edition_id(one): one for one in found}


def of_quarters(view: View) -> dict[str, Period]:
    """Return the quarters of standing work that are over on the day of a view, by address."""
    found = quarters(view.campaign.year_from_on, view.as_of_on)
    return {bulletin.edition_id(one): one for one in found}


def after_weeks(view: View) -> list[Period]:
    """Return the months that no weekly brief tells of, or not to their end."""
    campaign = view.campaign
    told = weeks(campaign.screen_from_on, campaign.cut_off_on, date.max)
    covered = max((one.last for one in told), default=campaign.cut_off_on)
    return [one for one in of_months(view).values() if one.last > covered]


def stages(view: View) -> list[date]:
    """Return the days on which a stage of the campaign ended, up to the day of a view."""
    campaign = view.campaign
    scored = {day for day, _ in view.assessment.course} | {view.as_of_on}
    ends = {campaign.screen_to_on, campaign.assess_from_on, campaign.cut_off_on}
    return sorted(day for day in ends & scored if day <= view.as_of_on)


def editions(view: View) -> Mapping[str, Edition]:
    """Return the editions published by the day of a view, the latest first."""
    found = [one for due in _editions(view) for one in _with_corrections(view, due)]
    found.sort(key=lambda one: (one.on, one.last, not one.unit_id, one.id), reverse=True)
    return {one.id: one for one in found}


def due(view: View) -> Mapping[str, Edition]:
    """Return the editions that are due by the day of a view, as today's ledgers have them."""
    return {one.id: one for one in _editions(view)}


def coming(view: View) -> Iterator[tuple[str, str, date, date]]:
    """Yield the next edition of each kind, not due yet: address, kind, first and last day."""
    campaign, day = view.campaign, view.as_of_on
    start, soon = campaign.screen_from_on, day + AHEAD
    every = list(weeks(start, campaign.cut_off_on, date.max))
    covered = max((one.last for one in every), default=campaign.cut_off_on)
    for name, address, found in (
        ("周报", weekly.edition_id, every),
        ("月报", monthly.edition_id, [p for p in months(start, soon) if p.last > covered]),
        ("水质季报", bulletin.edition_id, quarters(campaign.year_from_on, soon)),
    ):
        one = next((one for one in found if one.last > day), None)
        if one is not None:
            yield address(one), name, one.first, one.last
    if campaign.screen_to_on > day:
        yield (
            screened.edition_id("", campaign.screen_to_on),
            "排查汇总",
            start,
            campaign.screen_to_on,
        )
    ends = {campaign.screen_to_on, campaign.assess_from_on, campaign.cut_off_on}
    end = min((one for one in ends if one > day), default=None)
    if end is not None:
        yield circular.edition_id(end), "情况通报", start, end
        yield onepage.edition_id(end), "一页通", start, end


def pin(edition: str, revision: str) -> str:
    """Return the name under which a view keeps an edition as a revision of the ledgers had it."""
    return f"{edition}@{revision}"


def _with_corrections(view: View, due: Edition) -> Iterator[Edition]:
    """Yield an edition as it was published, then every correction of it up to the day of the view.

    An edition that is pinned is what the ledgers of its revision say; the last is what today's say.
    """
    items = [one for one in view.campaign.published if one["edition"] == due.id]
    told = replace(due, make=_pinned(view, due, items[0]["at"])) if items else due
    yield told
    for number, item in enumerate(items, 1):
        day = parse_iso(item["corrected_on"])
        if day is None or day > view.as_of_on:
            return
        later = items[number]["at"] if number < len(items) else None
        words = f"本件更正{_named(told)}，原件照发布时的样子留着。更正的理由：{item['reason']}"
        make = due.make if later is None else _pinned(view, due, later)
        told = Edition(
            f"{due.id}-c{number}",
            due.name,
            due.first,
            due.last,
            partial(_corrected, make, f"{due.id}-c{number}", told.id, words),
            told.id,
            day,
            due.unit_id,
        )
        yield told


def _pinned(view: View, due: Edition, revision: str) -> Callable[[], Report]:
    """Return how an edition is made as a revision had it; as due, where the view keeps none."""
    text = view.published.get(pin(due.id, revision))
    return due.make if text is None else lambda: kept.shown(kept.read(text), view)


def _corrected(make: Callable[[], Report], own: str, corrects: str, words: str) -> Report:
    report = make()
    title = f"{report.title}（更正）"
    return replace(report, id=own, title=title, corrects=corrects, correction=words)


def _named(edition: Edition) -> str:
    """Name an edition in a sentence."""
    again = f"在{in_words(edition.corrected_on)}的更正" if edition.corrected_on else ""
    return f"{in_words(edition.first)}至{in_words(edition.last)}的{edition.name}{again}"


def _editions(view: View) -> Iterator[Edition]:
    for week in of_weeks(view).values():
        make = partial(weekly.weekly, view, week)
        yield Edition(weekly.edition_id(week), "周报", week.first, week.last, make)
    for month in after_weeks(view):
        make = partial(monthly.monthly, view, month)
        yield Edition(monthly.edition_id(month), "月报", month.first, month.last, make)
    for quarter in of_quarters(view).values():
        make = partial(bulletin.bulletin, view, quarter)
        yield Edition(bulletin.edition_id(quarter), "水质季报", quarter.first, quarter.last, make)
    end = view.campaign.screen_to_on
    if view.as_of_on >= end:
        start = view.campaign.screen_from_on
        for unit in ("", *naming.units(view)):
            make = partial(screened.screening, view, unit, at_end=True)
            address = screened.edition_id(unit, end)
            yield Edition(address, "排查汇总", start, end, make, unit_id=unit)
    for day in stages(view):
        make = partial(circular.circular, view, day)
        start = view.campaign.screen_from_on
        yield Edition(circular.edition_id(day), "情况通报", start, day, make)
        make = partial(onepage.one_page, view, day)
        yield Edition(onepage.edition_id(day), "一页通", start, day, make)
