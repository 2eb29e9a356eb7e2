"""A draft: rows to be added and rows to be amended, and the files that come of it.

Files are read again from the disk and written whole in their canonical form; everything that was
not entered keeps its cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.entry.office import Office
from pipeline.ledgers import Row, home_of_row
from pipeline.ledgers.reader import read
from pipeline.ledgers.schemas import CITY_ALSO, Schema
from pipeline.ledgers.shard import Shard
from pipeline.ledgers.writer import shard_bytes
from pipeline.trouble import UsageTrouble


@dataclass
class Drafts:
    """Several drafts, each made on what the ones before it would bring about."""

    office: Office
    made: list[Draft] = field(default_factory=list)
    standing: dict[Path, bytes | None] = field(default_factory=dict)
    _contents: dict[Path, bytes] = field(default_factory=dict)

    def add(self, draft: Draft) -> Office:
        """Add a draft; returns the office in which the next one is made."""
        contents = draft.contents()
        self.made.append(draft)
        self._contents |= contents
        for path, content in draft.standing.items():
            self.standing.setdefault(path, content)
        return draft.office.after(contents)

    def refs(self) -> set[str]:
        """Return the rows that are entered or amended, as findings cite them."""
        return set().union(*(draft.refs() for draft in self.made))

    def contents(self) -> dict[Path, bytes]:
        """Return the files as they will be after all of them."""
        return {path: self._contents[path] for path in sorted(self._contents)}


@dataclass
class Draft:
    """What is to be entered, file by file; `filled` is what nobody had to say."""

    office: Office
    new: dict[Path, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    amended: dict[Path, dict[tuple[str, ...], dict[str, str]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    filled: dict[str, str] = field(default_factory=dict)
    standing: dict[Path, bytes | None] = field(default_factory=dict)
    """The files as they were when the draft was made into contents."""

    def add(self, schema: Schema, row: Mapping[str, str], beside: Path | None = None) -> Path:
        """Add a row where it belongs, or beside the file of the row it hangs on."""
        path = beside.with_name(f"{schema.name}.csv") if beside else self._place(schema, row)
        self.new[path].append(dict(row))
        return path

    def amend(self, row: Row, **cells: str) -> None:
        """Change some cells of a row that stands."""
        key = tuple(str(row.peek(name)) for name in row.key)
        self.amended[row.shard.path].setdefault(key, {}).update(cells)

    def refs(self) -> set[str]:
        """Return the rows that are entered or amended, as findings cite them."""
        refs = set()
        for path, rows in self.new.items():
            keys = self.office.schemas[path.stem].primary_key
            refs |= {f"{path.stem}/{'+'.join(row.get(k, '') for k in keys)}" for row in rows}
        for path, changes in self.amended.items():
            refs |= {f"{path.stem}/{'+'.join(key)}" for key in changes}
        return refs

    def contents(self) -> dict[Path, bytes]:
        """Return the files as they will be.

        Raises:
            UsageTrouble: a file cannot be read to its end, so nothing may be written in it.
        """
        return {path: self._content(path) for path in sorted({*self.new, *self.amended})}

    def _content(self, path: Path) -> bytes:
        schema = self.office.schemas[path.stem]
        self.standing[path] = path.read_bytes() if path.exists() else None
        rows: list[dict[str, str]] = []
        if (standing := self.office.content(path)) is not None:
            raw = read(Shard(path, str(path), schema.name, schema.home[0]), schema, standing)
            if any(f.severity == "error" for f in raw.findings):
                raise UsageTrouble(f"{path} 读不全，不往里写；先按 qingyuan check 改好")
            rows = [dict(zip(schema.names, cells, strict=True)) for cells in raw.cells]
        for row in rows:
            key = tuple(row[name] for name in schema.primary_key)
            row.update(self.amended.get(path, {}).get(key, {}))
        return shard_bytes(schema, [*rows, *self.new.get(path, ())])

    def _place(self, schema: Schema, row: Mapping[str, str]) -> Path:
        home, unit = home_of_row(
            {name: row.get(name, "") for name in schema.names}, schema, self.office.snapshot
        )
        name, data = f"{schema.name}.csv", self.office.data
        if home == "R":
            return data / "reference" / name
        if home == "U":
            unit = unit or self.office.unit_id
            if unit is None:
                raise UsageTrouble("看不出是哪个单位的；用 --unit 写单位")
            return data / "units" / unit / name
        if unit is None or schema.home == "C" or schema.name in CITY_ALSO:
            return data / "city" / name
        return data / "city" / "checks" / unit / name
