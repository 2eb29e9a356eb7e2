"""What the cell of a column must be: whole, in ASCII where it is a code, and said in our own words.

Frictionless does not enforce all of this (an ungrouped pattern is not whole-match, its dates and
numbers take full-width digits, a blank of another script passes as filled, lists are unknown to
it). Each distinct value of a column is looked at once. Blanks at the edges, bad characters and
damage done by spreadsheets are the byte gate's, and are not said twice.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pipeline.checks.cell_rules import (
    BOOLEAN,
    CHOICE,
    DATE,
    EMPTY_WORD,
    INTEGER,
    JOINED,
    LENGTH,
    LIST,
    MEMBER,
    NAME,
    NUMBER,
    PATTERN,
    RANGE,
    REQUIRED,
)
from pipeline.checks.names import PERSON_COLUMNS, fault_of_name, joined_persons
from pipeline.checks.phone_forms import advice
from pipeline.checks.texts import fault_of_text
from pipeline.dates import FIRST_YEAR, LAST_YEAR, parse_iso
from pipeline.findings import Rule
from pipeline.ledgers import RawShard
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Field, Schema
from pipeline.personal import kinds_in

INTEGER_FORM = re.compile(r"-?[0-9]{1,15}")
NUMBER_FORM = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_ZEROS_BEFORE = re.compile(r"(-?)0+([0-9].*)")
_DATE_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})")
_EMPTY_WORDS = frozenset(
    (
        *(
            "同上",
            "同前",
            "如上",
            "〃",
            "待填",
            "待补",
            "待补充",
            "×",
            "××",
            "×××",
            "...",
            "…",
            "……",
        ),
        *("na", "n/a", "null", "none", "nan", "nil", "undefined", "xx", "xxx"),
    )
)
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_DENIALS = "未不没无非否"
_NO_CHOICE = 0.5

Fault = tuple[Rule, str]
Judge = Callable[[str], Fault | None]


def check(raw: RawShard, schema: Schema, listing: Listing) -> None:
    """List every cell of a shard that is not what its column asks for, but for the byte gate's."""
    columns = zip(*raw.cells, strict=True)
    for number, (field, column) in enumerate(zip(schema.fields, columns, strict=True), 1):
        judge = judge_of(field, schema.name)
        bad = {cell: fault for cell in set(column) if (fault := judge(cell)) is not None}
        if not bad:
            continue
        at = {"column": number, "field": field.name, "title": field.title}
        at["keeps"] = field.may_show
        for line, cell in zip(raw.lines, column, strict=True):
            if cell in bad and number not in raw.refused.get(line, ()):
                rule, message = bad[cell]
                listing.add(rule, message, line=line, value=cell or None, **at)


def judge_of(field: Field, ledger: str) -> Judge:
    """Return the function that judges one cell of a column: None, or the rule and the message."""
    by_kind = _judge_kind(field)
    is_person = (ledger, field.name) in PERSON_COLUMNS
    title, most = field.title, field.max_length

    def judge(cell: str) -> Fault | None:
        if field.required and (not cell or cell.isspace()):
            return REQUIRED, f"“{title}”没有填"
        if not cell:
            return None
        if most is not None and len(cell) > most and not field.is_phone:
            return LENGTH, f"“{title}”有 {len(cell)} 个字，最多 {most} 个"
        return (_person(field, cell) if is_person else None) or by_kind(cell)

    return judge


def _person(field: Field, cell: str) -> Fault | None:
    """Judge the name of a person, or each of a list of them."""
    names = cell.split("|") if field.list_of else [cell]
    if fault := next(filter(None, (fault_of_name(name, field.name) for name in names)), None):
        return NAME, fault
    if both := next(filter(None, map(joined_persons, names)), None):
        return JOINED, f"“{''.join(both)}”像是“{both[0]}”和“{both[1]}”两个人"
    return None


def _judge_kind(field: Field) -> Judge:
    if field.list_of:
        return lambda cell: _list(field, cell)
    if field.enum:
        allowed = frozenset(field.enum)
        return lambda cell: None if cell in allowed else (CHOICE, _choice(field, cell))
    kinds: dict[str, Judge] = {
        "date": lambda cell: _judge_date(field, cell),
        "integer": lambda cell: _number(field, cell, INTEGER_FORM, INTEGER),
        "number": lambda cell: _number(field, cell, NUMBER_FORM, NUMBER),
        "boolean": lambda cell: None if cell in ("是", "否") else (BOOLEAN, _boolean(field)),
    }
    if field.type in kinds:
        return kinds[field.type]
    if field.pattern:
        whole = re.compile(field.pattern)
        return lambda cell: None if whole.fullmatch(cell) else (PATTERN, _pattern(field, cell))
    return lambda cell: _text(field, cell)


def _text(field: Field, cell: str) -> Fault | None:
    if len(cell) <= 9 and cell.casefold() in _EMPTY_WORDS:
        return EMPTY_WORD, f"“{field.title}”写的是“{cell}”，等于没有写"
    fault = fault_of_text(field.name, cell)
    if fault is None or kinds_in(cell):  # of personal data the privacy gate speaks
        return None
    return EMPTY_WORD, f"“{field.title}”{fault}"


def _choice(field: Field, cell: str) -> str:
    """Say which values are allowed, and which one was probably meant."""
    guess = near_choice(cell, field.enum)
    hint = f"，是不是“{guess}”？" if guess else "。"
    return f"“{field.title}”没有“{cell}”这个取值{hint}可以写：{'、'.join(field.enum)}"


def near_choice(cell: str, allowed: tuple[str, ...]) -> str | None:
    """Return the allowed value that was probably meant.

    Never one that turns a denial round: 未完成 is not near 完成.
    """
    bare = "".join(cell.split())
    same = [v for v in allowed if sum(bare.count(d) - v.count(d) for d in _DENIALS) == 0]
    if bare in same:
        return bare
    inside = [v for v in same if v in bare]
    near = inside or difflib.get_close_matches(bare, same, 1, _NO_CHOICE)
    return max(near, key=len) if near else None


def _boolean(field: Field) -> str:
    return f"“{field.title}”只能写“是”或“否”，不写√、有无和英文"


def _judge_date(field: Field, cell: str) -> Fault | None:
    """Judge a date, by the calendar and by the bounds of its column."""
    if parse_iso(cell) is None:
        return DATE, _date(field, cell)
    low, high = field.minimum or cell, field.maximum or cell
    if low <= cell <= high:
        return None
    bound = f"不早于 {low}" if cell < low else f"不晚于 {high}"
    return RANGE, f"“{field.title}”是 {cell}，这一列的日期{bound}"


def _date(field: Field, cell: str) -> str:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        year = int(cell[:4])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return f"“{field.title}”的年份 {cell[:4]} 不在 {FIRST_YEAR} 到 {LAST_YEAR} 年之间"
        return f"“{field.title}”写的 {cell} 日历上没有"
    if field.is_plan:
        return f"“{field.title}”要写成一个日子；原件上的说法写在“整改时限原文”里"
    if not re.search(r"[0-9]{4}", cell):
        return f"“{field.title}”没有写年份，或不是一个日子"
    return f"“{field.title}”不是一个写全的日子"


def _number(field: Field, cell: str, form: re.Pattern[str], rule: Rule) -> Fault | None:
    if not form.fullmatch(cell):
        return rule, _why_no_number(field, cell, rule)
    if led := _ZEROS_BEFORE.fullmatch(cell):
        return rule, f"“{field.title}”前面有多余的0，应写成 {led[1]}{led[2]}"
    low, high = field.minimum, field.maximum
    if low is not None and Decimal(cell) < Decimal(low):
        return RANGE, f"“{field.title}”是 {cell}，不能小于 {low}"
    if high is not None and Decimal(cell) > Decimal(high):
        return RANGE, f"“{field.title}”是 {cell}，不能大于 {high}"
    return None


def _why_no_number(field: Field, cell: str, rule: Rule) -> str:
    bare = cell.replace(",", "").replace("，", "")
    if bare != cell and re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", bare):
        return f"“{field.title}”里有逗号，应写成 {bare}"
    if rule is INTEGER and NUMBER_FORM.fullmatch(cell):
        return f"“{field.title}”要写整数，不写小数"
    if re.fullmatch(r"-?[0-9]+\.[0-9]{7,}", cell):
        return f"“{field.title}”的小数超过6位"
    if re.search("[约余多近]|以上|左右", cell):
        return f"“{field.title}”要写准数，不写“约”“余”“左右”"
    return f"“{field.title}”不是{'整数' if rule is INTEGER else '数'}"


def _pattern(field: Field, cell: str) -> str:
    """Say how a code or number should look, and what this one most likely lacks."""
    title = field.title
    if field.is_phone:
        return advice(cell, title, is_register="mobile" in field.may_show)
    if re.search("[A-Z]", cell) and re.fullmatch(field.pattern or "", cell.lower()):
        return f"“{title}”的字母要小写，应写成 {cell.lower()}"
    if re.search(r"\s", cell):
        return f"“{title}”里有空格，应当像 {field.example}"
    return f"“{title}”的样子不对，应当像 {field.example}"


def _list(field: Field, cell: str) -> Fault | None:
    """Judge a list: parted by bars, in order, each member as it should be."""
    members, kind, title = cell.split("|"), field.list_of or {}, field.title
    if any(not m or m != m.strip() for m in members):
        return LIST, f"“{title}”里有空的一项，或竖线两边有空格"
    if not kind.get("text") and re.search("[、，,;；/｜]", cell):
        return LIST, f"“{title}”的几项之间要用竖线“|”"
    if len(set(members)) != len(members):
        return LIST, f"“{title}”里有一项写了两次"
    if wrong := [m for m in members if not _is_member(m, kind)]:
        if "enum" in kind:
            allowed = tuple(kind["enum"])
            guess = near_choice(wrong[0], allowed)
            hint = f"，是不是“{guess}”？" if guess else "。"
            return MEMBER, f"“{title}”没有“{wrong[0]}”这一项{hint}可以写：{'、'.join(allowed)}"
        return PATTERN, f"“{title}”里的“{wrong[0]}”样子不对，应当像 {field.example}"
    if not kind.get("text") and members != sorted(members):
        return LIST, f"“{title}”要按次序写成 {'|'.join(sorted(members))}"
    return None


def _is_member(member: str, kind: Mapping[str, Any]) -> bool:
    """Whether one member of a list has the form its column asks for."""
    if "enum" in kind:
        return member in kind["enum"]
    if "pattern" in kind:
        return bool(re.fullmatch(kind["pattern"], member)) and _is_moment(member)
    return bool(kind.get("text")) or bool(_ID.fullmatch(member))


def _is_moment(text: str) -> bool:
    """Whether a text that is written as a date and a time names a real one."""
    found = _DATE_TIME.fullmatch(text)
    return not found or (parse_iso(found[1]) is not None and found[2] < "24" and found[3] < "60")
