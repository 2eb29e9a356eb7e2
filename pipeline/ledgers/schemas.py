"""The schemas of all ledgers, read from `schemas/*.yaml` into frozen objects.

A schema file is a Frictionless Table Schema with our own properties (visibility, official column,
home, dating field, ...). Whatever the code knows of a column it learns here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.ledgers.yaml_file import load_yaml
from pipeline.personal import Kind
from pipeline.store import Store, key_of

PROJECT = Path(__file__).resolve().parents[2]
SCHEMAS = PROJECT / "schemas"
PUBLISHED = SCHEMAS / "published"
"""Schemas of tables that are no ledger: computed for those who may not open the rows."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a ledger. Types are those of Table Schema: string, date, integer, ..."""

    name: str
    title: str
    type: str
    description: str
    example: str
    visibility: str
    change: str = "free"
    """What may happen to a registered cell: fixed, once (filled in later), reasoned, or free."""
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    max_length: int | None = None
    minimum: str | None = None
    maximum: str | None = None
    list_of: Mapping[str, Any] | None = None
    key_by: str | None = None
    member_of: Mapping[str, str] | None = None
    is_plan: bool = False
    official_column: str | None = None
    since: str | None = None
    """The month from which the column exists; a shard written before reads as blank in it."""
    shown_as: Field | None = None
    """The column that says only whether this one is filled in, where no more may be published."""

    @property
    def is_coded(self) -> bool:
        """Whether the cell holds a code, number or date rather than free text."""
        return bool(
            self.type != "string" or self.pattern or self.enum or self.list_of or self.key_by
        )

    @property
    def is_phone(self) -> bool:
        """Whether the cell holds a telephone number."""
        return self.pattern is not None and "400-" in self.pattern

    @property
    def may_show(self) -> frozenset[Kind]:
        """What of personal data a finding may repeat: the numbers of the register of phones."""
        return frozenset({"mobile"}) if self.is_phone and self.visibility == "P" else frozenset()


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values stand in the key of another ledger."""

    field: str
    ledger: str
    target: str


@dataclass(frozen=True)
class Schema:
    """One ledger: its columns in file order, keys, home, and how its rows are dated."""

    name: str
    title: str
    description: str
    home: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    rows: str = "free"
    """Whether rows once registered are kept, or free to go."""
    foreign_keys: tuple[ForeignKey, ...] = ()
    kind_field: str | None = None
    dating_field: str | None = None
    dating_via: str | None = None
    row_gate: str | None = None
    needed_for: str | None = None
    descriptor: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def text(self) -> str:
        """The whole schema as text: what is kept of a shard hangs on it."""
        return json.dumps(dict(self.descriptor), ensure_ascii=False)

    @cached_property
    def version(self) -> str:
        """What a workbook made from this schema says of it: another schema, another version."""
        return sha256(self.text.encode()).hexdigest()[:12]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """English headers in file order."""
        return tuple(f.name for f in self.fields)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Columns by English header."""
        return MappingProxyType({f.name: f for f in self.fields})

    @cached_property
    def by_title(self) -> Mapping[str, Field]:
        """Columns by Chinese title."""
        return MappingProxyType({f.title: f for f in self.fields})

    def column(self, name: str) -> int:
        """Return the number of a column, from 1."""
        return self.names.index(name) + 1

    def as_written(self, header: Sequence[str]) -> Schema | None:
        """Return the schema of a file with this header, or None: no file may have it.

        A file has every column in order; only columns that came later (`since`) may be missing.
        """
        names = tuple(header)
        if names == self.names:
            return self
        there = frozenset(names)
        kept = tuple(f for f in self.fields if f.since is None or f.name in there)
        return replace(self, fields=kept) if tuple(f.name for f in kept) == names else None

    @cached_property
    def published(self) -> Schema:
        """The schema with the columns that only the published edition has, each after its own."""
        if not any(f.shown_as for f in self.fields):
            return self
        raw = self.descriptor
        columns = [c for f in raw["fields"] for c in (f, f.get("shownAs")) if c is not None]
        fields = tuple(c for f in self.fields for c in (f, f.shown_as) if c is not None)
        return replace(self, fields=fields, descriptor={**raw, "fields": columns})


class Schemas(Mapping[str, Schema]):
    """All schemas by ledger name, in the order of their names."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        """Take the schemas by name."""
        self._schemas = dict(sorted(schemas.items()))

    def __getitem__(self, name: str) -> Schema:
        """Return the schema of a ledger."""
        return self._schemas[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ledger names."""
        return iter(self._schemas)

    def __len__(self) -> int:
        """Return the number of ledgers."""
        return len(self._schemas)

    def at_home(self, home: str) -> list[Schema]:
        """Return the ledgers that may stand in home R, U or C."""
        return [s for s in self._schemas.values() if home in s.home]

    @property
    def outside(self) -> list[str]:
        """The names of the ledgers of which the city keeps a part for each unit: what was found."""
        return [n for n, s in self._schemas.items() if s.home == "UC" and n not in CITY_ALSO]


CITY_ALSO = frozenset({"documents", "judgements"})
"""Ledgers of both homes whose city part is one file in city/, because rows may name no unit."""


def load_schemas(folder: Path = SCHEMAS, store: Store | None = None) -> Schemas:
    """Read every schema of a folder, once: schemas do not change during a run.

    With a store their YAML, which takes longer to read than a county's ledgers, is read when it has
    changed.
    """
    place = folder.resolve()
    if place not in _read:
        paths = sorted(place.glob("*.yaml"))

        def plain() -> bytes:
            return json.dumps([load_yaml(path) for path in paths], ensure_ascii=False).encode()

        told = [path.name.encode() + path.read_bytes() for path in paths] if store else []
        raw = json.loads(store.kept(key_of("schemas", *told), plain) if store else plain())
        _read[place] = Schemas({one["name"]: parse_schema(one) for one in raw})
    return _read[place]


_read: dict[Path, Schemas] = {}


def parse_schema(raw: Mapping[str, Any]) -> Schema:
    """Turn the plain data of one schema file into a `Schema`."""
    return Schema(
        name=raw["name"],
        title=raw["title"],
        description=raw["description"],
        home=raw["home"],
        fields=tuple(_field(f) for f in raw["fields"]),
        primary_key=_names(raw["primaryKey"]),
        rows=raw.get("rows", "free"),
        foreign_keys=tuple(_foreign_key(k, raw["name"]) for k in raw.get("foreignKeys", ())),
        kind_field=raw.get("kindField"),
        dating_field=raw.get("datingField"),
        dating_via=raw.get("datingVia"),
        row_gate=raw.get("rowGate"),
        needed_for=raw.get("neededFor"),
        descriptor=raw,
    )


def _field(raw: Mapping[str, Any]) -> Field:
    limits = raw.get("constraints", {})
    minimum, maximum = limits.get("minimum"), limits.get("maximum")
    return Field(
        name=raw["name"],
        title=raw["title"],
        type=raw["type"],
        description=raw["description"],
        example=str(raw["example"]),
        visibility=raw["visibility"],
        change=raw.get("change", "free"),
        required=bool(limits.get("required")),
        enum=tuple(str(v) for v in limits.get("enum", ())),
        pattern=limits.get("pattern"),
        max_length=limits.get("maxLength"),
        minimum=None if minimum is None else str(minimum),
        maximum=None if maximum is None else str(maximum),
        list_of=raw.get("listOf"),
        key_by=raw.get("keyBy"),
        member_of=raw.get("memberOf"),
        is_plan=bool(raw.get("isPlan")),
        official_column=raw.get("officialColumn"),
        since=str(raw["since"]) if "since" in raw else None,
        shown_as=_field(raw["shownAs"]) if "shownAs" in raw else None,
    )


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _foreign_key(raw: Mapping[str, Any], own: str) -> ForeignKey:
    (source,), (target,) = _names(raw["fields"]), _names(raw["reference"]["fields"])
    return ForeignKey(source, raw["reference"].get("resource") or own, target)
