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
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline import verify, workers
from pipeline.files import below, cleared
from pipeline.release.target import (
    MANIFEST,
    SIGNATURES,
    Target,
    digest_of,
    is_whole,
    manifest_of,
    mark_of,
    same,
)
from pipeline.trouble import EnvironmentTrouble, advice

PUBLIC, RELEASES, LOCK = "public", "releases", ".lock"
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
    """What was put in force."""

    name: str
    public: Path
    files: int
    pages: int
    size: int


def publish(
    build: Path,
    fill: Callable[[Target], None],
    *,
    facts: Mapping[str, str],
    report: Callable[[str], None] = lambda _: None,
) -> Published:
    """Make a release with `fill`, verify it, list its files, and swap it in.

    `facts` says what went in; it goes into the manifest beside the digests.

    Raises:
        Refused: the site failed its verification; the standing one is untouched.
        EnvironmentTrouble: the disk is full, a folder cannot be written, another build is running.
    """
    with _environment(build):
        _made_room(build)
        with _lock(build):
            try:
                name = _made(build, fill, facts, report, in_force(build))
            except _Spoiled:  # somebody changed it after it was made: nothing of it can be used
                name = _made(build, fill, facts, report, None)
    return _published(build, name)


def _made(
    build: Path,
    fill: Callable[[Target], None],
    facts: Mapping[str, str],
    report: Callable[[str], None],
    previous: Path | None,
) -> str:
    """Make, verify, list and swap in one release while the lock is held; returns its name.

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
    listed = workers.beside(lambda: _listed(target))
    troubles = verify.verify_site(
        making, full=False, report=report, manifest=False, trusted=_trusted(target)
    )
    files = listed()
    if troubles:
        raise Refused(troubles)
    report("写清单")
    told = {**facts, "verifier": verify.code_digest()}
    mark = _manifest(target, told, files)
    if any(files[path] != target.before["files"][path] for path in target.kept):
        raise _Spoiled
    report("换上新站")
    name = _put(build, making, f"{facts.get('as_of', 'site')}-{mark}")
    _prune(build)
    return name


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
    """Hold the one lock of builds; a second build is told to wait."""
    with (build / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as busy:
            raise EnvironmentTrouble("另一个构建正在进行，等它结束再来") from busy
        yield


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


def _listed(target: Target) -> dict[str, dict[str, Any]]:
    """Return size and sha256 of every file of a release as it stands on the disk."""
    files = {}
    for path in below(target.root):
        content = target.read(path)
        files[path] = {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    return files


def _manifest(target: Target, facts: Mapping[str, Any], files: Mapping[str, Any]) -> str:
    """Write the manifest: size and sha256 of every file, one on a line; returns its mark."""
    content = _lines({**facts, "digest": digest_of(files)}, files).encode()
    target.write(MANIFEST, content)
    return mark_of(content)


def _lines(facts: Mapping[str, Any], files: Mapping[str, Any]) -> str:
    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    head = "".join(f"{text(name)}: {text(facts[name])},\n" for name in sorted(facts))
    rows = ",\n".join(f"{text(path)}: {text(files[path])}" for path in sorted(files))
    return f'{{\n{head}"files": {{\n{rows}\n}}\n}}\n'


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
    os.sync()
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


def in_force(build: Path) -> Path | None:
    """Return the folder of the release in force, or None."""
    current = Path(os.path.realpath(build / PUBLIC))  # never fails, wherever the link leads
    is_ours = current.parent == Path(os.path.realpath(build / RELEASES))
    return current if is_ours and current.is_dir() else None


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


def _published(build: Path, name: str) -> Published:
    root = build / RELEASES / name
    files = manifest_of(root)["files"]
    return Published(
        name=name,
        public=build / PUBLIC,
        files=len(files),
        pages=sum(path.endswith(".html") for path in files),
        size=sum(one["bytes"] for one in files.values()),
    )
