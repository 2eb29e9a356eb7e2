"""Keys over the whole package: one set look-up on the cells the byte gate read.

Primary keys across shards, foreign keys, keys of places, members of lists, unit against folder,
and the form of ids. Rows that failed elsewhere still count as existing, so that one bad cell never
makes findings in another ledger.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.findings import Finding, Rule, Severity, declare
from pipeline.ledgers import RawShard
from pipeline.ledgers.schemas import Field, Schema, Schemas
from pipeline.ledgers.writer import sort_key
from pipeline.terms import UNITS


def _rule(id: str, sentence: str, remedy: str, severity: Severity = "error") -> Rule:
    return declare(id, "records", severity, sentence, remedy)


TWICE = _rule("K01", "一个编号只用一次", "新的一行用新编号；重复登记的删掉后登的一行")
UNKNOWN = _rule("K02", "引用的编号存在", "核对编号；先登记被引用的那一行")
PLACE = _rule(
    "K03",
    "对象编号和对象类型相配，并且存在",
    "县、网站写单位编号，乡镇写9位代码，村写12位代码，工程写工程编号",
)
ELSEWHERE = _rule("K04", "对象在本单位范围内", "核对对象编号；别的单位的事由那个单位登记")
MEMBER = _rule("K05", "列出的每一个编号都存在", "核对编号；先登记被引用的那一行")
FOLDER = _rule("K06", "单位编号和所在目录一致", "改单位编号，或把这一行移到那个单位的目录")
FORM = _rule("K07", "编号按规定的样子编", "单位编号（或 city）、短横、字母加数字，如 nanzhao-w0001")
CHILD = _rule("K08", "下级编号以上级编号开头", "在上级编号后面接着编")
ORDER = _rule("K09", "各行按编号排列", "运行 qingyuan fmt 自动排好", "warning")

REFERENCES = frozenset({"K02", "K03", "K04", "K05"})
"""Rules that a row may seem to break only because not everything was read."""

_ISSUERS = "|".join((*UNITS, "city"))
IDS: Mapping[str, tuple[str, int]] = {
    "works_id": ("w", 4), "resp_id": ("r", 5), "phone_id": ("t", 5), "phone_check_id": ("c", 5),
    "roster_id": ("m", 5), "visit_id": ("v", 5), "household_check_id": ("h", 5),
    "outage_id": ("o", 4), "sample_id": ("s", 5), "doc_id": ("d", 4), "fund_entry_id": ("k", 4),
    "project_id": ("p", 4), "risk_id": ("x", 4), "activity_id": ("a", 4), "nil_id": ("z", 4),
    "judgement_id": ("j", 4), "assignment_id": ("u", 4), "return_id": ("q", 4),
    "incident_id": ("b", 4), "measure_id": ("g", 4), "waiver_id": ("y", 4),
}  # fmt: skip
"""Letter and fewest digits of the ids that a folder issues."""

CHILDREN: Mapping[str, tuple[str, str]] = {
    "findings": ("visit_id", r"-f[0-9]{2,}"),
    "milestones": ("project_id", r"-n[0-9]{2,}"),
}
"""Ledgers whose ids extend their parent's: the parent's column and what follows it."""

UNIT_PLACES = frozenset({"县", "网站"})
NEAR_LIMIT = 20_000
"""Keys up to which a near miss is looked for; beyond, it would take too long."""


@dataclass(frozen=True)
class _Known:
    """What exists: keys of every ledger, and the unit that each place belongs to."""

    keys: Mapping[str, frozenset[str]]
    columns: Mapping[tuple[str, str], frozenset[str]]
    unit_of: Mapping[str, str]
    torn: frozenset[str]
    """Ledgers of which rows could not be read: that a key is missing there says nothing."""

    def lacks(self, ledger: str, key: str) -> bool:
        """Whether no row of a ledger has this key."""
        return ledger not in self.torn and key not in self.keys.get(ledger, frozenset())


def check(raws: Sequence[RawShard], schemas: Schemas) -> list[Finding]:
    """Return every breach of keys in all shards."""
    tables = [(raw, schemas[raw.shard.ledger]) for raw in raws if raw.cells]
    known = _known(tables, frozenset(raw.shard.ledger for raw in raws if raw.is_torn))
    findings: list[Finding] = []
    findings += _doubled(tables)
    for raw, schema in tables:
        findings += _unsorted(raw, schema)
        for number, field in enumerate(schema.fields):
            values = [cells[number] for cells in raw.cells]
            findings += _column(raw, schema, field, values, known)
        findings += _places(raw, schema, known)
        findings += _children(raw, schema)
    return findings


def _known(tables: Iterable[tuple[RawShard, Schema]], torn: frozenset[str]) -> _Known:
    keys: dict[str, set[str]] = defaultdict(set)
    columns: dict[tuple[str, str], set[str]] = defaultdict(set)
    unit_of: dict[str, str] = {unit: unit for unit in UNITS}
    for raw, schema in tables:
        if len(schema.primary_key) == 1:
            place = schema.names.index(schema.primary_key[0])
            keys[schema.name].update(cells[place] for cells in raw.cells)
        else:
            for name in schema.primary_key:
                place = schema.names.index(name)
                columns[schema.name, name].update(cells[place] for cells in raw.cells)
        if schema.name in ("divisions", "works", "phones"):
            key, unit = schema.names.index(schema.primary_key[0]), schema.names.index("unit_id")
            unit_of.update((cells[key], cells[unit]) for cells in raw.cells)
    return _Known(
        {name: frozenset(found) for name, found in keys.items()},
        {name: frozenset(found) for name, found in columns.items()},
        unit_of,
        torn,
    )


def _doubled(tables: Iterable[tuple[RawShard, Schema]]) -> Iterator[Finding]:
    """Report every use of a key after the first, naming the first."""
    first: dict[tuple[str, tuple[str, ...]], tuple[str, int]] = {}
    for raw, schema in sorted(tables, key=lambda t: t[0].shard.name):
        places = [schema.names.index(name) for name in schema.primary_key]
        for line, cells in zip(raw.lines, raw.cells, strict=True):
            key = (schema.name, tuple(cells[p] for p in places))
            where = first.setdefault(key, (raw.shard.name, line))
            if where != (raw.shard.name, line):
                field = schema.by_name[schema.primary_key[0]]
                yield _at(
                    TWICE, f"“{field.title}”已在 {where[0]} 第{where[1]}行用过", raw, schema, line,
                    cells, field,
                )  # fmt: skip


def _column(
    raw: RawShard, schema: Schema, field: Field, values: Sequence[str], known: _Known
) -> Iterator[Finding]:
    """Check one column: folder, id form, references and members of lists."""
    bad: dict[str, tuple[Rule, str]] = {}
    for value in set(values):
        if value and (fault := _fault(value, raw, schema, field, known)):
            bad[value] = fault
    if bad:
        for line, cells, value in zip(raw.lines, raw.cells, values, strict=True):
            if value in bad:
                yield _at(*bad[value], raw, schema, line, cells, field)


def _fault(
    value: str, raw: RawShard, schema: Schema, field: Field, known: _Known
) -> tuple[Rule, str] | None:
    if field.name == "unit_id" and raw.shard.unit and value != raw.shard.unit:
        return FOLDER, f"这个文件在 {raw.shard.unit} 的目录里，“{field.title}”却写着 {value}"
    if field.name in schema.primary_key and field.name in IDS and len(schema.primary_key) == 1:
        letter, digits = IDS[field.name]
        if not re.fullmatch(rf"(?:{_ISSUERS})-{letter}[0-9]{{{digits},}}", value):
            return FORM, f"“{field.title}”应当像 {field.example}"
    for key in schema.foreign_keys:
        if key.field == field.name and known.lacks(key.ledger, value):
            return UNKNOWN, _unknown(value, field, known.keys.get(key.ledger, frozenset()))
    if field.member_of and "ledger" in field.member_of:
        there = known.columns.get(
            (field.member_of["ledger"], field.member_of["field"]), frozenset()
        )
        if value not in there and field.member_of["ledger"] not in known.torn:
            return UNKNOWN, _unknown(value, field, there)
    if field.list_of:
        return _members(value, field, known)
    return None


def _members(value: str, field: Field, known: _Known) -> tuple[Rule, str] | None:
    kind = field.list_of or {}
    ledgers = kind.get("ledgers") or ([kind["ledger"]] if "ledger" in kind else [])
    if not ledgers:
        return None
    for member in value.split("|"):
        if all(known.lacks(name, member) for name in ledgers):
            return MEMBER, f"“{field.title}”里的 {member} 没有登记过"
    return None


def _unknown(value: str, field: Field, there: frozenset[str]) -> str:
    near = difflib.get_close_matches(value, there, 1, 0.8) if len(there) <= NEAR_LIMIT else []
    return f"“{field.title}”没有这个编号" + (f"，是不是 {near[0]}？" if near else "")


def _places(raw: RawShard, schema: Schema, known: _Known) -> Iterator[Finding]:
    """Check the pair of place type and place id, and that the place lies in the row's unit."""
    field = next((f for f in schema.fields if f.key_by), None)
    if field is None or field.key_by not in schema.by_name:
        return
    kind, place = schema.names.index(field.key_by), schema.names.index(field.name)
    unit = schema.names.index("unit_id") if "unit_id" in schema.by_name else None
    for line, cells in zip(raw.lines, raw.cells, strict=True):
        fault = _place_fault(cells[kind], cells[place], cells[unit] if unit else "", known)
        if fault:
            yield _at(*fault, raw, schema, line, cells, field)


def _place_fault(kind: str, place: str, unit: str, known: _Known) -> tuple[Rule, str] | None:
    if kind == "市":
        return (PLACE, "市级的文件不写对象编号") if place else None
    ledger = {"乡镇": "divisions", "村": "divisions", "工程": "works", "电话": "phones"}.get(kind)
    if kind in UNIT_PLACES:
        is_there = place in UNITS
    elif ledger is None:
        return None
    else:
        is_there = not known.lacks(ledger, place)
        width = {"乡镇": 9, "村": 12}.get(kind)
        is_there = is_there and (width is None or len(place) == width)
    if not is_there:
        return PLACE, f"没有编号是 {place or '空'} 的{kind}"
    if unit and known.unit_of.get(place, unit if ledger in known.torn else None) != unit:
        return ELSEWHERE, f"{place} 属于 {known.unit_of.get(place)}，不属于 {unit}"
    return None


def _children(raw: RawShard, schema: Schema) -> Iterator[Finding]:
    if schema.name not in CHILDREN:
        return
    parent, tail = CHILDREN[schema.name]
    own, up = schema.names.index(schema.primary_key[0]), schema.names.index(parent)
    field = schema.by_name[schema.primary_key[0]]
    for line, cells in zip(raw.lines, raw.cells, strict=True):
        if not re.fullmatch(re.escape(cells[up]) + tail, cells[own]):
            yield _at(
                CHILD, f"“{field.title}”应当像 {field.example}", raw, schema, line, cells, field
            )


def _unsorted(raw: RawShard, schema: Schema) -> Iterator[Finding]:
    key = sort_key(schema)
    keys = [key(cells) for cells in raw.cells]
    for number in range(1, len(keys)):
        if keys[number] < keys[number - 1]:
            yield ORDER.at(ledger=schema.name, file=raw.shard.name, line=raw.lines[number])
            return


def _at(
    rule: Rule, message: str, raw: RawShard, schema: Schema, line: int, cells: Sequence[str],
    field: Field,
) -> Finding:  # fmt: skip
    places = [schema.names.index(name) for name in schema.primary_key]
    return rule.at(
        message,
        ledger=schema.name,
        subject=f"{schema.name}/{'+'.join(cells[p] for p in places)}",
        file=raw.shard.name,
        line=line,
        column=schema.column(field.name),
        field=field.name,
        title=field.title,
        value=cells[schema.names.index(field.name)] or None,
    )
