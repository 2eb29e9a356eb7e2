"""The catalogue of all gates: what modules state, each rule with its source and reason."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from types import ModuleType

import pytest

from pipeline import checks, sources
from pipeline.annexes import ANNEXES
from pipeline.checks.collected import collect, collected
from pipeline.findings import GATES, Rule

CLAUSES = {clause for annex in ANNEXES.values() for clause in annex.bounds}
READINGS = Path(__file__).resolve().parents[1] / "data" / "reference" / "readings.csv"
LONGEST_REASON = 40
"""Characters: one short sentence that a clerk reads at a glance."""

ALL = [pytest.param(rule, id=rule.id) for rule in checks.catalogue()]


def stating(**values: object) -> ModuleType:
    """Return a module that states some values."""
    module = ModuleType("made_up")
    vars(module).update(values)
    return module


def made(id: str) -> Rule:
    """Return a rule that no gate has."""
    return Rule(id, "records", "error", "句", "法", "常理", "因")


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_says_why_in_one_short_sentence(rule: Rule) -> None:
    """In Chinese, without a full stop, and not just its own requirement once more."""
    assert re.search("[\u4e00-\u9fff]", rule.why)
    assert "。" not in rule.why
    assert not re.search("[a-z]+_[a-z]+", rule.why)
    assert len(rule.why) <= LONGEST_REASON
    assert rule.why not in (rule.sentence, rule.remedy)


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_comes_from_something_that_exists(rule: Rule) -> None:
    """A duty of the notice, a clause, a reading of the table, a standard, an act, a principle."""
    with READINGS.open(encoding="utf-8", newline="") as file:
        readings = {row["reading_id"] for row in csv.DictReader(file)}

    assert sources.unknown(rule.source, readings, CLAUSES) == []


def test_every_source_is_some_rules() -> None:
    """What no rule rests on is not kept; duties are listed whole, though some need no rule."""
    used = {one for rule in checks.catalogue() for one in sources.parts(rule.source)}

    assert set(sources.KNOWN) - set(sources.OBLIGATIONS) - used == set()


def test_a_source_is_said_in_full() -> None:
    """As a clerk knows it: where it stands in the notice, a clause, a reading."""
    said = sources.in_words("O-14、G22、五.2、GB 5749")

    assert said == (
        "通知二（二）：按环节分级整改，县里逐个现场核查；口径G22；考评细则五.2；"
        "GB 5749 生活饮用水卫生标准"
    )
    assert sources.unknown("O-99、G99、七.1、常理", {"G1"}, {"五.2"}) == ["O-99", "G99", "七.1"]


def test_rules_of_every_gate_that_looks_at_ledgers_are_collected() -> None:
    """The change gate's too: its rules are printed and waived like the others."""
    assert {rule.gate for rule in checks.catalogue()} == set(GATES)


def test_two_rules_of_one_id_are_refused() -> None:
    """Whoever states the second one is told, whichever module it stands in."""
    with pytest.raises(ValueError, match="T99 is stated twice"):
        collect([stating(first=made("T99")), stating(second=Rule(**{**_fields(), "why": "另因"}))])


def test_two_equal_rules_are_still_two() -> None:
    """A copy is no less a mistake than a contradiction."""
    with pytest.raises(ValueError, match="stated twice"):
        collect([stating(first=made("T99"), second=made("T99"))])


def test_a_rule_that_another_module_uses_is_one_rule() -> None:
    """A name imported is the same value, alone or among others."""
    one, other = made("T98"), made("T99")

    found = collect([stating(one=one), stating(also=one, both=(one, other))])

    assert list(found.rules) == ["T98", "T99"]


def test_nothing_enters_by_being_made() -> None:
    """A rule that no module of the list states is no rule of the gates; nor can one be put in."""
    made("T99")

    assert "T99" not in collected().rules
    with pytest.raises(TypeError):
        collected().rules["T99"] = made("T99")  # type: ignore[index]


def _fields() -> dict[str, str]:
    rule = made("T99")
    names = ("id", "gate", "severity", "sentence", "remedy", "source", "why")
    return {name: getattr(rule, name) for name in names}
