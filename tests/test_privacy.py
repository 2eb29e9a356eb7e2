"""The privacy gate: personal data is found, masked, and ordinary words are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from effort import ends

from pipeline.checks import catalogue, privacy
from pipeline.ledgers import ceilings, load
from pipeline.personal import mask
from tests.shards_of import SCHEMAS, file_of, read_of

EXAMPLE = Path(__file__).parent / "example"


@pytest.mark.parametrize("rule", sorted(privacy.EXAMPLES))
def test_the_examples_of_each_rule_hold(rule: str) -> None:
    found, left = privacy.EXAMPLES[rule]

    assert [text for text in found if privacy.rules_broken(text) != {rule}] == []
    assert [text for text in left if privacy.rules_broken(text)] == []
    assert [
        text for text in found if privacy.rules_broken(mask(text)) & {"PR01", "PR02", "PR03"}
    ] == []


def test_every_rule_has_examples() -> None:
    rules = {rule.id for rule in catalogue() if rule.gate == "privacy"}

    assert rules == set(privacy.EXAMPLES)


def findings_of(ledger: str, **cells: str):  # type: ignore[no-untyped-def]
    return privacy.check([read_of(ledger, file_of(ledger, cells))], SCHEMAS)


@pytest.mark.parametrize(("ledger", "field"), sorted(privacy.MAY_HOLD_MOBILE))
def test_a_mobile_may_stand_in_its_own_column_only(ledger: str, field: str) -> None:
    assert findings_of(ledger, **{field: "13900001234"}) == []
    assert [f.rule for f in findings_of(ledger, **{field: "411321199003071290"})] == ["PR01"]


def test_a_finding_says_the_place_and_hides_the_value() -> None:
    (finding,) = findings_of("issues", problem="户主身份证411321199003071290")

    assert (finding.file, finding.line, finding.title) == (
        "data/units/nanzhao/issues.csv", 2, "问题",
    )  # fmt: skip
    assert finding.value == "户主身份证411321************"
    assert "19900307" not in str(finding.to_json())


def test_several_kinds_in_one_cell_are_several_findings() -> None:
    text = "户主张三，13900001234，卡号6222020000000000026"

    assert {f.rule for f in findings_of("issues", remark=text)} == {"PR02", "PR03", "PR04"}


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_findings_listed_are_limited_and_the_rest_counted(over: int) -> None:
    count = ceilings.MAX_FINDINGS + over
    raw = read_of("issues", file_of("issues", *[{"remark": "13900001234"}] * count))
    findings = privacy.check([raw], SCHEMAS)

    assert len(findings) == min(count, ceilings.MAX_FINDINGS) + (over > 0)
    assert (findings[-1].line is None) == (over > 0)


def test_the_example_campaign_is_clean() -> None:
    loaded = load(EXAMPLE, SCHEMAS)

    assert loaded.row_count > 100
    assert privacy.check(loaded.raw, SCHEMAS) == []


@pytest.mark.parametrize(
    "text", ["户主" * 2000, "村民张" * 1300, "户" * 4000, "脱贫户王" * 900, "群众 " * 1300]
)
def test_no_cell_takes_long(text: str) -> None:
    with ends():
        findings_of("issues", remark=text * 50)
