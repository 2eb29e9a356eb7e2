"""The gates, in order: bytes and characters, schema, records, privacy; and what waivers silence.

All findings of a gate are listed. Later gates see the rows the byte gate read; records are checked
on the rows that could be typed, while keys are looked up among all of them, so that one bad cell
never makes a hundred findings elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.checks import keys, records, rulebook, schema, waivers  # noqa: F401
from pipeline.checks.book import Book
from pipeline.checks.privacy import check as find_personal_data
from pipeline.findings import Finding, ordered, refused
from pipeline.ledgers import Loaded, RawShard, load
from pipeline.trouble import UsageTrouble

__all__ = ["Report", "run"]


@dataclass(frozen=True)
class Report:
    """The outcome of a check: what was read, what was found, and whether the data may pass."""

    loaded: Loaded
    findings: tuple[Finding, ...]
    files: int
    rows: int
    as_of_on: date | None

    @property
    def ok(self) -> bool:
        """Whether no error stands that is not waived."""
        return not refused(self.findings)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON contract of `check` (design 7)."""
        return {
            "ok": self.ok,
            "checked": {"files": self.files, "rows": self.rows},
            "findings": [f.to_json() for f in self.findings],
            "repairs": [],
        }


def run(
    data: Path,
    *,
    as_of: date | None = None,
    today: Callable[[], date],
    cache: Path | None = None,
    paths: Sequence[Path] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Check a data folder, or only some shards of it, against everything they depend on.

    `as_of` overrides the campaign's day; `today` is asked only if the campaign says so. With
    `paths` only findings of these files (or without a file) are reported.

    Raises:
        UsageTrouble: the data folder or one of the paths does not exist.
    """
    if not data.is_dir():
        raise UsageTrouble(f"没有 {data} 这个目录；用 --data 写台账所在的目录")
    loaded = load(data, report=progress)
    findings = list(loaded.findings)
    progress("核对表结构")
    findings += schema.check(loaded.raw, loaded.schemas, cache)
    progress("核对编号和引用")
    findings += keys.check(loaded.raw, loaded.schemas)
    day = None
    if loaded.snapshot:
        day = as_of or loaded.snapshot.campaign.as_of_on or today()
        progress("核对记录")
        findings += rulebook.run_records(Book(loaded.snapshot, day))
    progress("查个人信息")
    findings += find_personal_data(loaded.raw, loaded.schemas)
    if loaded.snapshot and day:
        findings = waivers.apply(findings, loaded.snapshot, day)
    raws = _chosen(loaded.raw, paths, data)
    if paths:
        names = {raw.shard.name for raw in raws}
        findings = [f for f in findings if f.file is None or f.file in names]
    return Report(loaded, tuple(ordered(findings)), len(raws), sum(len(r.cells) for r in raws), day)


def _chosen(raws: Sequence[RawShard], paths: Sequence[Path], data: Path) -> list[RawShard]:
    """Return the shards that lie at or under the given paths; all of them without paths."""
    if not paths:
        return list(raws)
    roots = [path.resolve() for path in paths]
    for path in paths:
        if not path.exists():
            raise UsageTrouble(f"没有 {path} 这个文件或目录")
        if not path.resolve().is_relative_to(data.resolve()):
            raise UsageTrouble(f"{path} 不在 {data} 里；用 --data 写台账所在的目录")
    return [
        raw for raw in raws if any(raw.shard.path.resolve().is_relative_to(root) for root in roots)
    ]
