"""Whether the cell of a person's name holds the name of one person.

Names may be long and rare (GB 18030, all planes; "·" between the parts of a name of another
people's language; Latin words), but they are names: no placeholder, post, organisation or phrase
about who does it, no number, and no second person. Where it is plain what was meant, the answer
gives it.
"""

from __future__ import annotations

from pipeline.patterns import late
from pipeline.personal import kinds_in
from pipeline.personal.surnames import COMPOUND, GIVEN, SINGLE

PERSON_COLUMNS = frozenset(
    {
        ("issues", "resp_person"),
        ("issues", "co_persons"),
        ("issue_events", "by_person"),
        ("patrol_roster", "name"),
        ("responsibilities", "name"),
        ("supervision", "name"),
    }
)
"""Ledger and column of every person's name."""

LONGEST = 25
"""Characters of a name; identity cards carry no more."""

FEW = 4
"""Han characters of almost every name."""

_LETTER = (
    "[〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
    "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29]"
)
_LATIN = "[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ]*(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]+)*"
_NAME = late(
    f"{_LETTER}+(?:·{_LETTER}+)*"
    f"|{_LATIN}(?:[ ·](?:{_LATIN}|{_LETTER}+))+"
    f"|{_LETTER}+(?:[ ·]{_LATIN})+"
)
"""Han characters, or words of which some are Latin, each with a capital."""

_FAMILY = f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(SINGLE))}])"
_USUAL = late(f"(?:(?:{'|'.join(COMPOUND)}){_LETTER}{{1,2}}|{_FAMILY}{_LETTER}{{1,2}})")
"""A Chinese name of the usual length under a known family name."""

_PLACEHOLDER = late(
    "同上|同前|同左|如上|待定|未定|待补充?|待填|暂无|暂缺|空缺|没有|不详|不明|未知|不清楚|"
    "无人?|缺|略|"
    "合计|小计|总计|负责人|责任人|联系人|村干部|测试|某人|某某|某某某?|甲|乙|丙|丁|[一-龥]某某?"
)
_TITLES = (
    "书记|支书|主任|村长|镇长|乡长|县长|区长|市长|局长|站长|厂长|所长|科长|处长|院长|股长|部长|"
    "会计|"
    "经理|董事长|队长|组长|校长|主席|委员|专干|干事|网格长|同志|先生|女士|师傅|老师|工程师|"
    "技术员|化验员|"
    "管水员|管护员|水管员|网格员|负责人|责任人"
)
_POST = late(f"[一-龥]{{0,2}}(?:{_TITLES})")
_TITLE_BEFORE = late(f"[一-龥]{{0,12}}?(?:{_TITLES})[ \u3000:：]?(?P<name>{_USUAL.pattern})")
_TITLE_AFTER = late(
    f"(?P<name>{_USUAL.pattern})[ \u3000]?[（(]?[一-龥]{{0,12}}?(?:{_TITLES})[）)]?"
)
_NOBODY = late(
    "(?:详?见|参见|按照?)[^ ]*(?:牌|栏|表|附件|墙|上|名单|文件|规定|公示)[^ ]*|由[^ ]*(?:负责|"
    "承担|管理?|兼任?|代管?|解决)|"
    "[^ ]*(?:自管|负责|代管|自己|轮流|轮值|值班|兼管|托管|管理|专人|全体|两委|集体|领导|志愿者|"
    "公益岗)|"
    "[^ ]*(?:职工|村民|居民|群众|人员|干部|成员|住户|用户|用水户|工人|员工|社员|户主|老板|"
    "承包人|经营者|法人)|"
    "[^ ]*(?:管水|管护|水管|值班|监督|保洁|网格|化验|收费|巡查|协管|办事|维修|抢修|安全|技术|"
    "驻村工作|保管|巡线)员|"
    "[^ ]*(?:电工|水工|泵工)|各[村组镇乡户单][^ ]*"
)
_ORGANISATION = late(
    "[^ ]*(?:委员会|村委会?|居委会|公司|水厂|供水站|水利站|水利局|合作社|领导小组|街道办|政府|"
    "办公室)|"
    "[^ ]{2,}(?:支部|党委|中心|协会|集团|学校|大队|工作组|服务站|事务所|指挥部|管理[所站处])|"
    "[^ ]{3,}[局站厂所院办室处队社组会]"
)
_MARKS = "[ \u3000、，,;；/\\\\＋+|]|[和及与]"
_BETWEEN = late(f"(?:{_MARKS})+")
_BLANKS = late("[ \u3000]+")
_NUMBER = late("[0-9]{5}")
_LETTERS = late(f"{_LETTER}+")
_JOINING = late("[、，,;；/＋+]")
_DOTS = late("[•・.‧∙⋅．]")
_WHERE_ELSE = {
    "resp_person": "这里写第一责任人，其余的写进“其他责任人”",
    "co_persons": "每人之间用竖线“|”隔开",
    "by_person": "这里只写经办的一个人",
}
_ONE_ROW_EACH = "一人一行，分开登记"
JOINED_LENGTHS = range(4, 7)
"""Characters of two usual names written as one."""


def fault_of_name(cell: str, column: str = "name") -> str | None:
    """Say what is wrong with a person's name, and what to write if that is plain; or None."""
    is_short = len(cell) <= FEW and _LETTERS.fullmatch(cell)  # of these no number can be made
    if not is_short and (kinds_in(cell) - {"contact", "name"} or _NUMBER.search(cell)):
        return "姓名里有号码"
    return _no_person(cell, column) or _several(cell, column) or _form(cell)


def _no_person(cell: str, column: str) -> str | None:
    """Say what a cell is that is no person at all, or a person with his post."""
    if _PLACEHOLDER.fullmatch(cell):
        return f"“{cell}”不是姓名"
    if titled := _TITLE_BEFORE.fullmatch(cell) or _TITLE_AFTER.fullmatch(cell):
        return f"“{cell}”里有职务或称呼，应写成“{titled['name']}”，职务写在职务那一列"
    vacant = "先定下人来" if column == "resp_person" else "还没有定人的，这一行先不登记，公布为空缺"
    if _NOBODY.fullmatch(cell) and not _is_usual(cell):
        return f"“{cell}”不是一个人的姓名；哪个单位管，写在单位那一列，{vacant}"
    if _POST.fullmatch(cell):
        return f"“{cell}”是职务或称呼，要写全名"
    if _ORGANISATION.fullmatch(cell):
        return f"“{cell}”是单位，写在单位那一列；这里写人的姓名，{vacant}"
    return None


def _is_usual(cell: str) -> bool:
    """Whether a cell reads as a usual name and nothing else."""
    return len(cell) <= 3 and _USUAL.fullmatch(cell) is not None and cell[-1] in GIVEN


def _several(cell: str, column: str) -> str | None:
    """Tell two persons in one cell from one name that was parted."""
    parts = [part for part in _BETWEEN.split(cell) if part]
    is_one = len(parts) == 2 and parts[0] in COMPOUND
    if len(parts) > 1 and not is_one and all(map(_USUAL.fullmatch, parts)):
        said = _WHERE_ELSE.get(column, _ONE_ROW_EACH)
        return f"这一格写了{len(parts)}个人：{'、'.join(parts)}；{said}"
    words = [word for word in _BLANKS.split(cell) if word]
    if len(words) > 1 and all(map(_LETTERS.fullmatch, words)):
        mark = "" if len("".join(words)) <= 4 else "·"
        return f"姓名中间有空格，应写成“{mark.join(words)}”"
    if _JOINING.search(cell):
        return f"这一格像是写了不止一个人；{_WHERE_ELSE.get(column, _ONE_ROW_EACH)}"
    return None


def _form(cell: str) -> str | None:
    """Say what is wrong with the characters of a name."""
    if _DOTS.search(cell) and _NAME.fullmatch(plain := _DOTS.sub("·", cell)):
        return f"姓名中间的点用“·”（U+00B7），应写成“{plain}”"
    if not _NAME.fullmatch(cell):
        return "姓名只用汉字，或每个词大写开头的拉丁字母；中间可以有“·”"
    if not 2 <= len(cell) <= LONGEST:
        return f"姓名有 {len(cell)} 个字，要写全名" if len(cell) < 2 else "姓名太长"
    return None


def joined_persons(cell: str) -> tuple[str, str] | None:
    """Return the two persons whose names a cell seems to hold without anything between them."""
    if len(cell) not in JOINED_LENGTHS or cell.startswith(COMPOUND):
        return None
    for place in (len(cell) // 2, len(cell) - len(cell) // 2):
        both = cell[:place], cell[place:]
        if all(n[0] in SINGLE and len(n) > 1 and all(c in GIVEN for c in n[1:]) for n in both):
            return both
    return None
