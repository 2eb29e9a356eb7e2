"""Who may speak for whom: the accounts of every party, in one file on the protected branch.

Until they are filled in nothing can be merged, so whoever meets the file empty is told what goes
into it. Standard library only: `doctor` looks at it on a bare machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

CITY, MAINTAINERS = "city", "maintainers"
PLACE = Path(".github/owners.json")
WORDS = {CITY: "市里", MAINTAINERS: "维护人员"}
NOTE = "说明"
"""The key under which the file explains itself; it is no party."""
NOTES = (
    "每一方写能代表它同意的人在平台上的账号，一方至少两个人：提交的人不能自己同意，一个人不代表两方",
    '如 "city": ["zhang-san", "li-si"]；city 是市里，maintainers 是维护程序的人，其余是单位编号',
    "改这个文件要市里和维护人员各一人同意；空着的那一方，谁的改动也通不过",
)
SHOWN = 3
"""Parties that are shown in an example."""


def word(party: str) -> str:
    """Return how a party is called in sentences."""
    return WORDS.get(party, f"单位 {party} ")


def parsed(told: Any) -> dict[str, list[str]] | None:
    """Return the accounts by party; None if the file is not of that form."""
    if not isinstance(told, Mapping) or not all(isinstance(names, list) for names in told.values()):
        return None
    return {
        str(party): [str(name) for name in names] for party, names in told.items() if party != NOTE
    }


def skeleton(units: Iterable[str]) -> bytes:
    """Return the file with every party and no account yet, and what to fill in."""
    told = {NOTE: list(NOTES), MAINTAINERS: [], CITY: []} | {unit: [] for unit in units}
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()


def empty(owners: Mapping[str, Sequence[str]], parties: Iterable[str]) -> list[str]:
    """Return the parties that nobody can speak for yet."""
    return [party for party in parties if not owners.get(party)]


def what_to_fill(path: Path, parties: Sequence[str]) -> str:
    """Say whose accounts are not known yet, where they go, and how that looks."""
    units = "、".join(party for party in parties if party not in WORDS)
    known = [WORDS[party] for party in parties if party in WORDS]
    named = "、".join([*known, *([f"单位 {units} "] if units else [])])
    like = ", ".join(f'"{party}": ["账号甲", "账号乙"]' for party in parties[:SHOWN])
    return (
        f"{path} 里{named}还没有账号。把能代表这一方的人在平台上的账号填进去，一方至少两个人"
        f"（提交的人不能自己同意），如 {{{like}}}，合并到主分支"
    )
