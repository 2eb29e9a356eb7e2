"""Ids that nobody has to invent: the next free one of a ledger, and the next number of a list.

An id is never used again, so what counts is the highest number that any folder has, not how many
rows there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.checks.ids import appended_as, counted_as
from pipeline.dates import parse_iso
from pipeline.entry.office import Office
from pipeline.ledgers.schemas import Schema
from pipeline.trouble import UsageTrouble

CITY = "city"


def next_id(
    office: Office, schema: Schema, row: Mapping[str, str], also: Iterable[str] = ()
) -> str:
    """Return the next free id of a ledger for a row that is otherwise known.

    `also` are ids given out that stand in no file yet.

    Raises:
        UsageTrouble: the rows of this ledger are not numbered, or what an id is made of is missing.
    """
    start, width = _start(office, schema, row)
    form = re.compile(re.escape(start) + "([0-9]{1,9})")
    taken = [int(m[1]) for one in (*office.ids(schema, start), *also) if (m := form.fullmatch(one))]
    return f"{start}{max(taken, default=0) + 1:0{width}d}"


def _start(office: Office, schema: Schema, row: Mapping[str, str]) -> tuple[str, int]:
    if (child := appended_as(schema)) is not None:
        column, between, width = child
        if not row.get(column):
            raise UsageTrouble(f"先写“{schema.by_name[column].title}”，编号接在它后面")
        return row[column] + between, width
    counted = counted_as(schema)
    if counted is None:
        keys = "、".join(f"“{schema.by_name[name].title}”" for name in schema.primary_key)
        raise UsageTrouble(f"{schema.title}不编号，它的{keys}要自己写")
    letter, has_year, width = counted
    issuer = CITY if schema.home == "C" or not office.unit_id else office.unit_id
    if issuer == CITY and schema.home == "U":
        raise UsageTrouble("这是单位的台账；用 --unit 写是哪个单位")
    year = ""
    if has_year:
        dated = parse_iso(row.get(schema.dating_field or "", "")) or office.day
        year = f"{dated.year}-"
    return f"{issuer}-{letter}{year}", width


def next_seq(office: Office, ledger: str, column: str = "seq_no") -> str:
    """Return the number after the highest one in a unit's own list."""
    rows = office.snapshot[ledger]
    taken = [row.peek(column) for row in rows if row.owner == office.unit_id]
    return str(max((n for n in taken if isinstance(n, int)), default=0) + 1)
