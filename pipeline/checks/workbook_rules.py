"""The rules of what comes in as a workbook: cells that are read, columns and rows accounted for.

They judge a clerk's file before it is ledgers (`pipeline.intake` asks them); what concerns the
rows that come of it is said by the other gates. None can be waived: the file is mended instead.
"""

from __future__ import annotations

from pipeline.findings import Rule, Severity


def _rule(id: str, severity: Severity, sentence: str, remedy: str, source: str, why: str) -> Rule:
    return Rule(id, "workbook", severity, sentence, remedy, source=source, why=why)


UNREAD = _rule(
    "IM01",
    "error",
    "每一格都认得出来",
    "照提示改这一格，再导一次",
    "不悄悄猜",
    "认不出的不猜，猜错了就成了假账",
)
LACKING = _rule(
    "IM02",
    "error",
    "登记要的项都有",
    "在命令里用 --set 项=值 补（整个文件一样时），或在表里加一列",
    "附表2-2、O-13、不悄悄猜",
    "官方十列里没有这些项，替人猜就会影响扣分和时限",
)
OVERLOOKED = _rule(
    "IM03",
    "warning",
    "表里没有看不见的内容",
    "看一看是不是该有；不该有的删掉再导",
    "不悄悄猜",
    "隐藏的行列、划掉的字和批注，别人看不见，程序看得见",
)
NO_DONE_DAY = _rule(
    "IM04",
    "warning",
    "写了完成的，有完成日期",
    "加“完成日期”一列，或用 --set done_on=日期 补",
    "附表2-2、O-14",
    "没有日期不能证明按期完成，先按正在整改记",
)
BROKEN_CELL = _rule(
    "IM05",
    "error",
    "没有错误值，公式都有结果",
    "在 WPS 里改好公式，或改成填好的值，保存后再导",
    "格式约定",
    "#N/A 和没有算过的公式不是数据",
)
NO_UNIT = _rule(
    "IM06",
    "error",
    "看得出是哪个单位的表",
    "用 --unit 写单位编号，或在“市、县”列写单位名",
    "附表2-2、O-1",
    "认不出单位就不知道记在谁的台账里",
)
UNKNOWN_COLUMN = _rule(
    "IM07",
    "warning",
    "每一列都有去处",
    "列名照表样写；用不着的列不必管",
    "不悄悄猜",
    "没有认出的列没有导入，说出来才知道少了什么",
)
MISSING = _rule(
    "IM08",
    "warning",
    "库里有的，表里也有",
    "漏了的补上；真不用了的用“作废”事件，不是从表里删",
    "改动有据",
    "表里没有的行不会从台账里删掉，少了就没人知道有过",
)
OUTDATED = _rule(
    "IM09",
    "warning",
    "用的是现在的空表",
    "用 qingyuan export 重新导出一份空表",
    "格式约定",
    "旧表可能少列，下拉的选项也可能过时",
)
FIXED = _rule(
    "IM10",
    "error",
    "登记过的地方、来源、发现日期和首次时限不改",
    "改回原来的；延期用 延期批准 事件，登记错了的作废后重新登记",
    "改动有据、O-13",
    "改了首次时限，逾期就看不出来了",
)
NO_TABLE = _rule(
    "IM11",
    "error",
    "找得到表头",
    "表头照表样写全；不是台账的表删掉或另存",
    "附表2-2、格式约定",
    "没有表头，不知道哪一列是什么",
)
SAME_TWICE = _rule(
    "IM12",
    "error",
    "一行对应台账里的一行",
    "写明是哪一行：加“问题编号”一列填上编号",
    "台账约定、不悄悄猜",
    "像两行的，改错一行比不改更坏",
)
NOTED = _rule(
    "IM13",
    "warning",
    "写法没有含糊",
    "核对一下；没有错就不用改",
    "不悄悄猜",
    "约数、未整改这样的写法照记，但要知道",
)
