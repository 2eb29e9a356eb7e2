"""What a cell of a column must be: whole, in ASCII where it is a code, and in our own words.

Frictionless does not enforce all of this (its patterns are not whole-match, its dates and numbers
take full-width digits, a blank of another script passes as filled). Each distinct value of a column
is looked at once.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from pipeline.dates import parse_iso
from pipeline.findings import Finding, Rule, declare
from pipeline.ledgers import RawShard
from pipeline.ledgers.limits import MAX_FINDINGS
from pipeline.ledgers.schemas import Field, Schema


def _rule(id: str, sentence: str, remedy: str) -> Rule:
    return declare(id, "schema", "error", sentence, remedy)


REQUIRED = _rule("S01", "必填的列不空", "照原件填上；不知道的先问清楚，不要留空格或“无”")
DATE = _rule("S02", "日期写成 2022-08-25 这样", "年四位、月日各两位，中间用短横；不写“前”“底”和年月日")
INTEGER = _rule("S03", "整数只写数字", "只写半角数字，不加单位、逗号和“约”")
NUMBER = _rule("S04", "数值只写数字和小数点", "只写半角数字，小数最多6位，不加单位、逗号和“约”")
BOOLEAN = _rule("S05", "是非只写“是”或“否”", "写“是”或“否”；不知道就空着")
CHOICE = _rule("S06", "只写规定的取值", "从规定的取值里选一个，一字不差")
PATTERN = _rule("S07", "编号、号码按规定的样子写", "照字段字典的例子写")
LENGTH = _rule("S08", "文字不超过规定的长度", "写要点，详细材料归档并写档案号")
RANGE = _rule("S09", "数值在规定的范围", "核对原件，看小数点和单位")
LIST = _rule("S10", "几项之间用竖线隔开，按次序、不重复", "写成 甲|乙，竖线两边不留空格")
MEMBER = _rule("S11", "几项里的每一项都是规定的取值", "从规定的取值里选")
NAME = _rule("S12", "姓名写本人的名字", "照身份证件写名字；还没有定人的，这一行先不写")
PRINTED = _rule("S13", "文字写在一行里，首尾没有空格", "去掉多余的空格和换行")

INTEGER_FORM = re.compile(r"-?[0-9]{1,15}")
NUMBER_FORM = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
PERSON_FIELDS = frozenset({"resp_person"})
PERSON_LEDGERS = frozenset({"responsibilities", "patrol_roster", "supervision"})
PLACEHOLDERS = frozenset(
    "同上 待定 无 空缺 暂缺 暂无 不详 未定 某某 测试 负责人 主任 村长 镇长 NA N/A null None test".split()
)
_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇]{1,25}(?:·[\u3400-\u9fff]{1,20})*")

SLASH_DATE = re.compile(r"[12][0-9]{3}[/.年][0-9]{1,2}[/.月][0-9]{1,2}日?")
SERIAL_DATE = re.compile(r"[34][0-9]{4}")
LOOSE_DATE = re.compile(r"[12][0-9]{3}-[0-9]{1,2}-[0-9]{1,2}")

Fault = tuple[Rule, str]


def check(raw: RawShard, schema: Schema) -> list[Finding]:
    """Return a finding for every cell of a shard that is not what its column asks for."""
    if not raw.cells or raw.header != schema.names:
        return []
    findings: list[Finding] = []
    for number, (field, column) in enumerate(
        zip(schema.fields, zip(*raw.cells, strict=True), strict=True), 1
    ):
        judge = judge_of(field, schema.name)
        bad = {cell: fault for cell in set(column) if (fault := judge(cell)) is not None}
        if bad:
            findings += _located(raw, field, number, column, bad)
    return findings[:MAX_FINDINGS]


def _located(
    raw: RawShard, field: Field, number: int, column: tuple[str, ...], bad: dict[str, Fault]
) -> Iterator[Finding]:
    for line, cell in zip(raw.lines, column, strict=True):
        if cell in bad:
            rule, message = bad[cell]
            yield rule.at(
                message,
                ledger=raw.shard.ledger,
                file=raw.shard.name,
                line=line,
                column=number,
                field=field.name,
                title=field.title,
                value=cell or None,
            )


def judge_of(field: Field, ledger: str) -> Callable[[str], Fault | None]:
    """Return the function that judges one cell of a column: None, or the rule and the message."""
    by_kind = _judge_kind(field)
    is_person = field.name in PERSON_FIELDS or (
        field.name == "name" and ledger in PERSON_LEDGERS
    )

    def judge(cell: str) -> Fault | None:
        if not cell.strip("\u3000\u200b\xa0 \t"):
            if field.required:
                return REQUIRED, f"“{field.title}”没有填"
            return None if cell == "" else (PRINTED, f"“{field.title}”只有空格")
        if field.max_length is not None and len(cell) > field.max_length:
            return LENGTH, f"“{field.title}”有 {len(cell)} 个字，最多 {field.max_length} 个"
        if cell != cell.strip() and not field.enum:
            return PRINTED, f"“{field.title}”首尾有空格"
        if is_person and (fault := _person(cell)):
            return fault
        return by_kind(cell)

    return judge


def _judge_kind(field: Field) -> Callable[[str], Fault | None]:
    if field.list_of:
        return lambda cell: _list(field, cell)
    if field.enum:
        return lambda cell: None if cell in field.enum else (CHOICE, _choice(field, cell))
    kinds: dict[str, Callable[[str], Fault | None]] = {
        "date": lambda cell: None if parse_iso(cell) else (DATE, _date(field, cell)),
        "integer": lambda cell: _number(field, cell, INTEGER_FORM, INTEGER),
        "number": lambda cell: _number(field, cell, NUMBER_FORM, NUMBER),
        "boolean": lambda cell: (
            None if cell in ("是", "否") else (BOOLEAN, f"“{field.title}”只能写“是”或“否”")
        ),
    }
    if field.type in kinds:
        return kinds[field.type]
    if field.pattern:
        whole = re.compile(field.pattern)
        return lambda cell: None if whole.fullmatch(cell) else (PATTERN, _pattern(field, cell))
    return lambda cell: None


def _choice(field: Field, cell: str) -> str:
    near = difflib.get_close_matches(cell.strip(), field.enum, 1, 0.4)
    contained = [v for v in field.enum if v in cell or (len(cell.strip()) > 1 and cell.strip() in v)]
    guess = (contained or near)[:1]
    hint = f"，是不是“{guess[0]}”？" if guess else ""
    return f"“{field.title}”没有这个取值{hint}可以写：{'、'.join(field.enum)}"


def _date(field: Field, cell: str) -> str:
    if SLASH_DATE.fullmatch(cell) or LOOSE_DATE.fullmatch(cell):
        parts = re.findall(r"[0-9]+", cell)
        guess = f"{parts[0]}-{int(parts[1]):02d}-{int(parts[2]):02d}"
        if parse_iso(guess):
            return f"“{field.title}”应写成 {guess}"
    if SERIAL_DATE.fullmatch(cell):
        return f"“{field.title}”像是表格软件的日期序号，把单元格格式改成日期再另存"
    return f"“{field.title}”不是一个日期"


def _number(field: Field, cell: str, form: re.Pattern[str], rule: Rule) -> Fault | None:
    if not form.fullmatch(cell):
        return rule, f"“{field.title}”不是{'整数' if rule is INTEGER else '数值'}"
    if field.minimum is not None and Decimal(cell) < Decimal(field.minimum):
        return RANGE, f"“{field.title}”不能小于 {field.minimum}"
    maximum = field.maximum
    if maximum is not None and Decimal(cell) > Decimal(maximum):
        return RANGE, f"“{field.title}”不能大于 {maximum}"
    return None


def _pattern(field: Field, cell: str) -> str:
    if re.search(r"[A-Z]", cell) and "a-z" in (field.pattern or ""):
        return f"“{field.title}”里的字母要小写，如 {field.example}"
    return f"“{field.title}”的样子不对，应当像 {field.example}"


def _list(field: Field, cell: str) -> Fault | None:
    members, kind = cell.split("|"), field.list_of or {}
    if any(not m or m != m.strip() for m in members):
        return LIST, f"“{field.title}”里有空的一项，或竖线两边有空格"
    if any(c in cell for c in "、，,;；") and not kind.get("text"):
        return LIST, f"“{field.title}”的几项之间要用竖线“|”"
    if len(set(members)) != len(members):
        return LIST, f"“{field.title}”里有重复的一项"
    if members != sorted(members) and not kind.get("text"):
        return LIST, f"“{field.title}”应按次序写成 {'|'.join(sorted(members))}"
    if allowed := kind.get("enum"):
        wrong = [m for m in members if m not in allowed]
        if wrong:
            return MEMBER, f"“{field.title}”没有“{wrong[0]}”，可以写：{'、'.join(allowed)}"
    if pattern := kind.get("pattern"):
        wrong = [m for m in members if not re.fullmatch(pattern, m)]
        if wrong:
            return PATTERN, f"“{field.title}”里的“{wrong[0]}”样子不对，应当像 {field.example}"
    return None


def _person(cell: str) -> Fault | None:
    plain = cell.strip()
    if plain in PLACEHOLDERS or plain.endswith("某") or "某某" in plain:
        return NAME, f"“{plain}”不是姓名"
    if not _NAME.fullmatch(plain):
        return NAME, "姓名只写汉字（少数民族姓名中间用“·”），不写号码、职务和英文"
    return None
