"""Entering a draft: the gates look at it as if it stood; then all of it is written, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import checks
from pipeline.entry.drafts import Draft, Drafts
from pipeline.findings import Finding
from pipeline.ledgers.together import write_together
from pipeline.store import Store
from pipeline.trouble import UsageTrouble


@dataclass(frozen=True)
class Entered:
    """What became of a draft: the files written, or what refuses it; reminders either way."""

    paths: tuple[Path, ...]
    errors: tuple[Finding, ...]
    reminders: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether it was written."""
        return not self.errors


def enter(
    draft: Draft | Drafts,
    as_of: date | None,
    today: Callable[[], date],
    store: Store | None = None,
    *,
    is_trial: bool = False,
    said: str = "",
    asked: str = "",
) -> Entered:
    """Check a draft together with what stands, and write it unless something new is wrong.

    What was wrong before does not hinder an entry; it is `check` that tells of it. With `is_trial`
    nothing is written whatever is found. `said` and `asked` are what is entered and by which
    command, for the case that the writing is cut off.

    Raises:
        UsageTrouble: a file changed while it was looked at.
        OSError: it could not be written; files already written are as they were.
    """
    contents = draft.contents()
    data = draft.office.data
    how: dict[str, Any] = {"as_of": as_of, "today": today, "store": store}
    report = checks.proposed(data, contents, **how, read=draft.office.read)
    errors = report.errors
    if errors:
        standing = {path: old for path in contents if (old := draft.standing[path]) is not None}
        before = checks.proposed(data, standing, **how).errors
        known = {_what(finding) for finding in before}
        errors = [finding for finding in errors if _what(finding) not in known]
    refs = draft.refs()
    reminders = tuple(
        f for f in report.findings if f.severity == "warning" and f.subject in refs and not f.waived
    )
    if errors or is_trial:
        return Entered((), tuple(errors), reminders)
    _write(draft, contents, said, asked)
    return Entered(tuple(contents), (), reminders)


def _what(finding: Finding) -> tuple[object, ...]:
    """Return what a finding says, wherever its line has moved to."""
    return finding.rule, finding.file, finding.subject, finding.field, finding.message


def _write(draft: Draft | Drafts, contents: dict[Path, bytes], said: str, asked: str) -> None:
    """Write every file, or leave every file as it was."""
    for path in contents:
        if (path.read_bytes() if path.exists() else None) != draft.standing[path]:
            raise UsageTrouble(f"{path} 刚才有人改动，什么都没有写；再运行一次")
    write_together(draft.office.data, contents, said, asked)
