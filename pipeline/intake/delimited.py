"""Tables as plain text: UTF-8 with or without its mark, UTF-16, GB18030; comma, tab, semicolon.

Encodings are tried strictly in a fixed order; nothing is guessed from statistics, which take a
short GBK file for Korean.
"""

from __future__ import annotations

import csv
import io
from typing import NoReturn

from pipeline.intake.extents import MOST_CELLS, MOST_COLUMNS
from pipeline.intake.hostile import refuse
from pipeline.intake.sheets import BLANK, Cell

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_DELIMITERS = ",\t;，"
_LOOKED_AT = 30
"""Lines by which the delimiter is known."""
_LONGEST = 100_000
"""Characters of one cell."""


def read_delimited(content: bytes) -> list[list[Cell]]:
    """Return the rows of a delimited text.

    Raises:
        UsageTrouble: it is no text, or no table.
    """
    text = _decoded(content)
    if "\0" in text:
        raise refuse("里面有空字符，不是文本表格")
    mark = delimiter_of(text)
    if text.count(mark) > MOST_CELLS:
        raise refuse("格子太多；分成几个文件交")
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            if len(row) > MOST_COLUMNS:
                raise refuse(f"第 {len(rows) + 1} 行的列太多；检查分隔的符号，多余的列删掉")
            if any(len(value) > _LONGEST for value in row):
                raise refuse(f"第 {len(rows) + 1} 行有一格太长，多半是引号不成对；用 WPS 打开看")
            rows.append([Cell(value, "text") if value else BLANK for value in row])
    except csv.Error as trouble:
        raise refuse(f"第 {len(rows) + 1} 行附近的引号或格子不对；用 WPS 打开检查") from trouble
    return rows


def delimiter_of(text: str) -> str:
    """Return what parts the cells: the mark that stands in most of the first lines, most often."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    if not lines:
        return ","
    counts = {mark: sorted(line.count(mark) for line in lines) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: (counts[mark][len(lines) // 2], sum(counts[mark])))
    return best if sum(counts[best]) else ","


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _as(content, encoding)
            return _stop() if text is None else text
    for encoding in ("utf-8", "gb18030"):
        if (text := _as(content, encoding)) is not None:
            return text
    return _stop()


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _stop() -> NoReturn:
    raise refuse("文字的编码认不出（不是 UTF-8、GB18030 或 UTF-16）；用 WPS 另存为 .xlsx 再交")
