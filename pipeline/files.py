"""Files as wholes: what they hold together, and putting one in another's place.

`replace_file` is the one door through which a file of the ledgers, or anything kept between runs,
is written: a fault, a full disk or a kill at any moment leaves the old file or the new one, whole.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

LEFT_OUT = "__pycache__"
"""A folder that Python fills by itself; it says nothing about the sources."""

PART = ".part"
"""How the name of a file ends that is still being written: .<name>.<process>.<random>.part"""


def digest(root: Path, *names: str) -> str:
    """Return the sha256 of files by path and content; a name is a file or a folder below root."""
    total = sha256()
    for name in names:
        path = root / name
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and LEFT_OUT not in file.parts:
                total.update(file.relative_to(root).as_posix().encode())
                total.update(file.read_bytes())
    return total.hexdigest()


def below(root: Path) -> dict[str, int]:
    """Return every file below a folder, sorted: its address, and its number on the disk.

    A site has ten thousand files: `Path.rglob` takes thirty times as long.
    """
    found, folders = {}, [""]
    while folders:
        folder = folders.pop()
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{entry.name}/")
                elif entry.is_file():
                    found[f"{folder}{entry.name}"] = entry.inode()
    return dict(sorted(found.items()))


def replace_file(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Put content in a file's place in one step; the file keeps its mode.

    With `lasting` it has reached the disk when this returns; what proves itself when it is read,
    and can be made again, need not wait for that.

    Raises:
        OSError: it could not be written; names the file. A link is refused (ELOOP): whoever set it
            would not expect the file behind it to change.
    """
    name = None
    try:
        if path.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(path.stat().st_mode) if path.is_file() else 0o644
        prefix = f".{path.name}.{os.getpid()}."
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=PART)
        with os.fdopen(handle, "wb") as file:
            os.chmod(name, mode)
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        os.replace(name, path)
    except OSError as trouble:
        trouble.filename, trouble.filename2 = str(path), None
        raise
    finally:
        if name is not None:
            with suppress(OSError):
                os.unlink(name)
    if lasting:
        reached_disk(path.parent)
        swept(path.parent)


def swept(folder: Path) -> None:
    """Remove what killed writers left unfinished in a folder."""
    for left in folder.glob(f".*{PART}"):
        process = left.name.split(".")[-3]
        if process.isdecimal() and not _lives(int(process)):
            with suppress(OSError):
                left.unlink()


def cleared(path: Path) -> None:
    """Remove a folder that stands where a file of ours belongs, or a file where a folder does."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def reached_disk(path: Path) -> None:
    """Have a file, or the names in a folder, outlive a loss of power; not every system can."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True
