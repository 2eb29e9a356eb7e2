"""The door: a file from outside is looked at before any library opens it.

Only sizes, names and a few tell-tale bytes are read. What is refused is refused in words: a file
that needs a password, carries a program, leads elsewhere, or would swell on opening.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence

from pipeline.intake import extents
from pipeline.trouble import UsageTrouble

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 64 * MEGABYTE
MOST_PARTS = 2000
MOST_RATIO = 200
"""A sheet of blanks packs well; a bomb packs a thousandfold."""
RATIO_FROM = MEGABYTE
"""A small part may pack as well as it likes."""
MOST_DIRECTORY = 400 * MOST_PARTS
"""Bytes of the directory of a zip file, which is read whole before its parts are counted."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_EXTERNAL = re.compile(rb'<[^>]*TargetMode\s*=\s*["\']External["\'][^>]*>', re.I)
_LOCKED = re.compile(rb"\x09\x08[\x08\x10]\x00.{8}(?:.{8})?(?:\x86\x00\x00\x00)?\x2f\x00", re.S)
"""The records that begin the stream of an old workbook, then that of its password."""
_END = b"PK\x05\x06"
_TARGET = re.compile(rb'\bTarget\s*=\s*["\']([^"\']*)["\']')
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".bin", ".ttf")
"""Endings of parts that hold no XML; what a sheet is read from must not have them."""
_TEXTS = "xl/sharedStrings.xml"
_HOW = "；用 WPS 或 Excel 打开，另存为不带宏的 .xlsx 再交"


def refuse(why: str) -> UsageTrouble:
    """Return the trouble that tells a clerk why a file is not opened."""
    return UsageTrouble(f"这个文件没有打开：{why}")


def is_packed(content: bytes) -> bool:
    """Whether a file is a container, which a library must take apart."""
    return len(content) <= MOST_BYTES and content.startswith((_OLE, _ZIP))


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
    if "EncryptedPackage".encode("utf-16-le") in content or _LOCKED.search(content):
        raise refuse("文件加了密码；去掉密码，另存一份再交")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise refuse("文件里有宏" + _HOW)
    names = ("Workbook", "Book", "WORKBOOK", "BOOK", "ET")
    if not any(n.encode("utf-16-le") + b"\0\0" in content for n in names):
        raise refuse("不是 Excel 或 WPS 表格（也许是 Word 文档）")
    return "xls"


def _zipped(content: bytes) -> str:
    _directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _parts(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as trouble:
        raise refuse("文件坏了或没有传完；重新保存一次再交") from trouble
    except (NotImplementedError, RuntimeError) as trouble:
        raise refuse("文件加了密码，或用了少见的压缩；去掉密码，另存一份再交") from trouble


def _directory(content: bytes) -> None:
    """Refuse a directory that is too long to be read: its size stands at the end of the file."""
    end = content.rfind(_END, max(0, len(content) - 66_000))
    size = int.from_bytes(content[end + 12 : end + 16], "little") if end >= 0 else 0
    if size > MOST_DIRECTORY:
        raise refuse("里面的部分太多")


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
    texts = extents.lengths(packed.read(_TEXTS)) if _TEXTS in names else []
    for part in parts:
        if not part.filename.lower().endswith(_MEDIA):
            _look(packed.read(part), part.filename, form, texts)
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


def _look(content: bytes, name: str, form: str, texts: Sequence[int]) -> None:
    """Refuse a part with definitions of its own, one that leads elsewhere, a sheet without end."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:64]:
        raise refuse("里面的编码不是通常的 UTF-8" + _HOW)
    if b"<!" in content and _DOCTYPE.search(content):
        raise refuse("里面有 XML 的自定义声明（DTD），正常的表格没有" + _HOW)
    if name.endswith(".rels"):
        _leads(content, name)
    elif form == "xlsx" and name.startswith("xl/worksheets/"):
        _far(extents.of_xlsx(content))
        if extents.repeats_too_much(content, texts):
            raise refuse("同样的长文字重复得太多，解开会撑大很多倍")
    elif name == "content.xml":
        if b"<office:scripts><" in content.replace(b" ", b""):
            raise refuse("文件里有宏" + _HOW)
        _far(extents.of_ods(content))


def _leads(content: bytes, name: str) -> None:
    """Refuse what leads out of the file, or to a sheet where none is looked for."""
    if any(b"hyperlink" not in found.lower() for found in _EXTERNAL.findall(content)):
        raise refuse("引用了文件外面的东西；断开链接，再保存")
    if name == "xl/_rels/workbook.xml.rels" and any(
        not target.lower().endswith(b".xml") for target in _TARGET.findall(content)
    ):
        raise refuse("里面的部分不在该在的地方" + _HOW)


def _far(extent: extents.Extent) -> None:
    if extents.is_too_far(extent):
        where = f"第 {extent[0]} 行、第 {extent[1]} 列"
        raise refuse(f"表里最远到{where}还有内容；删掉下面和右边多余的内容，再保存")
