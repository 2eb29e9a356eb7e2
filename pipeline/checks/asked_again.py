"""Record checks are asked again only where a ledger that they read has changed.

What a check found is kept with the names of the ledgers it read, as noted while it ran, and with
the digest of their content. The campaign, the day, the schemas, the rules and all code are
everybody's: they stand in the key, and there is one entry for all checks. Nothing is kept or taken
where rows are not those of the files as read: assumed ones, those of a part, and wherever a cell
was refused or a file torn, so that what a check says may hang on another gate.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from hashlib import sha256

from pipeline import workers
from pipeline.checks.book import Book
from pipeline.checks.collected import collected
from pipeline.checks.kept import ALONE
from pipeline.checks.noted import Notes, Noting
from pipeline.checks.rulebook import BROKEN, Check, run_records
from pipeline.findings import Finding, Rule
from pipeline.ledgers import Loaded, Snapshot
from pipeline.store import Store, key_of

APART = frozenset({"water_tests", "water_results"})
"""Ledgers whose record checks are half of the work, and ask what the others do not ask."""

FEW = 100
"""Checks up to which a process of its own is not worth while."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check found, and the names of the ledgers that it read for that."""

    found: Sequence[Finding]
    read: Collection[str] = ()


Answers = Mapping[str, Answer]
"""By the id of the rule."""


def records(
    loaded: Loaded, snapshot: Snapshot, day: date, store: Store, *, is_whole: bool
) -> list[Finding]:
    """Return what the record checks find, in their order; those that still stand are not asked.

    `snapshot` is what was loaded, less the cells that were refused. Of many rows the half about
    `APART` is asked on another core.
    """
    checks, rules = collected().checks, collected().rules
    is_much = is_whole and loaded.row_count > ALONE
    if not is_whole or store.folder is None or not _is_as_read(loaded, snapshot):
        answers = _asked(snapshot, day, rules, checks, is_much=is_much, is_noted=False)
    else:
        kept = _Kept(store, snapshot, day, rules, _digests(loaded))
        standing = {name: one for name, one in kept.standing().items() if name in checks}
        missing = {name: one for name, one in checks.items() if name not in standing}
        fresh = _asked(snapshot, day, rules, missing, is_much=is_much, is_noted=True)
        answers = {**standing, **fresh}
        if fresh:
            kept.keep(answers)
    return [one for name in checks for one in answers[name].found]


def _asked(
    snapshot: Snapshot,
    day: date,
    rules: Mapping[str, Rule],
    checks: Mapping[str, Check],
    *,
    is_much: bool,
    is_noted: bool,
) -> dict[str, Answer]:
    """Ask checks, and note what they read if somebody wants to know."""
    apart = {name for name, one in checks.items() if one.rule.ledger in APART}
    if not is_much or len(checks) <= FEW:
        apart = set()

    def ask(*, is_apart: bool) -> dict[str, Answer]:
        some = [one for name, one in checks.items() if (name in apart) == is_apart]
        if not is_noted:
            book = Book(snapshot, day, rules)
            return {one.rule.id: Answer(run_records(book, [one])) for one in some}
        noting, answers = Noting(snapshot, day, rules), {}
        for one in some:
            found = run_records(noting.book(notes := Notes()), [one])
            answers[one.rule.id] = Answer(found, notes.ledgers())
        return answers

    wait = workers.beside(partial(ask, is_apart=True)) if apart else dict
    return {**ask(is_apart=False), **wait()}


def _is_as_read(loaded: Loaded, snapshot: Snapshot) -> bool:
    """Whether every row is what the digest of its file stands for, and of no cell is doubt."""
    return snapshot is loaded.snapshot and all(one.digest and not one.is_torn for one in loaded.raw)


def _digests(loaded: Loaded) -> dict[str, str]:
    """Return the digest of each ledger that has files: of their names and contents."""
    files: dict[str, list[str]] = defaultdict(list)
    for raw in sorted(loaded.raw, key=lambda one: one.shard.name):
        files[raw.shard.ledger].append(f"{raw.shard.name} {raw.digest}\n")
    return {name: sha256("".join(lines).encode()).hexdigest() for name, lines in files.items()}


class _Kept:
    """What was kept of record checks, for the ledgers as they are now."""

    def __init__(
        self,
        store: Store,
        snapshot: Snapshot,
        day: date,
        rules: Mapping[str, Rule],
        digests: Mapping[str, str],
    ) -> None:
        stated = [(one.id, one.gate, one.severity, one.ledger) for one in rules.values()]
        everybodys = (snapshot.campaign, day, stated)
        schemas = [snapshot.schemas[name].text for name in snapshot.schemas]
        self._key = key_of("records", repr(everybodys), *schemas)
        self._store, self._digests = store, digests

    def standing(self) -> dict[str, Answer]:
        """Return what was found by all checks that read nothing which has changed since."""
        entry = self._store.get(self._key)
        return {
            name: Answer([Finding(**one) for one in found], read)
            for name, (read, digest, found) in json.loads(entry or b"{}").items()
            if digest == self._digest(read)
        }

    def keep(self, answers: Answers) -> None:
        """Keep what was found, but not of a check that broke: it answered nothing."""
        entry = {
            name: (read := sorted(one.read), self._digest(read), list(map(asdict, one.found)))
            for name, one in answers.items()
            if all(finding.rule != BROKEN.id for finding in one.found)
        }
        self._store.put(self._key, json.dumps(entry, ensure_ascii=False).encode())

    def _digest(self, ledgers: Sequence[str]) -> str:
        """Return the digest of ledgers as they are now; one may have no file."""
        lines = (f"{name} {self._digests.get(name, '')}\n" for name in ledgers)
        return sha256("".join(lines).encode()).hexdigest()
