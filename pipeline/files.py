"""Files as wholes: what they hold together, and putting one in another's place."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path

LEFT_OUT = "__pycache__"
"""A folder that Python fills by itself; it says nothing about the sources."""


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


def replace_file(path: Path, content: bytes) -> None:
    """Put content in a file's place in one step, so that a fault leaves the old file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
