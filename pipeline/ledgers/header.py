"""The header of a shard: the columns of its schema, in order, and nothing else.

Columns that came later (`since`) may be missing; a wrong header is compared with all of them.
"""

from __future__ import annotations

import difflib
import re

from pipeline.ledgers import byte_rules as rules
from pipeline.ledgers.ceilings import MAX_COLUMNS
from pipeline.ledgers.csv_records import Record
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Schema

_SEPARATORS = {";": "分号", "\t": "制表符", "|": "竖线", "，": "中文逗号", "；": "中文分号"}
_TOTAL = re.compile(r"\s*(?:本[页表])?(?:合|小|总|累|共)\s*计\s*[:：]?\s*")
_SIGNED = re.compile(
    r"\s*(?:填\s*[表报]|制\s*表|审\s*核|复\s*核|经\s*办|负\s*责\s*人|单位负责人|主要领导|分管领导|联系(?:人|电话)|"
    r"单位\s*[（(]?\s*盖?\s*章|盖\s*章|签\s*[字名章]|日\s*期|填报日期|年\s*月\s*日|第\s*\S+\s*页|共\s*\S+\s*页)"
)
_NOTE = re.compile(
    r"\s*(?:[备附]?注|说明|以上|以下|注意)\s*(?:[:：0-9一二三四五六、.]|空白|各|均|数据)"
)
_IDLE_ENDS = "计:： \u3000"
_IDLE_STARTS = frozenset({"", " ", "1", "①"})
_MOSTLY = 3
"""A line that names fewer than one column in so many is no header: that is told once."""
_TOP = 10
"""Lines in which a header is looked for that is not on the first."""


def aligned_header(records: list[Record], schema: Schema, listing: Listing) -> bool:
    """Whether the first record is the header of the schema; if not, the listing says why.

    Blank cells behind the last column, as spreadsheets leave them, are cut off the header.
    """
    line, header = records[0]
    while len(header) > len(schema.names) and not header[-1].strip():
        header.pop()
    if tuple(header) == schema.names:
        return True
    if len(header) > MAX_COLUMNS:
        listing.add(rules.TOO_MANY_COLUMNS, f"这个文件有 {len(header)} 列", line=line)
    elif (name := _separator(records, schema)) is not None:
        listing.add(rules.SEPARATOR, f"看起来是用{name}分隔的", line=line)
    elif (below := _header_below(records, schema)) is not None:
        text = f"表头在第{below}行，上面多了 {below - line} 行"
        listing.add(rules.ABOVE_HEADER, text, line=line, value=",".join(header))
    elif not _known(header, schema):
        text = f"第一行没有一个是“{schema.title}”的列名"
        listing.add(rules.NO_HEADER, text, line=line, value=",".join(header))
    elif len(known := _recognised(header, schema)) * _MOSTLY < len(schema.names):
        text = f"第一行不像“{schema.title}”的表头：{len(schema.names)} 列里只认出 {len(known)} 列"
        listing.add(rules.NO_HEADER, text, line=line, value=",".join(header))
    elif _titles(header, schema):
        text = f"表头写的是中文标题，应写英文列名：{_renamed(header, schema)}"
        listing.add(rules.TITLE_HEADER, text, line=line)
    else:
        _compare(line, header, schema, listing)
    return False


def _known(cells: list[str], schema: Schema) -> set[str]:
    """Return the cells that name a column of the schema, in English or in Chinese."""
    return {c.strip() for c in cells} & (set(schema.names) | set(schema.by_title))


def _recognised(header: list[str], schema: Schema) -> set[str]:
    """Return the columns that a header names, rightly or nearly."""
    return {schema.by_name[n].name for n in header if n in schema.by_name} | {
        near for n in header if (near := _near(n.strip(), schema))
    }


def _titles(header: list[str], schema: Schema) -> bool:
    """Whether most of a header is written in Chinese titles."""
    return 2 * sum(name.strip() in schema.by_title for name in header) >= len(header)


def _renamed(header: list[str], schema: Schema) -> str:
    """Say how the first few titles are called in a file."""
    pairs = [(n.strip(), schema.by_title.get(n.strip())) for n in header]
    return "、".join(f"{n} 是 {f.name}" for n, f in [p for p in pairs if p[1]][:3] if f) + "……"


def _separator(records: list[Record], schema: Schema) -> str | None:
    """Name the separator a header was most likely written with."""
    wanted = min(3, len(schema.names))
    for _, row in records[:_TOP]:
        joined = ",".join(row)
        for separator, name in _SEPARATORS.items():
            if len(_known(joined.split(separator), schema)) >= wanted:
                return name
    return None


def _header_below(records: list[Record], schema: Schema) -> int | None:
    """Return the line of a header that stands below other lines."""
    if _known(records[0][1], schema):
        return None
    for line, row in records[1:_TOP]:
        if 2 * len(_known(row, schema)) >= len(schema.names):
            return line
    return None


def _compare(line: int, header: list[str], schema: Schema, listing: Listing) -> None:
    """Say column by column what is unknown, missing, doubled, or out of order."""
    seen: set[str] = set()
    clean = True
    for number, written in enumerate(header, 1):
        at = {"line": line, "column": number, "value": written}
        name = written.strip()
        if written in seen:
            listing.add(rules.DUPLICATE_COLUMN, f"“{name}”这一列出现了不止一次", **at)
        elif written not in schema.by_name:
            near = _near(name, schema)
            seen.add(near)
            listing.add(rules.UNKNOWN_COLUMN, _unknown(name, near, schema), **at)
        else:
            seen.add(written)
            continue
        clean = False
    for field in schema.fields:
        if field.name not in seen and field.since is None:
            clean = False
            text = f"缺“{field.title}”这一列（{field.name}）"
            at = {"line": line, "field": field.name, "title": field.title}
            listing.add(rules.MISSING_COLUMN, text, **at)
    if clean:
        rightly = [field for field in schema.fields if field.name in seen]
        number = next(
            n for n, (a, b) in enumerate(zip(header, rightly, strict=True)) if a != b.name
        )
        right = rightly[number]
        text = f"第{number + 1}列应是 {right.name}（{right.title}），这里是 {header[number]}"
        listing.add(rules.COLUMN_ORDER, text, line=line, column=number + 1, value=header[number])


def _near(name: str, schema: Schema) -> str:
    """Return the column that was probably meant, or an empty text."""
    if name in schema.by_title:
        return schema.by_title[name].name
    folded = name.lower().replace(" ", "_").replace("-", "_")
    return next(iter(difflib.get_close_matches(folded, schema.names, 1, 0.75)), "")


def _unknown(name: str, near: str, schema: Schema) -> str:
    if not name:
        return "表头这一格是空的"
    hint = f"，是不是 {near}（{schema.by_name[near].title}）？" if near else ""
    return f"没有“{name}”这一列{hint}"


def without_idle_rows(records: list[Record], schema: Schema, listing: Listing) -> list[Record]:
    """Report and leave out rows that are no records: column numbers, totals, the header again."""
    first, coded = schema.names[0], schema.fields[0].is_coded
    required = [n for n, field in enumerate(schema.fields) if field.required]
    kept = []
    for line, row in records:
        start = row[0]
        if (
            start not in _IDLE_STARTS
            and start != first
            and (start.isascii() if coded else start[-1] not in _IDLE_ENDS)
        ):
            kept.append((line, row))  # the common case: an id, and no reason to look closer
        elif start == first and tuple(row[: len(schema.names)]) == schema.names:
            listing.add(rules.HEADER_AGAIN, f"第{line}行又是一个表头", line=line)
        elif what := _idle(row, coded, required):
            text = f"第{line}行是{what}，不是记录"
            listing.add(rules.NUMBER_ROW, text, line=line, value=",".join(filter(None, row)))
        else:
            kept.append((line, row))
    return kept


def _idle(row: list[str], coded: bool, required: list[int]) -> str | None:
    """Say what a row is that is no record: it numbers the columns, adds them up, or signs them.

    Where the first column is no code but a word (`coded` is false), 合计 may be that word. A row
    without an id in which most of what is required is blank as well is no record either.
    """
    filled = [cell.strip() for cell in row if cell.strip()]
    if len(filled) > 2 and filled in (
        [str(n) for n in range(1, len(filled) + 1)],
        [chr(0x2460 + n) for n in range(min(len(filled), 20))],
    ):
        return "列号行"
    if not coded or not filled:
        return None
    if any(_TOTAL.fullmatch(cell) for cell in filled[:2]):
        return "合计行"
    if _SIGNED.match(filled[0]):
        return "落款行"
    if _NOTE.match(filled[0]):
        return "说明行"
    blank = sum(n >= len(row) or not row[n].strip() for n in required)
    return "不完整的一行" if len(required) > 2 and blank * 2 > len(required) else None
