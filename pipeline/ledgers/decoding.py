"""From the bytes of a shard to its text: what is no text at all, encodings, line ends."""

from __future__ import annotations

import re

from pipeline.ledgers import byte_rules as rules
from pipeline.ledgers.ceilings import MAX_FILE_BYTES
from pipeline.ledgers.listing import Listing

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "Excel 工作簿（.xlsx）或压缩包"),
    (b"PK\x05\x06", "空的压缩包"),
    (b"\xd0\xcf\x11\xe0", "旧版 Excel 工作簿（.xls）"),
    (b"%PDF", "PDF 文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM6", "图片"),
    (b"\x1f\x8b", "压缩包"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"SQLite format", "数据库"),
)
_MARKUP = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|<table|<meta|<head)", re.I)
_LFS = b"version https://git-lfs"
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.M)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decode(content: bytes, listing: Listing) -> str | None:
    """Return the text with LF line ends, or None where it cannot be read.

    What is wrong goes into the listing; None never comes without an error there.
    """
    if len(content) > MAX_FILE_BYTES:
        listing.add(rules.TOO_LARGE, f"这个文件有 {len(content)} 字节")
        return None
    if (what := _disguise(content)) is not None:
        listing.add(rules.NOT_TEXT, f"这是{what}，只是名字写成了 .csv")
        return None
    if content.startswith(_LFS):
        listing.add(rules.LFS, "文件里是大文件指针，台账本身没有传上来", line=1)
        return None
    if content.startswith(b"\xef\xbb\xbf"):
        listing.add(rules.BOM, "文件开头有 BOM 标记", line=1)
        content = content[3:]
    if not content.strip():
        listing.add(rules.EMPTY, "这个文件是空的")
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as trouble:
        _undecodable(content, trouble.start, listing)
        return None
    return _lines(text, listing)


def _disguise(content: bytes) -> str | None:
    """Say what a file is that only bears the name of a CSV."""
    for magic, what in _MAGIC:
        if content.startswith(magic):
            return what
    return "网页（有些系统导出的“.xls”其实是网页）" if _MARKUP.match(content[:200]) else None


def _undecodable(content: bytes, start: int, listing: Listing) -> None:
    """Say where the first bad byte is and which encoding the file most likely has."""
    line = content.count(b"\n", 0, start) + 1
    if content.startswith(_UTF16) or content[:400].count(0) > len(content[:400]) // 4:
        guess = "看起来是 UTF-16（Excel 的“Unicode 文本”）"
    else:
        try:
            content.decode("gb18030")
            guess = "看起来是 GBK（Excel、WPS 存“CSV（逗号分隔）”时的中文编码）"
        except UnicodeDecodeError:
            guess = "也不是 GBK，文件可能坏了或没有传完"
    place = start - content.rfind(b"\n", 0, start)
    listing.add(
        rules.NOT_UTF8,
        f"这个文件不是 UTF-8 编码，{guess}；"
        f"第一处在第{line}行第{place}个字节，0x{content[start]:02X}",
        line=line,
    )


def _lines(text: str, listing: Listing) -> str | None:
    """Turn CRLF into LF; refuse conflict markers and lone CR, report mixed and missing ends."""
    if "\r" in text:
        windows, all_cr = text.count("\r\n"), text.count("\r")
        if windows != all_cr:
            first = re.search(r"\r(?!\n)", text)
            line = text.count("\n", 0, first.start()) + 1 if first else 1
            listing.add(rules.LONE_CR, f"有 {all_cr - windows} 处单独的 CR", line=line)
            return None
        if windows != text.count("\n"):
            listing.add(rules.MIXED_LINES, f"有 {windows} 行用 CRLF 换行，其余用 LF")
        text = text.replace("\r\n", "\n")
    is_marked = any(7 * sign in text for sign in "<=>|")  # the quick look, of a whole file
    markers = list(_CONFLICT.finditer(text)) if is_marked else []
    for found in markers:
        line = text.count("\n", 0, found.start()) + 1
        listing.add(rules.CONFLICT, f"第{line}行是合并冲突的标记", line=line, value=found.group())
    if markers:
        return None
    if not text.endswith("\n"):
        listing.add(rules.NO_FINAL_LINE, "最后一行末尾没有换行", line=text.count("\n") + 1)
    return text
