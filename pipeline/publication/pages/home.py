"""The home page: find your village, and how the campaign stands in honest figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

from pipeline.publication import lookup
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import DRAWINGS, page
from pipeline.publication.page import Content
from pipeline.publication.questions import changes
from pipeline.publication.questions.issues import Tally
from pipeline.publication.questions.screened import CITY
from pipeline.shares import percent, rounded

CHANGES_SHOWN = 8
LATELY = timedelta(days=7)
TILES_WIDE = 6
"""Columns of the tile map (look 5)."""

SHADES = ((90, "l5"), (80, "l4"), (70, "l3"), (50, "l2"), (0, "l1"))
"""From how many percent verified a tile has which shade; the legend beside the tiles says so."""


@page("index", after=DRAWINGS)
def home_page(desk: Desk) -> Content:
    """Make the home page."""
    tallies = {
        u.id: desk.issues.tally(desk.issues.of_unit.get(u.id, [])) for u in desk.places.units
    }
    body = desk.render(
        "home.html",
        root="",
        units=desk.places.units,
        tally=desk.issues.tally(desk.issues.standing),
        tallies=tallies,
        tiles=_tiles(desk),
        is_laid=bool(desk.view.campaign.tiles),
        steps=_steps(),
        shades={unit: _shade(t) for unit, t in tallies.items()},
        spread=_spread(tallies.values()),
        outside=desk.issues.outside_looks(desk.issues.standing),
        silent=[u for u in desk.places.units if desk.issues.is_silent(u.id)],
        longest=max((desk.view.states[i.id].days_overdue for i in desk.issues.standing), default=0),
        ranking=desk.scores.sheets,
        table=desk.issues.progress[""],
        changes=_changes(desk),
        water=desk.water.counted(desk.view.works),
        screened=desk.screened.works_of[CITY],
        example=lookup.example(desk),
    )
    return Content(
        "您村的水，归谁管？", "写上村名，就能看到该打哪个电话、水质合不合格、哪里正在修。", (), body
    )


def _tiles(desk: Desk) -> dict[str, tuple[int, int]]:
    """Return row and column of each unit in the tile map, as campaign.yml lays them.

    Units that it leaves out stand below, in their order: no unit is missing from the map.
    """
    lines = [line.split() for line in desk.view.campaign.tiles]
    laid = {
        unit: (row, column)
        for row, line in enumerate(lines, 1)
        for column, unit in enumerate(line, 1)
    }
    rest = [unit.id for unit in desk.places.units if unit.id not in laid]
    for number, unit in enumerate(rest):
        laid[unit] = (len(lines) + 1 + number // TILES_WIDE, number % TILES_WIDE + 1)
    return laid


def _shade(tally: Tally) -> str:
    """Return the shade of a tile, by the percentage that it shows."""
    share = rounded(tally.verified, tally.found)
    return "na" if share is None else next(s for least, s in SHADES if share >= least)


def _steps() -> list[tuple[str, str]]:
    """Return shade and words of each step of the legend, the lowest first."""
    told, above = [], 0
    for least, shade in SHADES:
        words = f"{least}% 以上" if not above else f"{least}%–{above - 1}%"
        told.append((shade, words if least else f"不到 {above}%"))
        above = least
    return told[::-1]


def _spread(tallies: Iterable[Tally]) -> tuple[str, str] | None:
    """Return the least and the greatest share verified, over the units that found anything."""
    found = sorted((t for t in tallies if t.found), key=lambda t: Fraction(t.verified, t.found))
    if not found:
        return None
    least, most = (percent(t.verified, t.found) for t in (found[0], found[-1]))
    return least, most


def _changes(desk: Desk) -> list[changes.Step]:
    """Return what happened in the week before the data date, the latest first."""
    since = desk.view.as_of_on - LATELY
    recent = [step for step in changes.steps(desk, desk.issues.standing) if step.on > since]
    return recent[:CHANGES_SHOWN]
