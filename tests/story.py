"""The story's place, and how tests run a verb as a whole process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
EXAMPLE = PROJECT / "tests" / "example"


class Folder:
    """A writer that puts files in a folder and has nothing before it."""

    def __init__(self, root: Path) -> None:
        """Take the folder."""
        self.root = root
        self.before: dict[str, object] = {}

    def keep(self, *_paths: str) -> None:
        """Nothing can be taken over."""

    def write(self, path: str, content: bytes) -> None:
        """Write a file."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(content)

    def read(self, path: str) -> bytes:
        """Return a file that was written."""
        return (self.root / path).read_bytes()


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


def site_of(data: Path, out: Path, *arguments: str) -> Path:
    """Build the site of some data by the real command; returns its public folder."""
    done = qingyuan("build", "--data", data, "--out", out, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return out / "public"
