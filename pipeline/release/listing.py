"""The list of a new release: what its files are as they stand on the disk, and the manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pipeline.files import below, reached_disk
from pipeline.release.standing import Standing, mark_at
from pipeline.release.target import MANIFEST, Target, digest_of, mark_of


def listed_of(target: Target, standing: Standing) -> dict[str, dict[str, Any]]:
    """Return size and sha256 of every file of a release as it stands on the disk.

    A file that was seen to be whole in the release before, and not written since, is not read.
    """
    whole = standing.whole if standing.root == target.previous else {}
    listed = target.before.get("files", {})
    files = {}
    for path in below(target.root):
        if path in whole and whole[path] == mark_at(f"{target.root}/{path}"):
            files[path] = listed[path]
            continue
        content = target.read(path)
        files[path] = {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    return files


def write_manifest(target: Target, facts: Mapping[str, Any], files: Mapping[str, Any]) -> str:
    """Write the manifest: size and sha256 of every file, one on a line; returns its mark."""
    content = _lines({**facts, "digest": digest_of(files)}, files).encode()
    target.write(MANIFEST, content)
    for path in (target.root / MANIFEST, target.root):  # all else is on the disk already
        reached_disk(path)
    return mark_of(content)


def _lines(facts: Mapping[str, Any], files: Mapping[str, Any]) -> str:
    text = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
    head = "".join(f"{text(name)}: {text(facts[name])},\n" for name in sorted(facts))
    rows = ",\n".join([f"{text(path)}: {text(files[path])}" for path in sorted(files)])
    return f'{{\n{head}"files": {{\n{rows}\n}}\n}}\n'
