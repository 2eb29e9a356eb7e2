"""Workbooks as they came up when somebody kept a county's books without looking at the tests."""

from __future__ import annotations

from typing import Any

from workbooks.made import ANSWERS, TEN, Recipe, row, text, xlsx

TOWNSHIP = ["序号", "行政村", "自然村", "供水工程名称", "存在问题", "整改措施", "责任单位", "责任人",
            "联系电话", "计划完成时间", "是否完成", "发现日期"]  # fmt: skip
TOWN_LINE = [1, "下关村", "东组", "下关供水站", "井盖破损", "更换", "留山镇人民政府", "李建国\n副镇长",
             "0377-10200099", "2022.9.20", "是（9.11）", "2022.9.1"]  # fmt: skip
KINDS = [
    "村",
    "排查日期",
    "脱贫不稳定户",
    "边缘易致贫户（户）",
    "突发严重困难户",
    "其他脱贫户",
    "一般户数",
]
CHECKED = {"mode": "自查", "checker_level": "村", "checker_org": "下关村民委员会"}
DUTY = [
    ["留山镇农村饮水安全“三个责任”人名单"],
    ["序号", "乡镇（单位）", "责任类别", "责任人", "", "", "任职时间", "身份", "单位名称", "任职依据"],
    ["", "", "", "姓名", "职务", "联系电话"],
    [1, "留山镇", "政府主体责任", "李建国", "副镇长", "0377-10300088", "2022.9.1", "主管领导",
     "留山镇人民政府", "留政〔2022〕9号"],
]  # fmt: skip
PHONES = [
    ["用途", "范围", "对象", "电话号码", "号码类型", "是否公开", "启用时间"],
    ["维修", "工程", "留山镇下关供水站", "0377－10300123", "座机", "公开", "2022年9月1日"],
    ["维修", "工程", "留山镇东头供水站", "0377-10300124", "座机", "不公开", "2022年9月1日"],
]
MONTH = [
    ["2022年8月农村供水水质检测结果汇总表"],
    ["检测单位：南召县农村饮水水质检测中心", "", "", "报告日期：2022年8月24日"],
    ["序号", "供水工程", "采样日期", "水样类型", "检测项目", "", "", "检测结论"],
    ["", "", "", "", "色度（度）", "浑浊度（NTU）", "余氯（mg/L）"],
    [1, "留山镇下关供水站", "8.20", "出厂水", "<5", "0.30", "0.35", "合格"],
]
LAB = {"checker_level": "县", "checker_org": "南召县水利局", "method": "化验"}


def _merges(*areas: str) -> Any:
    def spoil(book: Any) -> None:
        for area in areas:
            book.active.merge_cells(area)

    return spoil


def _of(name: str, ledger: str, lines: list[list[Any]], spoil: Any = None, **want: Any) -> Recipe:
    want.setdefault("answers", {})
    want.setdefault("unit", "nanzhao")
    return Recipe(name, xlsx(lines, spoil=spoil), ledger=ledger, **want)


OFFICIAL = [
    t if n != 2 else "问题描述 (与表 1 表述一致, xxx 乡镇 xxx 村 xxx 供水工程 xxx 问题)"
    for n, t in enumerate(TEN)
]

UNSEEN = [
    Recipe("the official blank form itself", xlsx([["附表 2-2"], ["南召县(市、区)农村饮水工程运行管护问题“回头看”整改台账"], ["单位（盖章）：", "", "", "", "", "", "填报时间：2022 年 8 月 25 日"], OFFICIAL, list(range(1, 11)), row()]), first={"resp_person": "张三"}),
    Recipe("township's file tells of its unit", xlsx([["留山镇饮水安全问题清单"], TOWNSHIP, TOWN_LINE]), answers=ANSWERS, first={"resp_person": "李建国", "resp_post": "副镇长", "works_id": "nanzhao-w0001", "due_on": "2022-09-20"}, events=["登记", "整改完成"], says=["按“留山镇”认作南召县", "C 列“自然村”"]),
    Recipe("post in brackets on its own line", xlsx([TEN, row(person="李建国\n（副镇长）")]), first={"resp_person": "李建国", "resp_post": "副镇长"}),
    Recipe("channel with more words", xlsx([[*TEN, "发现渠道"], [*row(), "自查自纠"]]), first={"channel": "自查"}),
    Recipe("two words in one", xlsx([[*TEN, "发现渠道"], [*row(), "自查和暗访"]]), new=0, refused=1, says=["只能填 自查、大排查"]),
    Recipe("answers as people write them", xlsx([TEN, row()], [["项", "填在这里"], ["发现日期", "8月18日"], ["发现渠道", "自查"], ["环节", ""]], names=["台账", "补充信息"]), answers={k: v for k, v in ANSWERS.items() if k not in ("found_on", "channel")}, first={"found_on": "2022-08-18"}),
    Recipe("asked at once though a cell is wrong", xlsx([TEN, row(phone="1.38E+10")]), answers={}, new=0, refused=1, says=["科学记数法", "没有“发现渠道”"]),
    _of("kinds of households across", "household_checks", [["留山镇入户排查统计表"], KINDS, ["下关村", "8月15日", 3, "2户", 0, "", 120], ["小计", "", 3, 2, 0, 0, 120]], new=3, answers=CHECKED, first={"household_kind": "脱贫不稳定户", "checked_households": "3", "checked_on": "2022-08-15"}),
    _of("kinds across and one count of all", "household_checks", [[*KINDS, "不安全户数"], ["留山镇下关村", "8月15日", 3, 2, 0, 0, 120, 1]], new=3, answers=CHECKED, says=["分不出是哪一类"]),
    _of("kinds across and none of all unsafe", "household_checks", [[*KINDS, "不安全户数"], ["留山镇下关村", "8月15日", 3, 2, 0, 0, 120, 0]], new=3, answers=CHECKED, first={"unsafe_households": "0"}),
    _of("kinds across and their sum", "household_checks", [["村", "核查户数", *KINDS[1:]], ["留山镇下关村", 125, "8月15日", 3, 2, 0, 0, 120]], new=3, answers=CHECKED, first={"checked_households": "3", "checked_on": "2022-08-15"}, says=["核查户数"]),
    _of("kinds across, none of any", "household_checks", [KINDS, ["留山镇下关村", "8月15日", 0, 0, "/", "", ""]], new=0, answers=CHECKED),
    _of("duties by township", "responsibilities", DUTY, _merges("D2:F2", "A2:A3", "B2:B3", "C2:C3", "G2:G3"), first={"place_type": "乡镇", "place_id": "411321101", "name": "李建国", "valid_from": "2022-09-01"}, says=["F 列“联系电话”"]),
    _of("telephones public or not", "phones", PHONES[:2], first={"is_public": "是", "valid_from": "2022-09-01"}),
    _of("telephone not public", "phones", [PHONES[0], ["维修", "工程", "留山镇下关供水站", "0377-10300124", "座机", "不公开", "2022年9月1日"]], first={"is_public": "否"}),
    _of("month of water with lines above", "water_tests", MONTH, _merges("E3:G3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "H3:H4"), answers=LAB, first={"lab_name": "南召县农村饮水水质检测中心", "reported_on": "2022-08-24", "conclusion": "达标"}, says=["是不是 总余氯、游离余氯"]),
    _of("money under other words", "funds", [["维修养护资金到位情况表（单位：万元）"], ["年份", "类别", "金额", "到账时间", "资金来源", "凭证编号"], [2022, "到账", 1.5, "2022.8.2", "县级财政", "凭31"]], first={"amount_yuan": "15000", "entry_on": "2022-08-02", "voucher_ref": "凭31"}),
    Recipe("head that is nearly one", text([["入户情况"], ["村庄", "核查日", "户别", "核查方法"], ["下关村", "8.15", "一般户", "自查"]]), "南召县.csv", ledger="household_checks", unit="", answers={}, new=0, says=["第 2 行像", "也许是"]),
]  # fmt: skip
