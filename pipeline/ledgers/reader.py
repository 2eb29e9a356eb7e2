"""The byte gate, and the one reader: bytes of a shard in, aligned cells with line numbers out.

Whatever is wrong with bytes, characters or the shape of the CSV becomes a finding with its
physical line. Rows that align with the header are kept even where a cell is bad, so that later
gates can list their findings too; a row that does not align is left out, never silently.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from hashlib import sha256

from pipeline.findings import Finding
from pipeline.ledgers import byte_rules as rules
from pipeline.ledgers.characters import (
    BAD,
    EXCEL_DAMAGE,
    FULL_WIDTH,
    MOJIBAKE,
    SCIENTIFIC,
    is_nfc,
    kind_of,
    spelled,
)
from pipeline.ledgers.header import check_header
from pipeline.ledgers.limits import MAX_CELL, MAX_COLUMNS, MAX_FILE_BYTES, MAX_FINDINGS, MAX_ROWS
from pipeline.ledgers.schemas import Schema
from pipeline.ledgers.shard import RawShard, Shard

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "Excel 工作簿（.xlsx）或压缩包"),
    (b"\xd0\xcf\x11\xe0", "旧版 Excel 工作簿（.xls）"),
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x1f\x8b", "压缩包"),
)
_LFS = b"version https://git-lfs"
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} |\|{7} )", re.M)
_QUOTE_TROUBLE = re.compile(r'[^,\n"]"|"[^,\n"]')


def read(shard: Shard, schema: Schema, content: bytes) -> RawShard:
    """Read one shard.

    Never raises for bad content. A file that cannot be read at all gives no rows and at least one
    error.
    """
    place = {"file": shard.name, "ledger": shard.ledger}
    digest = sha256(content).hexdigest()
    text, findings = _decode(content, place)
    if text is None:
        return RawShard(shard, findings=_limited(findings, place), digest=digest)
    findings += _characters(text, place)
    records, broken = _records(text, place)
    findings += broken
    if not records:
        return RawShard(shard, findings=_limited(findings, place), digest=digest)
    header, findings_of_header = check_header(records, schema, place)
    findings += findings_of_header
    if header is None:
        return RawShard(shard, findings=_limited(findings, place), digest=digest)
    lines, cells = [], []
    for line, row in records[1:]:
        kept = _aligned(line, row, len(header), place, findings)
        if kept:
            lines.append(line)
            cells.append(row)
    findings += _cells(lines, cells, header, schema, place)
    return RawShard(shard, header, lines, cells, _limited(findings, place), digest)


def _limited(findings: list[Finding], place: dict) -> list[Finding]:
    """Keep at most the limit of findings, and say how many more there are."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    more = len(findings) - MAX_FINDINGS
    return [*findings[:MAX_FINDINGS], rules.MORE.at(f"还有 {more} 处没有列出", **place)]


def _decode(content: bytes, place: dict) -> tuple[str | None, list[Finding]]:
    """Return the text of a shard, or None with the reason."""
    if len(content) > MAX_FILE_BYTES:
        return None, [rules.TOO_LONG.at(value=str(len(content)), **place)]
    for magic, what in _MAGIC:
        if content.startswith(magic):
            return None, [rules.NOT_TEXT.at(f"这是{what}，只是名字写成了 .csv", **place)]
    if content.startswith(_LFS):
        return None, [rules.LFS.at(line=1, **place)]
    if not content.strip():
        return None, [rules.EMPTY.at(**place)]
    findings = []
    if content.startswith(b"\xef\xbb\xbf"):
        findings.append(rules.BOM.at(line=1, **place))
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as trouble:
        return None, [*findings, _undecodable(content, trouble, place)]
    if _CONFLICT.search(text):
        for found in _CONFLICT.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            findings.append(rules.CONFLICT.at(line=line, value=found.group().strip(), **place))
        return None, findings
    return _unix_lines(text, place, findings), findings


def _undecodable(content: bytes, trouble: UnicodeDecodeError, place: dict) -> Finding:
    """Say where the first bad byte is and which encoding the file most likely has."""
    line = content.count(b"\n", 0, trouble.start) + 1
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:200].count(0) > 20:
        guess = "像是 UTF-16（Excel“Unicode 文本”）"
    else:
        try:
            content.decode("gb18030")
            guess = "像是 GBK（Excel、WPS 默认的中文编码）"
        except UnicodeDecodeError:
            guess = "认不出是什么编码，可能文件损坏"
    byte = content[trouble.start]
    column = trouble.start - content.rfind(b"\n", 0, trouble.start)
    return rules.NOT_UTF8.at(
        f"不是 UTF-8 编码，{guess}；第{line}行第{column}个字节是 0x{byte:02X}", line=line, **place
    )


def _unix_lines(text: str, place: dict, findings: list[Finding]) -> str:
    """Turn CRLF into LF; report lone CR, mixed line ends and a missing final line end."""
    if "\r" in text:
        windows = text.count("\r\n")
        if windows != text.count("\r"):
            at = re.search(r"\r(?!\n)", text)
            line = text.count("\n", 0, at.start()) + 1 if at else 1
            findings.append(rules.LONE_CR.at(line=line, **place))
        elif windows != text.count("\n"):
            findings.append(rules.MIXED_LINES.at(**place))
        text = text.replace("\r\n", "\n")
    if not text.endswith("\n"):
        findings.append(rules.NO_FINAL_LINE.at(line=text.count("\n") + 1, **place))
    return text


def _characters(text: str, place: dict) -> list[Finding]:
    """Report characters that may not stand in a ledger, each with its line."""
    findings = []
    for line, found in _located(BAD, text):
        bad = found.group()
        findings.append(
            rules.BAD_CHARACTER.at(
                f"有{kind_of(bad)} {spelled(bad)}", line=line, value=_around(text, found), **place
            )
        )
    if not is_nfc(text):
        for number, content in enumerate(text.split("\n"), 1):
            if not is_nfc(content):
                findings.append(rules.NOT_NFC.at(line=number, value=content, **place))
    for line, found in _located(MOJIBAKE, text):
        findings.append(rules.MOJIBAKE.at(line=line, value=_around(text, found), **place))
    return findings


def _located(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield every match with its line; counting stops where the findings would be cut anyway."""
    line, last = 1, 0
    for number, found in enumerate(pattern.finditer(text)):
        if number > MAX_FINDINGS:
            return
        line += text.count("\n", last, found.start())
        last = found.start()
        yield line, found


def _around(text: str, found: re.Match[str]) -> str:
    start = text.rfind("\n", 0, found.start()) + 1
    return text[max(start, found.start() - 10) : found.end() + 10].split("\n")[0]


def _records(text: str, place: dict) -> tuple[list[tuple[int, list[str]]], list[Finding]]:
    """Cut a text into records with the line each begins on; one record is one line."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    if len(lines) > MAX_ROWS + 1:
        return [], [rules.TOO_MANY_ROWS.at(value=str(len(lines) - 1), **place)]
    findings: list[Finding] = []
    if '"' not in text:  # the common case: nothing quoted, nothing to parse
        rows = [(n, line.split(",")) for n, line in enumerate(lines, 1) if line.strip(", ")]
    else:
        rows = list(_quoted(text, lines, place, findings))
    blank = [n for n, line in enumerate(lines, 1) if not line.strip(", ")]
    for number in blank:
        findings.append(rules.BLANK_LINE.at(line=number, **place))
    return rows, findings


def _quoted(
    text: str, lines: list[str], place: dict, findings: list[Finding]
) -> Iterator[tuple[int, list[str]]]:
    """Parse lines that hold quotes one by one, so that an open quote spoils only its own line."""
    for number, line in enumerate(lines, 1):
        if not line.strip(", "):
            continue
        if '"' not in line:
            yield number, line.split(",")
            continue
        try:
            (row,) = csv.reader(io.StringIO(line + "\n"), strict=True)
        except (csv.Error, ValueError):
            open_quote = line.count('"') % 2
            rule = (
                rules.NEWLINE_IN_CELL
                if open_quote and '"' in "".join(lines[number : number + 20])
                else rules.BAD_QUOTE
            )
            findings.append(rule.at(line=number, value=line, **place))
            continue
        yield number, row


def _aligned(line: int, row: list[str], width: int, place: dict, findings: list[Finding]) -> bool:
    """Whether a row has as many cells as the header; trailing blank cells are forgiven aloud."""
    if len(row) == width:
        return True
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        findings.append(rules.EXTRA_COMMAS.at(line=line, **place))
        del row[width:]
        return True
    findings.append(
        rules.RAGGED.at(
            f"这一行有 {len(row)} 格，表头有 {width} 格", line=line, value=",".join(row), **place
        )
    )
    return False


def _cells(
    lines: list[int], cells: list[list[str]], header: tuple[str, ...], schema: Schema, place: dict
) -> list[Finding]:
    """Report cells that are too long, blank-edged, damaged by a spreadsheet or not in ASCII."""
    findings = []
    if len(header) > MAX_COLUMNS:
        findings.append(rules.TOO_MANY_COLUMNS.at(value=str(len(header)), **place))
    for number, (name, column) in enumerate(zip(header, zip(*cells, strict=True), strict=False)):
        field = schema.by_name[name]
        for cell in set(column):
            rule, message = _fault(cell, field.is_coded and not field.enum)
            if rule is None:
                continue
            findings += [
                rule.at(
                    message,
                    line=line,
                    column=number + 1,
                    field=name,
                    title=field.title,
                    value=cell,
                    **place,
                )
                for line, other in zip(lines, column, strict=True)
                if other == cell
            ]
    return findings


def _fault(cell: str, coded: bool) -> tuple:
    """Return the rule one cell breaks and what to say, or (None, "")."""
    if cell == "":
        return None, ""
    if len(cell) > MAX_CELL:
        return rules.LONG_CELL, f"这一格有 {len(cell)} 个字"
    if cell != cell.strip() or cell[0] in "\u3000\xa0" or cell[-1] in "\u3000\xa0":
        return rules.EDGE_BLANKS, ""
    if "#" in cell and EXCEL_DAMAGE.search(cell):
        return rules.EXCEL_ERROR, ""
    if coded and not cell.isascii() and FULL_WIDTH.search(cell):
        return rules.FULL_WIDTH, ""
    if coded and ("E" in cell or "e" in cell) and SCIENTIFIC.fullmatch(cell):
        return rules.LOST_DIGITS, ""
    return None, ""
