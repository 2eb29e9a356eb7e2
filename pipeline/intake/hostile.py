"""The door: a file from outside is looked at before any library opens it.

Only sizes, names and a few tell-tale bytes are read. What is refused is refused in words: a file
that needs a password, carries a program, leads elsewhere, or would swell on opening.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from pipeline.trouble import UsageTrouble

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 64 * MEGABYTE
MOST_PARTS = 2000
MOST_RATIO = 200
"""A sheet of blanks packs well; a bomb packs a thousandfold."""
RATIO_FROM = MEGABYTE
"""A small part may pack as well as it likes."""
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 100_000, 1000, 1_500_000
"""How far the last filled cell of a sheet may lie from the first."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,9})([0-9]{1,9})"[^>]*?(?<!/)>')
_EXTERNAL = re.compile(rb'<[^>]*TargetMode\s*=\s*["\']External["\'][^>]*>', re.I)
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated\s*=\s*["\']([0-9]+)["\']')
_HOW = "；用 WPS 或 Excel 打开，另存为不带宏的 .xlsx 再交"


def refuse(why: str) -> UsageTrouble:
    """Return the trouble that tells a clerk why a file is not opened."""
    return UsageTrouble(f"这个文件没有打开：{why}")


def form_of(name: str, content: bytes) -> str:
    """Return what a file is (xlsx, ods, xls or csv), having looked at it from outside.

    Raises:
        UsageTrouble: it is something else, or nothing that may be opened.
    """
    if not content:
        raise refuse("文件是空的")
    if len(content) > MOST_BYTES:
        raise refuse(
            f"有 {len(content) // MEGABYTE} MB，最多 {MOST_BYTES // MEGABYTE} MB；删掉图片"
        )
    if content.startswith(_OLE):
        return _old(content)
    if content.startswith(_ZIP):
        return _zipped(content)
    ending = name.lower().rpartition(".")[2]
    if ending in ("csv", "txt", "tsv"):
        return "csv"
    if content[:5] == b"%PDF-" or ending in ("pdf", "doc", "docx", "jpg", "png"):
        raise refuse("不是表格；要 .xlsx、.xls、.ods、.et 或 .csv")
    if content.lstrip()[:1] == b"<":
        raise refuse("里面是网页或 XML，不是真正的表格" + _HOW)
    raise refuse("认不出是什么表格，可能坏了；要 .xlsx、.xls、.ods、.et 或 .csv")


def _old(content: bytes) -> str:
    """See what an OLE file holds: an old workbook, or a new one behind a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refuse("文件加了密码；去掉密码，另存一份再交")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise refuse("文件里有宏" + _HOW)
    names = ("Workbook", "Book", "WORKBOOK", "BOOK", "ET")
    if not any(n.encode("utf-16-le") + b"\0\0" in content for n in names):
        raise refuse("不是 Excel 或 WPS 表格（也许是 Word 文档）")
    return "xls"


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _parts(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as trouble:
        raise refuse("文件坏了或没有传完；重新保存一次再交") from trouble
    except (NotImplementedError, RuntimeError) as trouble:
        raise refuse("文件加了密码，或用了少见的压缩；去掉密码，另存一份再交") from trouble


def _parts(packed: zipfile.ZipFile) -> str:
    """Look through the directory of a zip file, then through its small and its telling parts."""
    parts = packed.infolist()
    _sizes(parts)
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise refuse("里面有重名的部分")
    lower = [name.lower() for name in names]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in lower) or any(
        name.startswith(("basic/", "scripts/", "xl/macrosheets/")) for name in lower
    ):
        raise refuse("文件里有宏" + _HOW)
    if any(name.startswith(("xl/externallinks/", "xl/connections.xml")) for name in lower):
        raise refuse("引用了别的工作簿或外部数据；在“数据 → 编辑链接”里断开链接，再保存")
    form = _kind(names, packed)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            _look(packed.read(part), part.filename, form)
    return form


def _sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise refuse(f"里面有 {len(parts)} 个部分，太多")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refuse("解开后太大；删掉用不着的表和图片再交")
    for part in parts:
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
            raise refuse("里面的路径指到了文件外面")
        if part.flag_bits & 1:
            raise refuse("文件加了密码；去掉密码，另存一份再交")
        if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(1, part.compress_size):
            raise refuse("压缩得不正常，解开会撑大很多倍")


def _kind(names: list[str], packed: zipfile.ZipFile) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise refuse("是 .xlsb 二进制工作簿" + _HOW)
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" not in packed.read("mimetype"):
            raise refuse("不是表格文件")
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in packed.read(manifest):
            raise refuse("文件加了密码；去掉密码，另存一份再交")
        return "ods"
    raise refuse("不是表格文件；压缩包先解开，一个一个交")


def _look(content: bytes, name: str, form: str) -> None:
    """Refuse a part with definitions of its own, one that leads elsewhere, a sheet without end."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:64]:
        raise refuse("里面的编码不是通常的 UTF-8" + _HOW)
    if _DOCTYPE.search(content):
        raise refuse("里面有 XML 的自定义声明（DTD），正常的表格没有" + _HOW)
    if name.endswith(".rels"):
        if any(b"hyperlink" not in found.lower() for found in _EXTERNAL.findall(content)):
            raise refuse("引用了文件外面的东西；断开链接，再保存")
    elif form == "xlsx" and name.startswith("xl/worksheets/"):
        _extent(content)
    elif name == "content.xml" and b"<office:scripts><" in content.replace(b" ", b""):
        raise refuse("文件里有宏" + _HOW)


def _extent(content: bytes) -> None:
    last = width = 0
    for column, row in _CELL.findall(content):
        last = max(last, int(row))
        number = 0
        for letter in column:
            number = number * 26 + letter - 64
        width = max(width, number)
    if last > MOST_ROWS or width > MOST_COLUMNS or last * width > MOST_CELLS:
        where = f"第 {last} 行、第 {width} 列"
        raise refuse(f"表里最远到{where}还有内容；删掉下面和右边多余的内容，再保存")
