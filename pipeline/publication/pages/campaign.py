"""Pages of the campaign as a whole: its phases and goals, returns, measures, the fund."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.publication.desk import Desk
from pipeline.publication.downloads import Download, describe, published
from pipeline.publication.kinds import page
from pipeline.publication.page import Content
from pipeline.publication.questions.followed import CITY
from pipeline.publication.questions.places import HOME

UP = ("行动进展", "campaign.html")


def _files(desk: Desk, *ledgers: str) -> Sequence[Download]:
    """Describe the files of ledgers that have public rows."""
    there = published(desk.view)
    return [describe(desk.view, name) for name in ledgers if name in there]


def _is_silent(desk: Desk, unit_id: str, ledger: str) -> bool:
    """Whether a unit has not reported a ledger, which is not 'there was none'."""
    return desk.view.reporting[unit_id].get(ledger) == "未报告"


@page("campaign")
def campaign_page(desk: Desk) -> Content:
    """Make the page of the campaign: where it stands, what it aims at, what holds."""
    seen = desk.view.followup
    body = desk.render(
        "campaign.html",
        root="",
        units=desk.places.units,
        course=seen.course,
        line=seen.red_line,
        outages=desk.view.index("outages"),
        silent=[u for u in desk.places.units if _is_silent(desk, u.id, "outages")],
        returns=desk.followed.tally[CITY],
        measures=seen.measures,
        pot=desk.followed.pot,
        ready=desk.followed.ready,
        downloads=_files(desk, "outages", "returns", "funds", "accountability"),
    )
    return Content(
        "行动进展：走到哪一步",
        "“回头看”和“大评比”到了哪一步，目标和底线，报送、追责、维修基金",
        (*HOME, (UP[0], None)),
        body,
    )


@page("returns")
def returns_page(desk: Desk) -> Content:
    """Make the page of returns: due, in time, late, missing; and links with 乡村振兴."""
    body = desk.render(
        "returns.html",
        root="",
        units=desk.places.units,
        city=desk.followed.tally[CITY],
        kinds=list(desk.followed.tally_of_kind.items()),
        tally=desk.followed.tally,
        prompt={u.id for u in desk.places.units if desk.followed.tally[u.id].is_prompt},
        returns=desk.followed.returns_of,
        links=desk.followed.link,
        silent={u.id for u in desk.places.units if _is_silent(desk, u.id, "activities")},
        downloads=_files(desk, "returns", "activities"),
    )
    return Content(
        "报送：哪些报来了，哪些逾期",
        "各单位的工作总结、整改台账、排查汇总和周报：按期、逾期、没报，抄送和对接乡村振兴",
        (*HOME, UP, ("报送", None)),
        body,
    )


@page("accountability")
def accountability_page(desk: Desk) -> Content:
    """Make the page of measures: circulars that are published, and numbers of what is internal."""
    body = desk.render(
        "accountability.html",
        root="",
        measures=desk.view.followup.measures,
        circulars=desk.followed.circulars,
        basis=[one for one in desk.view.campaign.basis if "追责" in one["role"]],
        issues=desk.view.index("issues"),
        downloads=_files(desk, "accountability"),
    )
    return Content(
        "追责问责",
        "责令整改、警示约谈、通报批评各有几次；公开的通报为什么、要求哪天前改好",
        (*HOME, UP, ("追责问责", None)),
        body,
    )


@page("funds")
def funds_page(desk: Desk) -> Content:
    """Make the page of the maintenance fund: owed, arrived, spent, by unit."""
    body = desk.render(
        "funds.html",
        root="",
        units=desk.places.units,
        fund=desk.followed.fund,
        pot=desk.followed.pot,
        year=desk.view.campaign.year_from_on.year,
        downloads=_files(desk, "funds"),
    )
    return Content(
        "维修基金：应落实多少，到账多少",
        "各单位农村供水工程维修基金：每人3元该落实多少、到账多少、支出多少",
        (*HOME, UP, ("维修基金", None)),
        body,
    )
