"""Three versions of the shards that differ: where two sides started, mine, and the published one.

A row knows in which file it stands, so that ids can be looked at over all files of a ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.changes.sides import shard_at
from pipeline.ledgers import Shard
from pipeline.ledgers.reader import read
from pipeline.ledgers.repairs import can_be_written
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.repository import FILES, FileChange, Repository

Key = tuple[str, ...]


@dataclass(slots=True)
class Line:
    """One row of one side: where it stands, its cells, whether this side added it."""

    path: str
    cells: list[str]
    is_added: bool = False
    is_renumbered: bool = False


@dataclass
class Three:
    """The shards that differ, in three versions: from which both started, mine, the published."""

    schemas: Schemas
    shards: Mapping[str, Shard]
    base: Mapping[str, bytes]
    mine: Mapping[str, bytes]
    published: Mapping[str, bytes]
    also: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Ids of each ledger that stand elsewhere and are taken too."""


def three_of(
    repository: Repository, folder: str, schemas: Schemas, mine: str | None, published: str
) -> Three:
    """Read three versions of all shards that differ; `mine` None is the working copy.

    Raises:
        UsageTrouble: the two have no commit in common.
    """
    base = repository.common(published, mine or "HEAD")
    changes = repository.differing(base, mine), repository.differing(base, published)
    paths = sorted({change.path for side in changes for change in side})
    found = ((path, shard_at(repository.top, folder, path, schemas)) for path in paths)
    shards = {path: shard for path, shard in found if shard is not None}
    old = {path: repository.content(base, path) or b"" for path in shards}
    one, other = (
        _side(repository, old, {f.path: f for f in changed}, shards, commit)
        for changed, commit in zip(changes, (mine, published), strict=True)
    )
    return Three(
        schemas, shards, old, one, other, _elsewhere(repository.top / folder, shards, schemas)
    )


def _elsewhere(
    data: Path, shards: Mapping[str, Shard], schemas: Schemas
) -> dict[str, frozenset[str]]:
    """Return the ids of the same ledgers in files that are the same on all sides."""
    differing = {shard.path for shard in shards.values()}
    found: dict[str, frozenset[str]] = {}
    for name in {shard.ledger for shard in shards.values()}:
        paths = [path for path in data.rglob(f"{name}.csv") if path not in differing]
        found[name] = frozenset(
            cells[0]
            for path in sorted(paths)
            for cells in read(
                Shard(path, str(path), name, "U"), schemas[name], path.read_bytes()
            ).cells
        )
    return found


def _side(
    repository: Repository,
    old: Mapping[str, bytes],
    changed: Mapping[str, FileChange],
    shards: Mapping[str, Shard],
    commit: str | None,
) -> dict[str, bytes]:
    found = dict(old)
    for path in changed.keys() & shards.keys():
        if commit is None:
            place = repository.top / path
            found[path] = place.read_bytes() if place.is_file() else b""
        else:
            is_there = changed[path].mode_after in FILES
            found[path] = (repository.content(commit, path) or b"") if is_there else b""
    return found


def unreadable(three: Three) -> list[str]:
    """Return the files that cannot be read whole on some side, so that nothing may be told."""
    return [
        path
        for path, shard in three.shards.items()
        for content in (three.base[path], three.mine[path], three.published[path])
        if content.strip() and not can_be_written(read(shard, schema_of(three, path), content))
    ]


def rows_of(three: Three, side: Mapping[str, bytes]) -> Iterator[Line]:
    """Yield the rows of one side, file by file."""
    for path, content in side.items():
        if content.strip():
            raw = read(three.shards[path], schema_of(three, path), content)
            yield from (Line(path, list(cells)) for cells in raw.cells)


def key_of(three: Three, line: Line) -> tuple[str, Key]:
    """Return the ledger and the key of a row."""
    schema = schema_of(three, line.path)
    places = map(schema.names.index, schema.primary_key)
    return schema.name, tuple(line.cells[place] for place in places)


def schema_of(three: Three, path: str) -> Schema:
    """Return the schema of a file."""
    return three.schemas[three.shards[path].ledger]
