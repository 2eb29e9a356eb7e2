"""A laboratory's sheets: wide (a column for each indicator) or long (a line for each).

What the report says stays as it is in `raw_value`, 0.40 included; its parts are read from it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.intake.labels import bare, indicators, other_basis, without_brackets
from pipeline.intake.measures import is_same, note_of
from pipeline.intake.outcome import Line, Outcome, Record
from pipeline.intake.recognisers.reading import NOTHING, Reading, flat
from pipeline.intake.samples import pairs_in, said_of
from pipeline.intake.sheets import Cell
from pipeline.intake.standing import Standing
from pipeline.intake.tables import Table
from pipeline.ledgers.rows import to_cell
from pipeline.water.values import QUALITATIVE, Value, parse

_INDICATOR, _VALUE, _UNIT = "*indicator", "*value", "*unit_of_measure"


_HIGHEST = 6
"""Rows above a head that may say something of all its samples."""


def said_above(table: Table) -> dict[str, Cell]:
    """Return what the lines above a table say of all its samples: 检测单位, 报告日期, 采样日期."""
    found: dict[str, Cell] = {}
    for number in range(max(1, table.header - _HIGHEST), table.header):
        line = [cell for cell in table.sheet.rows[number - 1] if not cell.is_blank]
        for place, cell in enumerate(line):
            for name, value in pairs_in(cell.text):
                found.setdefault(name, Cell(value, "text"))
            beside = line[place + 1] if place + 1 < len(line) else None
            if beside and (name := said_of(cell.text)) and not said_of(beside.text):
                found.setdefault(name, beside)
    return {n: cell for n, cell in found.items() if n[0] != "*" and cell.text.strip()}


def read_results(record: Record, table: Table, standing: Standing, outcome: Outcome) -> None:
    """Read the values of one row into the record: indicator -> raw value."""
    known = indicators(standing.snapshot)
    for name in table.columns:
        cell = table.cell(record.row, name)
        if name.startswith("=") and not cell.is_blank and flat(cell.text) not in NOTHING - {"无"}:
            _value(record, name, name[1:], cell, table.notes.get(name, ""), standing, outcome)
        elif name == _INDICATOR and not cell.is_blank:
            found = known.get(bare(cell.text)) or known.get(without_brackets(cell.text), "")
            if not found:
                problem = Reading(
                    problem=f"没有叫“{cell.text.strip()}”的指标", remedy="照水质限值表的指标名写"
                )
                outcome.take(record, name, "指标", cell, problem)
                continue
            if basis := other_basis(cell.text, found[1:], known):
                problem = Reading(problem=basis, remedy="换算好再填，指标名照水质限值表写")
                outcome.take(record, name, "指标", cell, problem)
                continue
            note = table.cell(record.row, _UNIT).text.strip() or note_of(cell.text)
            value = table.cell(record.row, _VALUE)
            _value(record, _VALUE, found[1:], value, note, standing, outcome)


def _value(
    record: Record,
    name: str,
    indicator: str,
    cell: Cell,
    note: str,
    standing: Standing,
    outcome: Outcome,
) -> None:
    """Take one value; a laboratory's other unit is asked about: its figure means another amount."""
    text = cell.text.strip()
    title, unit = _limited(standing).get(indicator, (indicator, ""))
    if parse(text) is None:
        why = "只写了结论，没有数值" if text in ("合格", "达标", "符合") else "认不出是什么数值"
        remedy = "照报告写数值，如 0.40、<0.01、未检出；结论写在“报告结论”列"
        outcome.take(record, name, title, cell, Reading(problem=why, remedy=remedy))
    elif note and not is_same(note, unit):
        why = f"的单位是 {note}，限值表用 {unit or '无量纲'}"
        remedy = f"换算成 {unit or '无量纲'} 再填，单位也改过来"
        outcome.take(record, name, title, cell, Reading(problem=why, remedy=remedy))
    else:
        record.extra[f"={indicator}"] = text


def _limited(standing: Standing) -> dict[str, tuple[str, str]]:
    """Return the name and the unit of measure of each indicator."""
    limits = standing.snapshot["water_limits"]
    return {row.indicator: (row.indicator_name, row.unit_of_measure or "") for row in limits}


def joined(records: Sequence[Record], outcome: Outcome) -> list[Record]:
    """Join the lines of a long sheet that are of one sample; each line is accounted for."""
    by_sample: dict[tuple[str, ...], Record] = {}
    kept = []
    for record in records:
        names = ("place_type", "place_id", "sampled_on", "sampling_point", "report_no")
        key = record.given_id, *(record.cells.get(n, "") for n in names)
        first = by_sample.setdefault(key, record)
        values = {n: v for n, v in record.extra.items() if n.startswith("=")}
        if first is record or record.is_refused or first.extra.keys() & values.keys():
            kept.append(record)
            continue
        first.extra |= values
        why = f"和第 {first.row} 行是同一个样品"
        outcome.lines.append(Line(record.sheet.name, record.row, "并入", why))
    return kept


def settle_results(records: Sequence[Record], standing: Standing, outcome: Outcome) -> None:
    """Make the rows of results of the samples that were taken in."""
    schema = standing.loaded.schemas["water_results"]
    there = standing.rows("water_results")
    known = _limited(standing)
    for record in records:
        if record.is_refused or f"water_tests/{record.given_id}" not in outcome.origin:
            continue
        for name, text in sorted(record.extra.items()):
            if not name.startswith("="):
                continue
            value = parse(text) or Value(QUALITATIVE)
            key = f"{record.given_id}+{name[1:]}"
            made = dict.fromkeys(schema.names, "") | {
                "sample_id": record.given_id,
                "indicator": name[1:],
                "raw_value": text,
                "qualifier": value.qualifier,
                "value_low": to_cell(value.low),
                "value": to_cell(value.value),
                "unit_of_measure": known.get(name[1:], ("", ""))[1],
            }
            if key not in there or there[key]["raw_value"] != text:
                outcome.rows.setdefault("water_results", []).append(made)
                outcome.origin[f"water_results/{key}"] = record
