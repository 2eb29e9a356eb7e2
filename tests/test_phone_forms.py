"""Telephone numbers as boards write them: the answer is the accepted form of exactly this input."""

from __future__ import annotations

import re

import pytest

from pipeline.checks.phone_forms import advice, as_written
from pipeline.telephones import Area, kind_of
from tests.shards_of import SCHEMAS

ACCEPTED = re.compile(SCHEMAS["phones"].by_name["number"].pattern or "")

AREA = Area("南阳市", "0377", 8)

ONE = """
138-0013-8000|13800138000
138 0013 8000|13800138000
+86 13800138000|13800138000
+86-138-0013-8000|13800138000
１３８００１３８０００|13800138000
13800138000（微信同号）|13800138000
400 123 4567|400-123-4567
4001234567|400-123-4567
400-1234567|400-123-4567
0377-60001234转8001|0377-60001234-8001
0377-60001234 转 8001|0377-60001234-8001
037760001234ext8|0377-60001234-8
0377-60001234（24小时）|0377-60001234
０３７７－６０００１２３４|0377-60001234
(0377)60001234|0377-60001234
（0377）6000 1234|0377-60001234
0377—60001234|0377-60001234
+86-377-60001234|0377-60001234
37760001234|0377-60001234
60001234|0377-60001234
电话：0377-60001234|0377-60001234
010 12345678|010-12345678
0371-6915 1982|0371-69151982
12345（热线）|12345
""".strip().splitlines()


@pytest.mark.parametrize("line", ONE)
def test_one_number_is_given_in_its_accepted_form(line: str) -> None:
    cell, right = line.split("|")

    assert as_written(cell, AREA) == [right]
    assert advice(cell, "号码", AREA, is_register=True).endswith(f"应写成 {right}")
    assert ACCEPTED.fullmatch(right)


@pytest.mark.parametrize("mark", ["/", "、", "，", "；", "  ", " ", "|", "或", " 或 "])
def test_two_numbers_are_two_rows_of_the_register(mark: str) -> None:
    cell = f"0377-60001234{mark}13800138000"
    said = advice(cell, "号码", AREA, is_register=True)

    assert as_written(cell, AREA) == ["0377-60001234", "13800138000"]
    assert "分成2行登记：0377-60001234、13800138000" in said
    assert "只留一个，写成 0377-60001234" in advice(cell, "联系电话", AREA, is_register=False)


@pytest.mark.parametrize(
    "cell", ["无", "6000123", "1380013800", "139000012345", "400-12-3456", "转8"]
)
def test_what_cannot_be_told_is_not_made_up(cell: str) -> None:
    assert [form for form in as_written(cell, AREA) if form] == []
    assert "应写成" not in advice(cell, "号码", AREA, is_register=True)


def test_an_extension_is_a_number_that_can_be_dialled() -> None:
    assert kind_of("0377-60001234-8001") == "座机"
