"""Dates as officials write them: 2022.8.20, 8月20日前, 8月底, 8月上旬, 44793, 立行立改.

A form that could be two days is never taken: 8.2 is what Excel makes of 8.20.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pipeline.dates import FIRST_YEAR, LAST_YEAR
from pipeline.intake.recognisers.reading import KEPT, Reading, flat

_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_SERIAL, _LAST_SERIAL = 40000, 60000
"""2009 to 2064: a number there is a day that lost its format; 1904 dates are told by calamine."""

_BY = r"(?:日|号)?(?:之?前|以前|止|前完成|前整改到位|底前)?"
_WHOLE = re.compile(
    rf"((?:19|20)?[0-9]{{2}})(?:年|[./\-])([0-9]{{1,2}})(?:月|[./\-])([0-9]{{1,2}}){_BY}"
)
_PACKED = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])")
_DAY = re.compile(rf"([0-9]{{1,2}})月([0-9]{{1,2}}){_BY}")
_DOTTED = re.compile(rf"([0-9]{{1,2}})[./\-]([0-9]{{1,2}}){_BY}")
_END = re.compile(
    r"(?:((?:20)?[0-9]{2})(?:年|[./\-]))?([0-9]{1,2})月(?:份)?(底|末|中旬|上旬|下旬|初)?(?:之?前|以前)?(?:完成)?"
)
_YEAR_END = re.compile(r"(?:(20[0-9]{2})年|今年|年)?(?:年)?底(?:之?前|以前)?")
_TIMED = re.compile(r"(.*?)[T ]?(?:00:00(?::00)?(?:\.0+)?)")
_CHINESE = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0}
_TENS = re.compile("([一二三])?十([一二三四五六七八九])?(?=[月日号])")
AT_ONCE = re.compile("立行立改|即知即改|立即整改|立整立改|立查立改|即查即改|马上整改|立改")
LASTING = re.compile("长期|持续|常态|长效")
_LAST_DAY = {"上旬": 10, "中旬": 20}


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: its day, and the way of mending that the words name."""

    day: Reading
    handling: str = ""


@lru_cache(maxsize=KEPT)
def read_day(text: str, *, year: int | None = None, day: date | None = None) -> Reading:
    """Read a date; `day` is what the workbook itself knows to be one.

    `year` is the year of the campaign, for dates that name none.
    """
    if day is not None:
        if not 2000 <= day.year <= LAST_YEAR:
            return _no(f"是 {day.isoformat()}，像是 8.20 这样的写法被 Excel 改成了别的")
        return Reading(day.isoformat())
    plain = _digits(flat(text))
    if found := _TIMED.fullmatch(plain):
        plain = found[1]
    if re.fullmatch(r"[0-9]{5}(?:\.0)?", plain):
        return _serial(int(float(plain)))
    return _in_figures(plain, text, year) or _in_part(plain, text, year) or _no("认不出是哪一天")


def _in_figures(plain: str, text: str, year: int | None) -> Reading | None:
    """Read a whole date, or one that lacks only its year."""
    if found := _PACKED.fullmatch(plain):
        return _made(found[1], found[2], found[3], text, "八位数字写的日期")
    if found := _WHOLE.fullmatch(plain):
        return _with_year(found[1], found[2], found[3], text, year)
    if found := _DAY.fullmatch(plain):
        return _without_year(found[1], found[2], text, year)
    if found := _DOTTED.fullmatch(plain):
        return _dotted(found[1], found[2], text, year)
    return None


def _in_part(plain: str, text: str, year: int | None) -> Reading | None:
    """Read the end of a month or a year, or a third of a month."""
    if found := _END.fullmatch(plain):
        return _end(found, text, year)
    if found := _YEAR_END.fullmatch(plain):
        whole = found[1] or (str(year) if year else "")
        return _made(whole, "12", "31", text, "年底是12月31日") if whole else _no("没有写年")
    return None


@lru_cache(maxsize=KEPT)
def read_due(
    text: str,
    *,
    year: int | None,
    found_on: date | None,
    at_once_days: int = 3,
    day: date | None = None,
) -> Due:
    """Read a deadline; 立行立改 gives so many days from the finding, 长期 alone gives none."""
    plain = flat(text)
    is_once, is_lasting = AT_ONCE.search(plain), LASTING.search(plain)
    handling = "立行立改" if is_once else "长期" if is_lasting else ""
    rest = LASTING.sub("", AT_ONCE.sub("", plain)) if handling else plain
    rest = re.sub(r"^[坚持推进整改,，、;；()（）:：]+|[坚持推进整改,，、;；()（）:：]+$", "", rest)
    if not handling or rest:
        read = read_day(rest or text, year=year, day=day)
        if not handling or not read.problem:
            return Due(read, handling)
    if is_once:
        if found_on is None:
            problem = "写的是立行立改，要有发现日期才能算出时限"
            return Due(Reading(problem=problem, remedy="补发现日期，或直接写几月几日"), handling)
        due = found_on + timedelta(days=at_once_days)
        rule = f"立行立改的时限是发现之日起{at_once_days}日"
        return Due(Reading(due.isoformat(), rule), handling)
    problem = "只写了长期，没有写到哪一天"
    return Due(Reading(problem=problem, remedy="长期的也要写一个日期，如 2022年12月31日"), handling)


def _no(problem: str) -> Reading:
    return Reading(problem=problem, remedy="写全年月日，如 2022年8月20日")


def _digits(plain: str) -> str:
    """Write Chinese numerals of a date in figures: 二〇二二年八月二十日."""
    if not re.search("[〇一二三四五六七八九十]", plain):
        return plain
    plain = _TENS.sub(
        lambda m: str(10 * _CHINESE.get(m[1] or "一", 1) + _CHINESE.get(m[2], 0)), plain
    )
    return "".join(str(_CHINESE[c]) if c in _CHINESE else c for c in plain)


def _serial(number: int) -> Reading:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _no(f"是数字 {number}，不是日期")
    day = _EPOCH + timedelta(days=number)
    return Reading(day.isoformat(), "表格里的日期序号换回日期")


def _made(year: str, month: str, day: str, text: str, rule: str) -> Reading:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return _no("没有这一天")
    if not FIRST_YEAR <= made.year <= LAST_YEAR:
        return _no("年份不对")
    return Reading(made.isoformat(), "" if made.isoformat() == text else rule)


def _with_year(year: str, month: str, day: str, text: str, campaign: int | None) -> Reading:
    if len(year) == 4:
        return _made(year, month, day, text, "日期写成 年-月-日")
    if campaign is None or abs(2000 + int(year) - campaign) > 1:
        return _no("年份只写了两位")
    return _made(f"20{year}", month, day, text, "两位的年份补成四位")


def _without_year(month: str, day: str, text: str, year: int | None) -> Reading:
    if year is None:
        return _no("没有写年")
    return _made(str(year), month, day, text, f"没有写年，按行动的 {year} 年")


def _dotted(month: str, day: str, text: str, year: int | None) -> Reading:
    if len(day) == 1 and int(day) in (1, 2, 3):
        return _no(f"{month}.{day} 可能是 {month}月{day}日，也可能是 {month}月{day}0日少了末尾的0")
    return _without_year(month, day, text, year)


def _end(found: re.Match[str], text: str, campaign: int | None) -> Reading:
    said, month, part = found[1], int(found[2]), found[3]
    year = int(said) if said and len(said) == 4 else 2000 + int(said) if said else campaign
    if year is None:
        return _no("没有写年")
    if not 1 <= month <= 12:
        return _no("没有这个月")
    if part is None or part == "初":
        return _no("没有写到哪一日")
    day = _LAST_DAY.get(part) or calendar.monthrange(year, month)[1]
    missing = "" if said else f"，没有写年，按行动的 {year} 年"
    return _made(
        str(year),
        str(month),
        str(day),
        text,
        f"{part}算到当{'旬' if '旬' in part else '月'}最后一天{missing}",
    )
