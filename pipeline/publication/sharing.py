"""The pictures that a chat shows when somebody shares a page: of the city, each unit and township.

They are nearly three hundred, and no page waits for them: another process draws them. Those of a
unit are kept together, so that a build need not look through hundreds of small files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline import workers
from pipeline.publication.charts.picture import Figure, Gauge, picture, ready
from pipeline.publication.desk import Desk
from pipeline.rowtypes import ShownIssueRow, UnitRow
from pipeline.store import Store, key_of
from pipeline.trouble import making

FOLDER = "cards"
TITLE = "清源　谁负责、打哪个电话、水质怎样、正在修什么"
"""Stands at the top of every picture."""

FEW = 20
"""Pictures up to which a process of its own is not worth while."""

Values = tuple[str, str, tuple[Figure, ...], Gauge, str]
"""What a picture shows: all that `picture` is given."""
Files = dict[str, bytes]


def picture_of(scope: str) -> str:
    """Return the address of the picture of a unit or township, or of the city ("")."""
    return f"{FOLDER}/{scope or 'city'}.png"


def begin(desk: Desk, store: Store) -> Callable[[], Files]:
    """Start to draw the pictures that are missing; returns what waits for all, by address."""
    wanted = {group: dict(told) for group, told in _wanted(desk)}
    keys = {group: key_of("pictures", repr(told)) for group, told in wanted.items()}
    kept = {group: store.get(key) for group, key in keys.items()}
    missing = {group: told for group, told in wanted.items() if kept[group] is None}

    def draw() -> dict[str, list[bytes]]:
        return {group: _drawn(told) for group, told in missing.items()}

    is_much = sum(map(len, missing.values())) > FEW
    if is_much:
        ready()
    wait = workers.beside(draw) if is_much else draw

    def done() -> Files:
        fresh = wait()
        for group, pictures in fresh.items():
            store.put(keys[group], _packed(pictures))
        unpacked = {group: _unpacked(one) for group, one in kept.items() if one is not None}
        return {
            address: content
            for group, told in wanted.items()
            for address, content in zip(told, (fresh | unpacked)[group], strict=True)
        }

    return done


def _drawn(wanted: Mapping[str, Values]) -> list[bytes]:
    drawn = []
    for address, values in wanted.items():
        with making(f"图 {address} "):
            drawn.append(picture(*values))
    return drawn


def _packed(pictures: Sequence[bytes]) -> bytes:
    """Return pictures as one value: a line with their lengths, then one after the other."""
    return json.dumps([len(one) for one in pictures]).encode() + b"\n" + b"".join(pictures)


def _unpacked(value: bytes) -> list[bytes]:
    head, _, rest = value.partition(b"\n")
    pictures, at = [], 0
    for length in json.loads(head):
        pictures.append(rest[at : at + length])
        at += length
    return pictures


def _wanted(desk: Desk) -> Iterator[tuple[str, Iterator[tuple[str, Values]]]]:
    """Yield the picture of the city, and of each unit its own with those of its townships."""
    yield "", iter([_of(desk, "", "", desk.view.campaign.site["subtitle"], desk.issues.standing)])
    for unit in desk.places.units:
        yield unit.id, _of_unit(desk, unit)


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
