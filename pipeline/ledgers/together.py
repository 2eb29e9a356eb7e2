"""Several files of the ledgers written as one: an issue and its events, a post and its telephone.

What is to be written is noted first, in a hidden file beside the ledgers; then the files are
replaced one by one, then the note goes. Whoever is killed between leaves the note: the next entry
finishes what it says before it does anything else, and until then `check` says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.files import replace_file
from pipeline.findings import Finding, Rule
from pipeline.trouble import UsageTrouble

NOTE = ".unfinished"
"""The name of the note in the data folder; it is never committed."""

UNFINISHED = Rule(
    "B06",
    "bytes",
    "error",
    "一次登记写完了全部文件",
    "把刚才那条登记命令（add、event、handover、import --write、renumber）再运行一次："
    "先接着写完，不会登记两次",
    "格式约定",
    "一件事写在几个文件里，只写了几个就对不上：有问题没有登记这一步，或者倒过来",
)


@dataclass(frozen=True, slots=True)
class _File:
    """One file of an entry: its content before as a digest (blank: not there), and after."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that was begun: what it is, the command it came from, and its files."""

    said: str
    asked: str
    files: tuple[_File, ...]


def write_together(
    data: Path, contents: Mapping[Path, bytes], said: str = "", asked: str = ""
) -> None:
    """Write every file; where that fails every file is as it was.

    `said` is what is entered, `asked` the command it came from, so that it is known again.

    Raises:
        OSError: it could not be written.
    """
    standing = {p: p.read_bytes() if p.exists() else None for p in contents}
    root, note = data.resolve(), data / NOTE
    files = tuple(
        _File(p.resolve().relative_to(root).as_posix(), _digest(standing[p]), new.decode())
        for p, new in sorted(contents.items())
    )
    done: list[Path] = []
    try:
        if len(files) > 1:  # one file is whole by itself
            replace_file(note, _written(Pending(said, asked, files)))
        for path, content in sorted(contents.items()):
            done.append(path)
            replace_file(path, content)
    except BaseException:
        for path in done:
            _restore(path, standing[path])
        note.unlink(missing_ok=True)
        raise
    note.unlink(missing_ok=True)


def pending(data: Path) -> Pending | None:
    """Return the entry that was begun and not finished; None if there is none.

    Raises:
        UsageTrouble: the note was changed by somebody.
    """
    try:
        head, _, body = (data / NOTE).read_bytes().partition(b"\n")
    except OSError:
        return None
    if head.decode("ascii", "replace") != sha256(body).hexdigest():
        raise UsageTrouble(f"{data / NOTE} 被改动过，不能照它接着写；删掉它，再运行 qingyuan check")
    told = json.loads(body)
    return Pending(told["said"], told["asked"], tuple(_File(*file) for file in told["files"]))


def finish(data: Path) -> Pending | None:
    """Write what an entry that was begun still lacks; returns it, None if there is none.

    Raises:
        UsageTrouble: one of its files was changed since, so that it cannot be taken for granted.
        OSError: it could not be written; the note stays.
    """
    left = pending(data)
    if left is None:
        return None
    missing = {data / file.path: file for file in left.files if _is_open(data, file)}
    for path, file in missing.items():
        replace_file(path, file.after.encode())
    (data / NOTE).unlink(missing_ok=True)
    return left


def unfinished(data: Path, folder: str) -> Iterator[Finding]:
    """Yield the finding that an entry was begun and not finished."""
    with suppress(OSError):
        if not (data / NOTE).is_file():
            return
    try:
        left = pending(data)
    except UsageTrouble as trouble:
        yield UNFINISHED.at(str(trouble), file=f"{folder}/{NOTE}")
        return
    if left is not None:
        done = sum(
            _digest(_content(data / f.path)) == _digest(f.after.encode()) for f in left.files
        )
        said = f"上次登记停在半路（{left.said}）：{len(left.files)} 个文件写了 {done} 个"
        yield UNFINISHED.at(said, file=f"{folder}/{NOTE}")


def _is_open(data: Path, file: _File) -> bool:
    """Whether a file still has to be written."""
    now = _digest(_content(data / file.path))
    if now not in (file.before, _digest(file.after.encode())):
        raise UsageTrouble(
            f"上次登记停在半路，{data / file.path} 后来又改过，不能接着写："
            f"先用 git diff 看一看，自己补完，再删掉 {data / NOTE}"
        )
    return now == file.before and now != _digest(file.after.encode())


def _written(entry: Pending) -> bytes:
    files = [[file.path, file.before, file.after] for file in entry.files]
    told = {"said": entry.said, "asked": entry.asked, "files": files}
    body = json.dumps(told, ensure_ascii=False).encode()
    return sha256(body).hexdigest().encode() + b"\n" + body


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _digest(content: bytes | None) -> str:
    return "" if content is None else sha256(content).hexdigest()


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != content:
        replace_file(path, content)
