"""The right code where a cell holds a known name; examples of one's own unit and area.

People write 乙区 where a code belongs. The gates judge cells without knowing the data; what they
found is looked up here, so that nothing is slower while nothing is wrong. Only words change.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.checks.cell_rules import PATTERN
from pipeline.checks.phone_forms import advice
from pipeline.checks.references import PLACES, ledgers_of
from pipeline.checks.selection import owner_of
from pipeline.findings import Finding
from pipeline.ledgers import RawShard
from pipeline.ledgers.schemas import Field, Schema, Schemas
from pipeline.telephones import Area

WORDED = frozenset({"S07", "K02", "K03", "K05", "K06", "K07", "K08"})
"""Rules that find a code written wrongly, or one that leads nowhere."""

NAMES = ("name", "short_name", "aliases", "title")
"""Columns by which people call the things of a ledger."""

SHOWN = 3
"""Codes offered where several things bear one name."""

Codes = Mapping[str, Sequence[str]]


class Hints:
    """What the things of a data folder are called, looked up only for findings that need it."""

    def __init__(
        self, raws: Sequence[RawShard], schemas: Schemas, area: Area | None = None
    ) -> None:
        """Take what was read, and where its telephones stand; nothing is looked at yet."""
        self._raws, self._schemas, self._area = raws, schemas, area
        example = schemas["units"].by_name["unit_id"].example
        self._issued = re.compile(rf"(?<=[像如 ]){re.escape(example)}(?![a-z])")
        self._known: dict[str, Codes] = {}
        self._owners: dict[str, str] = {}

    def improved(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings, those worded better whose cell names a known thing."""
        return [self._improved(f) if f.rule in WORDED and f.field else f for f in findings]

    def _improved(self, finding: Finding) -> Finding:
        field = self._schemas[finding.ledger].by_name[finding.field or ""]
        if field.is_phone:
            return self._dialled(finding, field)
        unit = owner_of(finding, None)
        codes = self._codes(finding.value or "", self._targets(field, finding.ledger), unit)
        if codes:
            said = "、".join(codes[:SHOWN]) + ("等" if len(codes) > SHOWN else "")
            many = "，有几个同名的" if len(codes) > 1 else ""
            text = f"“{field.title}”要写编号：{finding.value}是 {said}{many}"
            return replace(finding, message=text)
        like = f"像 {field.example}"
        text = finding.message.replace(like, self._own(like, unit))
        return replace(finding, message=text, remedy=self._own(finding.remedy, unit))

    def _dialled(self, finding: Finding, field: Field) -> Finding:
        """Say how a telephone number is written here: what it lacks depends on the area."""
        cell = self._cell(finding)
        if self._area is None or cell is None:
            return finding
        is_register = "mobile" in field.may_show
        said = advice(cell, field.title, self._area, is_register=is_register)
        masked = PATTERN.at(said, value=cell, keeps=field.may_show)
        return replace(finding, message=masked.message)

    def _cell(self, finding: Finding) -> str | None:
        """Return what stands in the cell, of which a finding may hold less."""
        for raw in self._raws:
            if raw.shard.name == finding.file and finding.line in raw.lines and finding.column:
                return raw.cells[raw.lines.index(finding.line)][finding.column - 1]
        return None

    def _own(self, text: str, unit: str | None) -> str:
        """Write the ids of an example as this unit would issue them."""
        return self._issued.sub(unit, text) if unit else text

    def _targets(self, field: Field, ledger: str) -> list[str]:
        """Return the ledgers a column names things of."""
        schema = self._schemas[ledger]
        found = [key.ledger for key in schema.foreign_keys if key.field == field.name]
        found += ["units"] if field.name == "unit_id" else []
        found += [name for name, _ in PLACES.values()] if field.key_by else []
        found += [name for name in ledgers_of(field) if name in self._schemas]
        return list(dict.fromkeys(found))

    def _codes(self, name: str, ledgers: Iterable[str], unit: str | None) -> list[str]:
        """Return the codes of what is called so, those of the unit if there are any."""
        found = [code for ledger in ledgers for code in self._names(ledger).get(name.strip(), ())]
        own = [code for code in found if unit is not None and self._owners.get(code) == unit]
        return own or found

    def _names(self, ledger: str) -> Codes:
        if ledger not in self._known:
            codes: dict[str, list[str]] = defaultdict(list)
            schema = self._schemas[ledger]
            for raw in self._raws:
                if raw.shard.ledger == ledger:
                    for cells in raw.cells:
                        self._enter(dict(zip(schema.names, cells, strict=True)), schema, codes)
            self._known[ledger] = codes
        return self._known[ledger]

    def _enter(self, row: Mapping[str, str], schema: Schema, codes: dict[str, list[str]]) -> None:
        key = row[schema.primary_key[0]]
        self._owners[key] = row.get("unit_id", "")
        called = {name for column in NAMES for name in row.get(column, "").split("|") if name}
        for name in sorted(called):
            codes[name].append(key)
