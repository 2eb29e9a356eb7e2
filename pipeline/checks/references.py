"""Whether what a cell names exists: keys of other ledgers, members of lists, places of a unit.

Rows that failed elsewhere still count as existing, and so does whatever may stand in the lost rows
of a torn file: one bad cell never makes findings in another ledger.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as part
from operator import itemgetter

from pipeline.checks.ids import form_of, near
from pipeline.findings import Rule
from pipeline.ledgers import RawShard, Shard
from pipeline.ledgers.schemas import Field, Schema, Schemas


def _rule(id: str, sentence: str, remedy: str, *, source: str = "台账约定", why: str) -> Rule:
    return Rule(id, "records", "error", sentence, remedy, source, why)


UNKNOWN = _rule(
    "K02",
    "引用的编号存在",
    "核对编号；先登记被引用的那一行",
    source="数字可追溯",
    why="引用落空，页面上点过去什么也没有，这个数也没有依据",
)
PLACE = _rule(
    "K03",
    "对象编号和对象类型相配，并且存在",
    "县、网站写单位编号，乡镇写9位代码，村写12位代码，工程写工程编号，市级的空着",
    why="类型和编号不配，责任人、电话会挂到别的地方",
)
ELSEWHERE = _rule(
    "K04",
    "对象在本单位范围内",
    "核对对象编号；别的单位的事由那个单位登记",
    source="各记各的",
    why="一个单位替别的单位登记，两边的数都会错",
)
MEMBER = _rule(
    "K05",
    "列出的每一个编号都存在",
    "核对编号；先登记被引用的那一行",
    source="数字可追溯",
    why="有一个编号落空，这条记录就少一个依据",
)
FOLDER = _rule(
    "K06",
    "单位编号和所在目录一致",
    "改单位编号，或把这一行移到那个单位的目录",
    why="目录和单位不一致，不知道该算在谁名下",
)
FORM = _rule(
    "K07",
    "编号按规定的样子编",
    "单位编号（市里登记的写 city）、短横、字母加数字，如 jiaxian-w0001；照字段字典的例子编",
    why="各单位照样子编，编号才不会撞，印出去的也一直有效",
)

NO_LEDGER = _rule(
    "K12",
    "引用的编号所在的台账文件在",
    "找回这个台账文件，放回原处；从来没有的，核对编号写对没有",
    source="先查后发",
    why="整个文件不见了，不能当作里面没有记录",
)

REFERENCES = frozenset({"K01", "K02", "K03", "K04", "K05", "K12"})
"""Rules that a row may seem to break only because not everything was read."""

PLACES: Mapping[str, tuple[str, int]] = {
    "县": ("units", 0), "网站": ("units", 0), "乡镇": ("divisions", 9), "村": ("divisions", 12),
    "工程": ("works", 0), "电话": ("phones", 0),
}  # fmt: skip
"""For each type of place: the ledger its number stands in, and its width where that tells."""

Fault = tuple[Rule, str]
Judge = Callable[[str], "Fault | None"]
Tables = Sequence[tuple[RawShard, Schema]]
Breach = tuple[int, Field, Fault]
"""The number of a row in its shard, the column, and what is wrong."""


@dataclass(frozen=True)
class Known:
    """What exists: values of every key column, the unit of each place, the names of units.

    `lost` holds, for each ledger with torn shards, how the ids begin that may stand in them;
    `there` how the ids begin of every file there is. `waiting` counts, as references are judged,
    those that only a torn file could answer.
    """

    values: Mapping[tuple[str, str], set[str]]
    unit_of: Mapping[str, str]
    unit_names: Mapping[str, str]
    lost: Mapping[str, tuple[str, ...]]
    there: Container[tuple[str, str]]
    waiting: Counter[tuple[str, str]] = part(default_factory=Counter)
    _asked: list[tuple[str, str, str]] = part(default_factory=list)

    def has(self, ledger: str, column: str, value: str) -> bool:
        """Whether a key exists, or may exist in rows that could not be read."""
        if value in self.values.get((ledger, column), ()):
            return True
        start = next((s for s in self.lost.get(ledger, ()) if value.startswith(s)), None)
        if start is None:
            return False
        self._asked.append((ledger, start, value))
        return True

    def judged(self, column: Sequence[str]) -> None:
        """Count what a column waits for, once its values have been judged."""
        if self._asked:
            rows = Counter(column)
            for ledger, start, value in self._asked:
                self.waiting[ledger, start] += rows.get(value, 1)
            self._asked.clear()

    def missing(self, ledger: str, title: str, value: str) -> Fault | None:
        """Say that the ledger an id was issued in is not there at all, if that is so."""
        issuer = value.partition("-")[0]
        if (issuer != "city" and issuer not in self.unit_names) or (
            ledger,
            f"{issuer}-",
        ) in self.there:
            return None
        whose = "市里" if issuer == "city" else self.unit(issuer)
        return NO_LEDGER, f"{whose}没有{title}这个文件（{ledger}.csv）"

    def gives_ids(self, issuer: str) -> bool:
        """Whether the city or a unit is called so, or a unit may be, among rows that are lost."""
        return issuer == "city" or issuer in self.unit_names or "units" in self.lost

    def unit(self, unit_id: str | None) -> str:
        """Say a unit by name and id."""
        name = self.unit_names.get(unit_id or "")
        return f"{name}（{unit_id}）" if name else str(unit_id)


def column_of(raw: RawShard, schema: Schema, name: str) -> list[str]:
    """Return the cells of a column, row by row."""
    return list(map(itemgetter(schema.names.index(name)), raw.cells))


def start_of(shard: Shard) -> str:
    """Return how the ids begin that are issued in a shard."""
    return {"U": f"{shard.unit}-", "C": "city-"}.get(shard.home, "")


def known_of(
    tables: Tables,
    raws: Sequence[RawShard],
    unnamed: Container[str] = (),
    absent: Iterable[str] = (),
) -> Known:
    """Collect what exists in all shards.

    `unnamed` are files in which the key of a row is lost, `absent` ledgers lost as a whole.
    """
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    unit_of: dict[str, str] = {}
    names: dict[str, str] = {}
    for raw, schema in tables:
        for name in schema.primary_key:
            values[schema.name, name].update(column_of(raw, schema, name))
        if schema.name in ("units", "divisions", "works", "phones"):
            keys = column_of(raw, schema, schema.primary_key[0])
            unit_of.update(zip(keys, column_of(raw, schema, "unit_id"), strict=True))
        if schema.name == "units":
            names.update(zip(keys, column_of(raw, schema, "name"), strict=True))
    lost: dict[str, list[str]] = defaultdict(list, {name: [""] for name in absent})
    for raw in raws:
        if raw.is_torn or raw.shard.name in unnamed:
            lost[raw.shard.ledger].append(start_of(raw.shard))
    there = {(raw.shard.ledger, start_of(raw.shard)) for raw in raws}
    starts = {name: tuple(found) for name, found in lost.items()}
    return Known(values, unit_of, names, starts, there)


def cells(raw: RawShard, schema: Schema, schemas: Schemas, known: Known) -> Iterator[Breach]:
    """Judge each distinct value of each column that names something: folder, form, references."""
    for field in schema.fields:
        judges = list(_judges(field, raw, schema, schemas, known))
        if not judges:
            continue
        column = column_of(raw, schema, field.name)
        bad: dict[str, Fault] = {}
        for value in set(column):
            fault = next(filter(None, (judge(value) for judge in judges)), None) if value else None
            if fault:
                bad[value] = fault
        known.judged(column)
        if bad:
            yield from ((row, field, bad[v]) for row, v in enumerate(column) if v in bad)


def _judges(
    field: Field, raw: RawShard, schema: Schema, schemas: Schemas, known: Known
) -> Iterator[Judge]:
    """Yield what has to be asked of the cells of a column."""
    if field.name == "unit_id" and raw.shard.unit:
        yield lambda value: _folder(value, raw, field, known)
    if schema.primary_key == (field.name,) and (form := form_of(schema)):
        yield lambda value: _formed(value, form, field, known)
    for key in schema.foreign_keys:
        if key.field == field.name:
            yield _exists(field, key.ledger, key.target, schemas, known)
    if field.member_of and "ledger" in field.member_of:
        yield _exists(field, field.member_of["ledger"], field.member_of["field"], schemas, known)
    if field.list_of and (ledgers := ledgers_of(field)):
        targets = [schemas[name] for name in ledgers]
        yield lambda value: _members(value, field, targets, known)


def ledgers_of(field: Field) -> list[str]:
    """Return the ledgers that the members of a list stand in."""
    kind = field.list_of or {}
    return list(kind.get("ledgers", ())) or [kind[k] for k in ("ledger",) if k in kind]


def named_ledgers(field: Field, schema: Schema) -> list[str]:
    """Return the ledgers that a column names rows of."""
    found = [key.ledger for key in schema.foreign_keys if key.field == field.name]
    found += [field.member_of["ledger"]] if field.member_of and "ledger" in field.member_of else []
    found += [name for name, _ in PLACES.values()] if field.key_by else []
    return list(dict.fromkeys([*found, *ledgers_of(field)]))


def _formed(value: str, form: re.Pattern[str], field: Field, known: Known) -> Fault | None:
    if form.fullmatch(value) and known.gives_ids(value.partition("-")[0]):
        return None
    return FORM, _like(field)


def _like(field: Field) -> str:
    return f"“{field.title}”应当像 {field.example}"


def _folder(value: str, raw: RawShard, field: Field, known: Known) -> Fault | None:
    if value == raw.shard.unit:
        return None
    said = f"这个文件在{known.unit(raw.shard.unit)}的目录里，“{field.title}”却写着 {value}"
    return FOLDER, said


def _exists(field: Field, ledger: str, column: str, schemas: Schemas, known: Known) -> Judge:
    title = schemas[ledger].title

    def judge(value: str) -> Fault | None:
        if known.has(ledger, column, value):
            return None
        if gone := known.missing(ledger, title, value):
            return gone
        said = f"“{field.title}”写的编号，{title}里没有"
        return UNKNOWN, said + _hint(value, known.values.get((ledger, column), set()))

    return judge


def _hint(value: str, there: set[str]) -> str:
    guess = near(value, there)
    return f"，是不是 {guess}？" if guess else ""


def _members(value: str, field: Field, targets: Sequence[Schema], known: Known) -> Fault | None:
    keys = [(target.name, target.primary_key[0]) for target in targets]
    for member in value.split("|"):
        if not any(known.has(*key, member) for key in keys):
            gone = [known.missing(target.name, target.title, member) for target in targets]
            if all(gone):
                return gone[0]
            there: set[str] = set().union(*(known.values.get(key, set()) for key in keys))
            return MEMBER, f"“{field.title}”里的 {member} 没有登记过" + _hint(member, there)
    return None


def places(raw: RawShard, schema: Schema, known: Known) -> Iterator[Breach]:
    """Check the pair of place type and place id, and that the place lies in the row's unit."""
    field = next((f for f in schema.fields if f.key_by), None)
    if field is None or field.key_by is None:
        return
    kinds, places = column_of(raw, schema, field.key_by), column_of(raw, schema, field.name)
    units = column_of(raw, schema, "unit_id") if "unit_id" in schema.by_name else [""] * len(kinds)
    faults: dict[tuple[str, str, str], Fault | None] = {}
    for row, pair in enumerate(zip(kinds, places, units, strict=True)):
        if pair not in faults:
            faults[pair] = _place_fault(*pair, known)
            known.judged(places)
        if fault := faults[pair]:
            yield row, field, fault


def _place_fault(kind: str, place: str, unit: str, known: Known) -> Fault | None:
    if kind == "市":
        return (PLACE, "对象类型是“市”，对象要空着") if place else None
    if kind not in PLACES or not place:
        return None  # the schema gate has refused the one, the ledger's own rules see to the other
    ledger, width = PLACES[kind]
    column = {"units": "unit_id", "divisions": "division_code", "works": "works_id"}.get(
        ledger, "phone_id"
    )
    if (width and len(place) != width) or not known.has(ledger, column, place):
        if gone := known.missing(ledger, f"{kind}台账", place):
            return gone
        return PLACE, f"没有编号是 {place} 的{kind}" + _hint(
            place, known.values.get((ledger, column), set())
        )
    owner = known.unit_of.get(place)
    if unit and owner != unit and owner in known.unit_names:
        return ELSEWHERE, f"{place} 归{known.unit(owner)}，不归{known.unit(unit)}"
    return None
