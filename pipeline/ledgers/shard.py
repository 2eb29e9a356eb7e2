"""What a shard is: one CSV file of one ledger, before and after it is read.

Kept apart from the modules that find and read shards, so that both can name the same shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.findings import Finding
from pipeline.rowtypes import Shard

__all__ = ["RawShard", "Shard"]


@dataclass(frozen=True, slots=True)
class RawShard:
    """A shard as the byte gate read it: the rows that every later gate sees.

    `cells[n]` is the text of row n, aligned with `header`; `lines[n]` its physical line, from 1.
    Rows that could not be aligned with the header are left out and stand in `findings`; then
    `is_torn` says that a key missing here may well stand in the file. `refused` holds, by line, the
    numbers of all columns whose cells are refused, also where `findings` only counts them.
    `absent` names the columns that came after the file was written: they read as blank, and all
    numbers of columns here are those of the schema.
    """

    shard: Shard
    header: tuple[str, ...] = ()
    lines: list[int] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    digest: str = ""
    is_torn: bool = False
    refused: Mapping[int, set[int]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    def column_in_file(self, column: int) -> int | None:
        """Return where the file has a column of the schema, both from 1; None if it is absent."""
        if column > len(self.header):
            return column
        if self.header[column - 1] in self.absent:
            return None
        return column - sum(name in self.absent for name in self.header[: column - 1])
