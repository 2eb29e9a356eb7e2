"""A section of CONTRIBUTING, followed step by step in a copy of the project.

A case writes the files that its section asks for, and runs the commands that stand there in
backticks, word for word: one that the section does not name is refused, and one that was not run is
missed. The data of the copy are the story's, so that a recipe takes seconds.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT

_COMMAND = re.compile(r"`((?:qingyuan|python|make) [^`]+)`")
_VENV = Path(sys.prefix)
_PROGRAMS = {
    "qingyuan": [sys.executable, "-m", "pipeline"],
    "python": [sys.executable],
    "make": ["make", f"VENV={_VENV}", "-o", f"{_VENV}/.site", "-o", f"{_VENV}/.dev"],
}
"""How commands are run: by this very environment, which `make` must not set up again."""


def sections() -> dict[str, str]:
    """Return the sections of CONTRIBUTING by title."""
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return {title.strip(): body for title, _, body in (part.partition("\n") for part in parts)}


class Copy:
    """A copy of the project in which one section is followed."""

    def __init__(self, root: Path, title: str) -> None:
        self.root, self.section = root, sections()[title]
        self.missing = set(_COMMAND.findall(self.section))

    def path(self, name: str) -> Path:
        """Return the path of a file of the copy."""
        return self.root / name

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace what stands in a file exactly once."""
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")

    def append(self, name: str, text: str) -> None:
        """Write something at the end of a file; a new file is made."""
        self.path(name).parent.mkdir(exist_ok=True)
        with self.path(name).open("a", encoding="utf-8") as file:
            file.write(text)

    def run(self, command: str, code: int = 0, /, **words: str) -> str:
        """Run a command as the section gives it and return what it said.

        `words` stand for what the section leaves open: run("qingyuan init 目录", 目录="mine").
        """
        assert command in _COMMAND.findall(self.section), f"the section does not say {command}"
        self.missing.discard(command)
        for word, value in words.items():
            command = command.replace(word, value)
        done = self.ran(self.words(command))
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def words(self, command: str) -> list[str]:
        """Return a command as this environment runs it."""
        program, *arguments = shlex.split(command)
        return [*_PROGRAMS.get(program, [program]), *arguments]

    def ran(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run any command in the copy."""
        env = {name: value for name, value in os.environ.items() if name != "GOLDEN"}
        return subprocess.run(
            command, cwd=self.root, env=env, capture_output=True, text=True, check=False
        )

    def commit(self, message: str) -> None:
        """Commit all changes, as the last step of a change of data says."""
        who = ["-c", "user.name=农水股", "-c", "user.email=clerk@example.invalid"]
        for told in (["add", "-A"], [*who, "commit", "-q", "--no-verify", "-m", message]):
            done = self.ran(["git", *told])
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the project as git has or would have them, with the story's data."""
    root = tmp_path_factory.mktemp("pristine") / "project"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", ".", ":!data"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (PROJECT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, root / name)
    shutil.copytree(EXAMPLE, root / "data")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


@pytest.fixture
def following(pristine: Path, tmp_path: Path) -> Callable[[str], Copy]:
    """Return how to begin a section: a fresh copy for it."""

    def begin(title: str) -> Copy:
        root = tmp_path / "project"
        shutil.copytree(pristine, root)
        return Copy(root, title)

    return begin
