"""Telephone numbers by Chinese rules: what can be dialled, and what a made-up number looks like.

Landlines are an area code and seven or eight digits of which the first is 2 to 8; how many they
have in an area is said by whoever knows it. No subscriber number begins with 1, so an area code
followed by 1 is free for demonstrations. Knows of no city.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["座机", "热线", "服务手机", "演示"]

HOTLINES = frozenset(
    (
        "12110 12114 12121 12122 12123 12301 12305 12306 12308 12309 12310 12312 12313 12314 12315 "
        "12316 12317 12318 12319 12320 12321 12325 12326 12328 12329 12330 12331 12333 12335 12336 "
        "12337 12338 12339 12340 12345 12348 12349 12350 12351 12355 12356 12358 12360 12363 12365 "
        "12366 12367 12368 12369 12370 12371 12377 12378 12379 12380 12381 12385 12386 12388 12389 "
        "12390 12391 12393 12395 12396 12398"
    ).split()
)
"""Short numbers of public services in general use nation-wide; 12314 is the water ministry's."""

_NUMBERS = re.compile(r"(?<![0-9-])0[0-9]{2,3}-[0-9]+(?![0-9])")
_MADE_UP = re.compile(r"0[0-9]{2,3}-1[0-9]{6,7}")
_LANDLINE = re.compile(
    r"(?:010|02[0-57-9])-[2-8][0-9]{7}(?:-[0-9]{1,5})?"
    r"|0[3-9][0-9]{2}-[2-8][0-9]{6,7}(?:-[0-9]{1,5})?"
)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SERVICE = re.compile(r"400-[0-9]{3}-[0-9]{4}|9[56][0-9]{3,4}")


@dataclass(frozen=True, slots=True)
class Area:
    """Where the telephones of a data set stand.

    `code` is its area code, `digits` how many a landline has after it, None where both seven and
    eight occur; `city` is named to the clerk.
    """

    city: str
    code: str
    digits: int | None = None

    def allows(self, number: str) -> bool:
        """Whether a landline of this area has as many digits as all of them; others may differ."""
        area, _, rest = number.partition("-")
        return area != self.code or self.digits in (None, len(rest.partition("-")[0]))


def is_made_up(number: str) -> bool:
    """Whether a number is one of those that demonstrations use, and nobody has."""
    return _MADE_UP.fullmatch(number) is not None


def holds_made_up(text: str) -> bool:
    """Whether such a number stands in a text."""
    return any(is_made_up(found) for found in _NUMBERS.findall(text))


def kind_of(number: str, area: Area | None = None) -> Kind | None:
    """Return what sort of number it is, or None where nobody could be reached by it.

    Without an area its landlines may have seven digits or eight.
    """
    if area and not area.allows(number):
        return None
    if is_made_up(number):
        return "演示"
    if _LANDLINE.fullmatch(number):
        return "座机"
    if _MOBILE.fullmatch(number):
        return "服务手机"
    return "热线" if number in HOTLINES or _SERVICE.fullmatch(number) else None


def fault_of_number(number: str, area: Area, *, is_demo: bool) -> str | None:
    """Say why a number cannot stand in a ledger, or None."""
    kind = kind_of(number, area)
    if kind == "演示":
        return None if is_demo else "这是演示号码，打不通"
    if kind is not None:
        return None
    if area.digits and number.startswith(f"{area.code}-"):
        return f"{area.city}的座机是{area.code}加{area.digits}位，第一位是2到8"
    if number.startswith("0"):
        return "座机是区号、短横和7位或8位号码，号码第一位是2到8"
    if re.fullmatch(r"1[0-9]{4}", number):
        return "没有见过这个五位热线；确有的，请市里补进名单"
    return "没有这样的电话号码"
