"""Keys over the whole package: one set look-up on the cells the byte gate read.

Primary keys across shards, ids that extend another, the order of rows; what a cell names stands in
`references`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from types import MappingProxyType

from pipeline.checks import references
from pipeline.checks.ids import parent_of
from pipeline.checks.references import REFERENCES, Breach, Tables, column_of, known_of
from pipeline.findings import Finding, Rule, Severity, declare
from pipeline.ledgers import RawShard, RefusedCells
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Field, Schema, Schemas
from pipeline.ledgers.writer import sort_key

__all__ = ["REFERENCES", "check"]


def _rule(id: str, sentence: str, remedy: str, severity: Severity = "error") -> Rule:
    return declare(id, "records", severity, sentence, remedy)


TWICE = _rule("K01", "一个编号只用一次", "新的一行用新编号；重复登记的删掉后登的一行")
CHILD = _rule("K08", "下级编号以上级编号开头", "在上级编号后面接着编，如 city-v00012-f01")
ORDER = _rule("K09", "各行按编号排列", "运行 qingyuan fmt 自动排好", "warning")


def check(
    raws: Sequence[RawShard],
    schemas: Schemas,
    refused: Mapping[str, RefusedCells] = MappingProxyType({}),
    absent: Collection[str] = (),
) -> list[Finding]:
    """Return every breach of keys in all shards; `refused` are the cells that are refused already.

    A row whose key was refused is known by nobody, as if it were lost, and a ledger that is
    `absent` altogether is lost as a whole: that is told once, and not again by every row that
    names it.
    """
    tables = [(raw, schemas[raw.shard.ledger]) for raw in raws if raw.cells]
    unnamed = {raw.shard.name for raw, schema in tables if _lacks_a_key(raw, schema, refused)}
    known = known_of(tables, [r for r in raws if r.is_torn or r.shard.name in unnamed], absent)
    twice = _doubled(tables)
    findings: list[Finding] = []
    for raw, schema in tables:
        listing = Listing(raw.shard)
        for row, field, (rule, message) in (
            *twice.get(raw.shard.name, ()),
            *references.cells(raw, schema, schemas, known),
            *references.places(raw, schema, known),
            *_children(raw, schema, refused.get(raw.shard.name, {})),
        ):
            listing.add(rule, message, **_place(raw, schema, row, field))
        if raw.shard.name not in unnamed:
            _check_order(raw, schema, listing)
        findings += listing.done()
    return findings


def _lacks_a_key(raw: RawShard, schema: Schema, refused: Mapping[str, RefusedCells]) -> bool:
    """Whether the key of some row was refused."""
    keys = set(schema.primary_key)
    return any(not keys.isdisjoint(columns) for columns in refused.get(raw.shard.name, {}).values())


def _doubled(tables: Tables) -> dict[str, list[Breach]]:
    """Return, by file, every use of a key after the first, naming the first."""
    ledgers: dict[str, list[tuple[RawShard, Schema]]] = defaultdict(list)
    for raw, schema in sorted(tables, key=lambda t: t[0].shard.name):
        ledgers[schema.name].append((raw, schema))
    found: dict[str, list[Breach]] = defaultdict(list)
    for shards in ledgers.values():
        schema = shards[0][1]
        key = itemgetter(*map(schema.names.index, schema.primary_key))
        if len({key(cells) for raw, _ in shards for cells in raw.cells}) < sum(
            len(raw.cells) for raw, _ in shards
        ):
            _name_the_first(shards, key, found)
    return found


def _name_the_first(
    shards: Tables, key: Callable[[list[str]], object], found: dict[str, list[Breach]]
) -> None:
    first: dict[object, tuple[str, int]] = {}
    for raw, schema in shards:
        field = schema.by_name[schema.primary_key[0]]
        for row, cells in enumerate(raw.cells):
            here = (raw.shard.name, raw.lines[row])
            file, line = first.setdefault(key(cells), here)
            if (file, line) != here and any(
                cells[schema.names.index(n)] for n in schema.primary_key
            ):
                found[raw.shard.name].append(
                    (row, field, (TWICE, f"“{field.title}”已在 {file} 第{line}行用过"))
                )


def _children(raw: RawShard, schema: Schema, refused: RefusedCells) -> Iterator[Breach]:
    """Check that ids extend their parent's, as far as that is known."""
    if (parent := parent_of(schema)) is None:
        return
    own, tail = schema.primary_key[0], parent[1]
    pairs = zip(column_of(raw, schema, own), column_of(raw, schema, parent[0]), strict=True)
    for row, (child, above) in enumerate(pairs):
        if parent[0] in refused.get(raw.lines[row], ()):
            continue
        if not (child.startswith(above) and tail.fullmatch(child, len(above))):
            field = schema.by_name[own]
            yield row, field, (CHILD, f"“{field.title}”要以 {above} 开头，像 {field.example}")


def _check_order(raw: RawShard, schema: Schema, listing: Listing) -> None:
    """Report the first row that stands before its place; what is in order is seen at once."""
    keys = list(map(sort_key(schema), raw.cells))
    for row, (earlier, later) in enumerate(pairwise(keys), 1):
        if later < earlier:
            listing.add(ORDER, line=raw.lines[row])
            return


def _place(raw: RawShard, schema: Schema, row: int, field: Field) -> dict[str, object]:
    cells = raw.cells[row]
    key = "+".join(cells[schema.names.index(name)] for name in schema.primary_key)
    return {
        "subject": f"{schema.name}/{key}",
        "line": raw.lines[row],
        "column": schema.column(field.name),
        "field": field.name,
        "title": field.title,
        "value": cells[schema.names.index(field.name)] or None,
    }
