"""The header of a shard: the columns of its schema, in order, and nothing else."""

from __future__ import annotations

import difflib

from pipeline.findings import Finding
from pipeline.ledgers import byte_rules as rules
from pipeline.ledgers.schemas import Schema

_SEPARATORS = {";": "分号", "\t": "制表符", "|": "竖线"}
_TOTALS = ("合计", "小计", "总计")


def check_header(
    records: list[tuple[int, list[str]]], schema: Schema, place: dict
) -> tuple[tuple[str, ...] | None, list[Finding]]:
    """Return the header if rows can be aligned with it, and what is wrong with it.

    Drops from `records` what is no record: lines of numbers or totals, each reported.
    """
    line, header = records[0]
    if tuple(header) == schema.names:
        return schema.names, _idle_rows(records, place)
    if (found := _separator(header, schema)) is not None:
        text = f"看起来是用{_SEPARATORS[found]}分隔的"
        return None, [rules.SEPARATOR.at(text, line=line, **place)]
    if (below := _header_below(records, schema)) is not None:
        text = f"表头在第{below}行，上面多了 {below - line} 行"
        return None, [rules.ABOVE_HEADER.at(text, line=line, value=",".join(header), **place)]
    findings = _compared(line, header, schema, place)
    return None, findings


def _separator(header: list[str], schema: Schema) -> str | None:
    """Return the separator a one-cell header was most likely written with."""
    joined = ",".join(header)
    known = set(schema.names) | set(schema.by_title)
    for separator in _SEPARATORS:
        if len(known & {p.strip() for p in joined.split(separator)}) >= min(3, len(schema.names)):
            return separator
    return None


def _header_below(records: list[tuple[int, list[str]]], schema: Schema) -> int | None:
    known = set(schema.names) | set(schema.by_title)
    for line, row in records[1:10]:
        if len(known & {c.strip() for c in row}) >= max(2, len(schema.names) // 2):
            return line
    return None


def _compared(line: int, header: list[str], schema: Schema, place: dict) -> list[Finding]:
    """Say column by column what is unknown, missing, doubled, or out of order."""
    findings, seen = [], set()
    for number, name in enumerate(header, 1):
        at = {"line": line, "column": number, "value": name, **place}
        if name in seen:
            findings.append(rules.DUPLICATE_COLUMN.at(f"“{name}”列出现了两次", **at))
        elif (field := schema.by_title.get(name.strip())) is not None:
            findings.append(rules.TITLE_HEADER.at(f"“{name}”这一列应写 {field.name}", **at))
            seen.add(field.name)
        elif name not in schema.by_name:
            near = difflib.get_close_matches(name.strip().lower(), schema.names, 1)
            hint = f"，是不是 {near[0]}（{schema.by_name[near[0]].title}）？" if near else ""
            findings.append(rules.UNKNOWN_COLUMN.at(f"没有“{name}”这一列{hint}", **at))
        seen.add(name)
    for field in schema.fields:
        if field.name not in seen:
            findings.append(
                rules.MISSING_COLUMN.at(
                    f"缺“{field.title}”列（{field.name}）",
                    line=line,
                    field=field.name,
                    title=field.title,
                    **place,
                )
            )
    if not findings:
        right = "、".join(schema.by_name[n].title for n in schema.names)
        findings.append(rules.COLUMN_ORDER.at(f"应当依次是：{right}", line=line, **place))
    return findings


def _idle_rows(records: list[tuple[int, list[str]]], place: dict) -> list[Finding]:
    """Report and drop rows of column numbers and totals."""
    findings, kept = [], [records[0]]
    for line, row in records[1:]:
        filled = [cell.strip() for cell in row if cell.strip()]
        numbered = len(filled) > 2 and filled == [str(n) for n in range(1, len(filled) + 1)]
        if numbered or (filled and filled[0].replace(" ", "") in _TOTALS):
            findings.append(rules.NUMBER_ROW.at(line=line, value=",".join(row), **place))
        else:
            kept.append((line, row))
    records[:] = kept
    return findings
