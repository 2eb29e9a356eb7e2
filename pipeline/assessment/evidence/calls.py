"""Evidence from calls made from outside to posted numbers."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.assessment.evidence.counted import FAULTY, Fact, Scope, fact, query
from pipeline.assessment.evidence.periods import checks_from
from pipeline.rowtypes import PhoneCheckRow

DEAD = ("空号停机", "号码有误")
UNANSWERED = ("无人接听", "占线")
MANAGERS = ("管理人员",)
HOTLINES = ("县级监督", "供水服务")


def _series(scope: Scope, roles: tuple[str, ...]) -> Iterator[PhoneCheckRow]:
    """Yield the OUT checks in P of numbers of some roles that were carried through (G6).

    Who does not answer must have been called as often as the reading asks.
    """
    start, phones = checks_from(scope), scope.known.snapshot.index("phones")
    calls = scope.readings.number("G6")
    for row in scope.known.outside(PhoneCheckRow, scope.unit_id):
        phone = phones.get(row.phone_id)
        if phone is None or phone.role not in roles or row.checked_on < start:
            continue
        if row.call_result not in UNANSWERED or len(row.called_at) >= calls:
            yield row


def _is_unreachable(row: PhoneCheckRow) -> bool:
    return row.call_result in DEAD or row.call_result in UNANSWERED


@query("不通或不熟悉", "次")
def failed_manager_calls(scope: Scope) -> Iterator[Fact]:
    """外部抽查管理人员电话，不通的，或者接通了但不熟悉情况的（口径 G6），一次抽查算一次。"""
    return (fact(row) for row in _series(scope, MANAGERS) if _is_failed(scope, row))


def _is_failed(scope: Scope, row: PhoneCheckRow) -> bool:
    is_ignorant = row.informed == "不熟悉" and scope.readings.says("G6", "either")
    return _is_unreachable(row) or is_ignorant


@query("抽查管理人员电话", "次", is_look=True)
def manager_calls(scope: Scope) -> Iterator[Fact]:
    """外部抽查管理人员电话的次数。"""
    for row in _series(scope, MANAGERS):
        yield fact(row, kind=FAULTY if _is_failed(scope, row) else "")


@query("不通", "次")
def unanswered_hotline_calls(scope: Scope) -> Iterator[Fact]:
    """外部抽查县级监督电话、供水服务电话，不通的，一次抽查算一次。"""
    return (fact(row) for row in _series(scope, HOTLINES) if _is_unreachable(row))


@query("抽查监督和服务电话", "次", is_look=True)
def hotline_calls(scope: Scope) -> Iterator[Fact]:
    """外部抽查县级监督电话、供水服务电话的次数。"""
    for row in _series(scope, HOTLINES):
        yield fact(row, kind=FAULTY if _is_unreachable(row) else "")
