"""A downloaded copy of the site against a manifest: what differs, what is missing, what was added.

For a stranger without a network: nothing is believed but the manifest in his hands.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.trouble import UsageTrouble

BESIDE = ("manifest.json", "manifest.json.sig", "manifest.json.minisig")
"""What stands beside the files of a site and is not listed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read: its listed files, the day and the commit of the ledgers behind them.

    `digest` is that of all digests, counted again; `stated` what the manifest says it is.
    """

    path: Path
    files: Mapping[str, tuple[int, str]]
    as_of: str
    commit: str
    digest: str
    stated: str


@dataclass(frozen=True, slots=True)
class Differences:
    """What of a copy is not as listed, by address."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Whether the copy is exactly what was listed."""
        return not (self.changed or self.missing or self.added)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest, whoever wrote it.

    Raises:
        UsageTrouble: it is none, or names a file outside the site.
    """
    try:
        told = json.loads(path.read_bytes())
        files = {
            name: (int(one["bytes"]), str(one["sha256"])) for name, one in told["files"].items()
        }
    except FileNotFoundError:
        raise UsageTrouble(f"没有 {path} 这个文件；清单是网站根目录下的 manifest.json") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageTrouble(f"{path} 不是发布清单（manifest.json）") from None
    for name in files:
        if not _is_inside(name):
            raise UsageTrouble(f"{path} 里有网站以外的地址，不是本系统写的清单")
    lines = "".join(f"{files[name][1]}  {name}\n" for name in sorted(files))
    counted = sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()
    return Manifest(
        path, files, _text(told, "as_of"), _text(told, "commit"), counted, _text(told, "digest")
    )


def compared(root: Path, manifest: Manifest) -> Differences:
    """Compare a folder with a manifest; a link is never followed, it differs from any file."""
    found = {
        os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
        for folder, _, names in os.walk(root)
        for name in names
    }
    there = sorted(found & manifest.files.keys())
    return Differences(
        tuple(name for name in there if not _is_same(root / name, *manifest.files[name])),
        tuple(sorted(manifest.files.keys() - found)),
        tuple(sorted(found - manifest.files.keys() - set(BESIDE))),
    )


def _is_same(path: Path, size: int, digest: str) -> bool:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size != size:
            return False
        with path.open("rb") as file:
            total = sha256()
            while block := file.read(1 << 20):
                total.update(block)
    except OSError:
        return False
    return total.hexdigest() == digest


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and "\\" not in name


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    return value if isinstance(value, str) else ""
