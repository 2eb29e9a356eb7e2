"""What many tests share: the story's site, built once by the real command; patient properties."""

from __future__ import annotations

import os
import sys
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from hypothesis import settings
from recipe import following, pristine  # noqa: F401 - fixtures
from story import EXAMPLE, site_of
from xinyang_city import city_site

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# hundreds of processes are started: compiling our modules takes each of them as long as its work

settings.register_profile("patient", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("patient")
# a property is about what is true, not how fast: a busy machine must not turn it red


@pytest.fixture(scope="session")
def example_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of the story's site: one for all processes that share the tests."""
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    out, is_done = place / "story" / "build", place / "story.done"
    with (place / "story.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not is_done.exists():
            site_of(EXAMPLE, out)
            is_done.touch()
    return out


@pytest.fixture(scope="session")
def example_site(example_build: Path) -> Path:
    """The public folder of the story's site."""
    return (example_build / "public").resolve()


@pytest.fixture(scope="session")
def xinyang_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public folder of the site of another city."""
    return city_site(tmp_path_factory.mktemp("xinyang")).resolve()
