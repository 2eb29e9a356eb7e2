"""What the byte gate holds every ledger file to: bytes, characters, and the shape of the CSV."""

from __future__ import annotations

from pipeline.findings import Rule, Severity
from pipeline.ledgers.ceilings import MAX_CELL, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS

AS_UTF8 = (
    "用 Excel 或 WPS 打开原表，点“文件—另存为”，保存类型选“CSV UTF-8（逗号分隔）(*.csv)”，"
    "覆盖这个文件"
)


def _rule(id: str, sentence: str, remedy: str, severity: Severity = "error", *, why: str) -> Rule:
    return Rule(id, "bytes", severity, sentence, remedy, source="格式约定", why=why)


TOO_LARGE = _rule(
    "B10",
    f"一个台账文件不超过 {MAX_FILE_BYTES} 字节（约5MB）",
    "检查是不是粘进了图片或整张工作簿；确实有这么多行请联系市里",
    why="大得出奇的文件多半粘进了别的东西，也会拖慢所有人的核对",
)
NOT_TEXT = _rule(
    "B11",
    "台账是 CSV 文本，不是工作簿、压缩包或图片",
    AS_UTF8,
    why="工作簿和图片看不出改了哪一格，也没有办法逐行核对",
)
LFS = _rule(
    "B12",
    "文件里是台账本身，不是大文件指针",
    "把真正的文件提交上来，这个目录不要用 git-lfs",
    why="指针里没有台账，照它发布就少了整个文件",
)
EMPTY = _rule(
    "B13",
    "文件至少有一行表头",
    "补上表头；没有数据只留表头，确实没有的事项在零报告里申报",
    why="没有表头就不知道各列是什么，空文件也分不清是没有事还是没有报",
)
BOM = _rule(
    "B14",
    "文件开头没有 BOM 标记",
    "不影响使用；运行 qingyuan fmt 会去掉",
    "warning",
    why="去掉以后各种软件读到的第一列名才一样",
)
NOT_UTF8 = _rule(
    "B15", "文件用 UTF-8 编码", AS_UTF8, why="编码猜错，汉字就会变成别的字，人名地名没有办法再查"
)
CONFLICT = _rule(
    "B16",
    "没有合并冲突的标记",
    "两边用了同一个编号的运行 qingyuan renumber；"
    "改了同一行的，留下对的一行，再删掉以 <<<<<<<、=======、>>>>>>> 开头的几行",
    why="标记还在，说明两个人的改法没有定下来，读哪一边都可能错",
)
LONE_CR = _rule(
    "B17", "换行用 LF 或 CRLF，不用单独的 CR", AS_UTF8, why="只用 CR 的文件，别的软件会当成一整行"
)
MIXED_LINES = _rule(
    "B18",
    "整个文件的换行是同一种",
    "运行 qingyuan fmt 统一",
    "warning",
    why="换行不一，比较改动时会显出许多其实没有改的行",
)
NO_FINAL_LINE = _rule(
    "B19",
    "最后一行末尾有换行",
    "看看文件是不是没有传完；是全的，运行 qingyuan fmt 补上换行",
    "warning",
    why="末尾没有换行，可能是文件没有传完",
)
BAD_CHARACTER = _rule(
    "B20",
    "没有看不见的、会骗眼睛的字符",
    "清空这一格，照原件用键盘重新打一遍，不要粘贴",
    why="看着一样、其实不同的字，编号和人名就对不上，也能用来骗人",
)
NOT_NFC = _rule(
    "B21",
    "同一个字只用一种码位（NFC）",
    "清空这一格，照原件用键盘重新打一遍",
    why="同一个字两种写法，查找和比对就会漏",
)
MOJIBAKE = _rule(
    "B22",
    "没有乱码",
    "这些字在转码时已经坏了：照原件重新填，并按 UTF-8 保存",
    why="乱码的内容已经丢了，只有原件上还有",
)
BLANK_LINE = _rule(
    "B23",
    "行与行之间没有空行",
    "不影响使用；运行 qingyuan fmt 会去掉空行",
    "warning",
    why="去掉空行，行号才和看到的一致",
)
BAD_QUOTE = _rule(
    "B24",
    "引号成对，只在整格外面用",
    "内容里要有英文引号的，整格用引号括起，里面的每个引号写两个；最好改用中文引号“”",
    why="引号不成对，后面的格子会并成一格，整段记录错位",
)
NEWLINE_IN_CELL = _rule(
    "B25",
    "一条记录写在一行里",
    "删掉格子里的换行，几件事用分号隔开",
    why="格里换行，看行号找不到地方，有的软件会读成两条",
)
RAGGED = _rule(
    "B26",
    "每一行的格数和表头一样",
    "数一数逗号；内容里有英文逗号的，整格用引号括起或改用中文逗号",
    why="多一格少一格，后面各列就都错了位",
)
EXTRA_COMMAS = _rule(
    "B27",
    "行尾没有多余的逗号",
    "不影响使用；运行 qingyuan fmt 会去掉",
    "warning",
    why="行尾的逗号是多出来的空列，去掉以后和模板一样",
)
TOO_MANY_ROWS = _rule(
    "B28",
    f"一个文件不超过 {MAX_ROWS} 行",
    "看看后面是不是大片空行；确实有这么多请联系市里",
    why="行数超过常情，多半是粘了大片空行，也会拖慢核对",
)
TOO_MANY_COLUMNS = _rule(
    "B29",
    f"一个文件不超过 {MAX_COLUMNS} 列",
    "删掉台账没有规定的列",
    why="列数超过常情，多半是表头粘错了",
)
LONG_CELL = _rule(
    "B30",
    f"一格不超过 {MAX_CELL} 字",
    "写要点；详细材料归档，这里写档案号",
    why="太长的内容页面放不下，多半是把整份材料粘了进来",
)
EDGE_BLANKS = _rule(
    "B31",
    "格子的开头和结尾没有空格",
    "删掉开头或结尾的空格；没有内容就清空",
    why="带空格的编号和不带的看着一样，查找时却是两个",
)
EXCEL_ERROR = _rule(
    "B32",
    "没有表格软件的错误值",
    "在原表里找到这一格的公式，改成它的结果；显示成 #### 的把列拉宽再保存",
    why="错误值不是数据，原来的数已经不在这一格",
)
WIDE_DIGIT = _rule(
    "B33",
    "编号、号码、日期、数字用半角",
    "切到英文输入法，把这一格重新打一遍",
    why="全角的号码拨不出去，全角的编号查不到",
)
LOST_DIGITS = _rule(
    "B34",
    "长号码没有变成科学记数",
    "后几位已经丢了：先把这一列的单元格格式设成“文本”，再照原件重新填",
    why="科学记数丢了后几位，号码和编号就找不回来",
)
SHEET_DATE = _rule(
    "B36",
    "日期没有被表格软件改样子",
    "把这一列的单元格格式设成“文本”，再按 2022-08-20 的样子重新填",
    why="被改过样子的日期分不清年月日，期限会算错",
)
UNKNOWN_COLUMN = _rule(
    "B40",
    "表头只有台账规定的列",
    "改成规定的列名；不是规定的列就删掉",
    why="没有规定过的列，既没有人核对，也不会公布",
)
MISSING_COLUMN = _rule(
    "B41",
    "表头列齐台账规定的列",
    "补上这一列；没有内容就空着",
    why="缺一列，后面的规则和分数就少了依据",
)
DUPLICATE_COLUMN = _rule(
    "B42", "每一列只出现一次", "删掉重复的一列", why="两列同名，不知道以哪一列为准"
)
COLUMN_ORDER = _rule(
    "B43",
    "列的次序照台账规定",
    "按字段字典的次序重新排列各列，表头和内容一起动",
    why="次序一样，两次改动才能逐格比较",
)
TITLE_HEADER = _rule(
    "B44",
    "表头用英文列名",
    "把第一行换成这个台账模板里的英文表头，其他行不动",
    why="程序按英文列名认列，中文表头要靠猜",
)
ABOVE_HEADER = _rule(
    "B45",
    "第一行就是表头",
    "删掉表头上面的标题行、说明行或“sep=,”行",
    why="表头上面的字会被当成表头，整个表就读错",
)
SEPARATOR = _rule(
    "B46",
    "各格用逗号分隔",
    "另存为“CSV UTF-8（逗号分隔）”；不用分号、制表符或竖线",
    why="分隔不对，一整行会读成一格",
)
NUMBER_ROW = _rule(
    "B47", "没有列号行和合计行", "删掉这一行；合计由系统算", why="合计行算进去，户数和金额就翻倍"
)
HEADER_AGAIN = _rule(
    "B48", "表头只在第一行出现一次", "删掉中间的表头行", why="中间的表头会被当成一条记录"
)
NO_HEADER = _rule(
    "B49",
    "第一行是这个台账的表头",
    "从这个台账的模板复制表头，放在第一行",
    why="认不出表头，就不知道这是哪个台账",
)
