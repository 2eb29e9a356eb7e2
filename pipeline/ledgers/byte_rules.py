"""What the byte gate holds every ledger file to: bytes, characters, and the shape of the CSV."""

from __future__ import annotations

from pipeline.findings import Rule, Severity, declare
from pipeline.ledgers.limits import MAX_CELL, MAX_COLUMNS, MAX_FILE_BYTES, MAX_FINDINGS, MAX_ROWS

AS_UTF8 = "在 WPS 或 Excel 里“另存为”，类型选“CSV UTF-8（逗号分隔）”，再放回原处"


def _rule(id: str, sentence: str, remedy: str, severity: Severity = "error") -> Rule:
    return declare(id, "bytes", severity, sentence, remedy)


TOO_LONG = _rule(
    "B10",
    f"一个台账文件不超过{MAX_FILE_BYTES // 1_000_000}MB",
    "只留台账的行；确实有这么多行请联系市里",
)
NOT_TEXT = _rule("B11", "台账是 CSV 文本", AS_UTF8)
LFS = _rule("B12", "文件里是台账，不是大文件指针", "把真正的文件提交上来，不要用 git-lfs")
EMPTY = _rule("B13", "文件至少有表头", "没有数据也要留表头；确实没有的，在零报告里申报")
BOM = _rule("B14", "文件开头没有 BOM 标记", "可以不管；运行 qingyuan fmt 会去掉", "warning")
NOT_UTF8 = _rule("B15", "文件用 UTF-8 编码", AS_UTF8)
CONFLICT = _rule(
    "B16", "没有合并冲突的标记", "保留正确的一行，删掉 <<<<<<<、=======、>>>>>>> 这几行"
)
LONE_CR = _rule("B17", "换行用 LF 或 CRLF", AS_UTF8)
MIXED_LINES = _rule("B18", "整个文件换行一致", "运行 qingyuan fmt 统一", "warning")
NO_FINAL_LINE = _rule(
    "B19", "最后一行有换行", "运行 qingyuan fmt 补上；也看看文件是不是没传完", "warning"
)
BAD_CHARACTER = _rule("B20", "没有看不见的、会骗眼睛的字符", "删掉这个字符，照着原件重新打一遍")
NOT_NFC = _rule("B21", "文字用通行的码位（NFC）", "把这一格重新打一遍")
MOJIBAKE = _rule("B22", "没有乱码", "这些字在转码时已经丢了，照原件重新填")
BLANK_LINE = _rule("B23", "行与行之间没有空行", "删掉空行", "warning")
BAD_QUOTE = _rule("B24", "引号成对", "格子里要有引号的，整格用引号括起，里面的引号写两个")
NEWLINE_IN_CELL = _rule("B25", "一条记录写在一行里", "把格子里的换行去掉，用分号隔开")
RAGGED = _rule("B26", "每一行的格数和表头一样", "数一数逗号；内容里有逗号的，整格用引号括起")
EXTRA_COMMAS = _rule("B27", "行尾没有多余的逗号", "可以不管；运行 qingyuan fmt 会去掉", "warning")
TOO_MANY_ROWS = _rule(
    "B28", f"一个文件不超过{MAX_ROWS}行", "检查是不是有大片空行；确实有这么多请联系市里"
)
TOO_MANY_COLUMNS = _rule("B29", f"一个文件不超过{MAX_COLUMNS}列", "删掉多余的列")
LONG_CELL = _rule("B30", f"一格不超过{MAX_CELL}字", "写要点，详细材料归档并写档案号")
EDGE_BLANKS = _rule("B31", "格子首尾没有空格", "删掉开头或结尾的空格")
EXCEL_ERROR = _rule("B32", "没有表格软件的错误值", "找到原来的数，重新填；#### 是列太窄，拉宽再存")
FULL_WIDTH = _rule("B33", "编号、号码、日期、数字用半角", "切到英文输入法，重新打这一格")
LOST_DIGITS = _rule(
    "B34", "长号码没有变成科学记数", "后几位已经丢了：照原件重新填，并先把这一列设成“文本”"
)
MORE = _rule("B35", f"一个文件最多列出{MAX_FINDINGS}处", "先改前面列出的，改好再查一遍")
UNKNOWN_COLUMN = _rule("B40", "表头只有台账规定的列", "删掉这一列，或改成规定的列名")
MISSING_COLUMN = _rule("B41", "表头列齐规定的列", "补上这一列，没有内容就空着")
DUPLICATE_COLUMN = _rule("B42", "每一列只出现一次", "删掉重复的一列")
COLUMN_ORDER = _rule("B43", "列的次序照规定", "照字段字典的次序排列，或从最新的表头复制")
TITLE_HEADER = _rule(
    "B44", "表头用英文列名", "这是中文标题：用 qingyuan 发的模板，或把表头换成英文列名"
)
ABOVE_HEADER = _rule("B45", "第一行就是表头", "删掉表头上面的标题行、说明行、“sep=,”行")
SEPARATOR = _rule("B46", "用逗号分隔", "另存为“CSV UTF-8（逗号分隔）”，不要用分号、制表符或竖线")
NUMBER_ROW = _rule("B47", "没有 1、2、3……的列号行和合计行", "删掉这一行；合计由系统算")
