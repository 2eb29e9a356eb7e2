"""Labels: which column of a sheet is which, by the official form and by the schemas' titles."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from pipeline.intake.recognisers.reading import flat
from pipeline.ledgers import Snapshot
from pipeline.ledgers.schemas import Field, Schema, Schemas

TEN: Mapping[str, str] = {
    "市、县": "unit", "序号": "seq_no", "问题描述": "title", "整改措施": "measures",
    "整改责任单位": "resp_org", "整改责任人": "resp_person", "联系电话": "resp_phone",
    "整改时限": "due", "整改结果": "result", "备注": "remark",
}  # fmt: skip
"""The ten labels of 附表2-2, in order, and what we call their columns."""

HIDDEN_ID = "编号（勿改）"
"""The hidden last column of workbooks that we made: the permanent id of the row."""
ID = "*id"
DONE_ON, REGISTERED_ON = "*done_on", "*registered_on"
DONE_TICK, DOING_TICK = "*done", "*doing"
"""The two columns in which some tick what column ⑨ asks for."""
PERSON_AND_PHONE = "*person_and_phone"

_ALSO: Mapping[str, Mapping[str, str]] = {
    ledger: {label: name for name, labels in columns.items() for label in labels.split()}
    for ledger, columns in {
        "issues": {
            "unit": "市县 县市区 县区 单位 所属县区",
            "seq_no": "编号",
            "title": "存在问题 问题 问题内容 发现问题 主要问题",
            "measures": "措施 整改具体措施",
            "resp_org": "责任单位",
            "resp_person": "责任人 责任人姓名 整改责任人姓名",
            "resp_post": "责任人职务 整改责任人职务 职务",
            "resp_phone": "电话 联系方式 手机 手机号 责任人电话 整改责任人电话 责任人联系电话",
            "due": "时限 整改期限 完成时限 整改完成时限 整改时限完成时间 整改时限完成时限 "
            "计划完成时间 计划完成日期 拟完成时间 完成期限 限期",
            "result": "结果 整改情况 完成情况 整改进展 是否完成 是否整改 是否整改到位 整改状态",
            "remark": "说明",
            PERSON_AND_PHONE: "责任人及电话 责任人及联系电话 责任人及联系方式 整改责任人及电话 "
            "整改责任人及联系电话 责任人、电话 责任人和电话 姓名及电话",
            DONE_TICK: "整改结果完成 整改情况完成 整改结果已完成 整改情况已完成",
            DOING_TICK: "整改结果正在 整改情况正在 整改结果正在整改 整改情况正在整改 "
            "整改结果未完成 整改情况未完成 整改情况整改中",
            DONE_ON: "完成日期 整改完成日期 完成时间 整改完成时间",
            REGISTERED_ON: "登记日期",
            "found_on": "发现时间",
            "channel": "问题来源",
            ID: "问题编号",
            "town_code": "乡镇",
            "village_code": "村 行政村",
            "works_id": "工程 工程名称 供水工程名称 水厂",
        },
        "phones": {"number": "电话 电话号码 联系电话 监督电话", "valid_from": "公布时间"},
        "works": {
            "name": "工程 供水工程 供水工程名称",
            "town_code": "乡镇",
            "village_codes": "供水范围 覆盖村 覆盖行政村 供水行政村",
            "works_class": "工程类型 工程规模类别",
            "population": "供水人口 设计供水人口 覆盖人口",
            "households": "供水户数 覆盖户数",
            "source_type": "水源",
            "built_year": "投产年份 建成时间 建成年份 建设年份",
        },
        "villages": {
            "village_code": "村 行政村 村名",
            "households": "户数",
            "population": "人口",
        },
        "responsibilities": {
            "name": "责任人 责任人姓名",
            "post": "职务职称 责任人职务",
            "duty": "责任类别 责任类型",
            "rank": "责任身份",
            "place_id": "乡镇 乡镇街道 责任范围",
            "org": "单位及职务 工作单位",
        },
        "water_tests": {
            "place_id": "工程名称 供水工程 采样地点",
            "sampled_on": "采样时间",
            "reported_on": "签发日期 报告时间",
            "lab_name": "检测机构",
            "sampling_point": "样品名称 水样类型 样品类型",
            "conclusion": "结论 检测结论",
        },
        "patrol_roster": {"village_code": "行政村"},
        "household_checks": {
            "village_code": "行政村",
            "checked_on": "排查日期 入户日期",
            "checked_households": "排查户数 入户户数 检查户数",
            "unsafe_households": "不安全户数 发现不安全户数 问题户数",
        },
        "funds": {
            "amount_yuan": "金额（元） 到位金额",
            "fund_year": "年份",
            "entry": "类别 资金类别",
            "entry_on": "到账日期 到账时间 到位日期 到位时间",
            "fund_source": "资金来源",
            "voucher_ref": "凭证编号 凭证 文号",
        },
    }.items()
}
"""Other ways in which people call columns; blanks part them."""

LONG: Mapping[str, str] = {
    label: name
    for name, labels in {
        "*indicator": "指标 检测项目 项目 指标名称",
        "*value": "报告原值 检测结果 结果 检测值 测定值 检验结果",
        "*unit_of_measure": "计量单位",
    }.items()
    for label in labels.split()
}
"""Columns of a laboratory's long sheet: a line for each indicator."""
LONGEST = 30
"""Characters of a label."""
_LIKE = 0.55
"""How much alike a strange label must be to a known one to be asked about."""
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_NOISE = re.compile(r"[、，,。.:：;；*★\s]+")
_TOWN = re.compile(
    r"乡[(（]镇[、，,]?(?:街道|办|街道办事处)?[)）]|乡镇[(（](?:街道|办|街道办事处|单位)[)）]|镇[(（]乡[)）]"
)


def bare(label: str) -> str:
    """Return a label in the form in which labels are compared."""
    return _NOISE.sub("", _TOWN.sub("乡镇", flat(label)))


def without_brackets(label: str) -> str:
    """Return a label without what stands in brackets: 整改结果(完成/正在)."""
    return bare(_BRACKETED.sub("", flat(label)))


_LONGEST_HINT = 80


def short(label: str) -> str:
    """Return a label in plain form; one that goes on in brackets for long, without them.

    The official form prints how to fill in ③ behind its label.
    """
    plain = flat(label)
    is_long = LONGEST < len(plain) < _LONGEST_HINT and plain.endswith(")")
    return without_brackets(plain) if is_long else plain


@dataclass(frozen=True)
class Form:
    """A ledger's sheet: how its columns may be called, and how many must be there to know it."""

    ledger: str
    labels: Mapping[str, str]
    key: frozenset[str]
    least: int

    def column(self, label: str) -> str | None:
        """Return what a label stands for; None if it is no label of this form."""
        plain = short(label)
        if len(plain) > LONGEST:
            return None
        found = self.labels.get(bare(plain))
        if found is None and ")" in plain:
            found = self.labels.get(without_brackets(plain))
        return found

    @cached_property
    def known(self) -> frozenset[str]:
        """Every label, in the form in which labels are compared."""
        return frozenset(self.labels)


def forms_of(schemas: Schemas, snapshot: Snapshot, ledgers: Sequence[str] = ()) -> list[Form]:
    """Return the forms that a sheet may have; with `ledgers` only theirs."""
    names = list(ledgers) or [
        "issues",
        *(n for n in schemas if schemas[n].home in ("U", "UC") and n != "issues"),
    ]
    forms = [_form(schemas[name], snapshot) for name in names]
    return [replace(form, least=3) for form in forms] if ledgers else forms


def _form(schema: Schema, snapshot: Snapshot) -> Form:
    labels = {bare(f.title): f.name for f in schema.fields} | {
        f.name: f.name for f in schema.fields
    }
    needed = {f.name for f in schema.fields if f.required}
    least = max(3, len(needed) // 2)
    if schema.name == "issues":
        labels |= {bare(label): name for label, name in TEN.items()}
        needed, least = set(TEN.values()), 6
    labels |= {bare(label): name for label, name in _ALSO.get(schema.name, {}).items()}
    for field in schema.fields:
        for other in _otherwise(field):
            labels.setdefault(other, field.name)
    if schema.name == "water_tests":
        labels |= {bare(label): name for label, name in LONG.items()} | indicators(snapshot)
    labels[bare(schema.by_name[schema.primary_key[0]].title)] = labels.get(
        bare(schema.by_name[schema.primary_key[0]].title), ID
    )
    labels[bare(HIDDEN_ID)] = ID
    return Form(schema.name, labels, frozenset(needed), least)


_DAYS = re.compile("(?:日期|时间|日|起)$")
_STATED = re.compile("^(?:可|已|有)")


def _otherwise(field: Field) -> list[str]:
    """Return what a title becomes where people say 时间 for 日期, and 是否公开 for 可公开."""
    title = bare(field.title)
    if field.type == "date" and (stem := _DAYS.sub("", title)) and len(stem) > 1:
        return [f"{stem}{ending}" for ending in ("日期", "时间", "日")]
    if field.type == "boolean":
        return [f"是否{_STATED.sub('', title)}", f"是否{title}", _STATED.sub("", title)]
    return []


def nearest(label: str, labels: Mapping[str, str], taken: Collection[str] = ()) -> list[str]:
    """Return the one or two labels that a strange one may be meant for, the likeliest first.

    `labels` are what a form knows; a column that the sheet has already is not offered.
    """
    plain = without_brackets(label) or bare(label)
    by_name: dict[str, tuple[float, str]] = {}
    for known, name in labels.items():
        if name not in taken and not known.isascii() and set(known) & set(plain):
            like = SequenceMatcher(None, plain, known).ratio(), known
            if like[0] >= _LIKE:
                by_name[name] = max(by_name.get(name, like), like)
    return [known for _, known in sorted(by_name.values(), reverse=True)[:2]]


def indicators(snapshot: Snapshot) -> dict[str, str]:
    """Return the labels of a laboratory's wide sheet: a column for each indicator."""
    found: dict[str, str] = {}
    for row in snapshot["water_limits"]:
        for name in (row.indicator_name, _BRACKETED.sub("", row.indicator_name), row.indicator):
            plain = bare(name)
            for form in (plain, plain.upper(), f"{plain}值", f"{plain.upper()}值"):
                found.setdefault(form, f"={row.indicator}")
        for name in _CALLED.get(row.indicator, "").split():
            found.setdefault(bare(name), f"={row.indicator}")
    return found


_CALLED: Mapping[str, str] = {
    "free-chlorine": "游离余氯 游离性余氯", "total-chlorine": "总余氯", "turbidity": "浊度",
    "odor": "嗅和味 臭味 嗅味", "chromium-6": "铬（六价） 铬六价", "ammonia": "氨氮 氨",
    "nitrate": "硝酸盐氮", "cod-mn": "耗氧量 CODMn", "volatile-phenols": "挥发酚 挥发性酚类",
    "e-coli": "大肠埃希菌", "color": "色", "anionic-detergents": "阴离子表面活性剂",
    "ph": "酸碱度 pH（无量纲）",
}  # fmt: skip
"""Other names of indicators in laboratories' reports; 余氯 alone is none: it may be either."""
_BASIS = re.compile(r"以([A-Z0-9]+)[-+]*计")


def other_basis(label: str, indicator: str, known: Mapping[str, str]) -> str:
    """Say that a label reckons an indicator as something else than the limits do."""
    told = _BASIS.search(bare(label).upper())
    if not told:
        return ""
    names = (bare(n).upper() for n, i in known.items() if i.lstrip("=") == indicator)
    ours = {found[1] for name in names if (found := _BASIS.search(name))}
    if not ours or told[1] in ours or told[1].replace("₃", "3") in ours:
        return ""
    return f"以{told[1]}计，限值表以{'、'.join(sorted(ours))}计"
