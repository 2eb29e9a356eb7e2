"""The repository itself: what git holds, and what it must not."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import bad_inputs
import pytest

PROJECT = Path(__file__).resolve().parents[1]
TEXT = (".py", ".md", ".yml", ".yaml", ".toml", ".html", ".css", ".js", ".json", ".sh", "")


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(PROJECT), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def _tracked() -> list[Path]:
    return [PROJECT / name for name in _git("ls-files", "-z").split("\0") if name]


def test_our_sources_are_not_ignored():
    """The usual line for a built site would hide ours."""
    for path in ("site/pages/index.md", "site/templates/village.html", "site/assets/qy.css"):
        assert path in _git("ls-files", path).split()


def test_no_text_is_left_in_the_middle_of_a_merge():
    """What two branches said differently is settled before it is committed."""
    mark = re.compile(r"^(?:<{7}|>{7}) ", re.M)

    assert not [
        p for p in _tracked() if p.suffix in TEXT and mark.search(p.read_text("utf-8", "replace"))
    ]


def test_no_file_is_heavy_and_the_data_is_light():
    """At most 2 MB a file, about 15 MB of ledgers together."""
    files = _tracked()
    ledgers = [p for p in files if p.suffix == ".csv"]

    assert not [p for p in files if p.stat().st_size > 2_000_000]
    assert sum(p.stat().st_size for p in ledgers) < 16_000_000


def test_no_path_of_a_machine_is_committed():
    """What is written here is true on every machine."""
    machine = re.compile(r"/(?:home|root|work)/[a-z]+/|/tmp/[a-z]+/")
    for path in _tracked():
        if path.suffix in TEXT and path.name not in ("test_repository.py", "requirements.lock"):
            found = machine.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, f"{path}: {found and found.group()}"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_a_readme_starts_with_the_two_commands(name):
    """A new machine needs no more than these."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    first = text[text.index("```sh") : text.index("```", text.index("```sh") + 5)]

    assert re.search(r"^make site\b", first, re.M)
    assert re.search(r"^make test\b", first, re.M)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_a_readme_counts_the_bad_inputs_rightly(name):
    """The number is that of the cases that run."""
    assert str(len(bad_inputs.CASES)) in (PROJECT / name).read_text(encoding="utf-8")


def test_every_unit_has_its_owners():
    """CODEOWNERS names each unit's folder."""
    owners = (PROJECT / ".github/CODEOWNERS").read_text(encoding="utf-8")
    for folder in (PROJECT / "data/units").iterdir():
        assert f"/data/units/{folder.name}/" in owners
