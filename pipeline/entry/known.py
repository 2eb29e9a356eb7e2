"""What the schemas and the ledgers know of a row already, so that nobody need say it.

Only what follows beyond doubt: a village lies in its township, a number is a landline, 12345 is the
public's. What would be a guess is left to whoever enters the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pipeline.entry.numbers import next_seq
from pipeline.entry.office import Office
from pipeline.ledgers.schemas import Schema
from pipeline.telephones import is_made_up, kind_of
from pipeline.water import parse

TOWNSHIP = 9
"""Digits of a township's code: the first ones of its villages'."""

_OF_THE_PUBLIC = ("舆情", "信访", "12314", "12345", "行风热线")
COUNTY = "县"

Known = Iterator[tuple[str, str]]


def known(office: Office, schema: Schema, row: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that follow from what is given and are not given themselves."""
    found: dict[str, str] = {}
    for source in (_of_unit, _OF_LEDGER.get(schema.name, _nothing)):
        told = source(office, {**found, **row})
        found |= {n: cell for n, cell in told if n in schema.by_name and cell and not row.get(n)}
    return found


def _nothing(_office: Office, _row: Mapping[str, str]) -> Known:
    yield from ()


def _of_unit(office: Office, row: Mapping[str, str]) -> Known:
    """A row of a unit's office is the unit's; who looks by himself is its own body."""
    unit = office.unit
    if unit is None:
        return
    yield "unit_id", unit.unit_id
    if row.get("checker_level", COUNTY) == COUNTY:
        yield "checker_level", COUNTY
        yield "checker_org", unit.competent_body
    if row.get("place_type") == COUNTY:
        yield "place_id", unit.unit_id


def _issue(office: Office, row: Mapping[str, str]) -> Known:
    works = office.snapshot.index("works").get(row.get("works_id"))
    village = row.get("village_code", "")
    if not village and works and len(works.village_codes) == 1:
        village = works.village_codes[0]
        yield "village_code", village
    yield "town_code", village[:TOWNSHIP] or (works.town_code if works else "")
    if works and not village:
        yield "issue_level", "工程"
    if row.get("channel") in _OF_THE_PUBLIC:
        yield "found_by_level", "社会"
    yield "seq_no", next_seq(office, "issues")


def _works(_office: Office, row: Mapping[str, str]) -> Known:
    towns = {code[:TOWNSHIP] for code in row.get("village_codes", "").split("|") if code}
    if len(towns) == 1:
        yield "town_code", towns.pop()


def _phone(_office: Office, row: Mapping[str, str]) -> Known:
    number = row.get("number", "")
    kind = "座机" if is_made_up(number) else kind_of(number)
    if kind is not None:
        yield "number_kind", kind


def _result(office: Office, row: Mapping[str, str]) -> Known:
    value = parse(row.get("raw_value", ""))
    if value is not None:
        yield "qualifier", value.qualifier
        yield "value_low", "" if value.low is None else f"{value.low:f}"
        yield "value", "" if value.value is None else f"{value.value:f}"
    measures = {
        limit.unit_of_measure
        for limit in office.snapshot.water_limits
        if limit.indicator == row.get("indicator") and limit.unit_of_measure
    }
    if len(measures) == 1:
        yield "unit_of_measure", measures.pop() or ""


_OF_LEDGER: Mapping[str, Callable[[Office, Mapping[str, str]], Known]] = {
    "issues": _issue,
    "phones": _phone,
    "water_results": _result,
    "works": _works,
}
