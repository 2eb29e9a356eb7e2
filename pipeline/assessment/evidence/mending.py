"""Evidence from the ledger of issues: late, come back, or never listed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.assessment.evidence.counted import Fact, Scope, fact, query
from pipeline.assessment.evidence.periods import duties_from
from pipeline.dates import is_late
from pipeline.rectification import State
from pipeline.rowtypes import AssignmentRow, IssueRow
from pipeline.terms import VOID


def _issues(scope: Scope) -> Iterator[tuple[IssueRow, State]]:
    """Yield the issues that count: found or handed over from outside, not void (G12, G39)."""
    states = scope.known.states
    rows = scope.known.own(IssueRow, scope.unit_id)
    everybody = bool(rows) and scope.readings.says("G12", "self-included")
    for row in rows:
        state = states[row.id]
        if state.state == VOID:
            continue
        handed_on = row.id in scope.known.inherited
        if everybody or state.is_outside or handed_on or _is_campaign_issue(scope, row):
            yield row, state


def _is_campaign_issue(scope: Scope, row: IssueRow) -> bool:
    """Whether an issue of the revitalisation campaign counts as found from outside (G39)."""
    return row.channel == "乡村振兴靶向整改" and scope.readings.says("G39", "always-outside")


def _limit(scope: Scope, state: State) -> date:
    """Return the deadline that decides: an admitted extension moves it, or nothing does (G32).

    An issue that took over an assignment took over its deadline.
    """
    limit = state.limit_on
    if limit != state.due_on and scope.readings.says("G32", "never"):
        limit = state.due_on
    inherited = scope.known.inherited.get(state.issue_id, ())
    return min((limit, *(assignment.due_on for assignment, _ in inherited)))


def _done_on(scope: Scope, state: State) -> date | None:
    """Return the day an issue was done: reported and not refused, or struck off (G36)."""
    return state.struck_on if scope.readings.says("G36", "struck") else state.done_on


def _is_late(scope: Scope, state: State) -> bool:
    """Whether an issue was not done by its limit; one still open counts whenever that was."""
    limit, done_on = _limit(scope, state), _done_on(scope, state)
    in_period = done_on is None or limit >= duties_from(scope)
    return in_period and is_late(limit, scope.known.day, done_on)


@query("没有按期完成或反复的问题", "件")
def late_or_recurrent_issues(scope: Scope) -> Iterator[Fact]:
    """外部渠道的问题，没有按时限完成的，或者反复的（口径 G12、G32、G36、G39），一件只算一次。

    到数据日期还没有完成的，不论时限在哪一天；什么叫完成，按口径 G36。
    接过重复问题的交办的，连同那个交办一起列出。
    """
    start = duties_from(scope)
    for row, state in _issues(scope):
        if _is_late(scope, state) or (state.is_recurrent and row.found_on >= start):
            handed_on = scope.known.inherited.get(row.id, ())
            yield fact(row, *dict.fromkeys(other for pair in handed_on for other in pair))


@query("交办后没有登记的问题", "件")
def unlisted_assignments(scope: Scope) -> Iterator[Fact]:
    """市、省、国家交办、过了期限、台账里一直没有的问题（口径 G41）。"""
    return (fact(row) for row, issues in _overdue(scope) if not issues)


@query("交办后登记又作废、没有接着办的问题", "件")
def dropped_assignments(scope: Scope) -> Iterator[Fact]:
    """市、省、国家交办、过了期限，登记后作废、又没有写明由哪个问题接着办的（口径 G41）。

    因为重复作废、理由里写明了重复的问题编号的，交办转到那个问题，连同交办的期限。
    """
    return (fact(row, *issues) for row, issues in _overdue(scope) if issues)


def _overdue(scope: Scope) -> Iterator[tuple[AssignmentRow, list[IssueRow]]]:
    """Yield what nobody mends past its deadline, if reading G41 charges it."""
    for row, issues in _dropped(scope):
        if is_late(row.due_on, scope.known.day) and scope.readings.says("G41", "late-at-due"):
            yield row, issues


def _dropped(scope: Scope) -> Iterator[tuple[AssignmentRow, list[IssueRow]]]:
    """Yield the standing assignments due in Y that no issue carries, with their void issues."""
    known, start = scope.known, duties_from(scope)
    carried = known.snapshot.group("issues", "assignment_id")
    passed_on = {row.id for pairs in known.inherited.values() for row, _ in pairs}
    for row in known.of_unit(AssignmentRow, scope.unit_id):
        if row.withdrawn_on is not None or row.due_on < start or row.id in passed_on:
            continue
        issues = carried[row.id]
        if all(known.states[issue.id].state == VOID for issue in issues):
            yield row, issues


@query("外部渠道的问题", "件")
def outside_issues(scope: Scope) -> Iterator[Fact]:
    """外部渠道反映、没有作废的问题，加上交办了没有问题在办的。"""
    yield from (fact(row) for row, _ in _issues(scope))
    yield from (fact(row) for row, _ in _dropped(scope))


@query("快到期的外部问题", "件")
def issues_at_stake(scope: Scope) -> Iterator[Fact]:
    """还没有完成（口径 G36）、时限还没有到的外部问题：按时完成就不扣分。"""
    for row, state in _issues(scope):
        limit = _limit(scope, state)
        if not is_late(limit, scope.known.day) and _done_on(scope, state) is None:
            yield fact(row, kind=limit.isoformat())
