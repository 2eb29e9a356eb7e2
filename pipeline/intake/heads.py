"""The head of a table: one row of labels, or two where 责任人 spans 姓名 | 职务 | 电话.

A column below a span may be called by both words, by the lower, or by the upper alone. A second row
is taken for part of the head only where every word of it stands below a span.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.intake.labels import LONG, LONGEST, Form, bare
from pipeline.intake.recognisers.reading import flat
from pipeline.intake.sheets import Cell, Sheet

_FEWEST = 2
"""Words below one span, and labels beside the spans, from which on two rows are one head."""


@dataclass(frozen=True, slots=True)
class Head:
    """What may be labels: by column the names it may go by, the best first; over how many rows."""

    names: Mapping[int, tuple[str, ...]]
    spanned: frozenset[int]
    depth: int
    tops: Mapping[int, str] = field(default_factory=dict)
    """The word of the span above each column of one."""

    def called(self, form: Form) -> Iterator[tuple[int, str, str]]:
        """Yield each column that a form knows: its number, our name for it, the words for it.

        The word of a span stands for one column below it only where no other is called so: below
        责任人, 姓名 is the person, and a strange word is not him once more.
        """
        own = {
            name
            for column, names in self.names.items()
            for text in names
            if (column not in self.spanned or text != self.tops[column])
            and (name := form.column(text))
        }
        for column, names in self.names.items():
            for text in names:
                name = form.column(text)
                is_top = column in self.spanned and text == self.tops[column]
                if name and not (is_top and name in own):
                    yield column, name, text
                    break

    def fits(self, form: Form) -> bool:
        """Whether enough labels stand beside the spans: above every head stands a title."""
        beside = [n for n, _, _ in self.called(form) if n not in self.spanned]
        return self.depth == 1 or len(beside) >= _FEWEST


def heads_at(sheet: Sheet, number: int) -> Iterator[Head]:
    """Yield what the head that begins in a row may be, that of two rows first."""
    row = sheet.rows[number - 1]
    texts = {c: cell.text for c, cell in enumerate(row, 1) if _is_word(cell)}
    spans = _spans(sheet, number, texts)
    if spans:
        lower = sheet.rows[number]
        names: dict[int, tuple[str, ...]] = {c: (text,) for c, text in texts.items()}
        for column, top in spans.items():
            word = lower[column - 1].text if column <= len(lower) else ""
            whole = () if bare(top) in LONG else (top,)  # 检测项目 over a strange name is no column
            names[column] = tuple(n for n in (f"{top}{word}", word, *whole) if n.strip())
        yield Head(dict(sorted(names.items())), frozenset(spans), 2, spans)
    yield Head({c: (text,) for c, text in texts.items()}, frozenset(), 1)


def _is_word(cell: Cell) -> bool:
    return cell.kind == "text" and bool(cell.text.strip())


def _spans(sheet: Sheet, number: int, texts: Mapping[int, str]) -> dict[int, str]:
    """Return the columns that have a word of their own below a span, with the word of the span."""
    if len(texts) <= _FEWEST or number >= len(sheet.rows):
        return {}
    lower = {
        c: cell
        for c, cell in enumerate(sheet.rows[number], 1)
        if not cell.is_blank and not cell.is_filled
    }
    if not lower or any(
        not _is_word(cell) or len(cell.text) > LONGEST or flat(cell.text).isdigit()
        for cell in lower.values()
    ):
        return {}
    merged = {
        column: sheet.cell(first, left).text
        for first, left, last, right in sheet.merged
        if first <= number <= last and left < right
        for column in range(left, min(right, len(texts) + max(lower)) + 1)
    }
    tops = merged or _drawn(texts, sorted(lower))
    spans = {column: tops[column] for column in lower if tops.get(column, "").strip()}
    counts = [list(spans.values()).count(top) for top in set(spans.values())]
    is_head = len(spans) == len(lower) and any(count >= _FEWEST for count in counts)
    return spans if is_head else {}


def _drawn(texts: Mapping[int, str], lower: Sequence[int]) -> dict[int, str]:
    """Return the spans of a sheet without merges: a word above, the cells beside it blank."""
    found: dict[int, str] = {}
    for column in lower:
        start = max((c for c in texts if c <= column), default=0)
        if start and (start != column or column + 1 not in texts):
            found[column] = texts[start]
    return found
