"""Synthetic ledgers: a believable city, or a small story, the same for the same seed.

Names, phones and figures are invented; phones begin with 1, which no subscriber number does. No
fact is attached to a real person: the officials of Annex 1 appear only by their group's number.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.demo import (
    city,
    duties,
    households,
    mending,
    papers,
    samples,
    screening,
    supply,
    visits,
    withheld,
)
from pipeline.demo.world import World
from pipeline.files import replace_file
from pipeline.ledgers import load_schemas
from pipeline.ledgers.writer import write_shard

__all__ = ["generate", "write"]

SUPERVISION = "city/supervision.csv"
"""The groups of Annex 1, which are not invented."""


def generate(scale: str, seed: int, reference: Path) -> World:
    """Make all ledgers of a scale (small, city, x10); `reference` is the folder of its tables."""
    world = World.from_reference(scale, seed, reference)
    for subject in (supply, duties, papers, samples, visits, households, mending, city, withheld,
                    screening):  # fmt: skip
        for unit in world.units:
            subject.make(world, unit)
        subject.close(world)
    return world


def write(scale: str, seed: int, data: Path, out: Path) -> int:
    """Write the ledgers of a scale below `out`; returns how many rows were made.

    Ledgers that stand there are replaced one by one, and those not made this time removed last.
    The small story gets a reference of its own: the tables of `data` cut to its places.
    """
    world = generate(scale, seed, data / "reference")
    schemas, shards = load_schemas(), world.shards()
    supervision = (data / SUPERVISION).read_bytes()
    replace_file(out / SUPERVISION, supervision)
    for path, rows in sorted(shards.items()):
        write_shard(out / path, schemas[Path(path).stem], rows)
    if scale == "small" and out != data:
        world.write_reference(data, out)
    for old in (*(out / "units").rglob("*.csv"), *(out / "city").rglob("*.csv")):
        if old.relative_to(out).as_posix() not in {*shards, SUPERVISION}:
            old.unlink()
    return sum(map(len, shards.values()))
