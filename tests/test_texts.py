"""Texts that say nothing are refused; short and plain ones are left alone."""

from __future__ import annotations

import pytest

from pipeline.checks.cells import judge_of
from pipeline.checks.texts import fault_of_text
from pipeline.dates import parse_iso
from tests.shards_of import SCHEMAS

EMPTY = {
    "post": "- — 0 合计 无 不详 / 待定 某某 XX局长 同上",
    "org": "- 0 合计 无 见附件 XX县水利局 1",
    "lab_name": "- 0 合计 无 不明",
    "doc_no": "- 0 合计 无 宛水农〔2022〕XX号 宛水农〔2022〕××号 见附件",
    "problem": "XXX乡镇XXX村断水 ××村漏水 与表1表述一致 同表1 无 没有 "
    "见附件 详见附件2 1 水 有问题 无问题 。。。 第___组 （填写问题） 同上",
    "measures": "无 见附件 0 -",
}
TOLD = {
    "post": "主任 村支书 副局长（分管） 站长",
    "org": "村委会 南阳市水利局 县12345热线",
    "lab_name": "南阳市水质监测中心 3号实验室",
    "doc_no": "宛水农〔2022〕20号 20220815 A-1",
    "problem": "停水 某组1户断水 水管DN25×2漏水 没有水 "
    "见底的水池没有清洗 问题水表12块 正常供水时间不足 无人管护",
    "measures": "换管 洗井 与施工队协商后更换水管",
}


@pytest.mark.parametrize("column", EMPTY)
def test_what_says_nothing_is_refused(column: str) -> None:
    assert [cell for cell in EMPTY[column].split() if fault_of_text(column, cell) is None] == []


@pytest.mark.parametrize("column", TOLD)
def test_what_says_something_is_left_alone(column: str) -> None:
    assert [cell for cell in TOLD[column].split() if fault_of_text(column, cell)] == []


def test_every_date_has_bounds_and_holds_to_them() -> None:
    """Both bounds are real days, the example lies between, and a day beyond is refused."""
    dates = [(s.name, f) for s in SCHEMAS.values() for f in s.fields if f.type == "date"]

    assert len(dates) > 60
    for ledger, field in dates:
        judge, low, high = judge_of(field, ledger), field.minimum or "", field.maximum or ""

        assert parse_iso(low)
        assert parse_iso(high)
        assert judge(low) is judge(high) is judge(field.example) is None
        for beyond in ("1949-01-01", "2100-12-31"):
            rule, said = judge(beyond) or (None, "")
            assert rule is not None
            assert rule.id == "S09", (ledger, field.name)
            assert field.title in said


def test_a_number_with_zeros_before_it_is_given_without() -> None:
    """007 is told: somebody may have meant a code."""
    judge = judge_of(SCHEMAS["works"].by_name["population"], "works")
    price = judge_of(SCHEMAS["works"].by_name["price_yuan_m3"], "works")

    assert "应写成 7" in (judge("007") or ("", ""))[1]
    assert "应写成 2.5" in (price("02.5") or ("", ""))[1]
    assert judge("0") is judge("70") is price("0.5") is None
