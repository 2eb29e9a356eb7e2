"""The editions that are published: every week of the campaign, and a circular where a stage ends.

An edition is made from any later view and says what a view of its last day says, so that its
address holds for life. Where `campaign.yml` pins it to the ledgers that it was published from, no
later data change it; what was wrong in it is said by a correction, an edition of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pipeline.dates import in_words, parse_iso
from pipeline.disclosure import View
from pipeline.reports import circular, kept, weekly
from pipeline.reports.paper import Report
from pipeline.reports.periods import Period, weeks


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that is due: its address for life, what it is, its period, and how it is made.

    `corrects` is the edition that it corrects, and `corrected_on` since when.
    """

    id: str
    name: str
    first: date
    last: date
    make: Callable[[], Report]
    corrects: str = ""
    corrected_on: date | None = None

    @property
    def on(self) -> date:
        """The day from which it stands in the archive."""
        return self.corrected_on or self.last


def of_weeks(view: View) -> dict[str, Period]:
    """Return the weeks of the campaign that are over on the day of a view, by number."""
    campaign = view.campaign
    found = weeks(campaign.screen_from_on, campaign.cut_off_on, view.as_of_on)
    return {str(one.number): one for one in found}


def stages(view: View) -> list[date]:
    """Return the days on which a stage of the campaign ended, up to the day of a view."""
    campaign = view.campaign
    scored = {day for day, _ in view.assessment.course} | {view.as_of_on}
    ends = {campaign.screen_to_on, campaign.assess_from_on, campaign.cut_off_on}
    return sorted(day for day in ends & scored if day <= view.as_of_on)


def editions(view: View) -> Mapping[str, Edition]:
    """Return the editions published by the day of a view, the latest first."""
    found = [one for due in _editions(view) for one in _with_corrections(view, due)]
    found.sort(key=lambda one: (one.on, one.last, one.id), reverse=True)
    return {one.id: one for one in found}


def due(view: View) -> Mapping[str, Edition]:
    """Return the editions that are due by the day of a view, as today's ledgers have them."""
    return {one.id: one for one in _editions(view)}


def coming(view: View) -> Iterator[tuple[str, str, date, date]]:
    """Yield the next edition of each kind, not due yet: address, kind, first and last day."""
    campaign, day = view.campaign, view.as_of_on
    every = weeks(campaign.screen_from_on, campaign.cut_off_on, date.max)
    week = next((one for one in every if one.last > day), None)
    if week is not None:
        yield weekly.edition_id(week), "周报", week.first, week.last
    ends = {campaign.screen_to_on, campaign.assess_from_on, campaign.cut_off_on}
    end = min((one for one in ends if one > day), default=None)
    if end is not None:
        yield circular.edition_id(end), "情况通报", campaign.screen_from_on, end


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
    for day in stages(view):
        make = partial(circular.circular, view, day)
        start = view.campaign.screen_from_on
        yield Edition(circular.edition_id(day), "情况通报", start, day, make)
