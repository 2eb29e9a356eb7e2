"""Evidence of dated acts that a unit claims: leaders' visits, training, publicity, examples."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.assessment.evidence.counted import Fact, Scope, fact, query
from pipeline.assessment.evidence.periods import duties_from
from pipeline.rowtypes import ActivityRow, DocumentRow
from pipeline.terms import LEVELS

PARTY, GOVERNMENT = "党委主要领导", "政府主要领导"
CITY_AND_ABOVE = ("市", "省", "国家")


def _acts(scope: Scope, kind: str) -> list[ActivityRow]:
    """Return the unit's acts of a kind in Y, oldest first."""
    start = duties_from(scope)
    rows = [
        row
        for row in scope.known.own(ActivityRow, scope.unit_id)
        if row.kind == kind and row.held_on >= start
    ]
    return sorted(rows, key=lambda row: (row.held_on, row.id))


@query("主要领导督导检查", "次")
def leader_visits(scope: Scope) -> list[Fact]:
    """本年党委或政府主要领导到工程、到村的督导检查，有佐证，同一天算一次（口径 G1）。"""
    days: dict[object, list[ActivityRow]] = {}
    roles = set()
    for row in _acts(scope, "领导督查"):
        if row.leader_role in (PARTY, GOVERNMENT) and row.place_ids and row.evidence_ref:
            days.setdefault(row.held_on, []).append(row)
            roles.add(row.leader_role)
    start = scope.known.snapshot.campaign.screen_from_on
    match scope.readings["G1"]:
        case "campaign-only":
            days = {day: rows for day, rows in days.items() if rows[0].held_on >= start}
        case "both-leaders" if roles != {PARTY, GOVERNMENT}:
            days = {}
        case "deployment-required" if not _has_deployed(scope):
            days = {}
    return [fact(*rows) for rows in days.values()]


def _has_deployed(scope: Scope) -> bool:
    """Whether a deployment (安排部署) is on record, as an act or as a paper of the year."""
    if _acts(scope, "安排部署"):
        return True
    start = duties_from(scope)
    return any(
        row.kind == "安排部署" and row.issued_on >= start
        for row in scope.known.own(DocumentRow, scope.unit_id)
    )


@query("管水员培训", "次")
def trainings(scope: Scope) -> Iterator[Fact]:
    """本年有管水员参加、有人次、有佐证的培训。"""
    return (
        fact(row)
        for row in _acts(scope, "培训")
        if "管水员" in row.audience and (row.people_count or 0) >= 1 and row.evidence_ref
    )


@query("宣传稿件", "篇")
def press_pieces(scope: Scope) -> list[Fact]:
    """本年的宣传稿件，标题相同的算一篇，按级别最高的媒体；种类是媒体级别。

    口径 G37 说各算时，每家媒体一篇。
    """
    rows = [row for row in _acts(scope, "宣传") if row.host_level in LEVELS]
    pieces: dict[str, list[ActivityRow]] = {}
    each = bool(rows) and scope.readings.says("G37", "each")
    for row in rows:
        pieces.setdefault(row.id if each else row.title, []).append(row)
    return [fact(*group, kind=_highest(group)) for group in pieces.values()]


def _highest(rows: list[ActivityRow]) -> str:
    return max((row.host_level for row in rows), key=LEVELS.index)


@query("典型发言", "次")
def model_speeches(scope: Scope) -> Iterator[Fact]:
    """本年在市级以上现场会、座谈会上的典型发言。"""
    return (fact(r) for r in _acts(scope, "典型发言") if r.host_level in CITY_AND_ABOVE)


@query("经验转发", "次")
def forwarded_examples(scope: Scope) -> Iterator[Fact]:
    """本年被市级以上转发的典型经验做法。"""
    return (fact(r) for r in _acts(scope, "经验转发") if r.host_level in CITY_AND_ABOVE)
