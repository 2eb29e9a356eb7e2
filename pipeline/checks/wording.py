"""Our own Chinese for every error type that Frictionless knows; its English is never shown."""

from __future__ import annotations

import re

from pipeline.findings import Rule

SECOND_LOOK = "这是另一套工具按表结构独立查出的，它不认的也不发布"
"""Why rules of a second engine stand beside our own."""


def _rule(id: str, sentence: str, remedy: str) -> Rule:
    return Rule(id, "schema", "error", sentence, remedy, source="先查后发", why=SECOND_LOOK)


CELL = _rule("S50", "格子里的内容合乎这一列的规定", "对照字段字典里这一列的说明和例子改")
ROW = _rule("S51", "每一行的格数、主键合乎规定", "对照表头数一数格子；同一个编号只能用一次")
HEADER = _rule("S52", "表头和字段字典一致", "从最新的模板复制表头")
TABLE = _rule("S53", "整个表的行数、列数合乎规定", "检查是不是多了或少了行、列")
FILE = _rule("S54", "文件能按台账读出来", "另存为“CSV UTF-8（逗号分隔）”，再放回原处")
SETTING = _rule("S55", "表结构本身没有写错", "这不是数据的问题，请告诉维护人员")

WORDING: dict[str, tuple[Rule, str]] = {
    "cell-error": (CELL, "这一格不合规定"),
    "type-error": (CELL, "这一格的类型不对"),
    "constraint-error": (CELL, "这一格不合这一列的规定"),
    "unique-error": (CELL, "这一列的值不能重复"),
    "truncated-value": (CELL, "这一格像是被截断了"),
    "forbidden-value": (CELL, "这一格写了不允许的值"),
    "sequential-value": (CELL, "这一列的号码不连续"),
    "ascii-value": (CELL, "这一格要用半角字符"),
    "deviated-value": (CELL, "这一格的数和别的差得太远"),
    "deviated-cell": (CELL, "这一格的长度和别的差得太远"),
    "required-value": (CELL, "这一格是必填的"),
    "extra-cell": (ROW, "这一行多了一格"),
    "missing-cell": (ROW, "这一行少了一格"),
    "row-error": (ROW, "这一行不合规定"),
    "blank-row": (ROW, "这一行是空的"),
    "primary-key": (ROW, "这一行的编号空着，或和别的行重复"),
    "foreign-key": (ROW, "这一行引用的编号不存在"),
    "duplicate-row": (ROW, "这一行和别的行完全一样"),
    "row-constraint": (ROW, "这一行各列之间对不上"),
    "header-error": (HEADER, "表头不合规定"),
    "blank-header": (HEADER, "没有表头"),
    "unmatched-header": (HEADER, "表头和规定的不一样"),
    "label-error": (HEADER, "有一个列名不对"),
    "extra-label": (HEADER, "多了一列"),
    "missing-label": (HEADER, "少了一列"),
    "blank-label": (HEADER, "有一列没有列名"),
    "duplicate-label": (HEADER, "有两列同名"),
    "incorrect-label": (HEADER, "有一列的列名或次序不对"),
    "table-error": (TABLE, "整个表不合规定"),
    "field-count": (TABLE, "列数不对"),
    "row-count": (TABLE, "行数不对"),
    "table-dimensions": (TABLE, "行数或列数不对"),
    "data-error": (TABLE, "数据不合规定"),
    "file-error": (FILE, "文件有问题"),
    "hash-count": (FILE, "文件的校验和不对"),
    "byte-count": (FILE, "文件的大小不对"),
    "source-error": (FILE, "文件读不出来"),
    "scheme-error": (FILE, "文件所在的位置读不了"),
    "format-error": (FILE, "文件不是 CSV"),
    "encoding-error": (FILE, "文件不是 UTF-8 编码"),
    "compression-error": (FILE, "文件是压缩过的"),
    "metadata-error": (SETTING, "表结构写错了"),
    "catalog-error": (SETTING, "目录的设置写错了"),
    "dataset-error": (SETTING, "数据集的设置写错了"),
    "checklist-error": (SETTING, "检查清单的设置写错了"),
    "check-error": (SETTING, "检查的设置写错了"),
    "detector-error": (SETTING, "识别的设置写错了"),
    "dialect-error": (SETTING, "CSV 格式的设置写错了"),
    "control-error": (SETTING, "读取的设置写错了"),
    "inquiry-error": (SETTING, "检查任务的设置写错了"),
    "inquiry-task-error": (SETTING, "检查任务的一步写错了"),
    "package-error": (SETTING, "数据包的设置写错了"),
    "pipeline-error": (SETTING, "处理流程的设置写错了"),
    "step-error": (SETTING, "处理步骤的设置写错了"),
    "report-error": (SETTING, "检查报告的格式不对"),
    "report-task-error": (SETTING, "检查报告的一节格式不对"),
    "schema-error": (SETTING, "表结构写错了"),
    "field-error": (SETTING, "表结构里有一列写错了"),
    "stats-error": (SETTING, "统计的设置写错了"),
    "resource-error": (SETTING, "数据资源的设置写错了"),
}
"""Error type -> our rule and our sentence; a test holds this complete."""

UNKNOWN = (TABLE, "检查工具报告了一种新的错误")
"""For a type that a later Frictionless may add: refused all the same, and the test fails."""

CONSTRAINTS: dict[str, str] = {
    "required": "没有填",
    "unique": "的值不能重复",
    "minLength": "太短",
    "maxLength": "太长",
    "minimum": "太小",
    "maximum": "太大",
    "exclusiveMinimum": "太小",
    "exclusiveMaximum": "太大",
    "jsonSchema": "的内容不合规定",
    "pattern": "的样子不对",
    "enum": "不是规定的取值",
}
"""Constraint of Table Schema -> what to say of a cell that breaks it."""

_NAMED = re.compile(r'constraint "(\w+)')


def of(error_type: str, note: str = "") -> tuple[Rule, str]:
    """Return our rule and our sentence for an error; of its English only a name is looked up."""
    rule, sentence = WORDING.get(error_type, UNKNOWN)
    named = _NAMED.search(note)
    if error_type == "constraint-error" and named:
        sentence = CONSTRAINTS.get(named[1], sentence)
    return rule, sentence
