"""The privacy gate: personal data is found, masked, and ordinary words are left alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.checks import privacy
from pipeline.checks.households import names_in, starred
from pipeline.findings import RULES
from pipeline.ledgers import limits, load
from tests.shards_of import SCHEMAS, file_of, read_of

EXAMPLE = Path(__file__).parent / "example"

ORDINARY = """
入户主管道老化，更换主管道120米
农户主张更换水表
贫困户高度关注饮水安全
脱贫户安全饮水全部达标
监测户方便程度不达标
村民张贴明白卡不及时
群众来电反映水压低
脱贫户水费由村集体代缴
困难户尚未通水
住户马上通水
用户万元以下免缴
居民白天停水
村民何时通水要公示
群众于8月20日反映
用水户许多未领卡
农户周边管网破损
村民常年饮用井水
群众金额核对无误
农户江水倒灌
居民石头沟组缺水
脱贫户易地搬迁后已通水
边缘易致贫户应保尽保
突发严重困难户另行登记
脱贫不稳定户12户，已全部入户
五保户管护到位
残疾人家庭优先供水
孤寡老人家中已装表
低保户程度较重的优先
村民武装部旧址旁取水
群众文明用水宣传
贫困户、脱贫户、监测户分别统计
农户36户缺明白卡
户主签字表存档
户均用水60升
入户核查登记
一户一表改造
村民小组长已更换
村民委员会公示栏
居民委员会驻地
用户单位欠费
农户时间不定
村民任务重
群众全体参加
用水户连续三天停水
农户解决取水难
用户田间取水
群众左右为难
住户方案已批
居民黄色水样送检
农户关注水质
村民查看公示栏
贫困户明白卡12张
群众满意
群众反映强烈
""".strip().splitlines()

PERSONAL = """
户主张三|张三
户主：李四|李四
户主姓名：王小二|王小二
贫困户李四家缺水|李四
贫困户李四，水表坏|李四
脱贫户王某某反映水压低|王某某
脱贫户赵某未领卡|赵某
监测户周八家|周八
低保户孙五的水龙头坏|孙五
五保户吴秀英家|吴秀英
特困户郑和平家中无水|郑和平
边缘易致贫户冯国强已通水|冯国强
脱贫不稳定户陈桂兰因病|陈桂兰
村民赵小虎来电|赵小虎
村民（钱七）投诉|钱七
群众马建国反映|马建国
居民欧阳明家停水|欧阳明
用水户何秀兰说水浑|何秀兰
独居老人徐大山家|徐大山
残疾人许二家|许二
孙五（户主）|孙五
何平(脱贫户)|何平
农户张×家|张×
""".strip().splitlines()


@pytest.mark.parametrize("rule", sorted(privacy.EXAMPLES))
def test_the_examples_of_each_rule_hold(rule: str) -> None:
    found, left = privacy.EXAMPLES[rule]

    assert [text for text in found if privacy.rules_broken(text) != {rule}] == []
    assert [text for text in left if privacy.rules_broken(text)] == []
    assert [
        text for text in found if privacy.rules_broken(privacy.masked(text)) - {"PR04", "PR05"}
    ] == []


def test_every_rule_has_examples() -> None:
    rules = {rule.id for rule in RULES.values() if rule.gate == "privacy"}

    assert rules - {privacy.MORE.id} == set(privacy.EXAMPLES)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_about_households_are_left_alone(text: str) -> None:
    assert names_in(text) == []


@pytest.mark.parametrize("line", PERSONAL)
def test_names_of_villagers_are_found_and_starred(line: str) -> None:
    text, name = line.split("|")

    assert len(names_in(text)) == 1
    assert name not in starred(text)
    assert starred(text).startswith(text[: text.index(name) + 1])


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
    count = limits.MAX_FINDINGS + over
    raw = read_of("issues", file_of("issues", *[{"remark": "13900001234"}] * count))
    findings = privacy.check([raw], SCHEMAS)

    assert len(findings) == min(count, limits.MAX_FINDINGS) + (over > 0)
    assert (findings[-1].rule == privacy.MORE.id) == (over > 0)


def test_the_example_campaign_is_clean() -> None:
    loaded = load(EXAMPLE, SCHEMAS)

    assert loaded.row_count > 100
    assert privacy.check(loaded.raw, SCHEMAS) == []


@pytest.mark.parametrize(
    "text", ["户主" * 2000, "村民张" * 1300, "户" * 4000, "脱贫户王" * 900, "群众 " * 1300]
)
def test_no_cell_takes_long(text: str) -> None:
    start = time.process_time()
    findings_of("issues", remark=text)

    assert time.process_time() - start < 1
