"""Releases: a site is made aside, verified, listed, and put in force in one step, or not at all.

    build/releases/<name>/   one folder a release, named by its day and the digest of its manifest
    build/public             a link to the release in force; the only thing ever swapped
    build/.lock              held while a release is being made

Whatever goes wrong before the swap - a refused check, a full disk, a kill - leaves `build/public`
as it was. Unchanged files are hard links to those of the release before, so a rebuild writes only
what changed. The last good release is kept for `rollback`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import verify, workers
from pipeline.files import below, cleared
from pipeline.release.listing import listed_of, write_manifest
from pipeline.release.standing import PUBLIC, RELEASES, Standing, in_force, look
from pipeline.release.target import (
    SIGNATURES,
    Target,
    is_whole,
    same,
)
from pipeline.trouble import EnvironmentTrouble, advice

__all__ = [
    "PUBLIC", "Published", "Refused", "Standing", "Target", "in_force", "look", "publish",
    "rollback",
]  # fmt: skip

LOCK = ".lock"
LOOKS = 20
"""How often the lock is tried, in twice the time that workers take to see their parent gone."""
WORKING = ".making"
KEPT = 2
"""Releases kept: the one in force and the last good one."""


class Refused(Exception):
    """The built site failed its verification; `troubles` says where."""

    def __init__(self, troubles: list[verify.Trouble]) -> None:
        """Take the troubles found."""
        super().__init__(f"{len(troubles)} troubles")
        self.troubles = troubles


class _Spoiled(Exception):
    """The release before no longer holds what was written."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was put in force; `sizes` are the bytes of its files by address."""

    name: str
    public: Path
    sizes: Mapping[str, int]

    @property
    def files(self) -> int:
        """How many files it has."""
        return len(self.sizes)

    @property
    def pages(self) -> int:
        """How many of them are pages."""
        return sum(path.endswith(".html") for path in self.sizes)

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(self.sizes.values())


def publish(
    build: Path,
    fill: Callable[[Target], None],
    *,
    facts: Mapping[str, str],
    report: Callable[[str], None] = lambda _: None,
    standing: Callable[[], Standing] = Standing,
) -> Published:
    """Make a release with `fill`, verify it, list its files, and swap it in.

    `facts` says what went in; it goes into the manifest beside the digests. `standing` waits for
    what was seen of the release in force (`look`), if that was begun.

    Raises:
        Refused: the site failed its verification; the standing one is untouched.
        EnvironmentTrouble: the disk is full, a folder cannot be written, another build is running.
    """
    with _environment(build):
        _made_room(build)
        with _lock(build):
            try:
                return _made(build, fill, facts, report, in_force(build), standing)
            except _Spoiled:  # somebody changed it after it was made: nothing of it can be used
                return _made(build, fill, facts, report, None, Standing)


def _made(
    build: Path,
    fill: Callable[[Target], None],
    facts: Mapping[str, str],
    report: Callable[[str], None],
    previous: Path | None,
    standing: Callable[[], Standing],
) -> Published:
    """Make, verify, list and swap in one release while the lock is held.

    Raises:
        _Spoiled: a file taken over from the previous release is not what was written then.
    """
    report("腾出地方")
    making = build / RELEASES / WORKING
    cleared(making)
    making.mkdir(parents=True)
    target = Target(making, previous)
    fill(target)
    report("核验")
    files: dict[str, dict[str, Any]] = {}
    with _on_disk():
        troubles = verify.verify_site(
            making,
            full=False,
            report=report,
            manifest=False,
            trusted=_trusted(target),
            meanwhile=lambda: files.update(listed_of(target, standing())),
        )
    if troubles:
        raise Refused(troubles)
    report("写清单")
    told = {**facts, "verifier": verify.code_digest()}
    mark = write_manifest(target, told, files)
    if any(files[path] != target.before["files"][path] for path in target.kept):
        raise _Spoiled
    report("换上新站")
    name = _put(build, making, f"{facts.get('as_of', 'site')}-{mark}")
    _prune(build)
    return Published(name, build / PUBLIC, {path: one["bytes"] for path, one in files.items()})


@contextmanager
def _on_disk() -> Iterator[None]:
    """Have everything written so far on the disk at the end of a block that looks at it."""
    writing = threading.Thread(target=os.sync)
    writing.start()
    try:
        yield
    finally:
        writing.join()


def _made_room(build: Path) -> None:
    """Have folders where folders belong, and a lock that can be held, whatever stood there."""
    for folder in (build, build / RELEASES):
        if not folder.is_dir():
            cleared(folder)
            folder.mkdir(parents=True)
    if (build / LOCK).is_dir():
        cleared(build / LOCK)


@contextmanager
def _lock(build: Path) -> Iterator[None]:
    """Hold the one lock of builds; a second build is told to wait.

    Workers of a build that was killed still hold it, until they have seen that and left.
    """
    with (build / LOCK).open("w") as file:
        for left in reversed(range(LOOKS)):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as busy:
                if not left:
                    raise EnvironmentTrouble("另一个构建正在进行，等它结束再来") from busy
            time.sleep(2 * workers.PATIENCE / LOOKS)
        try:
            yield
        finally:  # a worker that is just leaving still has the file open
            fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def _environment(build: Path) -> Iterator[None]:
    """Turn what a machine can refuse into words that say what to do."""
    try:
        yield
    except OSError as trouble:
        shutil.rmtree(build / RELEASES / WORKING, ignore_errors=True)
        raise EnvironmentTrouble(
            f"没有建成：{advice(trouble)}。已经发布的网站没有动。"
        ) from trouble


def _trusted(target: Target) -> frozenset[str]:
    """Return the addresses that are the very same file as in the release before.

    None if that release was verified by other code, or if any of its addresses has gone: then a
    link that was good may be so no longer.
    """
    if target.previous is None:
        return frozenset()
    before, verifier = target.before.get("files", {}), target.before.get("verifier")
    now = below(target.root)
    if verifier != verify.code_digest() or not before.keys() <= now.keys():
        return frozenset()
    stood = below(target.previous)
    return frozenset(path for path in before if stood.get(path) == now[path])


def _put(build: Path, making: Path, name: str) -> str:
    """Move the finished folder to its name and turn the link to it in one rename.

    Returns the name it stands under: another one, if somebody changed the release of that name.
    """
    final = build / RELEASES / name
    if final.is_dir() and _alike(making, final):  # same input, same bytes: nothing to put
        shutil.rmtree(making)
        _point(build, name)
        return name
    spoiled = final if final.exists() else None
    mended = 1
    while final.exists():  # somebody changed the release after it was made: put a whole one beside
        mended += 1
        final = build / RELEASES / f"{name}-{mended}"
    os.rename(making, final)
    _point(build, final.name)
    if spoiled is not None:
        shutil.rmtree(spoiled, ignore_errors=True)
    return final.name


def _alike(made: Path, standing: Path) -> bool:
    """Whether a release still holds exactly the files that were just made."""
    ours, theirs = (
        {path: number for path, number in below(root).items() if path not in SIGNATURES}
        for root in (made, standing)
    )
    return ours.keys() == theirs.keys() and all(
        number == theirs[path] or same(standing / path, (made / path).read_bytes())
        for path, number in ours.items()
    )


def _point(build: Path, name: str) -> None:
    fresh, public = build / f".{PUBLIC}.new", build / PUBLIC
    cleared(fresh)
    fresh.symlink_to(Path(RELEASES) / name)
    if public.is_dir() and not public.is_symlink():  # a copy that somebody put in the link's place
        cleared(public)
    os.replace(fresh, public)


def _releases(build: Path) -> list[Path]:
    """Return the finished releases, newest first."""
    found = [p for p in (build / RELEASES).iterdir() if p.is_dir() and p.name != WORKING]
    return sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)


def _prune(build: Path) -> None:
    """Drop all but the release in force and the last good one before it."""
    current = in_force(build)
    others = [p for p in _releases(build) if p != current]
    for path in others[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def rollback(build: Path) -> str:
    """Put the release before the present one in force again, if it is whole; returns its name.

    Raises:
        EnvironmentTrouble: there is none.
    """
    if in_force(build) is None:
        raise EnvironmentTrouble("还没有建过网站，没有可以退回的；先运行 make site")
    with _lock(build):
        current = in_force(build)
        others = [p for p in _releases(build) if p != current]
        if not others:
            raise EnvironmentTrouble("没有更早的网站可以退回")
        whole = next(filter(is_whole, others), None)
        if whole is None:
            raise EnvironmentTrouble("更早的网站被人改动过，不能退回；改好台账，重新运行 make site")
        _point(build, whole.name)
        return whole.name
