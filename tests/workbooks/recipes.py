"""The workbooks: one habit each."""

from __future__ import annotations

import datetime
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Font

from workbooks.habits import MORE
from workbooks.laboratory import REPORTS
from workbooks.made import ANSWERS, TEN, Recipe, row, sheet_of, text, xlsx
from workbooks.unseen import UNSEEN

LINE_1 = 6
"""The row of the first line in a filled-in form."""


def _cell(name: str, column: str, value: Any, want: dict[str, str] | str) -> Recipe:
    """Return a form with one line in which one cell is written so."""
    content = xlsx(sheet_of(row(**{column: value})))
    if isinstance(want, str):
        return Recipe(name, content, new=0, refused=1, says=[want])
    return Recipe(name, content, first=want)


def _spoilt(name: str, spoil: Any, **want: Any) -> Recipe:
    lines = want.pop("lines", [row(101), row(102), row(103)])
    want.setdefault("new", len(lines))
    return Recipe(name, xlsx(sheet_of(*lines), spoil=spoil), **want)


DATES = {
    "2022.8.20": "2022-08-20", "2022年8月20日": "2022-08-20", "8月20日前": "2022-08-20",
    "2022年8月底": "2022-08-31", "8月底前": "2022-08-31", "8.20": "2022-08-20", "22.8.20": "2022-08-20",
    "2022/8/20": "2022-08-20", "20220820": "2022-08-20", "8月中旬": "2022-08-20", "9月上旬": "2022-09-10",
    "8月下旬": "2022-08-31", "年底前": "2022-12-31", "２０２２．８．２０": "2022-08-20",
    "二〇二二年八月二十日": "2022-08-20", "2022-08-20 00:00:00": "2022-08-20", "8月25日以前": "2022-08-25",
    "2022年9月30日前完成": "2022-09-30",
}  # fmt: skip

CELLS = [
    *(_cell(f"due {t}", "due", t, {"due_on": d, "due_text": t}) for t, d in DATES.items()),
    _cell("due serial", "due", 44793, {"due_on": "2022-08-20"}),
    _cell("due real date", "due", datetime.date(2022, 8, 20), {"due_on": "2022-08-20"}),
    _cell("due at once", "due", "立行立改", {"due_on": "2022-08-21", "handling": "立行立改"}),
    _cell(
        "due lasting with day",
        "due",
        "长期坚持，2022年12月31日",
        {"due_on": "2022-12-31", "handling": "长期"},
    ),
    _cell("due lasting alone", "due", "长期坚持", "只写了长期"),
    _cell("due 8.2", "due", 8.2, "可能是 8月2日"),
    _cell("due 1900", "due", datetime.date(1900, 1, 8), "被 Excel 改成了别的"),
    _cell("due nonsense", "due", "尽快", "认不出是哪一天"),
    _cell("due 31 June", "due", "6月31日", "没有这一天"),
    _cell(
        "person with post", "person", "张三（镇长）", {"resp_person": "张三", "resp_post": "镇长"}
    ),
    _cell("person inner blank", "person", "张 三", {"resp_person": "张三"}),
    _cell("persons by mark", "person", "张三、李四", {"resp_person": "张三", "co_persons": "李四"}),
    _cell("persons by blank", "person", "张三 李四", {"resp_person": "张三", "co_persons": "李四"}),
    _cell("persons by line", "person", "张三\n李四", {"resp_person": "张三", "co_persons": "李四"}),
    _cell(
        "person post behind",
        "person",
        "王小明副镇长",
        {"resp_person": "王小明", "resp_post": "副镇长"},
    ),
    _cell("person is an office", "person", "水利局", "不像姓名"),
    _cell(
        "phone full width", "phone", "０３７７－１０２０００９９", {"resp_phone": "0377-10200099"}
    ),
    _cell("phone without hyphen", "phone", "037710200099", {"resp_phone": "0377-10200099"}),
    _cell("phone mobile blanks", "phone", "138 0013 8000", {"resp_phone": "13800138000"}),
    _cell("phone mobile number", "phone", 13800138000, {"resp_phone": "13800138000"}),
    _cell("phone lost zero", "phone", 37710200099, "少了区号开头的0"),
    _cell("phone scientific", "phone", "1.38E+10", "科学记数法"),
    _cell("phone two", "phone", "13800138000、0377-10200099", "2 个号码"),
    _cell("result done without day", "result", "已整改到位", {"seq_no": "101"}),
    _cell("result unclear", "result", "差不多了", "看不出是完成还是正在"),
    _cell("result not begun", "result", "未整改", {"seq_no": "101"}),
    _cell(
        "place traditional",
        "title",
        "留山鎮下關二組供水站閥門漏水",
        {"works_id": "nanzhao-w0003", "town_code": "411321101"},
    ),
    _cell("place unknown", "title", "某某镇某村阀门漏水", "开头认不出乡镇或村"),
    _cell(
        "text with line break", "measures", "更换阀门\n清洗管道", {"measures": "更换阀门；清洗管道"}
    ),
    _cell("formula text stays text", "measures", "'=1+1 更换", {"measures": "'=1+1 更换"}),
    _cell("seq became date", "no", datetime.date(2022, 1, 1), "变成了日期"),
]


def _merge(book: Any) -> None:
    sheet = book.active
    for address in ("A7", "A8"):
        sheet[address] = None
    sheet.merge_cells("A6:A8")
    sheet["E7"] = sheet["E8"] = None
    sheet.merge_cells("E6:E8")


def _hide(book: Any) -> None:
    book.active.row_dimensions[7].hidden = True


def _filter(book: Any) -> None:
    book.active.auto_filter.ref = "A4:J8"
    book.active.row_dimensions[8].hidden = True


def _hide_column(book: Any) -> None:
    book.active.column_dimensions["J"].hidden = True


def _hide_sheet(book: Any) -> None:
    book.create_sheet("空")
    book["Sheet1"].sheet_state = "hidden"


def _strike(book: Any) -> None:
    book.active["D7"].font = Font(strike=True)


def _comment(book: Any) -> None:
    book.active["D7"].comment = Comment("请核实", "局里")


def _formula(book: Any) -> None:
    book.active["D7"] = "=A1&B1"


def _error(book: Any) -> None:
    book.active["H7"] = "#REF!"
    book.active["H7"].data_type = "e"


def _epoch(book: Any) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book.epoch = CALENDAR_MAC_1904
    for line in (6, 7, 8):
        book.active[f"H{line}"] = datetime.date(2022, 8, 20)


def _template(book: Any) -> None:
    sheet = book.create_sheet("_qingyuan")
    for pair in (("ledger", "issues"), ("schema_version", "0" * 12), ("unit", "nanzhao")):
        sheet.append(pair)
    sheet.sheet_state = "veryHidden"


BESIDE = [[*TEN, "", *TEN], [*range(1, 11), "", *range(1, 11)], [*row(101), "", *row(102)]]
EXTRA = [
    [*TEN, "发现日期", "发现渠道", "环节", "完成日期"],
    [*row(101, result="完成"), "2022.8.15", "暗访", "水源", "8月19日"],
]
ALL = [row(101), row(102), row(103)]

LAYOUTS = [
    Recipe("plain", xlsx(sheet_of(row()))),
    Recipe("no title", xlsx([TEN, row()])),
    Recipe("labels without brackets", xlsx([[t.split("\n")[0] for t in TEN], row()])),
    Recipe("labels with blanks", xlsx([[" ".join(t) for t in TEN], row()])),
    Recipe(
        "other words for labels",
        xlsx(
            [
                [
                    "县区",
                    "编号",
                    "存在问题",
                    "措施",
                    "责任单位",
                    "责任人",
                    "联系方式",
                    "整改期限",
                    "整改情况",
                    "说明",
                ],
                row(),
            ]
        ),
    ),
    Recipe("columns in another order", xlsx([TEN[::-1], row()[::-1]])),
    Recipe("blank column on the left", xlsx([["", *line] for line in sheet_of(row())])),
    Recipe(
        "two sheets",
        xlsx(sheet_of(row(101)), sheet_of(row(102)), names=["留山镇", "城关镇"]),
        new=2,
    ),
    Recipe(
        "numbers restart per township",
        xlsx(sheet_of(row(101)), sheet_of(row(101, title="城关镇沙坪供水站水泵漏水"))),
        new=2,
    ),
    Recipe("a sheet that is no table", xlsx(sheet_of(row()), [["随便写写"]]), says=["没有台账"]),
    Recipe("side by side", xlsx(BESIDE), new=2),
    Recipe("repeated header", xlsx([*sheet_of(row(101)), TEN, row(102)]), new=2),
    Recipe("blank lines", xlsx(sheet_of(row(101), [None], [None], row(102))), new=2),
    Recipe(
        "sum and signature",
        xlsx(sheet_of(row(101), ["合计", "1条"], ["填报人：张三", "", "审核人：李四"])),
        new=1,
    ),
    Recipe("subtotals", xlsx(sheet_of(row(101), ["小计", 1], row(102), ["", "小计", 1])), new=2),
    Recipe(
        "as above",
        xlsx(sheet_of(row(101), row(102, org="同上", person="〃", measures="″"))),
        new=2,
        says=[],
    ),
    Recipe(
        "as above with nothing above",
        xlsx(sheet_of(row(org="同上"))),
        new=0,
        refused=1,
        says=["上面没有可抄的"],
    ),
    Recipe("unit only in the first line", xlsx(sheet_of(row(101), row(102, unit=""))), new=2),
    Recipe("unit by alias", xlsx(sheet_of(row(unit="南召县水利局")))),
    Recipe("unit only in the title", xlsx(sheet_of(row(unit="")))),
    Recipe(
        "rows of another unit",
        xlsx(sheet_of(row(101), row(102), row(103, unit="卧龙区"))),
        new=2,
        unit="nanzhao",
    ),
    Recipe("unit unknown", xlsx([TEN, row(unit="")]), new=0, says=["看不出是哪个单位"]),
    Recipe(
        "nothing answered",
        xlsx(sheet_of(row())),
        new=0,
        refused=1,
        answers={},
        says=["没有“发现日期”", "没有“环节”"],
    ),
    Recipe(
        "answers in extra columns",
        xlsx(EXTRA),
        first={"found_on": "2022-08-15", "channel": "暗访", "segment": "水源"},
        events=["登记", "整改完成"],
    ),
    Recipe(
        "answers in a sheet",
        xlsx(sheet_of(row()), [["发现日期", "2022-08-16"]], names=["台账", "补充信息"]),
        answers={k: v for k, v in ANSWERS.items() if k != "found_on"},
        first={"found_on": "2022-08-16"},
    ),
    Recipe(
        "done with a day",
        xlsx(sheet_of(row(result="√"))),
        answers=ANSWERS | {"done_on": "2022-08-19"},
        events=["登记", "整改完成"],
    ),
    Recipe(
        "done without a day",
        xlsx(sheet_of(row(result="100%"))),
        events=["登记"],
        says=["没有完成日期"],
    ),
    Recipe("unknown column", xlsx([[*TEN, "领导批示"], [*row(), "阅"]]), says=["领导批示"]),
    Recipe("no header at all", xlsx([row()]), new=0, says=["没有认出表头"]),
    Recipe("empty workbook", xlsx([]), new=0, says=["一个字也没有"]),
    _spoilt("merged downwards", _merge),
    _spoilt("hidden row", _hide, says=["第 7 行隐藏"]),
    _spoilt("filtered row", _filter, says=["第 8 行被筛选"]),
    _spoilt("hidden column", _hide_column, says=["J 列隐藏着"]),
    _spoilt("hidden sheet", _hide_sheet, says=["是隐藏的"]),
    _spoilt("struck out", _strike, says=["删除线"]),
    _spoilt("comment", _comment, says=["请核实"]),
    _spoilt("formula without result", _formula, new=2, refused=1, says=["公式没有算出结果"]),
    _spoilt("error cell", _error, new=2, refused=1, says=["错误值 #REF!"]),
    _spoilt("1904 dates", _epoch, first={"due_on": "2022-08-20"}),
    _spoilt("outdated template", _template, says=["这份空表是旧的"]),
    Recipe("csv utf-8", text(sheet_of(row())), "台账.csv"),
    Recipe("csv utf-8 mark", text(sheet_of(row()), encoding="utf-8-sig"), "台账.csv"),
    Recipe("csv gb18030", text(sheet_of(row()), encoding="gb18030"), "台账.csv"),
    Recipe("csv utf-16", text(sheet_of(row()), encoding="utf-16"), "台账.csv"),
    Recipe("csv tab", text(sheet_of(row()), "\t", "gb18030"), "台账.txt"),
    Recipe("csv semicolon", text(sheet_of(row()), ";"), "台账.csv"),
]


def _other(name: str, ledger: str, lines: list[list[Any]], **want: Any) -> Recipe:
    want.setdefault("answers", {})
    return Recipe(name, xlsx(lines), ledger=ledger, unit="nanzhao", **want)


WATER = {
    "checker_level": "县",
    "checker_org": "南召县水利局",
    "place_type": "工程",
    "method": "化验",
    "sampling_point": "末梢水",
}
WIDE = [
    ["工程名称", "采样日期", "报告结论", "检测单位", "氟化物", "铁"],
    ["留山镇下关供水站", "2022.8.20", "达标", "县检测中心", "0.40", "<0.05"],
]
LONG = [
    ["对象", "采样日期", "报告结论", "检测项目", "检测结果"],
    ["留山镇下关供水站", "2022.8.20", "达标", "氟化物", "0.40"],
    ["留山镇下关供水站", "2022.8.20", "达标", "铁", "未检出"],
]
OTHERS = [
    _other(
        "water wide",
        "water_tests",
        WIDE,
        answers=WATER,
        first={"place_id": "nanzhao-w0001", "sampled_on": "2022-08-20"},
    ),
    _other("water long", "water_tests", LONG, answers=WATER, first={"place_id": "nanzhao-w0001"}),
    _other(
        "water with a verdict for a value",
        "water_tests",
        [WIDE[0], [*WIDE[1][:4], "合格", ""]],
        answers=WATER,
        new=0,
        refused=1,
        says=["只写了结论"],
    ),
    _other(
        "phones",
        "phones",
        [
            ["用途", "范围", "对象", "号码", "号码类型", "可公开", "启用日"],
            ["维修", "工程", "留山镇下关供水站", "0377 1020 0555", "座机", "√", "2022.8.1"],
        ],
        first={"number": "0377-10200555", "place_id": "nanzhao-w0001", "is_public": "是"},
    ),
    _other(
        "roster",
        "patrol_roster",
        [["村", "角色", "姓名", "起"], ["留山镇下关村", "村委", "李 四", "2022年8月1日"]],
        first={"name": "李四", "valid_from": "2022-08-01"},
    ),
    _other(
        "responsibilities",
        "responsibilities",
        [
            ["范围", "对象", "责任", "身份", "姓名", "职务", "单位名称", "任职起", "任职依据"],
            [
                "乡镇",
                "留山镇",
                "政府主体责任",
                "主管领导",
                "王五",
                "副镇长",
                "留山镇人民政府",
                "2022.8.1",
                "留政〔2022〕8号",
            ],
        ],
        first={"place_id": "411321101", "name": "王五"},
    ),
    _other(
        "funds",
        "funds",
        [
            ["年度", "项目", "金额", "日期", "来源", "凭证号"],
            [2022, "到账", "1.2万元", "2022.8.15", "县级财政", "凭9"],
        ],
        first={"amount_yuan": "12000", "fund_year": "2022"},
    ),
    _other(
        "works",
        "works",
        [
            [
                "工程名称",
                "所在乡镇",
                "供水村",
                "工程类别",
                "设计规模",
                "受益人口",
                "受益户数",
                "水源类型",
                "消毒方式",
                "管护单位",
                "管护单位类型",
                "运行状态",
            ],
            [
                "留山镇新供水站",
                "留山镇",
                "下关村",
                "千人以下",
                "50吨/日",
                "约600",
                "1,50",
                "地下水",
                "次氯酸钠",
                "下关村民委员会",
                "村委会",
                "正常",
            ],
        ],
        new=0,
        refused=1,
        says=["认不出是多少"],
    ),
    _other(
        "villages changed",
        "villages",
        [["村", "统计日期", "总户数"], ["留山镇下关村", "2022.7.14", "3,00户"]],
        new=0,
        refused=1,
        says=["认不出是多少"],
    ),
    _other(
        "household counts",
        "household_checks",
        [
            ["村", "核查日期", "户类", "方式", "核查户数", "检查层级", "检查单位"],
            ["留山镇下关村", "8月15日", "一般户", "自查", "12户", "村", "下关村民委员会"],
        ],
        first={"checked_on": "2022-08-15", "checked_households": "12"},
    ),
]

RECIPES = [*CELLS, *LAYOUTS, *OTHERS, *MORE, *REPORTS, *UNSEEN]
