"""Both sides of a change: which files differ, and the rows of the shards among them.

Before is read from git's objects, after from the working copy or from another commit; both by the
one reader of ledgers. Only files that differ are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath

from pipeline.changes.delta import Key, RowChange, Standing, by_key, compare
from pipeline.changes.noise import in_order
from pipeline.dates import parse_iso
from pipeline.findings import Finding
from pipeline.ledgers import RawShard, Shard
from pipeline.ledgers.discovery import home_of, unit_of_file
from pipeline.ledgers.reader import read
from pipeline.ledgers.schemas import Schemas
from pipeline.repository import FILES, FileChange, Repository
from pipeline.trouble import UsageTrouble

CONTEXT = ("issues", "issue_events")
"""Ledgers that are read whole for the units touched: a new event is judged by those before it."""

_AS_OF = re.compile(rb"^as_of_on:\s*['\"]?([0-9-]+)", re.M)


@dataclass(frozen=True)
class Change:
    """A change of a data folder: from the commit it started from to what stands now.

    `files` are all files of the repository that differ; paths and shard names are those of the
    repository, with `folder` (the data folder, as "data") first. `day` is the day as of which the
    data stood before: what the campaign says, else the day of the commit; `day_now` is what the
    campaign says now, if that differs. `before` and `after` are the rows by ledger and key of every
    file that was read: those that differ, and of the units touched the ledgers of `CONTEXT`.
    """

    base: str
    folder: str
    files: tuple[FileChange, ...]
    rows: tuple[RowChange, ...]
    torn: tuple[str, ...]
    day: date
    day_now: date | None
    before: Mapping[str, Mapping[Key, Standing]] = field(repr=False)
    after: Mapping[str, Mapping[Key, Standing]] = field(repr=False)
    schemas: Schemas = field(repr=False)

    @cached_property
    def by_ledger(self) -> Mapping[str, list[RowChange]]:
        """Changed rows by ledger."""
        found: dict[str, list[RowChange]] = {name: [] for name in self.schemas}
        for row in self.rows:
            found[row.ledger].append(row)
        return found

    @cached_property
    def lines(self) -> frozenset[tuple[str, int]]:
        """The files and lines, as they are now, on which changed rows stand."""
        return frozenset((r.after.file, r.after.line) for r in self.rows if r.after)

    def below(self, path: str) -> tuple[str, ...]:
        """Return the parts of a path below the data folder; none if it lies elsewhere."""
        return parts_below(self.folder, path)

    @cached_property
    def data_files(self) -> tuple[FileChange, ...]:
        """The files below the data folder that differ."""
        return tuple(f for f in self.files if self.below(f.path))

    @cached_property
    def alone(self) -> frozenset[str]:
        """The units whose own records, with reasons granted for them, are all of data that differ.

        None where anything else of data does.
        """
        found = set()
        for file in self.data_files:
            match self.below(file.path):
                case ("units", unit, _) | ("city", "checks", unit, _):
                    found.add(unit)
                case ("city", "waivers.csv"):
                    pass
                case _:
                    return frozenset()
        concerned = {row.standing.cells.get("unit_id", "") for row in self.by_ledger["waivers"]}
        return frozenset(found) if concerned <= found else frozenset()

    def concerns(self, finding: Finding) -> bool:
        """Whether a finding outside of the files that differ may come from this change.

        Errors anywhere in the records of its units, and whatever is found of its reasons.
        """
        if PurePosixPath(finding.file or "").name == "waivers.csv":
            reasons = self.by_ledger["waivers"]
            lines = {row.after.line for row in reasons if row.after}
            named = {f"waivers/{row.row_id}" for row in reasons}
            return finding.line in lines or finding.subject in named
        unit = unit_of_file(finding.file or "")
        return finding.severity == "error" and unit in self.alone

    @cached_property
    def moved(self) -> tuple[RowChange, ...]:
        """Rows that stand in another file than before, whether or not a cell differs."""
        return tuple(
            RowChange(self.schemas[ledger], key, was, now, {})
            for ledger, rows in sorted(self.before.items())
            for key, was in sorted(rows.items())
            if (now := self.after.get(ledger, {}).get(key)) and now.file != was.file
        )

    @cached_property
    def visited(self) -> tuple[str, ...]:
        """The units of which records were touched that others made about them."""
        paths = (self.below(changed.path) for changed in self.data_files)
        return tuple(sorted({path[2] for path in paths if path[:2] == ("city", "checks")}))

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units whose own folders were touched."""
        paths = (self.below(changed.path) for changed in self.data_files)
        return tuple(sorted({path[1] for path in paths if path[0] == "units" and len(path) > 2}))


def parts_below(folder: str, path: str) -> tuple[str, ...]:
    """Return the parts of a path below a folder of the repository; none if it lies elsewhere."""
    place = PurePosixPath(path)
    return place.relative_to(folder).parts if place.is_relative_to(folder) else ()


def change_of(data: Path, base: str, schemas: Schemas, head: str | None = None) -> Change:
    """Compare a data folder with the commit from which it went apart from `base`.

    Without `head` the folder as it stands, uncommitted work included, is the other side.

    Raises:
        UsageTrouble: no repository, no such revision, or nothing in common.
        EnvironmentTrouble: git cannot be run.
    """
    if not data.is_dir():
        raise UsageTrouble(f"没有 {data} 这个目录；用 --data 写台账所在的目录")
    repository = Repository.around(data)
    if repository is None:
        raise UsageTrouble(f"{data} 不在 git 仓库里，没有可以比较的从前；去掉 --base 再运行")
    target = repository.commit(head or "HEAD")
    start = repository.common(repository.commit(base), target)
    folder = data.resolve().relative_to(repository.top.resolve()).as_posix()
    files = repository.differing(start, target if head else None)
    before, after = _read(repository, folder, files, schemas, target if head else None)
    old, new = by_key(before, schemas), by_key(after, schemas)
    return Change(
        start,
        folder,
        tuple(files),
        tuple(compare(old, new, schemas)),
        tuple(raw.shard.name for raw in before if raw.is_torn),
        _day(repository, start, folder),
        _day_now(repository, target if head else None, folder, files),
        old,
        new,
        schemas,
    )


def _read(
    repository: Repository, folder: str, files: list[FileChange], schemas: Schemas, head: str | None
) -> tuple[list[RawShard], list[RawShard]]:
    """Read both sides of the shards that differ, and what is needed to judge them."""
    named = ((f, shard_at(repository.top, folder, f.path, schemas)) for f in files)
    differing = [(f, shard) for f, shard in named if shard is not None]
    old = [(shard, f.blob_before) for f, shard in differing if f.mode_before in FILES]
    new = [(shard, f.blob_after) for f, shard in differing if f.mode_after in FILES]
    wanted = old if head is None else old + new
    blobs = repository.contents(blob for _, blob in wanted)

    def standing(shard: Shard) -> bytes:
        """Return a shard as it stands on the side of now, of which git names no blob."""
        if head is None:
            return shard.path.read_bytes() if shard.path.is_file() else b""
        return repository.content(head, shard.name) or b""

    def rows(shard: Shard, content: bytes) -> RawShard:
        schema = schemas[shard.ledger]
        return read(shard, schema, in_order(content, schema.names))

    before = [rows(shard, blobs[blob]) for shard, blob in old]
    after = [rows(shard, standing(shard) if head is None else blobs[blob]) for shard, blob in new]
    for shard in _context(repository.top, folder, [shard for _, shard in differing], schemas):
        if content := standing(shard):
            same = read(shard, schemas[shard.ledger], content)
            before.append(same)
            after.append(same)
    return before, after


def _context(top: Path, folder: str, differing: list[Shard], schemas: Schemas) -> Iterator[Shard]:
    """Yield the shards of `CONTEXT` that belong to units touched and do not differ."""
    seen = {shard.name for shard in differing}
    for unit in sorted({shard.unit for shard in differing if shard.unit}):
        for ledger in CONTEXT:
            for place in (f"units/{unit}", f"city/checks/{unit}"):
                path = (PurePosixPath(folder) / place / f"{ledger}.csv").as_posix()
                shard = shard_at(top, folder, path, schemas)
                if shard is not None and path not in seen:
                    yield shard


def shard_at(top: Path, folder: str, path: str, schemas: Schemas) -> Shard | None:
    """Return the shard a path of the repository is, by its place; None if it is none."""
    place = PurePosixPath(*parts_below(folder, path))
    home = home_of(place, schemas)
    return None if home is None else Shard(top / path, path, place.stem, *home)


def _day_now(
    repository: Repository, head: str | None, folder: str, files: list[FileChange]
) -> date | None:
    """Return the day that the campaign says now; None if its file is as it was."""
    campaign = (PurePosixPath(folder) / "campaign.yml").as_posix()
    if campaign not in {file.path for file in files if file.mode_after in FILES}:
        return None
    path = repository.top / campaign
    content = repository.content(head, campaign) if head else path.read_bytes()
    named = _AS_OF.search(content or b"")
    return parse_iso(named[1].decode()) if named else None


def _day(repository: Repository, commit: str, folder: str) -> date:
    """Return the day as of which the data of a commit stood."""
    campaign = (PurePosixPath(folder) / "campaign.yml").as_posix()
    named = _AS_OF.search(repository.content(commit, campaign) or b"")
    return (named and parse_iso(named[1].decode())) or repository.day(commit)
