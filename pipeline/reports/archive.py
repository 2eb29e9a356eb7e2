"""The editions that are published, each on the day its time is over.

Every week of the campaign has its brief; the screening has its summary, and where a stage ends
there are a circular and a brief of one page. After the weeks come the months. Water is told of
every quarter, whether or not a campaign is on.

An edition is made from any later view and says what a view of its last day says, so that its
address holds for life and later data do not change what was published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from pipeline.disclosure import View
from pipeline.reports import bulletin, circular, monthly, onepage, screened, weekly
from pipeline.reports.paper import Report
from pipeline.reports.periods import Period, months, quarters, weeks


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that is due: its address for life, what it is, its period, and how it is made."""

    id: str
    name: str
    first: date
    last: date
    make: Callable[[], Report]


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
    found = sorted(_editions(view), key=lambda one: (one.last, one.id), reverse=True)
    return {one.id: one for one in found}


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
        make = partial(screened.screening, view, "", at_end=True)
        start = view.campaign.screen_from_on
        yield Edition(screened.edition_id("", end), "排查汇总", start, end, make)
    for day in stages(view):
        make = partial(circular.circular, view, day)
        start = view.campaign.screen_from_on
        yield Edition(circular.edition_id(day), "情况通报", start, day, make)
        make = partial(onepage.one_page, view, day)
        yield Edition(onepage.edition_id(day), "一页通", start, day, make)
