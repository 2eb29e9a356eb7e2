"""The only door to git: what a revision holds, which files differ from it, and its whole tree.

Nothing of the repository is executed: no hooks, no filters of its own, no external diff. What git
refuses becomes a sentence that says what to do.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.trouble import EnvironmentTrouble, UsageTrouble

PLAIN, PROGRAM = "100644", "100755"
"""The modes of an ordinary file, and of one that can be run."""
FILES = (PLAIN, PROGRAM)
NOTHING = "000000"
"""The mode git gives to a side on which a file is missing."""
_QUIET = ("-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=")
_MAIN = ("main", "master", "HEAD")
_LEAST = 40
"""Characters of a full object name under SHA-1; SHA-256 has more."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs: its path below the top of the repository, and its two sides.

    A mode is `NOTHING` where the file is missing; a blob names the content, where git has it.
    """

    path: str
    mode_before: str
    mode_after: str
    blob_before: str
    blob_after: str

    @property
    def is_gone(self) -> bool:
        """Whether the file was there and is no more."""
        return self.mode_after == NOTHING

    @property
    def is_new(self) -> bool:
        """Whether the file was not there before."""
        return self.mode_before == NOTHING


@dataclass(frozen=True, slots=True)
class Step:
    """One commit on the way: its full name, its day as it says itself, and the files it changed."""

    commit: str
    day: date
    files: tuple[FileChange, ...]


@dataclass(frozen=True)
class Repository:
    """A working copy under git; `top` is its topmost folder."""

    top: Path

    @classmethod
    def around(cls, folder: Path) -> Repository | None:
        """Find the repository a folder lies in; None if it lies in none.

        Raises:
            EnvironmentTrouble: git is not installed, or refuses the folder.
        """
        done = _git(folder, "rev-parse", "--show-toplevel")
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace")
            if "dubious ownership" in said:
                raise EnvironmentTrouble(
                    "git 不认这个目录的属主；运行 "
                    f"git config --global --add safe.directory {folder}"
                )
            return None
        return cls(Path(os.fsdecode(done.stdout.rstrip(b"\n"))))

    def commit(self, revision: str) -> str:
        """Return the full name of a commit.

        Raises:
            UsageTrouble: there is no such commit here.
        """
        done = self._run("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode or len(done.stdout) < _LEAST:
            hint = "；这是浅克隆，先运行 git fetch --unshallow" if self.is_shallow() else ""
            raise UsageTrouble(f"git 里没有“{revision}”这个版本{hint}")
        return done.stdout.decode().strip()

    def common(self, base: str, head: str = "HEAD") -> str:
        """Return the commit from which two revisions went apart.

        Raises:
            UsageTrouble: they have none in common, as far as this copy knows.
        """
        done = self._run("merge-base", "--end-of-options", base, head)
        if done.returncode:
            hint = (
                "这是浅克隆，先运行 git fetch --unshallow"
                if self.is_shallow()
                else "历史可能被改写过，请人看一看再合并"
            )
            raise UsageTrouble(f"找不到 {base[:12]} 和现在的共同起点：{hint}")
        return done.stdout.decode().strip()

    def day(self, commit: str) -> date:
        """Return the day on which a commit was made, as it says itself."""
        return date.fromisoformat(self._said("show", "-s", "--format=%cs", commit).decode().strip())

    def differing(self, base: str, head: str | None = None) -> list[FileChange]:
        """Return the files that differ between a commit and another, by path.

        Without `head` the other side is the working copy with whatever is not committed yet.
        """
        arguments = ["--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none", base]
        raw = self._said("diff", "--no-ext-diff", *arguments, *([head] if head else ()), "--")
        found = {change.path: change for change in _parsed(raw)}
        if head is None:
            for path in self._untracked():
                found[path] = FileChange(path, NOTHING, _mode(self.top / path), "", "")
        return [found[path] for path in sorted(found)]

    def steps(self, commit: str, folder: str) -> list[Step]:
        """Return the commits that led to one and touched a folder, the earliest first.

        The way is that of the first parents: what a merge brought is one change.
        """
        raw = self._said(
            "--literal-pathspecs", "-c", "log.showRoot=true", "-c", "log.showSignature=false",
            "log", "--first-parent", "-m", "--raw", "-z", "--no-renames", "--no-abbrev",
            "--no-ext-diff", "--no-notes", "--format=%x01%H %cs", commit, "--", folder,
        )  # fmt: skip
        return list(reversed([_step(part) for part in raw.split(b"\x01")[1:]]))

    def _untracked(self) -> list[str]:
        listed = self._said("ls-files", "--others", "--exclude-standard", "-z")
        return [os.fsdecode(path) for path in listed.split(b"\0") if path]

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return the content of objects by name, read by one process."""
        wanted = sorted(set(blobs))
        if not wanted:
            return {}
        raw = self._said("cat-file", "--batch", given="".join(f"{b}\n" for b in wanted).encode())
        found, place = {}, 0
        for blob in wanted:
            end = raw.index(b"\n", place)
            size = int(raw[place:end].rsplit(b" ", 1)[1])
            found[blob] = raw[end + 1 : end + 1 + size]
            place = end + size + 2
        return found

    def content(self, commit: str, path: str) -> bytes | None:
        """Return a file as a commit has it; None if it has none there."""
        done = self._run("cat-file", "blob", f"{commit}:{path}")
        return None if done.returncode else done.stdout

    def tree(self, commit: str, folder: str) -> str:
        """Return the name of the object that holds a whole folder of a commit."""
        place = "" if folder == "." else folder
        return self._said("rev-parse", "--verify", f"{commit}:{place}").decode().strip()

    def unchanged_at(self, folder: Path) -> str:
        """Return the commit at which a folder stands; blank if something below it was changed."""
        changed = _git(folder, "status", "--porcelain", "--", ".")
        if changed.returncode or changed.stdout.strip():
            return ""
        at = self._run("rev-parse", "HEAD")
        return "" if at.returncode else at.stdout.decode().strip()

    def has_folder(self, commit: str, place: Path) -> bool:
        """Whether a commit has a folder at a place below the top."""
        name = place.as_posix()
        tree = f"{commit}^{{tree}}" if name == "." else f"{commit}:{name}"
        return self._run("cat-file", "-t", tree).stdout.strip() == b"tree"

    def unpack(self, commit: str, folder: Path, place: Path | None = None) -> None:
        """Write the files of a commit into a new folder, all or those of one place.

        Object by object, not as an archive: what the commit says of attributes counts for nothing.

        Raises:
            UsageTrouble: it holds links or other things that are no plain files.
        """
        folder.mkdir()
        below = () if place is None else ("--", str(place))
        raw = self._said("--literal-pathspecs", "ls-tree", "-r", "-z", commit, *below)
        listed = [line.partition(b"\t") for line in raw.split(b"\0") if line]
        files = {os.fsdecode(path): head.decode().split(" ") for head, _, path in listed}
        if any(mode not in FILES for mode, _, _ in files.values()):
            raise UsageTrouble(f"{commit[:7]} 里有链接、子模块或特殊文件，没有取出；先删掉它们")
        blobs = self.contents(blob for _, _, blob in files.values())
        for path, (_, _, blob) in files.items():
            there = folder / path
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(blobs[blob])

    def merged_by_line(self, ours: Path, base: Path, theirs: Path) -> bool:
        """Merge a file into `ours` line by line, as git does by itself; whether nothing clashed."""
        names = ("-L", "这边", "-L", "从前", "-L", "那边")
        files = (str(path.resolve()) for path in (ours, base, theirs))
        return self._run("merge-file", *names, *files).returncode == 0

    def set_merge_driver(self, name: str, title: str, command: str) -> None:
        """Have this repository merge files of the attribute merge=NAME by a command."""
        self._said("config", f"merge.{name}.name", title)
        self._said("config", f"merge.{name}.driver", command)
        self._said("config", f"merge.{name}.recursive", "binary")

    def commit_on(self, branch: str, files: Mapping[str, bytes], message: str) -> str:
        """Commit files, by path below the top, on a new branch from HEAD; returns the commit.

        Neither the working copy nor its index is touched.

        Raises:
            UsageTrouble: the branch exists already, or its name is none.
        """
        ref = f"refs/heads/{branch}"
        if self._run("check-ref-format", ref).returncode or branch.startswith("-"):
            raise UsageTrouble(f"“{branch}”不能作分支的名字")
        if not self._run("rev-parse", "--verify", "--quiet", ref).returncode:
            raise UsageTrouble(f"已经有分支“{branch}”；换一个名字")
        head = self.commit("HEAD")
        with tempfile.TemporaryDirectory() as folder:
            own = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._said("read-tree", head, also=own)
            for path, content in sorted(files.items()):
                blob = self._said("hash-object", "-w", "--stdin", given=content).decode().strip()
                self._said(
                    "update-index", "--add", "--cacheinfo", f"{PLAIN},{blob},{path}", also=own
                )
            tree = self._said("write-tree", also=own).decode().strip()
        made = self._said("commit-tree", tree, "-p", head, given=message.encode()).decode().strip()
        self._said("update-ref", ref, made, "")
        return made

    def named(self, reference: str) -> str | None:
        """Return the commit that a reference stands for now; None if there is no such reference."""
        done = self._run("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}")
        return None if done.returncode else done.stdout.decode().strip()

    def is_within(self, commit: str, other: str) -> bool:
        """Whether a commit is another, or one that led to it."""
        return self._run("merge-base", "--is-ancestor", commit, other).returncode == 0

    def main_branches(self) -> list[str]:
        """Return the branches that are published from: main or master of the servers, or here."""
        raw = self._said("for-each-ref", "--format=%(refname)", "refs/remotes", "refs/heads")
        found = [one for one in raw.decode().split() if one.rpartition("/")[2] in _MAIN]
        return [one for one in found if one.startswith("refs/remotes")] or found

    def is_shallow(self) -> bool:
        """Whether this copy knows only the last commits."""
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _run(
        self, *arguments: str, given: bytes = b"", also: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return _git(self.top, *arguments, given=given, also=also)

    def _said(
        self, *arguments: str, given: bytes = b"", also: Mapping[str, str] | None = None
    ) -> bytes:
        done = self._run(*arguments, given=given, also=also)
        if done.returncode:
            words = done.stderr.decode("utf-8", "replace").strip()[-500:]
            raise EnvironmentTrouble(f"git {arguments[0]} 没有做成：{words}")
        return done.stdout


def _parsed(raw: bytes) -> list[FileChange]:
    """Read the raw form of a diff: `:modes blobs status`, then the path, both ended by NUL."""
    parts = iter(raw.split(b"\0")[:-1])
    return [
        _change(os.fsdecode(path), head.decode()) for head, path in zip(parts, parts, strict=True)
    ]


def _step(raw: bytes) -> Step:
    """Read one commit of a log: name and day, then its files in the raw form."""
    head, _, files = raw.partition(b"\0")
    commit, day = head.decode().split()
    found = _parsed(files.strip(b"\n\0") + b"\0") if files.strip(b"\n\0") else []
    try:
        on = date.fromisoformat(day)
    except ValueError:  # a clock that was set to the year 12026
        on = date.max
    return Step(commit, on, tuple(found))


def _change(path: str, head: str) -> FileChange:
    before, after, old, new, _ = head.removeprefix(":").split(" ")
    return FileChange(path, before, after, old, new)


def _mode(path: Path) -> str:
    """Return the mode git would give to a file that it does not know yet."""
    if path.is_symlink():
        return "120000"
    return PROGRAM if os.access(path, os.X_OK) else PLAIN


def _git(
    folder: Path, *arguments: str, given: bytes = b"", also: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command: Sequence[str] = ("git", *_QUIET, *arguments)
    environment = os.environ | {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",  # a commit is what its name says
        **(also or {}),
    }
    try:
        return subprocess.run(
            command, cwd=folder, env=environment, input=given, capture_output=True, check=False
        )
    except FileNotFoundError as trouble:
        if not folder.is_dir():
            raise UsageTrouble(f"没有 {folder} 这个目录") from trouble
        raise EnvironmentTrouble("这台机器没有 git：请运行 apt-get install -y git") from trouble
