"""Which published edition is asked for: by the name that `qingyuan reports` lists, or its number.

A correction is an edition of its own: weekly-07-c1 is the first of the seventh brief.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from pipeline.disclosure import View
from pipeline.papers.catalogue import KINDS, Paper
from pipeline.papers.rendering import Sheets, sheets
from pipeline.reports import archive
from pipeline.reports.archive import Edition
from pipeline.trouble import UsageTrouble

COUNTED = ("week", "month", "quarter")
"""What is counted by numbers; other editions are told apart by their day."""

_AGAIN = re.compile(r"-c([0-9]+)$")
_NUMBER = re.compile(r"0*([0-9]+)$")


def is_name(text: str) -> bool:
    """Whether a text may be the name of an edition: a kind that is published, and which one."""
    return _kind_of(text) is not None


def job(view: View, name: str, number: str | None) -> Callable[[], Sheets]:
    """Return the paper of an edition: of one by its name, or of a kind by its number.

    Raises:
        UsageTrouble: there is none, or not yet.
    """
    found = archive.editions(view)
    one = found.get(name) if number is None else _numbered(found, name, number)
    if one is not None:
        return partial(_set, one.make)
    kind = KINDS[name if number is not None else _kind_of(name) or ""]
    wanted = f"{kind.name}-{number}" if number is not None else name
    for key in kind.keys(view):  # a month that a weekly brief tells of is printed, not published
        if key == wanted or (kind.of == "month" and number and _is(key, number)):
            return partial(_set, partial(kind.make, view, key))
    raise UsageTrouble(_lacking(found, name, number))


def _set(make: Callable[[], Paper]) -> Sheets:
    return sheets(make())


def _kind_of(name: str) -> str | None:
    kinds = (kind.name for kind in KINDS.values() if not kind.is_internal)
    return next((kind for kind in kinds if name.startswith(f"{kind}-")), None)


def _numbered(found: Mapping[str, Edition], kind: str, number: str) -> Edition | None:
    """Return the latest edition of a kind with a number such as 7, 7-c1, 2022-08, 2022-08-25."""
    if (exact := found.get(f"{kind}-{number}")) is not None:
        return exact
    if KINDS[kind].of not in COUNTED:
        return None
    return next(
        (one for one in found.values() if _kind_of(one.id) == kind and _is(one.id, number)), None
    )


def _is(name: str, number: str) -> bool:
    asked, told = (_AGAIN.search(one) for one in (number, name))
    if (asked and asked[1]) != (told and told[1]):
        return False
    count, last = (_NUMBER.search(_AGAIN.sub("", one)) for one in (number, name))
    return count is not None and count.start() == 0 and last is not None and count[1] == last[1]


def _lacking(found: Mapping[str, Edition], name: str, number: str | None) -> str:
    kind = name if number is not None else _kind_of(name)
    title = KINDS[kind].title if kind else "报告"
    said = f"没有第 {number} 期{title}" if number is not None else f"没有 {name} 这一期"
    last = next((one.id for one in found.values() if _kind_of(one.id) == kind), None)
    there = f"最近一期是 {last}" if last else "还没有一期"
    return f"{said}；{there}，全部用 qingyuan reports --list 看"
