"""The way out of MkDocs 1.x: its two heirs build the same frames, and a site in them is right.

MkDocs 1.x is dormant and Material for MkDocs is kept until May 2027. Everything the generator does
here is to make frames with slots, so another generator can take its place; this proves that two can
today. Each is installed apart, once, below `build/`; where that cannot be done, the test says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT

from pipeline.__main__ import main
from pipeline.publication import shells
from pipeline.store import Store

HEIRS = {
    "zensical": ("zensical==0.0.73",),
    "properdocs": ("properdocs==1.6.7", f"mkdocs-material=={version('mkdocs-material')}"),
}
PATIENCE = 240
"""Seconds for an installation; a machine without a registry is not waited for longer."""


@pytest.fixture(scope="module", params=sorted(HEIRS))
def heir(request) -> Path:
    """The command of another generator, installed apart from ours."""
    name = request.param
    home = PROJECT / "build" / "heirs" / "-".join(HEIRS[name]).replace("==", "-")
    command = home / "bin" / name
    if not (home / "installed").is_file():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-q", "--retries", "0"]
        try:
            done = subprocess.run(
                [*pip, *HEIRS[name]], capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            pytest.skip(f"{name} cannot be installed here: no answer from the registry")
        if done.returncode:
            pytest.skip(f"{name} cannot be installed here: {done.stderr[-300:]}")
        (home / "installed").touch()
    return command


def _built_by(command: Path, project: Path, folder: Path) -> None:
    """Build the frames of a project with another generator, from a copy of what MkDocs reads."""
    copy = folder.parent / f"{folder.name}-source"
    shutil.copytree(project / "site", copy / "site")
    shutil.copy(project / "mkdocs.yml", copy)
    subprocess.run([str(command), "build", "-f", "mkdocs.yml"], cwd=copy, check=True)
    shutil.copytree(copy / "build" / "mkdocs", folder, dirs_exist_ok=True)
    shutil.rmtree(copy)


def test_an_heir_makes_the_same_frames_and_a_whole_site(heir, tmp_path, monkeypatch):
    """Every frame with every slot in its place; each kind of page stamped into them is verified."""
    ours = shells.build(PROJECT, Store(tmp_path / "ours"))
    monkeypatch.setattr(shells, "_run", lambda *given: _built_by(heir, *given))
    theirs = shells.build(PROJECT, Store(tmp_path / "theirs"))
    out = tmp_path / "build"

    assert {n: s.slots for n, s in theirs.items()} == {n: s.slots for n, s in ours.items()}
    assert {n: s.headings for n, s in theirs.items()} == {n: s.headings for n, s in ours.items()}
    assert main(["build", "--data", str(EXAMPLE), "--out", str(out)]) == 0
    assert (out / "public" / "index.html").is_file()
