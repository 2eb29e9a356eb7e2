"""What is said of a whole file: by the command, or in a sheet 补充信息 of the workbook itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from pipeline.intake.labels import DONE_ON, REGISTERED_ON
from pipeline.intake.package import Package
from pipeline.intake.painting import HEAD, YELLOW, Styles
from pipeline.intake.recognisers.days import read_day
from pipeline.intake.sheets import ANSWERS, Book, Cell
from pipeline.intake.summary import put_sheet, worksheet
from pipeline.intake.tables import Table
from pipeline.intake.typed import read_typed
from pipeline.ledgers import Loaded
from pipeline.ledgers.schemas import Field
from pipeline.trouble import UsageTrouble

_HEAD = ("项", "填在这里", "可以写")
_WIDTHS = (18, 30, 70)
_DAYS = {
    title: name.removeprefix("*")
    for name, titles in ((DONE_ON, "完成日期 done_on"), (REGISTERED_ON, "登记日期 registered_on"))
    for title in titles.split()
}
_LONGEST = 250
"""Characters that a drop-down may hold in itself."""


def answers_in(book: Book) -> dict[str, str]:
    """Return what the sheet of answers says; a line without an answer says nothing."""
    return {
        item: row[1].text.strip()
        for sheet in book.sheets
        if sheet.name.strip() == ANSWERS
        for row in sheet.rows
        if len(row) > 1
        and (item := row[0].text.strip()) not in ("", _HEAD[0])
        and row[1].text.strip()
    }


def read_answers(
    answers: Mapping[str, str], tables: Sequence[Table], loaded: Loaded, year: int
) -> dict[str, str]:
    """Return the answers by the names of columns, each read as a cell of the column is.

    Raises:
        UsageTrouble: no ledger has the item, or the answer cannot be taken for it.
    """
    found = {}
    for item, value in answers.items():
        name, field = _meant(item, tables, loaded)
        text = Cell(value, "text")
        read = read_typed(field, text, year) if field else read_day(value, year=year)
        if read.problem:
            raise UsageTrouble(f"“{item}”写的“{value}”{read.problem}；{read.remedy}")
        found[name] = read.value
    return found


def _meant(item: str, tables: Sequence[Table], loaded: Loaded) -> tuple[str, Field | None]:
    plain = item.replace("-", "_")
    if plain in _DAYS:
        return _DAYS[plain], None
    first = dict.fromkeys([table.form.ledger for table in tables] + ["issues", *loaded.schemas])
    for schema in (loaded.schemas[ledger] for ledger in first):
        if found := schema.by_name.get(plain) or schema.by_title.get(item):
            return found.name, found
    raise UsageTrouble(f"没有“{item}”这一项；写台账里的列名，如 发现日期 或 found_on")


def add_answers(package: Package, styles: Styles, asked: Mapping[str, Sequence[str]]) -> None:
    """Put a sheet behind the summary, to answer in it what is lacking for the whole file."""
    look = styles.look(font=styles.font(bold=True), colour=HEAD)
    plain, open_ = styles.look(wraps=True), styles.look(colour=YELLOW)
    rows = [([(word, look) for word in _HEAD], 0)] + [
        ([(title, plain), ("", open_), ("、".join(words) or "照实写", plain)], 0)
        for title, words in asked.items()
    ]
    lists = "".join(_lists(asked))
    count = sum(bool(_choices(words)) for words in asked.values())
    below = f'<dataValidations count="{count}">{lists}</dataValidations>' if count else ""
    body = worksheet(package, rows, _WIDTHS, top=1, below=below, is_open=False)
    put_sheet(package, ANSWERS, body, 1)


def _lists(asked: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for number, words in enumerate(asked.values(), 2):
        if choices := _choices(words):
            yield (
                f'<dataValidation type="list" allowBlank="1" sqref="B{number}">'
                f"<formula1>{escape(choices)}</formula1></dataValidation>"
            )


def _choices(words: Sequence[str]) -> str:
    joined = ",".join(words)
    return f'"{joined}"' if 0 < len(joined) < _LONGEST else ""
