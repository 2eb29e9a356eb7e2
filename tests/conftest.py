"""What many tests share: the story's site, built once by the real command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
EXAMPLE = PROJECT / "tests" / "example"


def qingyuan(
    *arguments: str | Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a verb as a whole process, from the project's folder."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        cwd=PROJECT,
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def example_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of the story's site."""
    out = tmp_path_factory.mktemp("story") / "build"
    done = qingyuan("build", "--data", EXAMPLE, "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def example_site(example_build: Path) -> Path:
    """The public folder of the story's site."""
    return (example_build / "public").resolve()
