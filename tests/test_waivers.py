"""Waivers: what they silence, what they never silence, and what is said of idle ones."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.checks import waivers
from pipeline.checks.collected import collected
from pipeline.checks.examples import book_of
from pipeline.findings import refused

DRY = {
    "outage_id": "jiaxian-o0001",
    "works_id": "jiaxian-w0001",
    "found_by_level": "县",
    "scale": "整村",
    "is_planned": "否",
    "started_on": "2022-08-10",
    "ended_on": "2022-08-10",
}
WAIVER = {
    "waiver_id": "city-y0001",
    "rule_id": "O03",
    "ledger": "outages",
    "granted_on": "2022-08-10",
    "expires_on": "2022-09-30",
}


def applied(waiver: dict[str, str], day: str = "2022-09-16"):
    book = book_of({"outages": [DRY], "waivers": [WAIVER | waiver]})
    findings = list(collected().checks["O03"].find(book))
    return waivers.apply(findings, book.snapshot, date.fromisoformat(day), collected().rules)


@pytest.mark.parametrize(
    "waiver",
    [
        {},
        {"row_id": "jiaxian-o0001"},
        {"unit_id": "jiaxian"},
        {"unit_id": "jiaxian", "row_id": "jiaxian-o0001"},
        {"granted_on": "2022-09-16", "expires_on": "2022-09-16"},
    ],
)
def test_a_waiver_in_force_marks_what_it_names(waiver):
    """The finding stays in the list, and is marked."""
    (finding,) = applied(waiver)

    assert finding.waived


@pytest.mark.parametrize(
    "waiver",
    [
        {"row_id": "jiaxian-o0002"},
        {"unit_id": "yixian"},
        {"rule_id": "O04"},
        {"ledger": "issues"},
    ],
)
def test_a_waiver_for_something_else_is_idle_and_said_to_be(waiver):
    """What matches nothing silences nothing, and the bureau is told."""
    finding, idle = applied(waiver)

    assert not finding.waived
    assert (idle.rule, idle.subject) == ("Y05", "waivers/city-y0001")


@pytest.mark.parametrize("day", ["2022-08-09", "2022-10-01"])
def test_a_waiver_out_of_term_silences_nothing(day):
    """Before it is granted and after it expires the rule speaks."""
    (finding,) = applied({}, day)

    assert not finding.waived


@pytest.mark.parametrize(
    "rule", [rule for rule in collected().rules.values() if rule.gate in ("bytes", "schema")]
)
def test_what_cannot_be_read_is_never_waived(rule):
    """A row that no gate could read would vanish silently."""
    book = book_of({"waivers": [WAIVER | {"rule_id": rule.id, "ledger": rule.ledger or "outages"}]})
    finding = rule.at(ledger="outages")

    findings = waivers.apply([finding], book.snapshot, date(2022, 9, 16), collected().rules)

    assert findings == [finding]
    assert refused(findings) == (rule.severity == "error")
