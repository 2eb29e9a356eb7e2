"""Where the files of a release are written, and what can be taken over from the one before."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.files import below

MANIFEST = "manifest.json"
SIGNATURES = (f"{MANIFEST}.sig", f"{MANIFEST}.minisig")
"""What may be laid beside a manifest afterwards: the signatures of ssh-keygen and of minisign."""
MARK = 12
"""Digits of its manifest's digest in the name of a release."""
_NAMED = re.compile(rf"-([0-9a-f]{{{MARK}}})(?:-[0-9]+)?$")


@dataclass
class Target:
    """Where the files of a release are written; may be used by several forked processes.

    A file whose content the release before has too becomes a hard link to it.
    """

    root: Path
    previous: Path | None = None
    kept: set[str] = field(default_factory=set)
    _seen: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, content: bytes) -> None:
        """Write one file at an address below the root.

        Raises:
            ValueError: the address leaves the root, or differs from another only in letter case
                or normal form.
        """
        self._claim(path)
        goal = self.root / path
        old = self.previous / path if self.previous else None
        if old is not None and same(old, content):
            _linked(str(old), str(goal))
            return
        try:
            goal.write_bytes(content)
        except FileNotFoundError:
            goal.parent.mkdir(parents=True, exist_ok=True)
            goal.write_bytes(content)

    def read(self, path: str) -> bytes:
        """Return a file of this release, written or taken over."""
        with open(f"{self.root}/{path}", "rb", buffering=0) as file:
            return file.readall()

    @cached_property
    def before(self) -> Mapping[str, Any]:
        """The manifest of the release before; empty if there is none, or it was changed."""
        return manifest_of(self.previous) if self.previous else {}

    def keep(self, *paths: str) -> dict[str, tuple[int, str]] | None:
        """Take files over from the release before, unread: all of them, or none (None).

        Returns size and digest of each, as listed. That they still hold what was written then is
        seen when all files are listed.
        """
        listed = self.before.get("files", {})
        if self.previous is None or not all(path in listed for path in paths):
            return None
        for path in paths:
            try:
                _linked(f"{self.previous}/{path}", f"{self.root}/{path}")
            except OSError:
                for made in paths[: paths.index(path)]:
                    (self.root / made).unlink()
                return None
        for path in paths:
            self._claim(path)
        self.kept |= set(paths)
        return {path: (listed[path]["bytes"], listed[path]["sha256"]) for path in paths}

    def _claim(self, path: str) -> None:
        if not path or path.startswith("/") or "\\" in path or ".." in path.split("/"):
            raise ValueError(f"address outside the site: {path!r}")
        plain = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        if self._seen.setdefault(plain, path) != path:
            raise ValueError(f"addresses collide: {path!r} and {self._seen[plain]!r}")


def same(old: Path, content: bytes) -> bool:
    """Whether a file holds exactly this content."""
    try:
        return old.stat().st_size == len(content) and old.read_bytes() == content
    except OSError:
        return False


def _linked(old: str, goal: str) -> None:
    try:
        os.link(old, goal)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(goal), exist_ok=True)
        os.link(old, goal)


def manifest_of(release: Path) -> Mapping[str, Any]:
    """Return the manifest of a release as it was written; empty if it is not that any more.

    A release bears the digest of its manifest in its name, which proves every word of it.
    """
    try:
        text = (release / MANIFEST).read_bytes()
    except OSError:
        return {}
    named = _NAMED.search(release.name)
    return json.loads(text) if named and named[1] == mark_of(text) else {}


def digest_of(files: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the digest of all digests: of lines as sha256sum writes them, by address."""
    lines = (f"{files[path]['sha256']}  {path}\n" for path in sorted(files))
    return sha256("".join(lines).encode()).hexdigest()


def mark_of(manifest: bytes) -> str:
    """Return what of a manifest's digest stands in the name of its release."""
    return sha256(manifest).hexdigest()[:MARK]


def is_whole(release: Path) -> bool:
    """Whether a release still holds exactly the files that its manifest lists."""
    listed = manifest_of(release).get("files")
    if listed is None:
        return False
    files = [path for path in below(release) if path not in (MANIFEST, *SIGNATURES)]
    return set(files) == listed.keys() and all(
        sha256((release / path).read_bytes()).hexdigest() == listed[path]["sha256"]
        for path in files
    )
