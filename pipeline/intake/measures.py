"""Units of measure that stand in a head, or under it: 金额（万元）, mg/L, 单位：万元.

A ledger's column has one unit. What a sheet keeps in tens of thousands is multiplied, which is
told; what it keeps in a unit that leads nowhere is asked about, never taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from pipeline.intake.recognisers.numbers import read_number
from pipeline.intake.recognisers.reading import Reading, flat

_MONEY = {"元": 1, "人民币元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 10**8}
_DAILY = dict.fromkeys(
    "m3/d 方/日 方/天 立方米/日 立方米/天 吨/日 吨/天 t/d m3/日 m3/天".split(), 1
) | dict.fromkeys("万m3/d 万吨/日 万立方米/日 万方/日".split(), 10_000)
_PRICE = dict.fromkeys("元/m3 元/方 元/吨 元/立方米 元/t".split(), 1)
_COUNTS = dict.fromkeys("户 人 个 处 口 次 人次 户次 村 份 天 日 年".split(), 1) | {
    "千人": 1000,
    "万人": 10_000,
    "万户": 10_000,
}
_OTHERS = frozenset(
    "m3/h 方/小时 立方米/小时 吨/小时 t/h l/s m3/a 万m3/a 角 分 mg/l μg/l ug/l ng/l cfu/ml "
    "mpn/100ml ntu 度 无量纲 无单位 ms/cm μs/cm bq/l km 公里 米 m 里 亩 公顷 % ℃ °c c".split()
)
_ALL = frozenset().union(_MONEY, _DAILY, _PRICE, _COUNTS, _OTHERS)
_IDLE = frozenset("/ - -- — —— \\ 无".split())
_NOTE = re.compile(r"[（(]([^（）()]+)[）)]\s*$")
_ABOVE = re.compile(r"(?:金额)?单位[:：](元|千元|万元|亿元)")
_PLAIN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def plain(text: str) -> str:
    """Return a unit in the form in which units are compared: ㎡³ as figures, Greek mu, small."""
    return flat(text).lower().replace("\u00b5", "\u03bc")


def is_measure(text: str) -> bool:
    """Whether a text is a unit of measure, or the stroke of a column that has none."""
    return plain(text) in _ALL or flat(text) in _IDLE


def note_of(label: str) -> str:
    """Return the unit in the brackets that end a label; blank where there is none."""
    found = _NOTE.search(label.strip())
    return flat(found[1]) if found and plain(found[1]) in _ALL else ""


def above(texts: Iterable[str]) -> str:
    """Return the unit of money that a line above a table names: 单位：万元."""
    return next((found[1] for text in texts if (found := _ABOVE.search(flat(text)))), "")


def in_own_unit(column: str, note: str, text: str, read: Reading, *, is_whole: bool) -> Reading:
    """Return a number in the unit of its column; `note` is what the head says.

    A number that brings its own unit, such as 3.2万元, is right already.
    """
    times = _accepted(column).get(plain(note))
    if times and times > 1 and _PLAIN.fullmatch(flat(text)):
        read = read_number(text, is_whole=False)
    if read.problem or not _PLAIN.fullmatch(flat(text)):
        return read
    if times is None:
        ours = next(iter(_accepted(column)))
        said = f"表头写的单位是 {note}，台账用 {ours}"
        return Reading(problem=said, remedy=f"换算成 {ours} 再填，表头也改过来")
    if times == 1:
        return read
    value = Decimal(read.value) * times
    if is_whole and value != value.to_integral_value():
        return Reading(problem=f"换算后是 {value.normalize():f}，应是整数", remedy="填换算好的整数")
    value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return Reading(f"{value:f}", f"表头写的单位是{note}，换成台账的单位", note=read.note)


def is_same(note: str, unit: str) -> bool:
    """Whether a laboratory's unit is that of the limit; a limit without one is a bare number."""
    bare = {"", "无量纲", "无单位", *_IDLE}
    one, two = (plain(text).replace("ug/l", "μg/l") for text in (note, unit))
    return one == two or {one, two} <= bare


def _accepted(column: str) -> Mapping[str, int]:
    for ending, known in (("_yuan_m3", _PRICE), ("_yuan", _MONEY), ("_m3d", _DAILY)):
        if column.endswith(ending):
            return known
    return _COUNTS
