"""What a report says, as a plain value: headings, sentences, tables, lists, attachments.

Nobody writes a number into prose. A sentence is a pattern without digits; its figures are cells of
the tables of the same report, so that what is said and what stands in the table cannot differ, and
anybody can go from a number to its cell. HTML and PDF are two renderings of one value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from pipeline import shares
from pipeline.dates import in_words
from pipeline.figures import grouped

Number = int | Decimal
Value = Number | str | tuple[int, int] | None
"""What stands in a cell; a pair of counts is a share."""

Form = Literal["text", "figure"]
"""Whether the cells of a column are words or numbers: they are set differently."""

ABSENT = "—"
"""Stands in a cell that has nothing to say; never a zero, never blank."""

_DIGITS = re.compile("[0-9０-９]")
_SLOTS = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the key by which sentences ask for it, its head, how it is written.

    `width` is its share of the width, for paper; a column without is as wide as it needs.
    """

    key: str
    title: str
    form: Form = "figure"
    width: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its key, its cells as printed; `is_total` lines are sums of the others."""

    key: str
    cells: tuple[str, ...]
    is_total: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence: as printed, and the cell of the report's table that it comes from."""

    text: str
    table: str
    row: str
    column: str

    def bare(self) -> Figure:
        """Return the figure without its sign, for prose that says more or less in words."""
        return replace(self, text=self.text.lstrip("+−"))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report. `wide` ones are set on a page turned sideways.

    `said` is what the table says in one line, for readers who do not see it; `note` stands below.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    note: str = ""

    def figure(self, row: str, column: str) -> Figure:
        """Return a cell as a figure for prose.

        Raises:
            KeyError: the table has no such row or column.
        """
        place = next((n for n, c in enumerate(self.columns) if c.key == column), None)
        line = next((one for one in self.lines if one.key == row), None)
        if place is None or line is None:
            raise KeyError(f"{self.id}: {row} {column}")
        return Figure(line.cells[place], self.id, row, column)

    def column(self, key: str) -> dict[str, str]:
        """Return the cells of a column by row."""
        place = next(n for n, c in enumerate(self.columns) if c.key == key)
        return {line.key: line.cells[place] for line in self.lines}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the figures it names in the order in which they stand."""

    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 is 一、, level 2 （一）, as official papers count them."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together; one without sentences is never made."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The paragraph as it reads."""
        return "".join(one.text for one in self.sentences)


@dataclass(frozen=True, slots=True)
class Attachment:
    """What hangs on a report, under its own title and on its own page."""

    title: str
    table: Table
    is_wide: bool = False


Dress = Literal["sure", "told", "open", "late"]
"""How a part of a chart is drawn: what is seen is full, what is only said is hatched, what is not
done yet is empty, what is late is crossed. Told by its pattern too, it survives a grey copier."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of every bar: its name in the legend, its dress, a number for each bar.

    `columns` are those of the chart's table that it is made of; one with a minus is taken off.
    """

    name: str
    dress: Dress
    values: tuple[int, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure: bars drawn from a table of the same report, never from anything else.

    `rows` are the rows of that `table`, `names` what they are called. In the form "rows" each is a
    bar of all parts, in "columns" the parts stand side by side. `silent` are the places of those
    that have not reported; `said` tells what the chart shows to those who do not see it; `counter`
    is what its numbers count by.
    """

    id: str
    caption: str
    form: Literal["rows", "columns"]
    table: str
    rows: tuple[str, ...]
    names: tuple[str, ...]
    parts: tuple[Part, ...]
    silent: tuple[int, ...]
    said: str
    counter: str = "件"


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An edition of a report.

    `id` is its address for life. `from_on` to `to_on` is the time it tells of, both ends included;
    what it says is what was known at the end of `to_on`. `to` names who receives it, `copies` who
    gets a copy; `corrects` is the edition that this one corrects, and `correction` says so, and
    why; `signed_by` are the lines to sign on, of a report that is no letter; `is_one_page` that its
    paper is one sheet, whatever it says. A report is a draft for signature: number and date are the
    office's to give. One that `is_internal` is made from the internal view; one that `has_contents`
    begins with them, and each of its parts with a page.
    """

    id: str
    kind: str
    name: str
    title: str
    number: int | None
    from_on: date
    to_on: date
    lead: str
    organiser: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()
    to: str = ""
    copies: str = ""
    signed_by: tuple[str, ...] = ()
    unit_id: str = ""
    is_demo: bool = False
    is_internal: bool = False
    has_contents: bool = False
    is_one_page: bool = False
    corrects: str = ""
    correction: str = ""

    @property
    def headline(self) -> tuple[str, ...]:
        """The title in lines for paper: a word in quotes is not torn, it begins the second line."""
        first, quote, rest = self.title.partition("“")
        return (first, quote + rest) if first and quote else (self.title,)

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, those of the attachments too."""
        inside = (block for block in self.blocks if isinstance(block, Table))
        return *inside, *(one.table for one in self.attachments)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        texts = (block for block in self.blocks if isinstance(block, Paragraph))
        return tuple(sentence for text in texts for sentence in text.sentences)


def say(pattern: str, **values: Figure | Sentence | date | str) -> Sentence:
    """Write a sentence: figures from tables, clauses made before, dates in words, names as is.

    Raises:
        ValueError: the pattern holds a digit; a number in prose must come from a table.
    """
    if _DIGITS.search(pattern):
        raise ValueError(f"a number in prose comes from a table: {pattern}")
    figures: list[Figure] = []
    for name in _SLOTS.findall(pattern):
        value = values[name]
        figures += [value] if isinstance(value, Figure) else getattr(value, "figures", ())
    texts = {name: _worded(value) for name, value in values.items()}
    return Sentence(pattern.format_map(texts), tuple(figures))


def joined(clauses: Sequence[Sentence], between: str = "，") -> Sentence:
    """Return clauses as one."""
    figures = tuple(figure for clause in clauses for figure in clause.figures)
    return Sentence(between.join(clause.text for clause in clauses), figures)


def paragraph(*sentences: Sentence | None) -> tuple[Paragraph, ...]:
    """Return a paragraph of those sentences that there are; nothing where there is none."""
    kept = tuple(one for one in sentences if one is not None)
    return (Paragraph(kept),) if kept else ()


def table(
    key: str,
    caption: str,
    columns: Sequence[Column],
    rows: Mapping[str, Sequence[Value]],
    *,
    totals: Sequence[str] = (),
    note: str = "",
    links: Mapping[str, str] | None = None,
) -> Table:
    """Write rows of values as a table; what is not there is a dash, never a zero.

    Raises:
        ValueError: a row has not as many cells as there are columns.
    """
    lines = [
        Line(
            row,
            tuple(written(cell) for cell, _ in zip(cells, columns, strict=True)),
            row in totals,
            (links or {}).get(row, ""),
        )
        for row, cells in rows.items()
    ]
    return Table(key, caption, tuple(columns), tuple(lines), note)


def written(cell: Value) -> str:
    """Write a value as a cell: a pair of counts as the share of the second that the first is."""
    if cell is None or cell == "":
        return ABSENT
    if isinstance(cell, tuple):
        return shares.percent(*cell) or ABSENT
    return cell if isinstance(cell, str) else grouped(cell)


def listed(names: Sequence[str], most: int = 0) -> str:
    """Write names one after another; of more than `most`, the first, and 等."""
    if most and len(names) > most:
        return "、".join(names[:most]) + "等"
    return "、".join(names)


def _worded(value: Figure | Sentence | date | str) -> str:
    if isinstance(value, Figure | Sentence):
        return value.text
    return in_words(value) if isinstance(value, date) else value
