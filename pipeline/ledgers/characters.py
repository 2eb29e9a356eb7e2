"""Which characters may stand in a ledger, and what to say of those that may not."""

from __future__ import annotations

import re
import unicodedata

_KINDS: tuple[tuple[str, str], ...] = (
    ("空字符", "\x00"),
    ("控制字符", "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"),
    ("制表符", "\t"),
    ("文字方向控制符", "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"),
    ("看不见的零宽字符", "\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff"),
    ("行分隔符", "\u0085\u2028\u2029"),
    ("私有区字符（字库里自造的字）", "\ue000-\uf8ff\U000f0000-\U0010ffff"),
    ("替换符 �（原字已经丢了）", "\ufffd"),
    ("部首样子的字（看着像汉字，不是汉字）", "\u2e80-\u2fdf\u31c0-\u31ef"),
    (
        "兼容汉字（同形不同码）",
        "\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff"
        "\U0002f800-\U0002fa1f",
    ),
    ("不成字的码位", "\ufdd0-\ufdef\ufffe\uffff"),
    ("标签、变体等格式字符", "\ufe00-\ufe0f\ufff0-\ufffb\U000e0000-\U000e0fff"),
)
"""Name and regex range of every class of characters that is refused."""

BAD = re.compile("[" + "".join(r for _, r in _KINDS) + "]")
"""One scan over a whole file tells whether anything is wrong."""

_BY_KIND = tuple((name, re.compile(f"[{r}]")) for name, r in _KINDS)

FULL_WIDTH = re.compile(
    "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0d\uff0e\u0660-\u0669\u06f0-\u06f9]"
)
"""Full-width letters and digits, and foreign digits: wrong in codes, numbers, dates and phones."""

MOJIBAKE = re.compile("锟斤拷|烫烫烫|屯屯屯|鈥|锛|銆|鐨勶|Ã[\u0080-\u00bf]|â€|ï»¿|å…")
"""Texts that only a wrong decoding makes."""

EXCEL_DAMAGE = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|#{4,}")
"""What a spreadsheet leaves in a cell that it could not compute or show."""

SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee][+][0-9]{1,3}")
"""A long code that a spreadsheet turned into a number: its last digits are gone."""

SLASH_DATE = re.compile(r"[12][0-9]{3}[/.年][0-9]{1,2}[/.月][0-9]{1,2}日?")
SERIAL_DATE = re.compile(r"[34][0-9]{4}")
LOOSE_DATE = re.compile(r"[12][0-9]{3}-[0-9]{1,2}-[0-9]{1,2}")


def kind_of(character: str) -> str:
    """Name the class of a refused character."""
    return next((name for name, pattern in _BY_KIND if pattern.match(character)), "不认识的字符")


def is_nfc(text: str) -> bool:
    """Whether a text is in the one normal form that ledgers use."""
    return unicodedata.is_normalized("NFC", text)


def spelled(character: str) -> str:
    """Name a character so that it can be found again: U+200B."""
    return f"U+{ord(character):04X}"
