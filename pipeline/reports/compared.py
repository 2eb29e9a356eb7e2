"""A period beside the one before it: a table of both with the difference, and how that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline import shares
from pipeline.figures import grouped
from pipeline.reports.paper import ABSENT, Column, Number, Sentence, Table, Value, say, table

Count = int | tuple[int, int]
"""What is compared: a count, or a share as a pair of counts."""

POINTS = "各种率的增减是百分点。"


@dataclass(frozen=True, slots=True)
class Way:
    """How a difference is said: 比上月多3件, 比上月提高2个百分点; `what` stands before it."""

    what: str
    more: str
    less: str
    counter: str


def beside(
    key: str,
    caption: str,
    rows: Mapping[str, tuple[str, Count, Count | None]],
    names: tuple[str, str],
) -> Table:
    """Return what a period comes to beside the one before, and the difference.

    A row gives its name, its figure now, and the one before, None where there is no period before;
    where no row has one, neither it nor the difference is a column. Shares differ by percentage
    points, as they are printed.
    """
    is_first = all(before is None for _, _, before in rows.values())
    cells: dict[str, list[Value]] = {
        row: [name, now, before, None if before is None else _difference(now, before)]
        for row, (name, now, before) in rows.items()
    }
    columns = (
        Column("what", "事项", "text", 30),
        Column("now", names[0], width=14),
        Column("before", names[1], width=14),
        Column("change", "增减", width=14),
    )
    if is_first:
        return table(key, caption, columns[:2], {row: told[:2] for row, told in cells.items()})
    has_shares = any(isinstance(now, tuple) for _, now, _ in rows.values())
    return table(key, caption, columns, cells, note=POINTS if has_shares else "")


def against(made: Table, row: str, way: Way, before: str) -> Sentence | None:
    """Say how a row differs from the period before; nothing where there is none, or none of it."""
    if made.columns[-1].key != "change":
        return None
    found = made.figure(row, "change")
    if found.text == ABSENT:
        return None
    if found.text == SAME:
        if made.figure(row, "now").text == "0":
            return None
        return say("{what}和{before}持平", what=way.what, before=before)
    word = way.more if found.text[0] == "+" else way.less
    return say(
        f"{{what}}比{{before}}{word}{{n}}{way.counter}",
        what=way.what,
        before=before,
        n=found.bare(),
    )


SAME = "持平"


def change(difference: Number) -> str:
    """Write a difference with its sign; the same is 持平."""
    if not difference:
        return SAME
    much = difference if difference > 0 else -difference
    return f"{'+' if difference > 0 else '−'}{grouped(much)}"


def _difference(now: Count, before: Count) -> str | None:
    if isinstance(now, tuple) and isinstance(before, tuple):
        this, last = shares.rounded(*now), shares.rounded(*before)
        return None if this is None or last is None else change(this - last)
    assert isinstance(now, int) and isinstance(before, int)  # noqa: S101, PT018 - same kind of row
    return change(now - before)
