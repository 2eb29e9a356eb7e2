"""Which characters may stand in a ledger, and what to say of those that may not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

_PLANE_ENDS = "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))

_KINDS: tuple[tuple[str, str], ...] = (
    ("空字符", "\x00"),
    ("制表符", "\t"),
    ("行分隔符", "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"),
    ("控制字符", "\x01-\x08\x0d\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"),
    ("文字方向控制符", "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"),
    (
        "看不见的字符",
        "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f"
        "\u2800\u3164\ufeff\uffa0\ufff0-\ufffc",
    ),
    ("不寻常的空格", "\xa0\u1680\u2000-\u200a\u202f\u205f"),
    ("替换符（原来的字已经丢了）", "\ufffd"),
    ("不成字的码位", "\ufdd0-\ufdef" + _PLANE_ENDS),
    (
        "私有区的字（只在一台电脑的字库里有）",
        "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
    ),
    ("部首或笔画（看着像汉字，不是汉字）", "\u2e80-\u2fdf\u31c0-\u31ef"),
    (
        "兼容汉字（同形不同码）",  # but for the twelve unified ideographs that lie among them
        "\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff"
        "\U0002f800-\U0002fa1f",
    ),
    ("异体选择符或标签字符", "\ufe00-\ufe0f\U000e0000-\U000e0fff"),
)
"""Name and regex range of every class of characters that is refused; the classes are disjoint."""

BAD = re.compile("[" + "".join(r for _, r in _KINDS) + "]")
"""One scan over the alphabet of a file tells whether anything is wrong."""

_BY_KIND = tuple((name, re.compile(f"[{r}]")) for name, r in _KINDS)

_LOOKALIKES = str.maketrans(
    "⺠⺾⻁⻄⻅⻆⻉⻋⻌⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
    "民艹虎西见角贝车辶长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
)
"""Radicals without a decomposition that stand in for whole words in pasted text."""

WIDE_DIGIT = re.compile(
    "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0b\uff0d-\uff0f\uff1a"
    "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\U0001d7ce-\U0001d7ff]"
)
"""Full-width and foreign letters, digits and signs: wrong in codes, numbers, dates and phones."""

_MOJIBAKE = re.compile(
    "锟斤|斤拷|烫烫烫|[\xa1-\xb6\xb8-\xd6\xd8-\xff]{3,}|â€|[锛銆鈥鐨鍗姘鏉鍘闀鏄]"
)
"""Texts that only a wrong decoding makes, and characters that it makes most often."""

_RUN = re.compile("[^\x00-\x7f]+")
_FIRSTS = "".join(
    bytes((lead, trail)).decode("gbk") for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xC0)
)
"""What the first two of the three bytes of a Chinese character look like when read as GBK."""

_FIRST_OF_THREE = re.compile(f"[{_FIRSTS}]")
_TELLTALE = re.compile(f"[锟拷烫\xa1-\xb6\xb8-\xff锛銆鈥鐨鍗姘鏉鍘闀鏄{_FIRSTS}]")


def alphabet_of(text: str) -> str:
    """Return every character of a text once: what is not in it need not be looked for."""
    return "".join(set(text))


def kind_of(character: str) -> str:
    """Name the class of a refused character."""
    return next((name for name, pattern in _BY_KIND if pattern.match(character)), "不认识的字符")


def garbled(line: str) -> Iterator[tuple[int, str | None]]:
    """Yield the places of a line where text was decoded wrongly, and what it was if that is sure.

    A run with a suspicious character counts only if encoding it back gives better Chinese, so that
    a rare character in a name is left alone.
    """
    for run in _RUN.finditer(line) if may_be_garbled(line) else ():
        found = _MOJIBAKE.search(run.group())
        if found and (len(found.group()) > 1 or _rereads(run.group())):
            yield run.start() + found.start(), None
        elif _FIRST_OF_THREE.search(run.group()) and (meant := _reread(run.group())):
            yield run.start(), meant


def may_be_garbled(alphabet: str) -> bool:
    """Whether a text written in this alphabet can hold anything that a wrong decoding made."""
    return bool(_TELLTALE.search(alphabet))


def _reread(run: str) -> str | None:
    """Return the common Chinese that a run is in UTF-8, if it was read as GBK from end to end."""
    with suppress(UnicodeError):
        again = run.encode("gb18030").decode("utf-8")
        again.encode("gb2312")
        if len(again) > 1 and all(
            "\u4e00" <= c <= "\u9fff" or c in "，。、；：（）·" for c in again
        ):
            return again
    return None


def _rereads(run: str) -> bool:
    """Whether a run of Chinese is UTF-8 that was read as GBK."""
    with suppress(UnicodeEncodeError):
        again = run.encode("gb18030").decode("utf-8", "ignore")
        chinese = sum("\u3000" <= c <= "\u9fff" or c > "\uff00" for c in again)
        return 3 * chinese >= len(run) and chinese > 0 and len(again) < len(run)
    return False


def meant(character: str) -> str | None:
    """Return the plain character that a lookalike stands in for, if there is one."""
    plain = unicodedata.normalize("NFKC", character).translate(_LOOKALIKES)
    return plain if plain != character and len(plain) == 1 and plain.isalnum() else None


def is_nfc(text: str) -> bool:
    """Whether a text is in the one normal form that ledgers use."""
    return unicodedata.is_normalized("NFC", text)


def narrow(text: str) -> str:
    """Write full-width and foreign letters, digits and signs as plain ones, and nothing else."""
    return WIDE_DIGIT.sub(_narrowed, text)


def _narrowed(found: re.Match[str]) -> str:
    character = found.group()
    digit = unicodedata.digit(character, None)
    return unicodedata.normalize("NFKC", character) if digit is None else str(digit)


def spelled(character: str) -> str:
    """Name a character so that it can be found again: U+200B."""
    return f"U+{ord(character):04X}"
