"""Rows that say the same thing twice, for the rules that forbid it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from pipeline.ledgers import Row


def repeated(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> Iterator[tuple[Row, Row]]:
    """Yield each row whose key an earlier row has, together with the first that has it."""
    first: dict[Hashable, Row] = {}
    for row in rows:
        name = key(row)
        if name in first:
            yield row, first[name]
        else:
            first[name] = row
