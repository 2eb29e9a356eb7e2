"""From one commit to the next: which rows of which ledgers differ, as far as it may be told.

Only lines that differ are read, by the one reader of ledgers; rows are matched by their key.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from pipeline.changes.delta import RowChange, by_key, compare
from pipeline.changes.records import LATE_DAYS
from pipeline.changes.sides import shard_at
from pipeline.dates import parse_iso
from pipeline.history.index import Bulk, Edit, Filing, History, from_json, to_json
from pipeline.history.shown import is_open, is_told, repeats, worded
from pipeline.ledgers import RawShard, Shard
from pipeline.ledgers.discovery import unit_of_file
from pipeline.ledgers.reader import read
from pipeline.ledgers.schemas import Schemas
from pipeline.repository import FILES, FileChange, Repository, Step
from pipeline.store import Store, key_of

MOST = 300
"""Rows of a ledger that one change may edit or remove before it counts as written anew."""
SHORT = 12
"""Digits of a commit's name that are shown."""
PAGES = ("issues", "works", "units")
"""Ledgers of whose records the last change is kept."""
TOUCHING = frozenset(
    {*PAGES, "issue_events", "responsibilities", "phones", "water_tests", "patrol_roster"}
)
"""Ledgers whose rows belong to such a record."""


def walked(
    repository: Repository, folder: str, commit: str, schemas: Schemas, store: Store
) -> History | None:
    """Return the history of a data folder up to a commit; None if no commit ever touched it."""
    steps = repository.steps(commit, folder)
    if not steps:
        return None
    first, *others = steps
    parts = [_kept(repository, folder, step, schemas, store) for step in others]
    touched: dict[str, tuple[date, str]] = {}
    for part in parts:
        touched |= part.touched or {}
    return History(
        "shallow" if repository.is_shallow() else "git",
        steps[-1].commit,
        steps[-1].day,
        first.day,
        tuple(chain.from_iterable(part.edits for part in parts)),
        tuple(chain.from_iterable(part.filings for part in parts)),
        tuple(chain.from_iterable(part.bulks for part in parts)),
        touched,
    )


def _kept(
    repository: Repository, folder: str, step: Step, schemas: Schemas, store: Store
) -> History:
    """Return what one commit did, from the store if it was looked at before."""
    key = key_of("history", step.commit, folder, _declared(schemas))
    found = from_json(kept) if (kept := store.get(key)) is not None else None
    if found is None:
        found = _done(repository, folder, step, schemas)
        store.kept(key, lambda: to_json(found))
    return found


def _declared(schemas: Schemas) -> str:
    return json.dumps([schema.text for schema in schemas.values()])


def _done(repository: Repository, folder: str, step: Step, schemas: Schemas) -> History:
    """Compare a commit with the one before it."""
    rows = _rows(repository, folder, step.files, schemas)
    edits: list[Edit] = []
    bulks: list[Bulk] = []
    filings: list[Filing] = []
    touched: dict[str, tuple[date, str]] = {}
    at, change = step.day, step.commit[:SHORT]
    for ledger, changed in sorted(rows.items()):
        standing = [row for row in changed if not row.is_added]
        if len(standing) > MOST:
            bulks.append(Bulk(at, change, ledger, len(standing)))
        else:
            edits += [one for row in standing for one in _edits(row, step, schemas)]
        filings += _filings(ledger, [row for row in changed if row.is_added], step)
        if len(standing) <= MOST and ledger in TOUCHING:
            for row in changed:
                about = _about(row)
                if about.partition("/")[0] in PAGES:
                    touched[about] = (at, change)
    return History("git", step.commit, at, at, tuple(edits), tuple(filings), tuple(bulks), touched)


def _rows(
    repository: Repository, folder: str, files: tuple[FileChange, ...], schemas: Schemas
) -> dict[str, list[RowChange]]:
    """Return the rows that differ, by ledger; only lines that differ are read."""
    named = ((f, shard_at(repository.top, folder, f.path, schemas)) for f in files)
    shards = [(f, shard) for f, shard in named if shard is not None]
    blobs = repository.contents(
        blob
        for f, _ in shards
        for mode, blob in ((f.mode_before, f.blob_before), (f.mode_after, f.blob_after))
        if mode in FILES
    )
    before: list[RawShard] = []
    after: list[RawShard] = []
    for f, shard in shards:
        old = blobs.get(f.blob_before, b"") if f.mode_before in FILES else b""
        new = blobs.get(f.blob_after, b"") if f.mode_after in FILES else b""
        before += _read(shard, old, new, schemas)
        after += _read(shard, new, old, schemas)
    found: dict[str, list[RowChange]] = defaultdict(list)
    for row in compare(by_key(before, schemas), by_key(after, schemas), schemas):
        found[row.ledger].append(row)
    return found


def _read(shard: Shard, content: bytes, other: bytes, schemas: Schemas) -> Iterator[RawShard]:
    """Read the lines of a file that the other side has not; its header is always read."""
    if not content.strip():
        return
    header, _, rest = content.partition(b"\n")
    if other.partition(b"\n")[0] == header:
        theirs = set(other.split(b"\n"))
        rest = b"\n".join(line for line in rest.split(b"\n") if line not in theirs)
    yield read(shard, schemas[shard.ledger], b"%b\n%b\n" % (header, rest) if rest else header)


def _edits(row: RowChange, step: Step, schemas: Schemas) -> Iterator[Edit]:
    """Yield what may be told of an edited or removed row."""
    before, after = row.before, row.after
    if before is None:
        return
    was_open = is_open(row.schema, before.cells)
    can_open = was_open and (after is None or is_open(row.schema, after.cells))
    same = (step.day, step.commit[:SHORT], row.ledger, row.row_id, _unit(row), _about(row))
    if after is None:
        yield Edit(*same, "", None, None, can_open)
        return
    for column, (old, new) in row.cells.items():
        field = row.schema.by_name[column]
        if not is_told(field):
            continue
        shows = can_open and repeats(row.schema, field, schemas)
        texts = (worded(old), worded(new)) if shows else (None, None)
        yield Edit(*same, column, *texts, can_open)


def _filings(ledger: str, added: list[RowChange], step: Step) -> Iterator[Filing]:
    """Count new rows by unit, and how long after it happened each was registered."""
    by_unit: dict[str, list[RowChange]] = defaultdict(list)
    for row in added:
        by_unit[_unit(row)].append(row)
    for unit, rows in sorted(by_unit.items()):
        dating = rows[0].schema.dating_field
        days = [
            (step.day - happened).days
            for row in rows
            if dating and (happened := parse_iso(row.now(dating)))
        ]
        late = sum(n > LATE_DAYS for n in days)
        most = max(0, max(days, default=0))
        yield Filing(step.day, step.commit[:SHORT], ledger, unit, len(rows), len(days), late, most)


def _unit(row: RowChange) -> str:
    """Return the unit a row is of: by its folder, else by its own cell."""
    standing = row.standing
    return unit_of_file(standing.file) or standing.cells.get("unit_id", "")


def _about(row: RowChange) -> str:
    """Return the record on whose page a change of a row is told."""
    cells: Mapping[str, str] = row.standing.cells
    if row.ledger == "issue_events":
        return f"issues/{cells.get('issue_id', '')}"
    if row.ledger in ("responsibilities", "phones", "water_tests", "patrol_roster"):
        kind = {"工程": "works", "县": "units"}.get(cells.get("place_type", ""), "divisions")
        return f"{kind}/{cells.get('place_id', '')}"
    return f"{row.ledger}/{row.row_id}"
