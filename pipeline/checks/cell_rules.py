"""What the schema gate holds every cell to: filled in, of its kind, as it is written everywhere."""

from __future__ import annotations

from pipeline.findings import Rule, Severity


def _rule(
    id: str,
    sentence: str,
    remedy: str,
    severity: Severity = "error",
    *,
    source: str = "格式约定",
    why: str,
) -> Rule:
    return Rule(id, "schema", severity, sentence, remedy, source, why)


REQUIRED = _rule(
    "S01",
    "必填的列不空",
    "照原件填上；不知道的先问清楚，不要留空格或写“无”",
    source="台账约定",
    why="必填的空着，这条记录就判断不了，也不能算数",
)
DATE = _rule(
    "S02",
    "日期写成 2022-08-20 这样",
    "年四位、月日各两位，中间用英文短横；不写“前”“底”和年月日",
    why="写法不一，期限就算不准",
)
INTEGER = _rule(
    "S03",
    "整数只写半角数字",
    "不加单位、逗号、小数点和“约”；万、亿换算成个",
    why="夹了单位和逗号的数没有办法相加",
)
NUMBER = _rule(
    "S04",
    "数值只写半角数字和小数点",
    "小数最多6位；不加单位、逗号和“约”；万、亿换算成个",
    why="夹了单位和逗号的数没有办法比较",
)
BOOLEAN = _rule(
    "S05",
    "是非只写“是”或“否”",
    "写“是”或“否”；不知道就空着",
    why="写成“√”“有”这类，读的人理解不一样",
)
CHOICE = _rule(
    "S06",
    "只写规定的取值",
    "从规定的取值里选一个，一字不差；拿不准的先问",
    why="自己造的说法归不了类，统计时会漏",
)
PATTERN = _rule(
    "S07",
    "编号、代码、号码照规定的样子写",
    "照这一列的例子重新写；样子见字段字典",
    why="写法不对的编号找不到所指的那一条，号码也拨不通",
)
LENGTH = _rule(
    "S08",
    "文字不超过规定的字数",
    "写要点；详细材料归档，这里写档案号",
    why="太长的页面放不下，要点也看不出来",
)
RANGE = _rule(
    "S09",
    "数值、日期在规定的范围内",
    "核对原件，看正负号、小数点、单位和年份",
    source="常理",
    why="超出范围的多半是错了小数点、单位或年份",
)
LIST = _rule(
    "S10",
    "几项之间用竖线隔开，按次序、不重复",
    "写成 甲|乙 这样，竖线两边不留空格",
    why="分隔和次序一样，才拆得开、比得出",
)
MEMBER = _rule(
    "S11",
    "几项里的每一项都是规定的取值",
    "从规定的取值里选，一字不差",
    why="有一项认不得，这一项就白写",
)
NAME = _rule(
    "S12",
    "姓名栏只写本人的姓名",
    "写全名；职务、电话写在各自的列；还没有定人的，这一行先不登记",
    source="附件3",
    why="要找得到负责的人；夹了职务、电话，就对不上同一个人",
)
EMPTY_WORD = _rule(
    "S13",
    "不用“同上”“无”“合计”这类字顶替内容，模板里要填的都填上",
    "每一行单独写全、写具体；没有内容就把这一格清空",
    source="不悄悄猜",
    why="“同上”“无”不是内容，表一排序就不知道指什么",
)
JOINED = _rule(
    "S14",
    "姓名栏一格只写一个人",
    "是两个人的，一人一行分开登记（整改台账的写进“其他责任人”）；确是一个人的，可不改",
    "warning",
    source="O-22",
    why="责任要落到一个人；两个人写在一格，换了其中一个就看不出来",
)
