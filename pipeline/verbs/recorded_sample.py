"""A draw as the ledger has it: its rows, after the visits, as forms to print again.

The frame it was drawn from is not in the ledger. Where that of the day is still the same, the rows
are drawn again from it and carry the reasons; else they are printed as recorded, and the form says
that they were not drawn again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pipeline import sampling
from pipeline.dates import in_words
from pipeline.ledgers import Snapshot
from pipeline.ledgers.writer import shard_bytes
from pipeline.rowtypes import SpotCheckRow
from pipeline.sampling import Batch, Drawn, Entry
from pipeline.trouble import UsageTrouble
from pipeline.verbs.drawn_sample import counted

NOBODY = 0
"""The number where a draw is no group's."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The part of a recorded draw that one group visits: the rows beside what was drawn.

    `frame` is empty and `count` nought where the draw does not follow from the frame of its day.
    `is_whole` says that no other group has part of the batch; `promise` is that of the whole batch.
    """

    batch: Batch
    rows: tuple[SpotCheckRow, ...]
    drawn: tuple[Drawn, ...]
    frame: tuple[Entry, ...]
    count: int
    promise: str
    is_whole: bool

    @property
    def said(self) -> str:
        """What stands on the form instead of the warning to keep the list from those visited."""
        day = max(row.released_on for row in self.rows if row.released_on is not None)
        return f"这一批查完以后已在{in_words(day)}公布，照台账里登记的重印。"


def batches(rows: Snapshot, day: date, kinds: Sequence[str]) -> list[str]:
    """Return the recorded batches of some kinds of draw that are published by a day."""
    places = {sampling.PLACES[kind] for kind in kinds}
    found = (r for r in rows["spot_checks"] if r.place_type in places and _is_out(r, day))
    return sorted({row.batch_id for row in found})


def read(rows: Snapshot, day: date, batch_id: str, group: int | None) -> list[Recorded]:
    """Return a recorded batch by group and kind of place, or what one group has of it.

    Raises:
        UsageTrouble: there is no such batch, or the group has no part in it.
    """
    whole = [r for r in rows["spot_checks"] if r.batch_id == batch_id and _is_out(r, day)]
    if not whole:
        raise UsageTrouble(f"台账里没有登记 {batch_id} 这一批，或者还没有公布")
    blank = [
        {name: getattr(row, name) for name in rows.schemas["spot_checks"].names}
        | dict.fromkeys(sampling.AFTERWARDS, "")
        for row in sorted(whole, key=lambda one: one.draw_id)
    ]
    promise = sampling.promise(shard_bytes(rows.schemas["spot_checks"], blank))
    shares = sorted({_part(row) for row in whole})
    wanted = [one for one in shares if group in (None, one[0])]
    if not wanted:
        groups = "、".join(str(one) for one in sorted({number for number, _ in shares}))
        raise UsageTrouble(f"{batch_id} 里没有第{group}组的；有的是：{groups}")
    return [
        _share(rows, [r for r in whole if _part(r) == one], promise, len(shares)) for one in wanted
    ]


def _part(row: SpotCheckRow) -> tuple[int, str]:
    """Return whose a row is and what kind of place it names."""
    return row.group_no or NOBODY, row.place_type


def _is_out(row: SpotCheckRow, day: date) -> bool:
    return row.released_on is not None and row.released_on <= day


def _share(rows: Snapshot, own: Sequence[SpotCheckRow], promise: str, shares: int) -> Recorded:
    own = sorted(own, key=lambda one: one.draw_id)
    first = own[0]
    kind = next(k for k, place in sampling.PLACES.items() if place == first.place_type)
    day = first.drawn_on
    batch = Batch(
        first.batch_id, kind, first.group_no or NOBODY, day, first.seed, first.frame_version
    )
    frame = tuple(sampling.frame(rows.as_of(day), day, kind))
    found = None
    if sampling.version(frame, day) == first.frame_version:
        found = counted(batch, frame, [_cells(row) for row in own])
    if found is None:
        drawn = tuple(_as_recorded(row) for row in own)
        return Recorded(batch, tuple(own), drawn, (), 0, promise, shares == 1)
    return Recorded(batch, tuple(own), found[1], frame, found[0], promise, shares == 1)


def _cells(row: SpotCheckRow) -> dict[str, str]:
    names = ("draw_id", "unit_id", "place_id", "stratum", "sample_size")
    return {name: str(getattr(row, name)) for name in names}


def _as_recorded(row: SpotCheckRow) -> Drawn:
    entry = Entry(row.unit_id, row.stratum, row.place_type, row.place_id)
    chance = row.inclusion_probability
    known = Fraction(row.sample_size, row.frame_size) if chance is None else Fraction(chance)
    return Drawn(entry, row.draw_no, row.is_reserve, known, row.frame_size, row.sample_size)
