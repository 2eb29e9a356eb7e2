"""The locks: hashed, universal, and what pyproject asks for; the tests' lock adds to the site's."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[1]
SITE, DEV = (
    (PROJECT / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", "requirements-dev.lock")
)
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = SETTINGS["dependency-groups"]


def pins_of(lock: str) -> list[tuple[Requirement, int]]:
    """Return every pin of a lock with the number of its hashes."""
    return [
        (Requirement(line.removesuffix("\\").strip()), body.count("--hash=sha256:"))
        for line, body in re.findall(r"^([A-Za-z0-9][^\n]*)\n((?:    .*\n?)*)", lock, re.M)
    ]


def plain(name: str) -> str:
    return name.lower().replace("_", "-")


def test_every_pin_is_exact_and_hashed():
    """One version each, at least one hash, no address of any registry."""
    both = pins_of(SITE) + pins_of(DEV)

    assert len(both) > 60
    for pin, hashes in both:
        assert re.fullmatch(r"==[^*]+", str(pin.specifier)), pin
        assert hashes > 0, pin
    for lock in (SITE, DEV):
        assert "://" not in lock
        assert "--index" not in lock
        assert "--find-links" not in lock


def test_site_lock_holds_nothing_of_the_tests():
    """What only tests use is not installed to build a site, and nothing is pinned twice."""
    site, dev = ({plain(pin.name) for pin, _ in pins_of(lock)} for lock in (SITE, DEV))

    assert not site & dev
    assert {plain(Requirement(text).name) for text in GROUPS["dev"]} <= dev


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize(
    ("wanted", "lock"),
    [
        ((*SETTINGS["project"]["dependencies"], *GROUPS["build"]), SITE),
        (tuple(GROUPS["dev"]), DEV),
    ],
    ids=["site", "dev"],
)
def test_every_dependency_has_one_version_on_this_python(python, wanted, lock):
    """The markers leave exactly one pin of everything that pyproject names."""
    here = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    for need in map(Requirement, wanted):
        pins = [
            pin
            for pin, _ in pins_of(lock)
            if plain(pin.name) == plain(need.name)
            and (pin.marker is None or Marker(str(pin.marker)).evaluate(here))
        ]
        assert len(pins) == 1, (need, pins)
        version = str(pins[0].specifier).removeprefix("==")
        assert need.specifier.contains(version), (need, version)
