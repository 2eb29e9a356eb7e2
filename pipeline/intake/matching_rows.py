"""Matching for every ledger but the issues: by id, by key, by the columns that tell rows apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.checks.workbook_rules import LACKING, SAME_TWICE
from pipeline.intake.matching import how_to_answer, line, missing
from pipeline.intake.outcome import Outcome, Record
from pipeline.intake.standing import Standing
from pipeline.ledgers.schemas import Schema

IDENTITY: Mapping[str, Sequence[str]] = {
    "works": ("town_code", "name"),
    "phones": ("role", "place_type", "place_id", "number"),
    "responsibilities": ("place_type", "place_id", "duty", "rank", "name"),
    "patrol_roster": ("village_code", "role", "name"),
    "water_tests": ("place_type", "place_id", "sampled_on", "sampling_point", "checker_level"),
    "household_checks": ("village_code", "checked_on", "household_kind", "mode", "checker_level"),
    "funds": ("fund_year", "entry", "entry_on", "amount_yuan", "voucher_ref"),
}
"""Columns by which a row of each ledger is known where it carries no id."""


Rows = Mapping[str, dict[str, str]]
Identity = dict[tuple[str, ...], list[str]]


def settle_rows(
    ledger: str, records: Sequence[Record], standing: Standing, outcome: Outcome
) -> None:
    """Match the rows of a ledger, make ids for new ones, tell what is missing."""
    there = standing.rows(ledger)
    key = IDENTITY.get(ledger, ())
    alike: Identity = {}
    for id_, row in there.items():
        alike.setdefault(tuple(row[n] for n in key), []).append(id_)
    taken: set[str] = set()
    for record in records:
        if record.is_refused:
            outcome.lines.append(line(record, "未导入", "有认不出的格子，见错误"))
            continue
        cells = _whole(record, standing)
        found = _found(record, cells, there, alike, taken, standing)
        if found in taken:
            said = f"和前面的一行是同一个：{found}"
            outcome.find(SAME_TWICE, said, record.sheet, record.row, ledger=ledger)
            outcome.lines.append(line(record, "未导入", "重复"))
        elif found:
            taken.add(found)
            _change(record, found, cells, there[found], standing, outcome)
        elif id_ := _new(record, cells, standing, outcome):
            taken.add(id_)
            alike.setdefault(tuple(cells[n] for n in key), []).append(id_)
    schema = standing.loaded.schemas[ledger]
    ends = schema.by_name.get("valid_to")
    left = f"；不用了的填“{ends.title}”，不从表里删" if ends else "；没有漏的不用管"
    missing(there, taken, outcome, _span(schema, records, outcome), ledger, f"漏了的补上{left}")


def _span(
    schema: Schema, records: Sequence[Record], outcome: Outcome
) -> Callable[[Mapping[str, str]], bool]:
    """Return which rows that stand a file should hold: a month's sheet holds a month's rows."""
    dated = schema.dating_field
    days = {day for r in records if (day := r.cells.get(dated or "", ""))}
    if dated is None or dated == "valid_from" or outcome.book.told or not days:
        return lambda _: True
    first, last = min(days), max(days)
    return lambda row: first <= row[dated] <= last


def _whole(record: Record, standing: Standing) -> dict[str, str]:
    schema = standing.loaded.schemas[record.ledger]
    cells = {name: record.cells.get(name, "") for name in schema.names}
    is_unit = "unit_id" in cells and not standing.is_city
    return cells | ({"unit_id": standing.unit} if is_unit else {})


def _found(
    record: Record,
    cells: Mapping[str, str],
    there: Rows,
    alike: Identity,
    taken: set[str],
    standing: Standing,
) -> str:
    """Return the id of the row that a record is; blank where it is a new one."""
    if record.given_id in there:
        return record.given_id
    own = "+".join(cells[n] for n in standing.loaded.schemas[record.ledger].primary_key)
    if own in there or own in taken:
        return own
    key = IDENTITY.get(record.ledger, ())
    ids = alike.get(tuple(cells[n] for n in key), []) if key else []
    return next((i for i in ids if i not in taken), ids[0] if ids else "")


def _change(
    record: Record,
    id_: str,
    cells: Mapping[str, str],
    row: Mapping[str, str],
    standing: Standing,
    outcome: Outcome,
) -> None:
    schema = standing.loaded.schemas[record.ledger]
    said = [n for n in schema.names if n in record.said and n not in schema.primary_key]
    changed = [n for n in said if cells[n] and cells[n] != row[n]]
    if changed:
        new = dict(row) | {n: cells[n] for n in changed}
        outcome.rows.setdefault(record.ledger, []).append(new)
    record.given_id = id_
    subject = f"{record.ledger}/{id_}"
    outcome.origin[subject] = record
    titles = "、".join(schema.by_name[n].title for n in changed)
    why = f"改了：{titles}" if changed else "和台账里的一样"
    outcome.lines.append(line(record, "并入", why, subject, "有变化" if changed else "相同"))


def _new(record: Record, cells: dict[str, str], standing: Standing, outcome: Outcome) -> str:
    """Take in a new row, if it has all that a row needs; returns its id, or nothing."""
    ledger, schema = record.ledger, standing.loaded.schemas[record.ledger]
    id_name, can = schema.primary_key[0], standing.can_issue(record.ledger)
    needed = [f for f in schema.fields if f.required and not (can and f.name == id_name)]
    lacking = [field for field in needed if not cells[field.name]]
    for field in lacking:
        if field.name not in record.places:
            outcome.asked[field.title] = tuple(field.enum)
        outcome.find(
            LACKING,
            f"没有“{field.title}”",
            record.sheet,
            record.row,
            ledger=ledger,
            field=field.name,
            title=field.title,
            column=record.places.get(field.name),
            remedy=f"填“{field.title}”" if field.name in record.places else how_to_answer(field),
        )
    if lacking:
        why = "缺：" + "、".join(field.title for field in lacking)
        outcome.lines.append(line(record, "未导入", why))
        return ""
    if can:
        cells[id_name] = standing.new_id(ledger, cells)
    id_ = "+".join(cells[n] for n in schema.primary_key)
    record.given_id = cells[id_name]
    outcome.rows.setdefault(ledger, []).append(cells)
    outcome.origin[f"{ledger}/{id_}"] = record
    outcome.lines.append(line(record, "导入", "新的一行", f"{ledger}/{id_}", "新增"))
    return id_
