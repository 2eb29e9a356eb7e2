"""Keys over the whole package: one set look-up on the cells the byte gate read.

Primary keys across shards, ids that extend another, the order of rows; what a cell names stands in
`references`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from types import MappingProxyType

from pipeline.checks import references
from pipeline.checks.ids import parent_of
from pipeline.checks.references import (
    NO_LEDGER,
    REFERENCES,
    Breach,
    Fault,
    Known,
    Tables,
    column_of,
    known_of,
    named_ledgers,
    start_of,
)
from pipeline.findings import Finding, Rule, Severity
from pipeline.ledgers import RawShard, RefusedCells
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Field, Schema, Schemas
from pipeline.ledgers.writer import sort_key

__all__ = ["REFERENCES", "check", "open_ends"]


def _rule(
    id: str,
    sentence: str,
    remedy: str,
    severity: Severity = "error",
    *,
    source: str = "台账约定",
    why: str,
) -> Rule:
    return Rule(id, "records", severity, sentence, remedy, source, why)


_NUMBERED = re.compile("([a-z]+-(?:.*[^0-9])?)([0-9]{2,9})")
"""An id we give out ourselves: its issuer, what it is, and a number at the end."""

TWICE = _rule(
    "K01",
    "一个编号只用一次",
    "新的一行用新编号，合并两份台账撞了号的运行 qingyuan renumber；重复登记的删掉后登的一行",
    why="两行一个编号，别处引用时不知道指哪一行",
)
CHILD = _rule(
    "K08",
    "下级编号以上级编号开头",
    "在上级编号后面接着编，如 city-v00012-f01",
    why="看编号就知道属于哪一条，错了会挂到别人名下",
)
WAITING = _rule(
    "K11",
    "引用到的台账都读得出来",
    "先改好这个文件，再查一遍；那些引用到时自动核对",
    "warning",
    source="先查后发",
    why="那个文件读不出来，引用它的暂时没有核对，先说明白",
)
ORDER = _rule(
    "K09",
    "各行按编号排列",
    "运行 qingyuan fmt 自动排好",
    "warning",
    why="排好次序，两次改动才比得清楚",
)


def check(
    raws: Sequence[RawShard],
    schemas: Schemas,
    refused: Mapping[str, RefusedCells] = MappingProxyType({}),
    absent: Collection[str] = (),
) -> list[Finding]:
    """Return every breach of keys in all shards; `refused` are the cells that are refused already.

    A row whose key was refused, or given out before, is known by nobody, as if it were lost, and a
    ledger that is `absent` altogether is lost as a whole: that is told once, and not again by
    every row that names it.
    """
    tables = [(raw, schemas[raw.shard.ledger]) for raw in raws if raw.cells]
    twice = _doubled(tables)
    unnamed = {raw.shard.name for raw, schema in tables if _lacks_a_key(raw, schema, refused)}
    known = known_of(tables, raws, unnamed | twice.keys(), absent)
    findings: list[Finding] = []
    for raw, schema in tables:
        listing = Listing(raw.shard)
        for row, field, (rule, message), count in _told_once(
            *twice.get(raw.shard.name, ()),
            *references.cells(raw, schema, schemas, known),
            *references.places(raw, schema, known),
            *_children(raw, schema, refused.get(raw.shard.name, {})),
        ):
            listing.add(rule, message, count=count, **_place(raw, schema, row, field))
        if raw.shard.name not in unnamed:
            _check_order(raw, schema, listing)
        findings += listing.done()
    return findings + [f for raw in raws if raw.is_torn for f in _waiting(raw, schemas, known)]


def open_ends(raws: Sequence[RawShard], schemas: Schemas) -> Iterator[tuple[str, str, str]]:
    """Yield what rows read so far leave open: the ledger an id should stand in, the rule, the id.

    Something is open where a row may seem to break a rule only because not everything was read.
    """
    tables = [(raw, schemas[raw.shard.ledger]) for raw in raws if raw.cells]
    twice = _doubled(tables)
    known = known_of(tables, raws, twice.keys())
    for raw, schema in tables:
        breaches: list[Breach] = [
            *twice.get(raw.shard.name, ()),
            *references.cells(raw, schema, schemas, known),
            *references.places(raw, schema, known),
        ]
        for row, field, (rule, _) in breaches:
            if rule.id in REFERENCES:
                cell = raw.cells[row][schema.names.index(field.name)]
                ledgers = [schema.name] if rule is TWICE else named_ledgers(field, schema)
                yield from ((name, rule.id, one) for name in ledgers for one in cell.split("|"))


def _told_once(*breaches: Breach) -> Iterator[tuple[int, Field, Fault, int]]:
    """Yield the breaches, each with how many it stands for: a ledger is missing only once."""
    missing: dict[tuple[str, Fault], list[Breach]] = defaultdict(list)
    for row, field, fault in breaches:
        if fault[0] is NO_LEDGER:
            missing[field.name, fault].append((row, field, fault))
        else:
            yield row, field, fault, 1
    for members in missing.values():
        row, field, (rule, message) = members[0]
        yield row, field, (rule, f"{message}，{len(members)} 处引用查不到"), len(members)


def _waiting(raw: RawShard, schemas: Schemas, known: Known) -> Iterator[Finding]:
    """Say of a file that could not be read whole how many references wait for it."""
    ledger, count = raw.shard.ledger, known.waiting[raw.shard.ledger, start_of(raw.shard)]
    if count:
        said = f"这个文件没有全读出来，别处另有 {count} 处引用{schemas[ledger].title}，暂时查不了"
        yield WAITING.at(said, file=raw.shard.name, ledger=ledger)


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
    free = _FreeNumbers({key(cells) for raw, _ in shards for cells in raw.cells})
    for raw, schema in shards:
        field = schema.by_name[schema.primary_key[0]]
        for row, cells in enumerate(raw.cells):
            here = (raw.shard.name, raw.lines[row])
            file, line = first.setdefault(key(cells), here)
            if (file, line) != here and any(
                cells[schema.names.index(n)] for n in schema.primary_key
            ):
                said = f"“{field.title}”已在 {file} 第{line}行用过{free(key(cells))}"
                found[raw.shard.name].append((row, field, (TWICE, said)))


class _FreeNumbers:
    """Says which number comes next after those given out, each one only once."""

    def __init__(self, given: Iterable[object]) -> None:
        self._last: dict[str, int] = {}
        for key in given:
            if found := _NUMBERED.fullmatch(str(key)):
                number = max(int(found[2]), self._last.get(found[1], 0))
                self._last[found[1]] = number

    def __call__(self, key: object) -> str:
        found = _NUMBERED.fullmatch(str(key))
        if found is None:
            return ""
        self._last[found[1]] += 1
        return f"；没用过的下一个是 {found[1]}{self._last[found[1]]:0{len(found[2])}}"


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
            text = f"第{raw.lines[row]}行的编号排在第{raw.lines[row - 1]}行前面"
            listing.add(ORDER, text, line=raw.lines[row])
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
