"""A draw as `qingyuan sample` left it in a folder: read, and drawn again to see that it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import sampling
from pipeline.dates import parse_iso
from pipeline.ledgers.schemas import Schema
from pipeline.sampling import Batch, Drawn, Entry
from pipeline.trouble import UsageTrouble
from pipeline.verbs import sample_entry

SAMPLES = Path("build/samples")
"""Where draws are left unless another place is named."""
FRAME = "frame.csv"
TRIES = 60
"""How many sizes of a draw are tried: only where all strata are smaller than asked for, many."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw: what it has in common, what was drawn of which frame, and the promise that holds.

    `count` is how many places were asked for in each unit (`--n`).
    """

    batch: Batch
    drawn: tuple[Drawn, ...]
    frame: tuple[Entry, ...]
    count: int
    promise: str


def read(folder: Path, schema: Schema) -> Sample:
    """Read a draw, and draw it again from its own frame and seed.

    Raises:
        UsageTrouble: something is missing, was changed, or does not follow from frame and seed.
    """
    rows = sample_entry.drawn_rows(folder / sample_entry.ROWS, schema)
    promise = sample_entry.promised(folder / sample_entry.ROWS, schema, rows)
    try:
        frame = sampling.thaw((folder / FRAME).read_bytes())
    except OSError as trouble:
        raise UsageTrouble(f"{folder} 里没有能读的 {FRAME}") from trouble
    except sampling.DamagedFrame as trouble:
        raise UsageTrouble(f"{folder / FRAME}：{trouble}") from trouble
    first = rows[0]
    day = parse_iso(first["drawn_on"])
    kind = next((k for k, place in sampling.PLACES.items() if place == first["place_type"]), None)
    if day is None or kind is None or not first["group_no"].isdecimal():
        raise UsageTrouble(f"{folder / sample_entry.ROWS} 不是抽样时写的")
    if sampling.version(frame, day) != first["frame_version"]:
        raise UsageTrouble(f"{folder / FRAME} 和抽样时的名册对不上，可能换过：照原样重抽")
    batch = Batch(
        first["batch_id"],
        kind,
        int(first["group_no"]),
        day,
        first["seed"],
        first["frame_version"],
    )
    again = counted(batch, frame, rows)
    if again is None:
        raise UsageTrouble(f"{folder} 里的名单照它的名册和种子重抽不出来，不能用")
    return Sample(batch, again[1], frame, again[0], promise)


def counted(
    batch: Batch, frame: tuple[Entry, ...], rows: Sequence[Mapping[str, str]]
) -> tuple[int, tuple[Drawn, ...]] | None:
    """Draw again, with the smallest number that gives these rows; nothing where none does."""
    units = {row["unit_id"] for row in rows}
    sizes = {(row["unit_id"], row["stratum"]): int(row["sample_size"]) for row in rows}
    least = max(sum(size for (u, _), size in sizes.items() if u == unit) for unit in units)
    wanted = [(row["draw_id"], row["unit_id"], row["place_id"]) for row in rows]
    for count in range(max(least, 1), least + TRIES):
        drawn = sampling.draw(frame, units, count, batch.seed)
        made = [(row["draw_id"], row["unit_id"], row["place_id"]) for row in batch.rows(drawn)]
        if made == wanted:
            return count, drawn
    return None
