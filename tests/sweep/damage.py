"""The trials: one change each to a copy of the story, and where it must be answered."""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.story import EXAMPLE
from tests.sweep.oracle import Column, columns, must_refuse
from tests.sweep.pool import SECRETS, WORDS

BYTES = (
    b",", b'"', b"\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b";", b"\t", b"\x1b[2J", b'""',
    b"<<<<<<< HEAD\n", b"=======\n", b"sep=,\n", "合计,,,\n".encode(), "\u2028".encode(),
)  # fmt: skip

MAY_SHOW = ("phones", "number")

Place = tuple[int | None, int | None]
Change = Callable[[Path], None]


@dataclass(frozen=True)
class Trial:
    """One change to one file of the story (path below the data folder).

    `at` is the line and column that must be refused (None, None: somewhere in the file); `at` is
    None where the change may also be harmless. `secret` may not be repeated by anything.
    """

    title: str
    file: str
    change: Change
    at: Place | None = None
    secret: str | None = None


def files() -> list[str]:
    """Return every ledger file of the story."""
    return sorted(p.relative_to(EXAMPLE).as_posix() for p in EXAMPLE.rglob("*.csv"))


def whole_files() -> Iterator[Trial]:
    """Yield every file deleted, emptied, cut, replaced."""
    for file in files():
        needed = (None, None) if file.startswith("reference/") else None
        yield Trial("deleted", file, Path.unlink, needed)
        yield Trial("emptied", file, lambda p: _put(p, b""), (None, None))
        yield Trial("header only", file, _header_only, needed)
        yield Trial("replaced by a link", file, _link, (None, None))
        yield Trial("replaced by a folder", file, _folder, (None, None))
        yield Trial("in GBK", file, lambda p: _put(p, p.read_text().encode("gbk")), _if_wide(file))
        yield Trial("half of it", file, lambda p: _put(p, p.read_bytes()[: p.stat().st_size // 2]))


def _if_wide(file: str) -> Place | None:
    return None if (EXAMPLE / file).read_text().isascii() else (None, None)


def columns_in_place() -> Iterator[Trial]:
    """Yield, for every column that the story fills, one row with each word of the pool."""
    for column, file in filled():
        for number, word in enumerate(WORDS):
            yield cell(column, file, word, number)


def secrets_in_place() -> Iterator[Trial]:
    """Yield a household's secret in every column.

    The register of phones alone answers with the number it was given, in its accepted form: it is
    made for numbers that are published.
    """
    for column, file in filled():
        for number, (text, secret) in enumerate(SECRETS):
            if (column.ledger, column.name) != MAY_SHOW:
                yield cell(column, file, text, number, secret)


def filled() -> Iterator[tuple[Column, str]]:
    """Yield every column with the first file of the story that has rows of its ledger.

    A column that came later is tried where the file has it.
    """
    by_ledger: dict[str, str] = {}
    for file in files():
        if len(_rows(EXAMPLE / file)) > 1:
            by_ledger.setdefault(Path(file).stem, file)
    for _, file in sorted(by_ledger.items()):
        for column in standing(file):
            yield column, file


def standing(file: str) -> list[Column]:
    """Return the columns of a file as their schema describes them, numbered as they stand in it."""
    by_name = {column.name: column for column in columns()[Path(file).stem]}
    header = _rows(EXAMPLE / file)[0]
    return [replace(by_name[name], number=number) for number, name in enumerate(header, 1)]


def cell(column: Column, file: str, word: str, number: int, secret: str | None = None) -> Trial:
    """Return the trial that writes one word into one row of a column."""
    row = 1 + number % (len(_rows(EXAMPLE / file)) - 1)

    def change(path: Path) -> None:
        rows = _rows(path)
        rows[row][column.number - 1] = word
        _put(path, _written(rows))

    wrong = must_refuse(column, word) is not None
    at = (row + 1, column.number) if wrong else None
    return Trial(f"{column.name} = {word[:40]!r}", file, change, at, secret)


def at_random(seed: int) -> Trial:
    """Return the random trial of a seed."""
    chance = random.Random(seed)
    file = chance.choice(files())
    kinds = (_random_cell, _random_cell, _random_rows, _random_header, _random_bytes)
    return chance.choice(kinds)(chance, file)


def _random_cell(chance: random.Random, file: str) -> Trial:
    rows = _rows(EXAMPLE / file)
    column = chance.choice(standing(file))
    if len(rows) < 2:
        return _random_bytes(chance, file)
    if chance.random() < 0.2 and (column.ledger, column.name) != MAY_SHOW:
        text, secret = chance.choice(SECRETS)
        return cell(column, file, text, chance.randrange(1000), secret)
    word = chance.choice(WORDS)
    if chance.random() < 0.3:
        word = chance.choice(rows[1:])[chance.randrange(len(rows[0]))] + word
    return cell(column, file, word, chance.randrange(1000))


def _random_rows(chance: random.Random, file: str) -> Trial:
    def change(path: Path) -> None:
        rows = _rows(path)
        body = range(1, len(rows))
        for _ in range(chance.randint(1, 3)):
            if len(body) == 0:
                break
            one, two = chance.choice(body), chance.choice(body)
            match chance.randrange(5):
                case 0:
                    rows.insert(one, list(rows[two]))
                case 1:
                    del rows[one]
                    body = range(1, len(rows))
                case 2:
                    rows[one], rows[two] = rows[two], rows[one]
                case 3:
                    rows[one] = rows[one][1:] + rows[one][:1]
                case _:
                    at, to = (chance.randrange(len(rows[0])) for _ in range(2))
                    rows[one][at % len(rows[one])] = rows[two][to % len(rows[two])]
        _put(path, _written(rows))

    return Trial("rows moved", file, change)


def _random_header(chance: random.Random, file: str) -> Trial:
    def change(path: Path) -> None:
        rows = _rows(path)
        at, to = (chance.randrange(len(rows[0])) for _ in range(2))
        match chance.randrange(5):
            case 0:
                rows[0][at] = chance.choice(WORDS)
            case 1:
                rows[0][at], rows[0][to] = rows[0][to], rows[0][at]
            case 2:
                rows = [row[:at] + row[at + 1 :] for row in rows]
            case 3:
                rows = [[*row[:at], chance.choice(WORDS), *row[at:]] for row in rows]
            case _:
                rows = rows[1:]
        _put(path, _written(rows))

    return Trial("header changed", file, change)


def _random_bytes(chance: random.Random, file: str) -> Trial:
    def change(path: Path) -> None:
        content = path.read_bytes()
        for _ in range(chance.randint(1, 4)):
            at = chance.randint(0, len(content))
            piece = chance.choice((*BYTES, bytes([chance.randrange(256)])))
            match chance.randrange(3):
                case 0:
                    content = content[:at] + piece + content[at:]
                case 1:
                    content = content[:at] + content[at + chance.randint(1, 30) :]
                case _:
                    content = content[:at] + piece + content[at + len(piece) :]
        _put(path, content)

    return Trial("bytes changed", file, change)


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def _written(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _header_only(path: Path) -> None:
    _put(path, path.read_bytes().split(b"\n")[0] + b"\n")


def _link(path: Path) -> None:
    elsewhere = path.with_name("moved.txt")
    shutil.move(path, elsewhere)
    os.symlink(elsewhere, path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
