"""The release in force, looked at while a build still reads its ledgers.

Most files of a new release are taken over from it, and each must still hold what was written then.
To read a whole city again takes as long as a check, so that is done on the other core meanwhile.
What was whole then is whole as long as it is the same file on the disk, of the same size, not
written since; anything else is read again when the new release is listed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pipeline import workers
from pipeline.release.target import manifest_of

PUBLIC, RELEASES = "public", "releases"
Mark = tuple[int, int, int]
"""Number of a file on the disk, its bytes, and when it was last written, in ns."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A release, and the marks of those of its files that hold what its manifest lists."""

    root: Path | None = None
    whole: Mapping[str, Mark] = field(default_factory=dict)


def in_force(build: Path) -> Path | None:
    """Return the folder of the release in force, or None."""
    current = Path(os.path.realpath(build / PUBLIC))  # never fails, wherever the link leads
    is_ours = current.parent == Path(os.path.realpath(build / RELEASES))
    return current if is_ours and current.is_dir() else None


def mark_at(path: str) -> Mark:
    """Return the mark of a file.

    Raises:
        OSError: there is none.
    """
    told = os.stat(path)
    return told.st_ino, told.st_size, told.st_mtime_ns


def look(build: Path) -> Callable[[], Standing]:
    """Begin to look at the release in force, beside; returns what waits for what was seen."""
    root = in_force(build)
    return workers.beside(lambda: looked_at(root)) if root else Standing


def looked_at(root: Path) -> Standing:
    """Read all files of a release; the mark is taken first, so that what is written since tells."""
    whole = {}
    for path, listed in manifest_of(root).get("files", {}).items():
        try:
            mark = mark_at(f"{root}/{path}")
            with open(f"{root}/{path}", "rb", buffering=0) as file:
                content = file.readall()
        except OSError:
            continue
        if sha256(content).hexdigest() == listed["sha256"]:
            whole[path] = mark
    return Standing(root, whole)
