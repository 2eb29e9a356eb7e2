"""Handing a post over: the old term ends, the new one begins, and what hangs on it goes along.

The telephone of the post stays with it; the open issues that named the one who leaves name the one
who comes. Where a post is told by several rows (one person for several works) all are handed over
only if that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline import rectification
from pipeline.dates import in_force
from pipeline.entry.drafts import Draft
from pipeline.entry.known import known
from pipeline.entry.numbers import next_id
from pipeline.entry.office import Office
from pipeline.entry.places import full_name
from pipeline.rowtypes import IssueRow, PhoneRow, ResponsibilityRow
from pipeline.terms import STRUCK, VOID
from pipeline.trouble import UsageTrouble

SHOWN = 10


@dataclass(frozen=True)
class Handover:
    """Who takes over, from which day, by which paper; a number of his own if he brings one."""

    name: str
    from_on: date
    source: str
    post: str | None = None
    number: str | None = None


def find_post(office: Office, text: str, *, takes_all: bool = False) -> list[ResponsibilityRow]:
    """Return the terms in force that are called so: an id, or 下关村委会主任, 留山镇镇长.

    Raises:
        UsageTrouble: nobody holds such a post, or several do.
    """
    held = [
        one
        for one in office.snapshot.responsibilities
        if office.unit_id in (None, one.owner) and in_force(one, office.day)
    ]
    found = [one for one in held if text in _said(office, one)]
    if not found:
        raise UsageTrouble(
            f"没有“{text}”这个在任的岗位；写责任人编号，或写地方加职务、姓名，如“留山镇镇长”"
        )
    if len(found) > 1 and not (takes_all and len({(one.name, one.org) for one in found}) == 1):
        listed = "；".join(f"{one.id} {_full(office, one)}" for one in found[:SHOWN])
        tail = "同一个人的几项一起交接，加 --all" if not takes_all else "这些不是同一个人"
        raise UsageTrouble(f"“{text}”对得上{len(found)}项：{listed}。写编号；{tail}")
    return found


def draft_handover(
    office: Office, terms: list[ResponsibilityRow], handover: Handover
) -> tuple[Draft, list[IssueRow], list[IssueRow]]:
    """Return the draft, the open issues that go along, and those of his name that do not.

    Raises:
        UsageTrouble: the new term would begin before the old one.
    """
    schema, draft = office.schemas["responsibilities"], Draft(office)
    last = (handover.from_on - timedelta(days=1)).isoformat()
    given_out: list[str] = []
    for old in terms:
        if handover.from_on <= old.valid_from:
            raise UsageTrouble(f"{old.name}从 {old.valid_from} 起任职，接任不能早于第二天")
        draft.amend(old, valid_to=last)
        row = {
            name: str(old.peek(name) or "")
            for name in ("unit_id", "place_type", "place_id", "duty", "rank", "post", "org")
        }
        row |= {
            "name": handover.name,
            "post": handover.post or old.post,
            "phone_id": old.phone_id or "",
            "valid_from": handover.from_on.isoformat(),
            "source_ref": handover.source,
        }
        row["resp_id"] = next_id(office, schema, row, given_out)
        given_out.append(row["resp_id"])
        if handover.number:
            row["phone_id"] = _new_phone(draft, old, handover, last)
        draft.add(schema, row, beside=old.shard.path)
    moved, left = _issues(office, terms)
    for issue in moved:
        cells = {"resp_person": handover.name}
        if handover.post and issue.resp_post:
            cells["resp_post"] = handover.post
        if handover.number:
            cells["resp_phone"] = handover.number
        draft.amend(issue, **cells)
    return draft, moved, left


def _new_phone(draft: Draft, old: ResponsibilityRow, handover: Handover, last: str) -> str:
    """Register the number he brings in place of the one the post had; returns its id."""
    office, schema = draft.office, draft.office.schemas["phones"]
    before: PhoneRow | None = office.snapshot.index("phones").get(old.phone_id)
    number = handover.number or ""
    path = old.shard.path.with_name(f"{schema.name}.csv")
    for phone in draft.new.get(path, ()):
        if phone["number"] == number and phone["place_id"] == old.place_id:
            return phone["phone_id"]
    row = {
        "unit_id": old.owner or "",
        "role": before.role if before else "责任人",
        "place_type": old.place_type,
        "place_id": old.place_id,
        "number": number,
        "is_public": "是",
        "valid_from": handover.from_on.isoformat(),
    }
    row |= known(office, schema, row)
    also = [phone["phone_id"] for phone in draft.new.get(path, ())]
    row["phone_id"] = next_id(office, schema, row, also)
    if before is not None and not before.valid_to:
        draft.amend(before, valid_to=last)
    draft.add(schema, row, beside=old.shard.path)
    return row["phone_id"]


def _issues(
    office: Office, terms: list[ResponsibilityRow]
) -> tuple[list[IssueRow], list[IssueRow]]:
    """Return the open issues of the one who leaves, and open ones that only bear his name."""
    states = rectification.states(office.snapshot.as_of(office.day), office.day)
    person, orgs = terms[0].name, {one.org for one in terms}
    named = [
        issue
        for issue in office.snapshot.issues
        if issue.owner == office.unit_id
        and issue.resp_person == person
        and issue.id in states
        and states[issue.id].state not in (STRUCK, VOID)
    ]
    moved = [issue for issue in named if issue.resp_org in orgs]
    return moved, [issue for issue in named if issue.resp_org not in orgs]


def _said(office: Office, one: ResponsibilityRow) -> set[str]:
    """Return what a post may be called."""
    places = _places(office, one)
    posts = {one.post, one.rank, one.duty + one.rank, one.name}
    return {one.id, one.org + one.post, one.name} | {p + q for p in places for q in posts}


def _places(office: Office, one: ResponsibilityRow) -> set[str]:
    division = office.snapshot.index("divisions").get(one.place_id)
    if division is not None:
        return {division.name, division.short_name, full_name(office, division)}
    works = office.snapshot.index("works").get(one.place_id)
    if works is not None:
        return {works.name, *works.aliases}
    unit = office.snapshot.index("units").get(one.owner)
    return {unit.name, unit.short_name, unit.government_name} if unit else set()


def _full(office: Office, one: ResponsibilityRow) -> str:
    place = max(_places(office, one), key=len, default=one.place_id)
    return f"{place}{one.post}{one.name}（{one.duty}{one.rank}）"
