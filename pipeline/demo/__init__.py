"""Synthetic ledgers: a believable city, or a small story, the same for the same seed.

Names, phones and figures are invented; phones begin 0377-1, which no subscriber number does. No
fact is attached to a real person: the officials of Annex 1 appear only by their group's number.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.demo import (
    city,
    duties,
    households,
    mending,
    papers,
    samples,
    supply,
    visits,
    withheld,
)
from pipeline.demo.world import World
from pipeline.ledgers import load_schemas
from pipeline.ledgers.writer import write_shard

__all__ = ["generate", "write"]


def generate(scale: str, seed: int, reference: Path) -> World:
    """Make all ledgers of a scale (small, city, x10); `reference` is the folder of its tables."""
    world = World.from_reference(scale, seed, reference)
    for subject in (supply, duties, papers, samples, visits, households, mending, city, withheld):
        for unit in world.units:
            subject.make(world, unit)
        subject.close(world)
    return world


def write(scale: str, seed: int, data: Path, out: Path) -> int:
    """Write the ledgers of a scale below `out`; returns how many rows were made.

    The small story gets a reference of its own: the tables of `data` cut to its places.
    """
    world = generate(scale, seed, data / "reference")
    schemas = load_schemas()
    for name in ("units", "city"):
        kept = (data / "city" / "supervision.csv").read_bytes() if name == "city" else None
        shutil.rmtree(out / name, ignore_errors=True)
        if kept is not None:
            (out / "city").mkdir(parents=True, exist_ok=True)
            (out / "city" / "supervision.csv").write_bytes(kept)
    total = 0
    for path, rows in sorted(world.shards().items()):
        write_shard(out / path, schemas[Path(path).stem], rows)
        total += len(rows)
    if scale == "small" and out != data:
        world.write_reference(data, out)
    return total
