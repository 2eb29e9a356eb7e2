"""Words of a fixed list: results of column ⑨, yes and no, enumerated values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.intake.recognisers.reading import Reading, flat

DONE, DOING = "完成", "正在"
TICKS = frozenset("√ ✓ ✔ ☑ v V 1 是 y Y ● ○ ★".split())
"""What stands in a column that is ticked."""
_DONE = re.compile(
    r"(?:已经?|已全部|全部)?(?:整改)?(?:完成|完毕|到位|解决|办结|销号)(?:整改)?|√|✓|✔|☑|100%|是|1|已整改(?:到位|完成|完毕)?|整改(?:完成|到位|完毕)"
)
_DATED = re.compile(
    r"(?:20[0-9]{2}[年./-])?(?:1[0-2]|0?[1-9])[月./-](?:3[01]|[12][0-9]|0?[1-9])[日号]?"
)
_DOING = re.compile(
    r"正在(?:整改|进行|推进|实施|办理)?(?:中)?|整改中|进行中|推进中|实施中|未完成整改中"
)
_SURE = frozenset("是 √ ✓ ✔ ☑".split())
"""Ticks beside which a day can only be that of completion."""
_NOT = re.compile(r"未(?:整改|完成|开始|动工|到位)?|尚未(?:整改|完成)|没有(?:整改|完成)|×|✗|否|0%?")
_YES, _NO = (
    frozenset("是 有 对 √ ✓ ✔ ☑ y yes true 1 已".split()),
    frozenset("否 无 没有 × ✗ n no false 0 未 不是".split()),
)


def read_result(text: str) -> Reading:
    """Read column ⑨: 完成 or 正在; what is not begun is 正在, and said so."""
    plain = flat(text).rstrip("。.;；,，")
    if plain in (DONE, DOING):
        return Reading(plain, "" if plain == text else "整改结果写成 完成 或 正在")
    if _DONE.fullmatch(plain):
        return Reading(DONE, "整改结果写成 完成 或 正在")
    if _DOING.fullmatch(plain):
        return Reading(DOING, "整改结果写成 完成 或 正在")
    if _NOT.fullmatch(plain):
        return Reading(DOING, "未整改的记作 正在", note="写的是未整改")
    return Reading(
        problem="看不出是完成还是正在",
        remedy="只写 完成 或 正在；没有全完成的写 正在，别的话写在备注里",
    )


def done_on(text: str) -> str:
    """Return the day that stands beside 完成 in column ⑨: 8月20日已完成, 完成（8.21）."""
    found = _DATED.search(plain := flat(text))
    if not found:
        return ""
    rest = (plain[: found.start()] + plain[found.end() :]).strip("()于在,，。;；、")
    return found[0] if _DONE.fullmatch(rest) and (rest not in TICKS or rest in _SURE) else ""


def read_yes_no(text: str) -> Reading:
    """Read 是 or 否."""
    plain = flat(text).lower()
    value = "是" if plain in _YES else "否" if plain in _NO else ""
    if not value:
        return Reading(problem="看不出是还是否", remedy="填 是 或 否")
    return Reading(value, "" if value == text else "写成 是 或 否")


def read_choice(text: str, choices: Sequence[str]) -> Reading:
    """Read one of a list of words; blanks, brackets and one added ending are repaired."""
    if text in choices:
        return Reading(text)
    plain = flat(text)
    by_plain = {flat(choice): choice for choice in choices}
    if plain in by_plain:
        return Reading(by_plain[plain], "多余的空白去掉，全角写成半角")
    for ending in ("级", "问题", "类", "环节", "整改", "渠道"):
        if plain.removesuffix(ending) in by_plain:
            return Reading(by_plain[plain.removesuffix(ending)], f"去掉多写的“{ending}”")
    begun = [
        choice for form, choice in by_plain.items() if len(form) > 1 and plain.startswith(form)
    ]
    named = [choice for form, choice in by_plain.items() if len(form) > 1 and form in plain]
    if len(begun) == 1 and named == begun:
        return Reading(begun[0], f"去掉“{begun[0]}”后面多写的字")
    return Reading(problem=f"只能填 {'、'.join(choices)}", remedy="从中选一个")
