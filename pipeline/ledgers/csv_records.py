"""From the text of a shard to its records: one line is one record, quotes are strict."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from pipeline.ledgers import byte_rules as rules
from pipeline.ledgers.ceilings import MAX_FILE_BYTES, MAX_LINES_JOINED, MAX_ROWS
from pipeline.ledgers.listing import Listing

Record = tuple[int, list[str]]
"""Physical line and cells."""

_CELL = r'(?:"[^"]*(?:""[^"]*)*"|[^",]*)'
_WELL_QUOTED = re.compile(rf"{_CELL}(?:,{_CELL})*", re.S)

csv.field_size_limit(MAX_FILE_BYTES)


def cut(text: str, listing: Listing) -> list[Record] | None:
    """Cut a text into records; None where there are too many, or none at all.

    Blank lines are left out and reported; so is every line whose quotes do not add up.
    """
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    blank = [number for number, line in enumerate(lines, 1) if not line.strip(", ")]
    _report_blank(blank, listing)
    if len(lines) - len(blank) > MAX_ROWS + 1:
        listing.add(rules.TOO_MANY_ROWS, f"这个文件有 {len(lines) - len(blank) - 1} 行")
        return None
    if '"' in text:
        records = list(_quoted(lines, listing))
    else:  # the common case: nothing quoted, nothing to parse
        skipped = set(blank)
        records = [(n, line.split(",")) for n, line in enumerate(lines, 1) if n not in skipped]
    if not records and not listing.has_errors():
        listing.add(rules.EMPTY, "这个文件只有空行")
    return records or None


def _report_blank(blank: list[int], listing: Listing) -> None:
    """Report each run of blank lines once."""
    start = previous = 0
    for number in [*blank, 0]:
        if start and number == previous + 1:
            previous = number
            continue
        if start:
            which = f"第{start}行" if start == previous else f"第{start}到{previous}行"
            listing.add(rules.BLANK_LINE, f"{which}是空行", line=start)
        start = previous = number


def _quoted(lines: list[str], listing: Listing) -> Iterator[Record]:
    """Yield the records of lines among which some hold quotes.

    Each line is read by itself, so that an open quote spoils only its own record.
    """
    skip = 0
    for number, line in enumerate(lines, 1):
        if number <= skip or not line.strip(", "):
            continue
        if '"' not in line:
            yield number, line.split(",")
        elif _WELL_QUOTED.fullmatch(line):
            cells = cells_of(line)
            if any(cell.strip() for cell in cells):
                yield number, cells
            else:
                listing.add(rules.BLANK_LINE, f"第{number}行是空行", line=number)
        elif (end := _end_of_cell(lines, number)) and not listing.is_full(rules.NEWLINE_IN_CELL):
            skip = end
            text = f"这条记录占了第{number}到{end}行，格子里有换行"
            listing.add(rules.NEWLINE_IN_CELL, text, line=number, value=line)
        else:
            listing.add(
                rules.BAD_QUOTE, "这一行的引号不成对，或放错了地方", line=number, value=line
            )


def cut_clean(text: str) -> list[list[str]]:
    """Cut a text, LF at the end of every line, of which `cut` once had nothing to report."""
    lines = text.split("\n")
    lines.pop()
    if '"' in text:
        return [cells_of(line) if '"' in line else line.split(",") for line in lines]
    return [line.split(",") for line in lines]


def cells_of(line: str) -> list[str]:
    """Parse one well-quoted line."""
    return next(csv.reader([line], strict=True))


def _end_of_cell(lines: list[str], number: int) -> int | None:
    """Return the line on which a record ends whose cell is broken over several lines."""
    quotes, joined = lines[number - 1].count('"'), [lines[number - 1]]
    if quotes % 2 == 0:
        return None
    for end in range(number + 1, min(number + MAX_LINES_JOINED, len(lines)) + 1):
        line = lines[end - 1]
        joined.append(line)
        quotes += line.count('"')
        if quotes % 2 == 0:
            return end if _WELL_QUOTED.fullmatch("\n".join(joined)) else None
    return None


def columns_of(line: str) -> Callable[[int], int]:
    """Return the function that tells the number, from 1, of the cell at a place in a line."""
    ends, inside = [], False
    for place, character in enumerate(line):
        if character == '"':
            inside = not inside
        elif character == "," and not inside:
            ends.append(place)
    return lambda offset: bisect_left(ends, offset) + 1
