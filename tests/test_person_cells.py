"""Cells of a person's name: one person, and nothing else; the answer gives what is plain."""

from __future__ import annotations

import pytest

from pipeline.checks.cells import judge_of
from pipeline.checks.names import fault_of_name, joined_persons
from tests.shards_of import SCHEMAS


@pytest.mark.parametrize(
    "name",
    [
        *(
            "赵测一",
            "欧阳测一",
            "司马相如",
            "Ng Test",
            "O'Brien 测",
            "Mary-Ann Smith",
            "测 O'Brien",
        ),
        *(
            "阿依古丽·买买提",
            "白玛央金",
            "尤努斯江",
            "任局",
            "书记官",
            "王登科",
            "李建社",
            "张国会",
        ),
        *("由国强", "同尚", "文武", "党委", "赵测", "单于测"),
    ],
)
def test_a_name_is_left_alone(name: str) -> None:
    """Compound, long, foreign and odd names are names."""
    assert fault_of_name(name) is None
    assert joined_persons(name) is None


@pytest.mark.parametrize(
    ("cell", "right"),
    [
        *(("局长赵测一", "赵测一"), ("赵测一局长", "赵测一"), ("卧龙区水利局局长赵测一", "赵测一")),
        *(("赵测一（局长）", "赵测一"), ("管水员 赵测一", "赵测一"), ("赵测一同志", "赵测一")),
        *(("张 三", "张三"), ("欧阳　测一", "欧阳测一"), ("买买提 吐尔逊", "买买提·吐尔逊")),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
    ],
)
def test_what_was_plainly_meant_is_given(cell: str, right: str) -> None:
    """A post beside the name, a blank inside it, another dot: the answer is the name."""
    assert f"应写成“{right}”" in (fault_of_name(cell) or "")


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "见公示牌",
            "由村委会负责",
            "村民自管",
            "水厂职工",
            "管水员",
            "各村自管",
            "村两委",
            "保洁员",
        ),
        *(
            "卧龙区水利局",
            "村委会",
            "某某公司",
            "南召县农村供水服务中心",
            "全体村民",
            "专人",
            "供水站",
        ),
    ],
)
def test_what_is_nobody_is_told_where_to_go(cell: str) -> None:
    """Who is not named is a vacancy, or an organisation in its own column."""
    for column, says in (("name", "先不登记"), ("resp_person", "先定下人")):
        said = fault_of_name(cell, column) or ""

        assert "单位" in said
        assert says in said


@pytest.mark.parametrize("mark", [" ", "　", "、", "，", ",", "/", "；", "和", "及", " 、"])
def test_two_persons_are_two_rows(mark: str) -> None:
    """Whatever stands between two names, they are not joined; issues have a column for more."""
    for first, second in (("赵测一", "钱测二"), ("张三", "李四"), ("欧阳测一", "赵测")):
        said = fault_of_name(f"{first}{mark}{second}") or ""

        assert f"2个人：{first}、{second}" in said
        assert "一人一行" in said
        assert "其他责任人" in (fault_of_name(f"{first}{mark}{second}", "resp_person") or "")


def test_two_names_written_as_one_are_doubted() -> None:
    """A joined name is a warning, and other faults of its cell are not hidden by it."""
    judge = judge_of(SCHEMAS["responsibilities"].by_name["name"], "responsibilities")
    rule, said = judge("赵测一钱测二") or (None, "")

    assert rule is not None
    assert (rule.id, rule.severity) == ("S14", "warning")
    assert "“赵测一”和“钱测二”" in said
    assert joined_persons("张三李四") == ("张三", "李四")
