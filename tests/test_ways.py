"""Every figure that leads to rows leads to as many rows as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

Words = tuple[str, ...]


@dataclass
class Table:
    """A table that filters: its heads, and for each row the words of each cell.

    `rest` is the script that holds the rows the page does not.
    """

    heads: list[str] = field(default_factory=list)
    rows: list[list[Words]] = field(default_factory=list)
    rest: str = ""


class Reader(HTMLParser):
    """Reads a page as its scripts would: tables that filter, and links into them."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__()
        self.tables: dict[str, Table] = {}
        self.links: list[tuple[str, str]] = []
        self._table: Table | None = None
        self._cell: list[str] | None = None
        self._value: str | None = None
        self._in_head = False
        self._link: tuple[str, list[str]] | None = None

    def read_more(self, table: Table, rows: str) -> None:
        """Read further rows of a table."""
        self._table, self._in_head = table, False
        self.feed(rows)
        self._table = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open tables, rows, cells and links."""
        given = dict(attrs)
        match tag:
            case "table":
                self._table = None
                if name := given.get("data-qy-table"):
                    self._table = self.tables[name] = Table(rest=given.get("data-rest") or "")
            case "thead" | "tbody":
                self._in_head = tag == "thead"
            case "tr" if self._table and not self._in_head:
                self._table.rows.append([])
            case "th" | "td" if self._table:
                self._cell, self._value = [], given.get("data-v")
            case "a" if "#" in (href := given.get("href") or "") and "?" in href:
                self._link = (href, [])

    def handle_endtag(self, tag: str) -> None:
        """Close them."""
        match tag:
            case "th" | "td" if self._table is not None and self._cell is not None:
                text = "".join(self._cell).strip()
                if self._in_head:
                    self._table.heads.append(text)
                else:
                    value = text if self._value is None else self._value
                    self._table.rows[-1].append(tuple(value.split("|")))
                self._cell = None
            case "table":
                self._table = None
            case "a" if self._link:
                self.links.append((self._link[0], "".join(self._link[1])))
                self._link = None

    def handle_data(self, data: str) -> None:
        """Collect the text of cells and links."""
        if self._cell is not None:
            self._cell.append(data)
        if self._link:
            self._link[1].append(data)


@cache
def read(path: Path) -> Reader:
    """Return a page as read."""
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    for table in reader.tables.values():
        if table.rest:
            script = (path.parent / table.rest).read_text(encoding="utf-8")
            (rows,) = json.loads(script.removeprefix("window.qyRest=").removesuffix(";\n"))
            reader.read_more(table, rows)
    return reader


def shown(path: Path, fragment: str) -> int:
    """Return how many rows a table shows at an address."""
    name, _, query = fragment.partition("?")
    table = read(path).tables[name]
    picks = [tuple(map(unquote, part.split("=", 1))) for part in query.split("&")]
    columns = [(table.heads.index(c), word) for c, word in picks if c != "sort"]
    return sum(all(word in row[column] for column, word in columns) for row in table.rows)


def ways(site: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield every link of the site into a filtered table: its page, its address, its text."""
    for page in sorted(site.rglob("*.html")):
        for href, text in read(page).links:
            yield page, href, text


def test_the_list_behind_a_figure_has_as_many_rows_as_the_figure_says(example_site: Path) -> None:
    """For every figure of every page that leads to a table, in the table as it then shows."""
    found = list(ways(example_site))

    assert len(found) > 100
    for page, href, text in found:
        address, _, fragment = href.partition("#")
        target = (page.parent / address).resolve() if address else page
        number = re.search(r"[0-9,]+", text)
        assert number, (page.name, href, text)
        count = int(number[0].replace(",", ""))
        assert shown(target, fragment) == count, (page.name, href, text)


@pytest.mark.parametrize("page", ["index.html", "u/nanzhao.html", "water.html"])
def test_the_figures_that_had_no_way_to_their_rows_have_one(example_site: Path, page: str) -> None:
    """Water, postings and outside looks, on home, unit and water pages."""
    told = {unquote(href.partition("?")[2]) for href, _ in read(example_site / page).links}
    wanted = {
        "index.html": {"状态=抽查过的", "状态=报完成的", "状态=核查通过的", "状态=逾期"},
        "u/nanzhao.html": {
            "状态=在供水的", "水质=达标的", "水质=不达标没治好的", "水质=判不了的",
            "水质=没有检测的", "状态=核查通过的",
        },
        "water.html": {"水质=没有检测的", "水质=按放宽限值的"},
    }[page]  # fmt: skip

    assert wanted <= told
