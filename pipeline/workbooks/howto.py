"""The sheet that says how to fill in another: column by column, in the words of the schema."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ledgers.placed import TOWN, UNIT, VILLAGE, WORKS, kinds_of
from pipeline.ledgers.schemas import Field, Schema
from pipeline.workbooks.book import Book, height
from pipeline.workbooks.choices import Places

NAME = "填写说明"
_FORMS = {"date": "日期，如 2022-08-25", "integer": "整数", "number": "数", "boolean": "是或否"}
_ADVICE = (
    "一行写一条；空着的表示不知道或没有，不写“无”“同上”。",
    "橙色表头的必填；写了一行，必填的还空着会变红；同样的行写了两次会变黄。",
    "有下拉的从下拉里选；先选乡镇，再选村。地方写名字，不用写编号。",
    "最后一列是隐藏的编号，交回来时靠它认出是哪一行，不要动；新的行空着。",
    "日期和数照原样写成文字，如 2022-08-25、0.40；不合并单元格，不写合计。",
    "填好以后：qingyuan import 这个文件，会逐行说哪里要改。",
)


_WIDTHS = (18, 8, 46, 44, 26)
_PLACES = {
    TOWN: "乡镇", VILLAGE: "村（带上乡镇）", WORKS: "供水工程", UNIT: "单位",
}  # fmt: skip
_NO_EXAMPLE = ("示例", "示例名称")


def said(schema: Schema, field: Field, places: Places) -> str:
    """Say what belongs in a column: people write names where the ledger has codes."""
    kinds = kinds_of(schema, field)
    if not _is_named(schema, field, places):
        return field.description
    if field.key_by:
        first = "先写单位。" if places.is_city else ""
        return f"{first}地方的名称：县、乡镇、村（带上乡镇）或供水工程。"
    if kinds == (VILLAGE,) and not field.list_of and "town_code" in schema.by_name:
        return "村的名称，先选乡镇。"
    return f"{'、'.join(_PLACES[kind] for kind in kinds)}的名称。"


def example(schema: Schema, field: Field, places: Places) -> str:
    """Return an example of a column; none where it would say nothing, or is a code for a name."""
    is_named = _is_named(schema, field, places)
    return "" if is_named or field.example in _NO_EXAMPLE else field.example


def _is_named(schema: Schema, field: Field, places: Places) -> bool:
    """Whether a column holds the name of a place: the city's sheets must say of which unit."""
    kinds = kinds_of(schema, field)
    is_known = not places.is_city or "unit_id" in schema.by_name
    return kinds == (UNIT,) or (is_known and bool(kinds or field.key_by))


def write_howto(book: Book, schema: Schema, columns: Sequence[Field], places: Places) -> None:
    """Add the sheet."""
    sheet = book.sheet(NAME)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    book.write(sheet, 0, 0, f"{schema.title}怎么填", font_size=14, bold=True)
    for number, advice in enumerate(_ADVICE, 1):
        book.write(sheet, number, 0, f"{number}. {advice}")
    top = len(_ADVICE) + 2
    for column, title in enumerate(("列", "必填", "写什么", "可以写", "例子")):
        book.write(sheet, top, column, title, bold=True, border=1, bg_color="#EDEDED")
    for number, field in enumerate(columns, top + 1):
        told = (
            field.title,
            "必填" if field.required else "",
            said(schema, field, places),
            _allowed(field),
            example(schema, field, places),
        )
        sheet.set_row(number, height(zip(told, _WIDTHS, strict=True)))
        for column, text in enumerate(told):
            book.write(sheet, number, column, text, border=1, text_wrap=True, valign="top")
    sheet.repeat_rows(top, top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _allowed(field: Field) -> str:
    if field.enum:
        return "、".join(field.enum)
    if field.list_of:
        members = "、".join(field.list_of.get("enum", ()))
        return f"可以写几项，用顿号隔开{'：' if members else ''}{members}"
    return _FORMS.get(field.type, "")
