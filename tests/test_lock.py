"""The lock: hashed, universal, and what pyproject asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[1]
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
PINS = [
    (Requirement(line.removesuffix("\\").strip()), body.count("--hash=sha256:"))
    for line, body in re.findall(r"^([A-Za-z0-9][^\n]*)\n((?:    .*\n?)*)", LOCK, re.M)
]
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_pin_is_exact_and_hashed():
    """One version each, at least one hash, no address of any registry."""
    assert len(PINS) > 60
    for pin, hashes in PINS:
        assert re.fullmatch(r"==[^*]+", str(pin.specifier)), pin
        assert hashes > 0, pin
    assert "://" not in LOCK
    assert "--index" not in LOCK
    assert "--find-links" not in LOCK


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_every_dependency_has_one_version_on_this_python(python):
    """The markers leave exactly one pin of everything that pyproject names."""
    here = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    wanted = [
        Requirement(text)
        for text in (*SETTINGS["project"]["dependencies"], *SETTINGS["dependency-groups"]["dev"])
    ]
    for need in wanted:
        pins = [
            pin
            for pin, _ in PINS
            if pin.name.lower().replace("_", "-") == need.name.lower().replace("_", "-")
            and (pin.marker is None or Marker(str(pin.marker)).evaluate(here))
        ]
        assert len(pins) == 1, (need, pins)
        version = str(pins[0].specifier).removeprefix("==")
        assert need.specifier.contains(version), (need, version)
