"""Whose approvals a change needs, and whether those that were given are enough.

A forge asks one approval of any listed owner, so a county could pass its own rows. Here every party
a change concerns must have approved by a person of its own: one approval never speaks for two, and
nobody approves his own change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.changes.sides import Change

CITY, MAINTAINERS = "city", "maintainers"
OWNERS = ".github/owners.json"
"""The file that says which accounts may speak for whom."""


@dataclass(frozen=True, slots=True)
class Approval:
    """One account's last word on a change; `commit` is what it was said of, blank if not known."""

    account: str
    is_given: bool
    commit: str = ""


def parties(change: Change) -> tuple[str, ...]:
    """Return who must approve a change: units by id, the city, the maintainers of the program."""
    found: set[str] = set()
    for file in change.files:
        match change.below(file.path):
            case ("units", unit, _, *_):
                found |= {unit, CITY}
            case () if file.path == OWNERS:  # who may speak for whom is nobody's own affair
                found |= {CITY, MAINTAINERS}
            case ():
                found.add(MAINTAINERS)
            case _:
                found.add(CITY)
    return tuple(sorted(found))


def missing(
    needed: Iterable[str],
    given: Iterable[Approval],
    owners: Mapping[str, Iterable[str]],
    author: str,
    head: str = "",
) -> tuple[str, ...]:
    """Return the parties that have not approved, each by a person of its own.

    Approvals of an earlier head, of the author and of accounts that are nobody's do not count.
    """
    own = author.casefold()
    accounts = sorted(
        {
            one.account.casefold()
            for one in given
            if one.is_given and (not head or not one.commit or one.commit == head)
        }
        - {own}
    )
    may = {party: {account.casefold() for account in owners.get(party, ())} for party in needed}
    taken: dict[str, str] = {}
    left = [party for party in sorted(may) if not _seated(party, accounts, may, taken, set())]
    return tuple(left)


def _seated(
    party: str,
    accounts: list[str],
    may: Mapping[str, set[str]],
    taken: dict[str, str],
    tried: set[str],
) -> bool:
    """Give a party an approval, moving others to another of theirs where that makes room."""
    for account in accounts:
        if account not in may[party] or account in tried:
            continue
        tried.add(account)
        if account not in taken or _seated(taken[account], accounts, may, taken, tried):
            taken[account] = party
            return True
    return False
