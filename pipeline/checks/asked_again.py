"""Record checks are asked again only where something that they read has changed.

What a check found is kept with the names of the ledgers and answers it read, as noted while it ran,
and with the digest of their content. The campaign, the day, the schemas, the rules and all code are
everybody's: they stand in the key, and there is one entry for all checks. Nothing is kept or taken
where rows are not those of the files as read: assumed ones, those of a part, and wherever a cell
was refused or a file torn, so that what a check says may hang on another gate.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from pipeline import workers
from pipeline.checks.book import Book
from pipeline.checks.collected import Catalogue
from pipeline.checks.kept import ALONE
from pipeline.checks.noted import ANSWER, Notes, Noting, Told
from pipeline.checks.rulebook import BROKEN, Check, run_records
from pipeline.findings import Finding
from pipeline.ledgers import Loaded, Snapshot
from pipeline.store import Store, key_of

APART = frozenset({"water_tests", "water_results"})
"""Ledgers whose record checks are half of the work, and ask what the others do not ask."""

FEW = 100
"""Checks up to which a process of its own is not worth while."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a check found, and the names of what it read for that."""

    found: Sequence[Finding]
    read: Collection[str] = ()


def records(
    catalogue: Catalogue,
    loaded: Loaded,
    snapshot: Snapshot,
    day: date,
    store: Store,
    *,
    is_whole: bool,
) -> list[Finding]:
    """Return what the record checks find, in their order; those that still stand are not asked.

    `snapshot` is what was loaded, less the cells that were refused. Of many rows the half about
    `APART` is asked on another core.
    """
    checks, is_much = catalogue.checks, is_whole and loaded.row_count > ALONE
    if not is_whole or store.folder is None or not _is_as_read(loaded, snapshot):
        book = Book(snapshot, day, catalogue.rules)
        answers = _asked(
            checks.values(), lambda one: _Answer(run_records(book, [one])), {}, is_much=is_much
        )
    else:
        noting = Noting(snapshot, day, catalogue.rules)
        kept = _Kept(store, _key(catalogue, snapshot, day), noting, _digests(loaded))
        answers = kept.standing(checks)
        missing = [one for name, one in checks.items() if name not in answers]
        if missing:
            answers |= _asked(missing, partial(_noted, noting), noting.answers, is_much=is_much)
            kept.keep(answers)
    return [one for name in checks for one in answers[name].found]


def _noted(noting: Noting, check: Check) -> _Answer:
    notes = Notes()
    found = run_records(noting.book(notes), [check])
    return _Answer(found, notes.names())


def _asked(
    checks: Collection[Check],
    ask: Callable[[Check], _Answer],
    told: dict[str, Told],
    *,
    is_much: bool,
) -> dict[str, _Answer]:
    """Ask checks, of many rows some of them on another core if there are more than a few.

    `told` has the answers known to those that are asked, and afterwards those they made.
    """
    apart = {one.rule.id for one in checks if one.rule.ledger in APART}
    if not is_much or len(checks) <= FEW:
        apart = set()

    def asked(*, is_apart: bool) -> tuple[dict[str, _Answer], dict[str, Told]]:
        some = (one for one in checks if (one.rule.id in apart) == is_apart)
        return {one.rule.id: ask(one) for one in some}, told

    wait = workers.beside(partial(asked, is_apart=True)) if apart else lambda: ({}, {})
    answers, _ = asked(is_apart=False)
    others, told_there = wait()
    told |= told_there
    return {**answers, **others}


def _is_as_read(loaded: Loaded, snapshot: Snapshot) -> bool:
    """Whether every row is what the digest of its file stands for, and of no cell is doubt."""
    return snapshot is loaded.snapshot and all(one.digest and not one.is_torn for one in loaded.raw)


def _digests(loaded: Loaded) -> dict[str, str]:
    """Return the digest of each ledger that has files: of their names and contents."""
    files: dict[str, list[str]] = defaultdict(list)
    for raw in sorted(loaded.raw, key=lambda one: one.shard.name):
        files[raw.shard.ledger].append(f"{raw.shard.name} {raw.digest}\n")
    return {name: _digest("".join(lines)) for name, lines in files.items()}


def _key(catalogue: Catalogue, snapshot: Snapshot, day: date) -> str:
    """Return the key of all that stands of the same campaign, day, schemas and rules."""
    rules = [(one.id, one.gate, one.severity, one.ledger) for one in catalogue.rules.values()]
    functions = [
        (name, one.find.__module__, one.find.__qualname__) for name, one in catalogue.checks.items()
    ]
    schemas = [snapshot.schemas[name].text for name in snapshot.schemas]
    return key_of("records", repr((snapshot.campaign, day, rules, functions)), *schemas)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class _Kept:
    """What was kept of record checks, and of the answers they read, for ledgers as they are now."""

    def __init__(self, store: Store, key: str, noting: Noting, ledgers: Mapping[str, str]) -> None:
        self._store, self._key, self._noting = store, key, noting
        self._now: dict[str, str | None] = dict(ledgers)
        entry = json.loads(store.get(key) or b'{"answers": {}, "checks": {}}')
        self._checks: Mapping[str, tuple[list[str], str, list[dict[str, Any]]]] = entry["checks"]
        for name, (read, digest, text) in entry["answers"].items():  # what is read comes first
            if digest and digest == self._of(read):
                noting.answers[name] = Told(text, read)

    def standing(self, checks: Collection[str]) -> dict[str, _Answer]:
        """Return what was found by those checks that read nothing which has changed since."""
        return {
            name: _Answer([Finding(**one) for one in found], read)
            for name, (read, digest, found) in self._checks.items()
            if name in checks and digest and digest == self._of(read)
        }

    def keep(self, answers: Mapping[str, _Answer]) -> None:
        """Keep what was found, but not of a check that broke: it answered nothing."""
        checks = {
            name: (read := sorted(one.read), self._of(read), list(map(asdict, one.found)))
            for name, one in answers.items()
            if all(finding.rule != BROKEN.id for finding in one.found)
        }
        told = {
            name: (read := sorted(one.read), self._of(read), one.text)
            for name, one in self._noting.answers.items()
        }
        entry = {"answers": told, "checks": checks}
        self._store.put(self._key, json.dumps(entry, ensure_ascii=False).encode())

    def _of(self, names: Iterable[str]) -> str:
        """Return the digest of ledgers and answers as they are now; blank if one is not told."""
        digests = [(name, self._digest_of(name)) for name in names]
        return "" if any(one is None for _, one in digests) else _digest(repr(digests))

    def _digest_of(self, name: str) -> str | None:
        """Return the digest of a ledger, blank if it has no file, or of an answer, made if new."""
        if name not in self._now:
            self._now[name] = self._digest_told(name) if name.startswith(ANSWER) else ""
        return self._now[name]

    def _digest_told(self, name: str) -> str | None:
        try:
            return _digest(self._noting.told(name.removeprefix(ANSWER)))
        except Exception:  # noqa: BLE001 - our bug is told of the check that asks for the answer
            return None
