"""Numbers that belong to one person: identity numbers, mobiles, bank cards, however written.

Digits may be full-width or foreign, parted by blanks and hyphens; a mobile is also found parted by
commas and brackets or spelt out in words (幺三九…). Pure functions over text that know nothing of
files, schemas or pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import accumulate

from pipeline.patterns import late
from pipeline.personal.detection import Detection, Kind

_WORDS = dict(
    zip("零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两", "00012345678912345678912", strict=True)
)
_SPELT = "".join(_WORDS)
SUSPECT = late(
    r"[0-9][0-9 \u3000\xa0.·_/‐‑‒–—−－．,，、。()（）:：*|-]{9,}[0-9xXｘＸ]"
    r"|[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19\U0001d7ce-\U0001d7ff]"
    f"|[{_SPELT}][{_SPELT}0-9 ,，、.-]{{9,}}|[0-9][ ,，、.-]?[{_SPELT}]{{2}}"
)
"""A scan over much text: where it finds nothing, there is no number to detect."""

_PLAIN = {0xFF10 + n: str(n) for n in range(10)}
_PLAIN |= {0x0660 + n: str(n) for n in range(10)}
_PLAIN |= {0x06F0 + n: str(n) for n in range(10)}
_PLAIN |= {0x1D7CE + n: str(n % 10) for n in range(50)}
_PLAIN |= {0xFF21 + n: chr(0x41 + n) for n in range(26)}
_PLAIN |= {0xFF41 + n: chr(0x61 + n) for n in range(26)}
_PLAIN |= {0x3000: " ", 0xA0: " ", 0xFF0D: "-", 0xFF0E: ".", 0xFF20: "@", 0x2F: "-"}
_PLAIN |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212, 0xB7, 0x5F), "-")
"""One character for one, so that places in the plain text are places in the text itself."""

_CHAIN = late(r"[0-9]+(?:[ .-][0-9]+)*(?:[ .-]?[xX](?![0-9A-Za-z]))?")
_GROUP = late(r"[0-9]+|[xX]")
_SPELLED = late(f"[{_SPELT}0-9](?:[ .,，、-]?[{_SPELT}0-9]){{10,}}")
_GLUED = late("[0-9]{2}")
_AS_DIGITS = str.maketrans(_WORDS)
_LEAD = late(r"(?:tel|phone|mobile|mob|sfz|sjh|id|no|wx|vx|card|\+)\s*$", re.I)

_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83".split()
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_MOBILE = late(r"1(?:3[0-9]|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}")
_CARD = late(
    r"(?:62[0-9]{14,17}|60[0-9]{14,17}|9558[0-9]{12,15}|95599[0-9]{11,14}"
    r"|4[03589][0-9]{14}|5[1-5][0-9]{14}|35[0-9]{14})"
)
_MOBILE_SPLITS = {(3, 4, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (5, 6), (7, 4), (3, 8), (1,) * 11}
_BETWEEN = "[ .,，、。()（）:：*|~-]{1,2}"
_PARTED = late(
    "(?<![0-9])(?=1[3-9])(?:"
    + "|".join(
        _BETWEEN.join(f"[0-9]{{{size}}}" for size in split)
        for split in sorted(_MOBILE_SPLITS)
        if split[0] > 1
    )
    + ")(?![0-9])"
)
"""A mobile whose groups stand between commas or brackets: (139)0000-1234."""
LONGEST = 19
_YEARS = (1900, 2099)


def numbers_in(text: str) -> Iterator[Detection]:
    """Yield every number of a person in a text, however it is written; they may overlap."""
    if not SUSPECT.search(text):
        return
    plain = text.translate(_PLAIN)
    for chain in _CHAIN.finditer(plain):
        yield from _in_chain(plain, chain)
    for parted in _PARTED.finditer(plain):
        if _MOBILE.fullmatch(re.sub("[^0-9]", "", parted.group())):
            yield Detection("mobile", parted.start(), parted.end())
    for run in _SPELLED.finditer(plain):
        yield from _spelt(run)


def _spelt(run: re.Match[str]) -> Iterator[Detection]:
    """Yield what a run of digits is that are words or stand apart: 幺三九零零零零一二三四."""
    if _GLUED.search(run.group()) and not any(c in _WORDS for c in run.group()):
        return
    digits = re.sub("[^0-9]", "", run.group().translate(_AS_DIGITS))
    if _mobile(digits, (len(digits),)):
        yield Detection("mobile", run.start(), run.end())
    elif _identity(digits, (len(digits), 0)):
        yield Detection("identity", run.start(), run.end())


def _in_chain(plain: str, chain: re.Match[str]) -> Iterator[Detection]:
    """Yield what a chain of digit groups holds, looking at every run of whole groups.

    A chain glued to Latin letters is a code (a report number, a digest) unless the letters say
    what follows.
    """
    before = plain[max(0, chain.start() - 8) : chain.start()]
    after = plain[chain.end() : chain.end() + 1]
    glued = before[-1:].isascii() and before[-1:].isalpha() and not _LEAD.search(before)
    groups = [(m.start() + chain.start(), m.group()) for m in _GROUP.finditer(chain.group())]
    digits = "".join(group for _, group in groups).upper()
    widths = tuple(len(group) for _, group in groups)
    ends = list(accumulate(widths))
    goes_on = after.isascii() and after.isalpha()
    for first in range(1 if glued else 0, len(groups)):
        start = ends[first] - widths[first]
        for last in range(first, len(groups) - goes_on):
            if (length := ends[last] - start) > LONGEST:
                break
            if (tests := _TESTS.get(length)) is None:
                continue
            sizes = widths[first : last + 1]
            for kind, test in tests:
                sure = test(digits[start : ends[last]], sizes)
                if sure is not None:
                    yield Detection(kind, groups[first][0], groups[last][0] + sizes[-1], sure)


def _identity(digits: str, sizes: tuple[int, ...]) -> bool | None:
    """Whether this is an identity number: True with a right check digit, False as good as one."""
    if digits[:2] not in _PROVINCES or "X" in digits[:17]:
        return None
    if len(digits) == 18 and _is_birthday(digits[6:14]):
        sure = check_digit(digits) == digits[17]
        return sure if sure or len(sizes) == 1 else None
    if len(digits) == 15 and digits.isdigit() and _is_birthday("19" + digits[6:12]):
        return True if sizes in ((15,), (6, 6, 3), (1,) * 15) else None
    return None


def check_digit(digits: str) -> str:
    """Return the check digit of an 18-digit identity number (GB 11643-1999, MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def _is_birthday(digits: str) -> bool:
    if not digits.isdigit() or not _YEARS[0] <= int(digits[:4]) <= _YEARS[1]:
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def _mobile(digits: str, sizes: tuple[int, ...]) -> bool | None:
    for prefix, count in (("", 0), ("86", 2), ("0086", 4)):
        number = digits[count:]
        if digits.startswith(prefix) and _MOBILE.fullmatch(number):
            own = sizes[1:] if prefix and sizes[0] == count else (sizes[0] - count, *sizes[1:])
            return True if own == (11,) or own in _MOBILE_SPLITS else None
    return None


def _card(digits: str, sizes: tuple[int, ...]) -> bool | None:
    if not _CARD.fullmatch(digits) or not passes_luhn(digits):
        return None
    fours = all(size == 4 for size in sizes[:-1]) and sizes[-1] <= 4
    return True if len(sizes) == 1 or fours or sizes in ((6, 13), (6, 10)) else None


def passes_luhn(digits: str) -> bool:
    """Whether the last digit of a card number is its check digit (Luhn, ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


Test = tuple[Kind, Callable[[str, tuple[int, ...]], bool | None]]
_IDENTITY: Test = ("identity", _identity)
_A_MOBILE: Test = ("mobile", _mobile)
_A_CARD: Test = ("card", _card)
_TESTS: dict[int, tuple[Test, ...]] = {
    11: (_A_MOBILE,),
    13: (_A_MOBILE,),
    15: (_IDENTITY, _A_MOBILE, _A_CARD),
    18: (_IDENTITY, _A_CARD),
    **dict.fromkeys((16, 17, LONGEST), (_A_CARD,)),
}
"""What a run of so many digits may be."""
