"""The digest of a file, and how a row cites it: sha256: and 64 hexadecimal digits.

The digest is the one that `sha256sum` prints, so that whoever distrusts this program can do without
it. A cell may say the archive number before it: 档2022-0815 sha256:….
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.trouble import UsageTrouble, advice

MARK = "sha256:"
CHUNK = 1 << 20
"""Bytes read at a time: a film of ten gigabytes needs no more memory than a photograph."""

_CITED = re.compile(r"(?<![0-9A-Za-z])sha256:([0-9a-f]{64})(?![0-9A-Za-z])")
_BARE = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Measured:
    """A file as it was read: the name it was given by, its size in bytes, its digest in hex."""

    name: str
    size: int
    digest: str


def reference(digest: str) -> str:
    """Return what the column 佐证 says of a file with this digest."""
    return f"{MARK}{digest}"


def cited_digest(text: str | None) -> str | None:
    """Return the digest that a cell cites, or that a text is; None where it cites none."""
    if text is None:
        return None
    if _BARE.fullmatch(text.strip()):
        return text.strip()
    found = _CITED.search(text)
    return found[1] if found else None


def measure(path: Path) -> Measured:
    """Read a file once, piece by piece, and return its size and digest.

    Raises:
        UsageTrouble: it is missing, unreadable, empty, or no regular file; no link is followed,
            since what lies behind it may be another file tomorrow. It also changed while read.
    """
    total, size = sha256(), 0
    try:
        _refuse_special(path, path.lstat().st_mode)
        with open(path, "rb", opener=_careful) as file:
            before = os.fstat(file.fileno())
            _refuse_special(path, before.st_mode)
            while piece := file.read(CHUNK):
                total.update(piece)
                size += len(piece)
            after = os.fstat(file.fileno())
    except (OSError, ValueError) as trouble:
        said = advice(trouble) if isinstance(trouble, OSError) else "文件名里有不能用的字符"
        raise UsageTrouble(f"{path} 读不了：{said}") from trouble
    if not size:
        raise UsageTrouble(f"{path} 是空文件，证明不了什么；核对是不是没有拷完")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UsageTrouble(f"{path} 正在改动，算出的摘要不可靠；等它写完再运行")
    return Measured(path.name, size, total.hexdigest())


def _careful(path: str, flags: int) -> int:
    """Open what was looked at, even if a link or a pipe has taken its place since."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _refuse_special(path: Path, mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise UsageTrouble(f"{path} 是一个链接，不往后面看；写真正的文件")
    if stat.S_ISDIR(mode):
        raise UsageTrouble(f"{path} 是一个目录；一个一个写文件，或先打成一个压缩包")
    if not stat.S_ISREG(mode):
        raise UsageTrouble(f"{path} 是管道或设备；只收普通文件")
