"""Whatever somebody did to what a build left behind, the next build mends it by itself."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from story import EXAMPLE, site_of
from test_release import FACTS, PAGE, publish, standing

from pipeline import release
from pipeline.release import Target, in_force
from pipeline.release.target import MANIFEST, is_whole
from pipeline.store import code
from pipeline.trouble import EnvironmentTrouble


def rewrite(path: Path, content: bytes) -> None:
    """Put other content in a file's place, breaking hard links as an editor does."""
    path.unlink()
    path.write_bytes(content)


def folder(path: Path) -> None:
    """Put a folder with something in it in a file's place."""
    path.unlink()
    (path / "x").mkdir(parents=True)


WHOLE_BUILDS: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: rewrite(path, b""),
    "one byte changed": lambda path: rewrite(path, path.read_bytes()[:-2] + b"?\n"),
    "other JSON": lambda path: rewrite(path, b'{"files": [], "keys": []}'),
    "a folder": folder,
}


@pytest.mark.parametrize("what", WHOLE_BUILDS)
def test_the_site_is_that_of_a_build_from_nothing_after_any_damage(example_build, tmp_path, what):
    """Everything that is kept between builds, damaged at once: cache, manifest, package."""
    whole = standing(example_build)
    out = tmp_path / "out"
    shutil.copytree(example_build, out, symlinks=True)
    kept = [path for path in (out / "cache").rglob("*") if path.is_file()]
    assert {path.parent.name for path in kept} == {
        "archive", "clean", "drawing", "history", "opinion", "packed", "pages", "paper",
        "pictures", "pivot", "privacy", "records", "schema", "schemas", "scores", "shells",
        "syllables", "templates", "word", "workbook",
    }  # fmt: skip
    for path in (*kept, out / "datapackage.json", in_force(out) / MANIFEST):
        WHOLE_BUILDS[what](path)
    (out / "data").unlink()
    (out / "data").mkdir()

    site_of(EXAMPLE, out)

    assert standing(out) == whole
    assert is_whole(in_force(out))
    assert json.loads((out / "datapackage.json").read_bytes())["name"] == "qingyuan-ledgers"


MANIFESTS = {
    "emptied": b"",
    "cut": b'{"files": {"index.html": {"by',
    "no text": b"\xff\xfe\x00",
    "nothing": b"null",
    "a number": b"7",
    "a list": b"[]",
    "no files": b"{}",
    "files a list": b'{"files": []}',
    "files null": b'{"files": null, "keys": null}',
    "a file a number": b'{"files": {"index.html": 7, "v/1.html": 7}}',
    "a file without digest": b'{"files": {"index.html": {"bytes": 1}}}',
    "keys a list": b'{"files": {}, "keys": [1]}',
    "deep": b"[" * 100_000,
    "a huge number": b'{"files": ' + b"9" * 5000 + b"}",
}


def taken_over(target: Target) -> None:
    """Fill a site, taking over what the release before says is unchanged."""
    if "v/1.html" not in target.before.get("files", {}) or not target.keep("v/1.html"):
        target.write("v/1.html", PAGE.format("乙").encode())
    target.write("index.html", PAGE.format("甲").encode())


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small site in force, of which a page will be taken over."""
    for _ in range(2):
        release.publish(tmp_path, taken_over, facts=FACTS)
    return tmp_path


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_damaged_manifest_is_written_again(built, what):
    """Wrong JSON, wrong types, no JSON at all."""
    whole = standing(built)
    rewrite(built / "public" / MANIFEST, MANIFESTS[what])
    release.publish(built, taken_over, facts=FACTS)

    assert standing(built) == whole


def test_a_changed_manifest_never_has_a_changed_page_published(built):
    """Somebody changed a page and its digest in the manifest: the release's name tells."""
    whole = standing(built)
    page, manifest = built / "public" / "v" / "1.html", built / "public" / MANIFEST
    other = PAGE.format("假").encode()
    told = json.loads(manifest.read_bytes())
    told["files"]["v/1.html"] = {"bytes": len(other), "sha256": sha256(other).hexdigest()}
    rewrite(page, other)
    rewrite(manifest, json.dumps(told).encode())
    release.publish(built, taken_over, facts=FACTS)

    assert standing(built) == whole


PLACES: dict[str, Callable[[Path], object]] = {
    "manifest a folder": lambda out: folder(out / "public" / MANIFEST),
    "manifest gone": lambda out: (out / "public" / MANIFEST).unlink(),
    "page a folder": lambda out: folder(out / "public" / "v" / "1.html"),
    "lock a folder": lambda out: folder(out / ".lock"),
    "public a folder": lambda out: folder(out / "public"),
    "public a file": lambda out: ((out / "public").unlink(), (out / "public").write_text("x")),
    "public leads nowhere": lambda out: (
        (out / "public").unlink(),
        (out / "public").symlink_to("nowhere"),
    ),
    "public leads elsewhere": lambda out: (
        (out / "public").unlink(),
        (out / "public").symlink_to("/"),
    ),
    "public leads to itself": lambda out: (
        (out / "public").unlink(),
        (out / "public").symlink_to("public"),
    ),
    "new link a folder": lambda out: (out / ".public.new" / "x").mkdir(parents=True),
    "releases gone": lambda out: shutil.rmtree(out / "releases"),
    "releases a file": lambda out: (
        shutil.rmtree(out / "releases"),
        (out / "releases").write_text("x"),
    ),
    "half a release": lambda out: (out / "releases" / ".making").mkdir(),
    "half a release a file": lambda out: (out / "releases" / ".making").write_text("x"),
    "the name taken by a file": lambda out: (
        (name := os.readlink(out / "public")),
        shutil.rmtree(out / name),
        (out / name).write_text("x"),
    ),
    "everything gone": lambda out: [
        path.unlink() if path.is_symlink() or path.is_file() else shutil.rmtree(path)
        for path in list(out.iterdir())
    ],
    "all a file": lambda out: (shutil.rmtree(out), out.write_text("x")),
}


@pytest.mark.parametrize("what", PLACES)
def test_whatever_stands_in_a_place_of_ours_gives_way(built, tmp_path, what):
    """Folders for files, files for folders, links that lead astray: no file need be deleted."""
    whole = standing(built)
    PLACES[what](built)
    release.publish(built, taken_over, facts=FACTS)

    assert standing(built) == whole


def test_a_changed_release_is_not_what_a_rollback_goes_back_to(tmp_path):
    """Only a release that still is what it was is put in force again."""
    publish(tmp_path, "甲")
    first = in_force(tmp_path)
    publish(tmp_path, "乙")
    before = standing(tmp_path)
    rewrite(first / "index.html", b"changed")

    with pytest.raises(EnvironmentTrouble, match="改动过"):
        release.rollback(tmp_path)

    assert standing(tmp_path) == before


def test_the_code_that_made_it_stands_in_every_key():
    """Changed code takes nothing that other code made."""
    assert len(code()) > 64
