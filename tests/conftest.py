"""What many tests share: the story's site, built once by the real command; patient properties."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from story import EXAMPLE, site_of
from xinyang_city import city_site

settings.register_profile("patient", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("patient")
# a property is about what is true, not how fast: a busy machine must not turn it red


@pytest.fixture(scope="session")
def example_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of the story's site."""
    out = tmp_path_factory.mktemp("story") / "build"
    site_of(EXAMPLE, out)
    return out


@pytest.fixture(scope="session")
def example_site(example_build: Path) -> Path:
    """The public folder of the story's site."""
    return (example_build / "public").resolve()


@pytest.fixture(scope="session")
def xinyang_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public folder of the site of another city."""
    return city_site(tmp_path_factory.mktemp("xinyang")).resolve()
