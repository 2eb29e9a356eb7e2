"""What is kept between runs, so that only what has changed is made again.

One noun for every cache. A result is kept under a key of its kind, of all code and pins, and of
everything it was made from; it is taken only where the entry names this very key and the sha256 of
what stands behind it. Whatever else is found there (cut, emptied, altered, another entry, a folder)
counts as nothing kept, and is made again. What cannot be written is not kept, which `trouble`
tells: it changes no result.

A digest proves that nothing was damaged, not who wrote it. Somebody who forges an entry together
with its digest is believed; he could as well change the code.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as once
from hashlib import sha256
from pathlib import Path

from pipeline.files import cleared, digest, replace_file, swept

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = ("pipeline", "requirements.lock")

ROOM = 500_000_000
"""Bytes of disk for all that is kept: of the city, what a build keeps is a twentieth of it, and all
its boards and cards are the half."""

BLOCK = 4096
"""Bytes that even the smallest file takes."""


@dataclass
class Store:
    """A folder of results kept between runs; without a folder nothing is kept."""

    folder: Path | None = None
    trouble: OSError | None = None
    """Why the last results could not be kept, if so."""

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key; None where nothing is, or what is there is damaged."""
        if self.folder is None:
            return None
        path = self.folder / key
        try:
            if not stat.S_ISREG(path.lstat().st_mode):  # a pipe would keep us waiting for ever
                return None
            head, _, value = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if head != _proof(key, value):
            return None
        with suppress(OSError):
            os.utime(path)  # the least lately used go first
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep a value under a key; after a first failure no more is tried."""
        if self.folder is None or self.trouble is not None:
            return
        path = self.folder / key
        try:
            for folder in (self.folder, path.parent):
                if not folder.is_dir():
                    cleared(folder)
            if path.is_symlink() or path.is_dir():
                cleared(path)
            replace_file(path, _proof(key, value) + b"\n" + value, lasting=False)
        except OSError as trouble:
            self.trouble = trouble

    def kept(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key, or make it and keep it."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def prune(self) -> None:
        """Drop what was not used for longest, so that all that is kept stays within `ROOM`."""
        if self.folder is None:
            return
        entries = []
        for folder, below, names in os.walk(self.folder):  # six thousand files: no Path for each
            for name in below:
                with suppress(OSError):
                    swept(Path(folder, name))
            for name in names:
                with suppress(OSError):
                    told = os.lstat(path := os.path.join(folder, name))
                    entries.append((told.st_mtime_ns, told.st_size, path))
        taken = sum(-(-size // BLOCK) * BLOCK for _, size, _ in entries)
        for _, size, path in sorted(entries) if taken > ROOM else ():
            if taken <= ROOM:
                break
            with suppress(OSError):
                os.unlink(path)
            taken -= -(-size // BLOCK) * BLOCK


def key_of(kind: str, *inputs: str | bytes) -> str:
    """Return the key of a result: its kind, all code, and everything it was made from."""
    total = sha256(code().encode())
    for one in inputs:
        part = one.encode() if isinstance(one, str) else one
        total.update(len(part).to_bytes(8, "big") + part)
    return f"{kind}/{total.hexdigest()}"


def code_digest() -> str:
    """Digest all our code and the pins of what it uses: two machines that agree make one site."""
    return digest(PROJECT, *SOURCES)


@once
def code() -> str:
    """Digest Python, all our code and the pins of what it uses: nothing kept outlives a rule."""
    return sys.version + code_digest()


def _proof(key: str, value: bytes) -> bytes:
    return f"{key} {sha256(value).hexdigest()}".encode()
