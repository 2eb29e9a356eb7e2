"""The form of ids: who issued them, what sort of row they name, and how a slip of the hand looks.

Ids are permanent: a row that moves to another unit keeps the id of the folder that first issued it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from pipeline.ledgers.roll import FORM
from pipeline.ledgers.schemas import Schema

_UNIT = FORM.pattern
_ISSUERS: Mapping[str, str] = {"U": _UNIT, "C": "city", "UC": f"(?:{_UNIT}|city)"}
"""Who may have issued an id, by the home of its ledger: the form only, the roll is data."""

_TAILS: Mapping[str, str] = {
    "works": "w[0-9]{4,}", "responsibilities": "r[0-9]{5,}", "phones": "t[0-9]{5,}",
    "phone_checks": "c[0-9]{5,}", "patrol_roster": "m[0-9]{5,}", "inspections": "v[0-9]{5,}",
    "household_checks": "h[0-9]{5,}", "issues": "20[0-9]{2}-[0-9]{4,}", "outages": "o[0-9]{4,}",
    "water_tests": "s[0-9]{5,}", "documents": "d[0-9]{4,}", "funds": "k[0-9]{4,}",
    "projects": "p[0-9]{4,}", "risk_points": "x[0-9]{4,}", "activities": "a[0-9]{4,}",
    "nil_returns": "z[0-9]{4,}", "judgements": "j[0-9]{4,}", "assignments": "u[0-9]{4,}",
    "returns": "q[0-9]{4,}", "incidents": "b[0-9]{4,}", "accountability": "g[0-9]{4,}",
    "waivers": "y[0-9]{4,}", "spot_checks": "k[0-9]{4,}-[0-9]{3,}",
}  # fmt: skip
"""What follows the issuer and a hyphen in the ids of each ledger."""

_CHILDREN: Mapping[str, tuple[str, str]] = {
    "findings": ("visit_id", "-f[0-9]{2,}"),
    "issue_events": ("issue_id", "-e[0-9]{2,}"),
    "milestones": ("project_id", "-n[0-9]{2,}"),
    "spot_checks": ("batch_id", "-[0-9]{3,}"),
}
"""Ledgers whose ids extend another id: the column that holds it, and what follows it."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"
_NUMBERED = re.compile(r"(.*?)([0-9]+)\Z", re.S)
_WIDTHS = (4, 5)
LONGEST = 64


def form_of(schema: Schema) -> re.Pattern[str] | None:
    """Return what an id of a ledger looks like; None where no form is fixed."""
    tail = _TAILS.get(schema.name)
    return re.compile(f"{_ISSUERS[schema.home]}-{tail}") if tail else None


_NUMBERS = re.compile(r"([a-z]?)(20\[0-9\]\{2\}-)?\[0-9\]\{([0-9]+),\}")
"""How the tails above are written: a letter or a year, and the digits there are at least."""


def counted_as(schema: Schema) -> tuple[str, bool, int] | None:
    """Return how the ids of a ledger count: letter, whether a year stands first, fewest digits.

    None where its rows are not numbered one by one.
    """
    found = _NUMBERS.fullmatch(_TAILS.get(schema.name, ""))
    return (found[1], bool(found[2]), int(found[3])) if found else None


def appended_as(schema: Schema) -> tuple[str, str, int] | None:
    """Return how ids extend another: its column, what comes between, fewest digits."""
    child = _CHILDREN.get(schema.name)
    found = child and re.fullmatch(r"(-[a-z]?)\[0-9\]\{([0-9]+),\}", child[1])
    return (child[0], found[1], int(found[2])) if child and found else None


def parent_of(schema: Schema) -> tuple[str, re.Pattern[str]] | None:
    """Return the column an id extends and what follows; None where ids stand alone."""
    child = _CHILDREN.get(schema.name)
    return (child[0], re.compile(child[1])) if child else None


def near(value: str, there: Container[str]) -> str | None:
    """Return the one existing id that a slip of the hand turns into this value, if it is one.

    One digit for another is no slip that can be told: its neighbours always exist.
    """
    found = {slip for slip in slips(value) if slip != value and slip in there}
    return found.pop() if len(found) == 1 else None


def stem(value: str) -> str:
    """Return what stands before the number at the end of an id: jiaxian-w; blank without one."""
    found = _NUMBERED.fullmatch(value) if len(value) <= LONGEST else None
    return found[1] if found else ""


def slips(value: str) -> Iterator[str]:
    """Yield every id that a slip of the hand may have turned into this one; none of a long text."""
    if len(value) > LONGEST:
        return
    plain = value.strip().lower().replace("_", "-")
    yield plain
    if numbered := _NUMBERED.match(plain):
        number = numbered[2].lstrip("0")
        yield from (numbered[1] + number.rjust(width, "0") for width in _WIDTHS)
    for place in range(len(plain) + 1):
        before, after = plain[:place], plain[place:]
        yield from (before + letter + after for letter in _LETTERS)
        if after:
            yield before + after[1:]
            yield from (
                before + letter + after[1:]
                for letter in _LETTERS
                if not (letter.isdigit() and after[0].isdigit())
            )
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
