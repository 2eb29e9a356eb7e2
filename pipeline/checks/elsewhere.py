"""Which other units the check of a few must read: those that have a say in an id left open.

A county is checked by its own rows. Where one of them names an id that is not among them, the true
answer lies with another unit: the id stands in its files, or one from which a slip of the hand made
it, or the file it should stand in is torn or missing. So the ledger in question, and no other, is
looked through for such ids in all units; the units that turn up are read whole, as often as these
lead on, and the answer is that of a check that reads everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pipeline.checks import keys
from pipeline.checks.cells import judge_of
from pipeline.checks.ids import slips, stem
from pipeline.checks.references import NO_LEDGER, start_of
from pipeline.ledgers import Loaded, RawShard, in_other_units
from pipeline.ledgers.schemas import Schema


def units_led_to(data: Path, loaded: Loaded, units: frozenset[str]) -> frozenset[str]:
    """Return the units not read yet that have a say in an id which is not found in what was."""
    wanted: dict[str, _Wanted] = defaultdict(_Wanted)
    for ledger, rule, value in keys.open_ends(loaded.raw, loaded.schemas):
        wanted[ledger].add(value, has_file=rule != NO_LEDGER.id)
    found: set[str] = set()
    for ledger, ids in wanted.items():
        for unit, raw in in_other_units(data, loaded.schemas, ledger, units):
            if unit not in found and ids.may_be_in(raw, loaded.schemas[ledger]):
                found.add(unit)
    return frozenset(found)


class _Wanted:
    """Ids that were looked for in one ledger and not found."""

    def __init__(self) -> None:
        self.values: set[str] = set()
        self._homeless: set[str] = set()
        self._forms: set[str] = set()
        self._stems: set[str] = set()

    def add(self, value: str, *, has_file: bool) -> None:
        """Add an id; of one whose file is not there nothing like it is looked for."""
        if value in self.values:
            return
        self.values.add(value)
        self._stems.update(filter(None, [stem(value)]))
        self._forms.add(value)
        if has_file:
            self._forms.update(slips(value))
        else:
            self._homeless.add(value)

    def may_be_in(self, raw: RawShard, schema: Schema) -> bool:
        """Whether reading this shard as well may change what is said of these ids."""
        start, place = start_of(raw.shard), schema.names.index(schema.primary_key[0])
        if _begins(self._homeless, start):
            return True
        there = {cells[place] for cells in raw.cells}
        if not there.isdisjoint(self._forms) or not self._stems.isdisjoint(map(stem, there)):
            return True
        judge = judge_of(schema.by_name[schema.primary_key[0]], schema.name)
        is_lost = raw.is_torn or any(map(judge, there))
        return is_lost and _begins(self.values, start)


def _begins(values: Iterable[str], start: str) -> bool:
    return any(value.startswith(start) for value in values)
