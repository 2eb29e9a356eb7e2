"""What many tests share: the story's site, built once by the real command."""

from __future__ import annotations

from pathlib import Path

import pytest
from story import EXAMPLE, site_of


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
