"""Reports as laboratories issue them: the head above, the indicators downwards."""

from __future__ import annotations

from typing import Any

from workbooks.made import Recipe, xlsx

BY = {"checker_level": "县", "checker_org": "南召县水利局", "method": "化验"}
REPORT = [
    ["南召县农村饮水水质检测中心"],
    ["水质检测报告"],
    ["报告编号：NZ2022-081", "", "", "检测日期：2022年8月21日"],
    ["采样地点", "留山镇下关供水站", "", "水样类型", "出厂水"],
    ["采样日期", "2022年8月20日", "", "报告日期", "2022.8.25"],
    ["检测项目", "单位", "限值", "检测结果", "单项判定"],
    ["微生物指标"],
    ["菌落总数", "CFU/mL", "≤100", "12", "合格"],
    ["总大肠菌群", "MPN/100mL", "不得检出", "未检出", "合格"],
    ["感官性状和一般化学指标"],
    ["浑浊度", "NTU", "≤1", 0.4, "合格"],
    ["pH值", "无量纲", "6.5~8.5", "7.21", "合格"],
    ["氟化物", "mg/L", "≤1.0", "0.86", "合格"],
    ["检测结论：所检项目符合《生活饮用水卫生标准》（GB5749-2006）要求"],
    ["检验人：张三", "", "审核人：李四"],
]
SEVERAL = [
    ["农村饮水工程水质检测结果表"],
    ["检测单位：南召县农村饮水水质检测中心    报告编号：NZ2022-082"],
    ["样品编号", "", "", "S1", "S2", "S3"],
    ["采样地点", "", "", "留山镇下关供水站", "", "城关镇沙坪供水站"],
    ["水样类型", "", "", "出厂水", "末梢水", "管网末梢水"],
    ["采样日期", "", "", "2022.8.20", "2022.8.20", "2022.8.21"],
    ["检测项目", "计量单位", "标准限值", "检测结果", "检测结果", "检测结果"],
    ["色度", "度", "15", "<5", "<5", "5"],
    ["铁", "mg/L", "0.3", "0.05L", "0.12", "/"],
    ["锰", "mg/L", "0.1", 0.02, 0.03, 0.04],
    ["结论", "", "", "合格", "合格", "合格"],
]
NAMED = [
    ["水质检测结果", "", "", "检测日期：2022.8.23"],
    ["采样日期：2022.8.20", "", "", "结论：合格"],
    ["项目", "单位", "标准值", "检测结果", ""],
    ["", "", "", "下关供水站出厂水", "下关供水站末梢水"],
    ["铁", "mg/L", "0.3", "0.1", "0.2"],
    ["锰", "mg/L", "0.1", "0.02", "0.03"],
    ["浊度", "NTU", "1", "0.4", "0.5"],
]
HALVES = [
    ["采样地点：下关供水站", "", "", "采样日期：2022.8.20", "", "水样类型：末梢水"],
    ["序号", "检测项目", "检测结果", "序号", "检测项目", "检测结果"],
    [1, "铁", 0.1, 3, "pH值", 7.1],
    [2, "锰", "0.02", 4, "氟化物", "0.5"],
    ["检测结论", "合格"],
]


def _block(
    place: str, point: str, day: str, iron: str, conclusion: str = "合格"
) -> list[list[Any]]:
    return [
        [f"样品名称：{point}", "", f"采样地点：{place}", "", f"采样日期：{day}"],
        ["项目", "单位", "限值", "结果"],
        ["铁", "mg/L", "0.3", iron],
        ["锰", "mg/L", "0.1", "0.02"],
        [f"结论：{conclusion}"],
        [""],
    ]


BLOCKS = [
    ["检测报告"],
    ["报告编号：A-1", "", "检测单位：县检测中心"],
    *_block("下关供水站", "出厂水", "2022-8-20", "0.1"),
    *_block("沙坪供水站", "末梢水", "2022-8-21", "0.2"),
    ["本报告仅对来样负责"],
]
BESIDE = [
    ["采样地点：下关供水站", "", "采样地点：沙坪供水站", ""],
    ["采样日期：2022.8.20", "", "采样日期：2022.8.21", ""],
    ["水样类型", "出厂水", "水样类型", "末梢水"],
    ["项目", "结果", "项目", "结果"],
    ["铁", "0.1", "铁", "0.2"],
    ["锰", "0.02", "锰", "0.03"],
    ["结论", "合格", "结论", "合格"],
]
AGAIN = [
    ["采样地点：下关供水站", "采样日期：2022.8.20", "水样类型：末梢水", "结论：合格"],
    ["项目", "结果"],
    ["铁", "0.1"],
    ["锰", "0.02"],
    ["（续表）"],
    [""],
    [""],
    ["项目", "结果"],
    ["氟化物", "0.5"],
    ["砷", "未检出"],
]


def _merged(book: Any) -> None:
    book.active.merge_cells("D4:E4")
    book.active.row_dimensions[9].hidden = True


def _decimals(book: Any) -> None:
    book.active["D11"].number_format = "0.00"


def _span(book: Any) -> None:
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:E3"):
        book.active.merge_cells(area)


def _of(name: str, lines: list[list[Any]], spoil: Any = None, **want: Any) -> Recipe:
    want.setdefault("answers", BY)
    return Recipe(name, xlsx(lines, spoil=spoil), ledger="water_tests", unit="nanzhao", **want)


def _changed(lines: list[list[Any]], **cells: Any) -> list[list[Any]]:
    """Return a report with some cells put otherwise, by their addresses."""
    made = [list(line) for line in lines]
    for address, value in cells.items():
        line = made[int(address[1:]) - 1]
        column = "ABCDEFGH".index(address[0])
        line += [""] * (column + 1 - len(line))
        line[column] = value
    return made


FIRST = {"place_type": "工程", "place_id": "nanzhao-w0001", "sampled_on": "2022-08-20"}
REPORTS = [
    _of("report downwards", REPORT, _decimals, says=["D3“2022年8月21日”"], first=FIRST | {"sampling_point": "出厂水", "reported_on": "2022-08-25", "report_no": "NZ2022-081", "conclusion": "达标"}),
    _of("report with a column for each sample", SEVERAL, _merged, new=3, first=FIRST | {"report_no": "NZ2022-082"}, says=["第 9 行隐藏", "“S1”"]),
    _of("report with samples named in the head", NAMED, _span, new=2, first=FIRST | {"sampling_point": "出厂水"}),
    _of("report in two halves", HALVES, first=FIRST | {"sampling_point": "末梢水"}),
    _of("report with a block for each sample", BLOCKS, new=2, first=FIRST | {"report_no": "A-1", "lab_name": "县检测中心"}),
    _of("report with blocks side by side", BESIDE, new=2, first=FIRST),
    _of("report that goes on", AGAIN, first=FIRST),
    _of("report failing", _changed(REPORT, A14="检测结论：浑浊度超标，不符合要求"), first={"conclusion": "不达标"}),
    _of("report with a but", _changed(REPORT, A14="检测结论：除浑浊度外，其余符合要求"), new=0, refused=1, says=["“报告结论”只能填"]),
    _of("report without a conclusion", REPORT[:-2], new=0, refused=1, says=["没有“报告结论”"]),
    _of("report of an unknown place", _changed(REPORT, B4="某村水龙头"), new=0, refused=1, says=["没有叫“某村水龙头”"]),
    _of("report without a place", _changed(REPORT, A4="", B4=""), new=0, refused=1, says=["没有“对象”"]),
    _of("report of no known water", _changed(REPORT, E4="生活饮用水"), new=0, refused=1, says=["只能填 水源水、出厂水"]),
    _of("report with a misspelt indicator", _changed(REPORT, A13="氟化勿"), says=["是不是 氟化物"]),
    _of("report with an indicator of no limit", _changed(REPORT, A13="镍"), says=["A13“镍”"]),
    _of("report with a verdict for a value", _changed(REPORT, D13="合格"), new=0, refused=1, says=["只写了结论"]),
    _of("report in another unit", _changed(REPORT, B13="μg/L"), new=0, refused=1, says=["“氟化物”的单位是 μg/L"]),
    _of("report as another substance", _changed(REPORT, A13="硝酸盐（以NO3计）"), says=["以NO3计，限值表以N计"]),
    _of("report with an indicator twice", _changed(HALVES, E4="铁"), says=["同一个指标写了两次"]),
    _of("report with two columns alike", _changed(NAMED, D4="下关供水站出厂水", E4="下关供水站出厂水"), _span, new=1, refused=1, says=["和前面的一行是同一个"]),
]  # fmt: skip
