"""What can still be answered when some cells were refused: which cells, and what rests on them.

A row with a refused cell stays in the book, so that its key is known; reading that cell raises
`Refused`. Whoever asks a question over many rows asks it again without the rows that forbid the
answer, and learns which they were. Knows no rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pipeline.checks import cells
from pipeline.findings import Finding
from pipeline.ledgers import RawShard, Refused, RefusedCells, Snapshot
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.rowtypes import Row

Answer = TypeVar("Answer")


def refused_cells(
    raws: Iterable[RawShard], schemas: Schemas, findings: Iterable[Finding]
) -> dict[str, RefusedCells]:
    """Return, by file, the cells that the byte gate or the schema gate refused.

    `findings` are those of both gates. They tell the files; as they list only so many of a kind,
    the cells are judged once more.
    """
    told: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for finding in findings:
        if finding.severity == "error" and finding.file and finding.column:
            told[finding.file][finding.line or 0].add(finding.column)
    return {
        raw.shard.name: _cells(raw, schemas[raw.shard.ledger], told[raw.shard.name])
        for raw in raws
        if raw.shard.name in told and raw.cells
    }


def also(
    refused: Mapping[str, RefusedCells], schemas: Schemas, findings: Iterable[Finding]
) -> dict[str, RefusedCells]:
    """Return the refused cells and those that lead nowhere: no rule judges by a wrong key."""
    both = {file: defaultdict(frozenset, cells) for file, cells in refused.items()}
    for finding in findings:
        if finding.severity == "error" and finding.file and finding.line and finding.column:
            lines = both.setdefault(finding.file, defaultdict(frozenset))
            column = schemas[finding.ledger].names[finding.column - 1]
            lines[finding.line] |= {column}
    return dict(both)


def _cells(raw: RawShard, schema: Schema, told: Mapping[int, set[int]]) -> RefusedCells:
    judged = Listing(raw.shard)
    cells.check(raw, schema, judged)
    columns: dict[int, set[str]] = defaultdict(set)
    for source in (raw.refused, judged.refused, told):
        for line, numbers in source.items():
            columns[line].update(schema.names[n - 1] for n in numbers if n <= len(schema.names))
    return {line: frozenset(names) for line, names in columns.items()}


def without(snapshot: Snapshot, refusal: Refused) -> tuple[Snapshot, list[Row]]:
    """Return the snapshot less the rows whose cells in that column were refused, and these rows."""
    ledger = refusal.row.table
    rows = [row for row in snapshot[ledger] if refusal.column in row.refused]
    if not rows:
        raise refusal  # it was read from somewhere else: to ask again would never end
    return snapshot.less(ledger, rows), rows


def asked(
    question: Callable[[Snapshot], Mapping[str, Answer]], snapshot: Snapshot, ledger: str
) -> Mapping[str, Answer]:
    """Return an answer for each row of a ledger, by its id; what rests on a refused cell raises."""
    whole, refusals = snapshot, []
    while True:
        try:
            answers = question(snapshot)
        except Refused as refusal:
            snapshot, rows = without(snapshot, refusal)
            refusals += [(refusal, row) for row in rows]
        else:
            break
    doubted: dict[str, Refused] = {}
    for cause, row in refusals:
        for key in _resting_on(row, whole, ledger):
            doubted.setdefault(key, cause)
    return Partly(answers, doubted) if doubted else answers


@dataclass(frozen=True)
class Partly(Mapping[str, Answer]):
    """Answers by id, some of which cannot be given: to ask for one of these raises `Refused`."""

    answers: Mapping[str, Answer]
    doubted: Mapping[str, Refused]

    def __getitem__(self, key: str) -> Answer:
        """Return the answer."""
        if key in self.doubted:
            raise self.doubted[key]
        return self.answers[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over what is answered."""
        return (key for key in self.answers if key not in self.doubted)

    def __len__(self) -> int:
        """Return how many are answered."""
        return sum(1 for _ in self)


def _resting_on(row: Row, snapshot: Snapshot, ledger: str) -> set[str]:
    """Return the ids of a ledger that name a row, or that it names; if none, all it may concern."""
    if row.table == ledger:
        return {row.id}
    named = {row.peek(name) for name in _columns_to(snapshot.schemas[row.table], ledger)}
    back = _columns_to(snapshot.schemas[ledger], row.table)
    rows = snapshot[ledger]
    naming = {other.id for other in rows if any(other.peek(name) == row.id for name in back)}
    if naming and row.refused.isdisjoint(row.key):
        return naming | (named & {other.id for other in rows})
    near = {other.id for other in rows if row.owner in (None, other.owner)}
    return (named & {other.id for other in rows}) or near


def _columns_to(schema: Schema, ledger: str) -> list[str]:
    """Return the columns that name rows of a ledger, or places of any kind."""
    keys = [key.field for key in schema.foreign_keys if key.ledger == ledger]
    return keys + [field.name for field in schema.fields if field.key_by]
