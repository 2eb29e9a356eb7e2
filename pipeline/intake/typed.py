"""A cell by the type of its column: telephones, dates, numbers, words of a list, codes, text."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.checks.phone_forms import as_written
from pipeline.intake.recognisers.days import read_day
from pipeline.intake.recognisers.numbers import read_number
from pipeline.intake.recognisers.reading import KEPT, Reading, flat, read_text
from pipeline.intake.recognisers.words import read_choice, read_yes_no
from pipeline.intake.sheets import Cell
from pipeline.ledgers.schemas import Field
from pipeline.telephones import Area


@lru_cache(maxsize=KEPT)
def read_phone(text: str, area: Area) -> Reading:
    """Read one telephone number, whatever its blanks and brackets."""
    if re.search(r"[0-9]\s*[eE]\s*\+?[0-9]", flat(text)):
        return Reading(
            problem="变成了科学记数法，后面的数字丢了", remedy="把格子设成文本，重新填号码"
        )
    forms = as_written(text, area)
    if len(forms) > 1:
        offered = "、".join(form for form in forms if form)
        return Reading(problem=f"写了 {len(forms)} 个号码：{offered}", remedy="只留一个")
    if not forms or not forms[0]:
        return Reading(
            problem="不是能打通的号码", remedy=f"座机写成 {area.code}-号码，手机 11 位连着写"
        )
    form = forms[0]
    digits = re.sub("[^0-9]", "", flat(text))
    if form.startswith(area.code) and not digits.startswith(("0", "86", "+")):
        why = "少了区号开头的0" if digits.startswith(area.code[1:]) else "少了区号"
        return Reading(problem=f"{why}，也许是 {form}", remedy=f"核对后写成 {form}")
    return Reading(form, "" if form == text else "电话写成规定的样子")


_CAN = re.compile("^(?:可|已|有|设|按)")


def _stated(title: str, text: str) -> Reading | None:
    """Read 公开 and 不公开 in the column 可公开: the column's own word, or its denial."""
    stem = _CAN.sub("", title)
    plain = flat(text)
    if len(stem) > 1 and plain in (stem, title, f"已{stem}", f"可{stem}"):
        return Reading("是", "写成 是 或 否")
    if len(stem) > 1 and plain in (
        f"不{stem}",
        f"未{stem}",
        f"不{title}",
        f"没有{stem}",
        f"不予{stem}",
    ):
        return Reading("否", "写成 是 或 否")
    return None


def read_typed(field: Field, cell: Cell, year: int) -> Reading:
    """Read a cell by the type of its column."""
    if field.type == "date":
        return read_day(cell.text, year=year, day=cell.day)
    if field.type in ("integer", "number"):
        if cell.kind == "date":
            return Reading(problem=f"变成了日期 {cell.text}", remedy="把格子设成文本或数字，重新填")
        return read_number(cell.text, is_whole=field.type == "integer")
    if field.type == "boolean":
        return _stated(field.title, cell.text) or read_yes_no(cell.text)
    if field.enum:
        return read_choice(cell.text, field.enum)
    if field.is_coded and not field.list_of:
        plain = flat(cell.text)
        return Reading(plain, "" if plain == cell.text else "编号前后的空白去掉")
    return read_text(cell.text)
