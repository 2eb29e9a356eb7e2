"""The pictures that a chat shows when somebody shares a page: of the city, each unit and township.

They are nearly three hundred. Those of a unit are kept together, so that a build need not look
through hundreds of small files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from pipeline.publication.charts.picture import Figure, Gauge, picture
from pipeline.publication.desk import Desk
from pipeline.rowtypes import ShownIssueRow, UnitRow
from pipeline.store import Store, key_of
from pipeline.trouble import making

FOLDER = "cards"
TITLE = "清源　谁负责、打哪个电话、水质怎样、正在修什么"
"""Stands at the top of every picture."""

Values = tuple[str, str, tuple[Figure, ...], Gauge, str]
"""What a picture shows: all that `picture` is given."""


def picture_of(scope: str) -> str:
    """Return the address of the picture of a unit or township, or of the city ("")."""
    return f"{FOLDER}/{scope or 'city'}.png"


def pictures(desk: Desk, store: Store) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of the site with their addresses."""
    for wanted in map(dict, _wanted(desk)):
        key = key_of("pictures", repr(wanted))
        made = store.kept(key, partial(_drawn, wanted))
        yield from zip(wanted, _unpacked(made), strict=True)


def _drawn(wanted: Mapping[str, Values]) -> bytes:
    """Return pictures as one value: a line with their lengths, then one after the other."""
    drawn = []
    for address, values in wanted.items():
        with making(f"图 {address} "):
            drawn.append(picture(*values))
    return json.dumps([len(one) for one in drawn]).encode() + b"\n" + b"".join(drawn)


def _unpacked(value: bytes) -> list[bytes]:
    head, _, rest = value.partition(b"\n")
    pictures, at = [], 0
    for length in json.loads(head):
        pictures.append(rest[at : at + length])
        at += length
    return pictures


def _wanted(desk: Desk) -> Iterator[Iterable[tuple[str, Values]]]:
    """Yield the picture of the city, and of each unit its own with those of its townships."""
    yield [_of(desk, "", "", desk.view.campaign.site["subtitle"], desk.issues.standing)]
    for unit in desk.places.units:
        yield _of_unit(desk, unit)


def _of_unit(desk: Desk, unit: UnitRow) -> Iterator[tuple[str, Values]]:
    yield _of(desk, unit.id, unit.id, unit.name, desk.issues.of_unit.get(unit.id, ()))
    for town in desk.places.townships.get(unit.id, ()):
        name = town.name if unit.name in town.name else f"{unit.short_name}　{town.name}"
        yield _of(desk, town.id, unit.id, name, desk.issues.of_township.get(town.id, ()))


def _of(
    desk: Desk, scope: str, unit: str, name: str, issues: Sequence[ShownIssueRow]
) -> tuple[str, Values]:
    """Return the address and what is shown of issues of a place that belongs to a unit."""
    view = desk.view
    demo = "　演示数据" if view.campaign.is_demo else ""
    foot = f"数据日期 {view.as_of_on.isoformat()}{demo}"
    is_silent = unit and desk.issues.is_silent(unit)
    t = desk.issues.tally(issues)
    whole = t.found or 1
    figures = (
        Figure("发现问题（件）", "未报告" if is_silent else str(t.found)),
        Figure("到现场核查通过", "—" if is_silent else str(t.verified)),
        Figure("逾期没改完", "—" if is_silent else str(t.overdue), bool(t.overdue)),
    )
    lengths = (t.verified / whole, t.reported / whole, t.overdue / whole)
    return picture_of(scope), (TITLE, name, figures, lengths, foot)
