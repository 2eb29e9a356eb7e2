"""A forge in miniature: a bare repository, and a runner that does what workflow files say.

Every `run` step is run as it stands in the file, by bash, in a workspace of its own; checkouts are
made of the bare repository as the forge makes them, by ref and depth. What only a forge has (its
API, its pages) is played by small programs that answer from files and write down what was asked.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from changed import git
from story import EXAMPLE, PROJECT

WORKFLOWS = PROJECT / ".github/workflows"
STUBS = Path(__file__).parent / "forge_stubs"
PROGRAM = (
    "pipeline", "schemas", "site", ".ci", ".github", ".gitlab-ci.yml", ".workflow", "Makefile",
    "mkdocs.yml", "pyproject.toml", "requirements.lock", ".gitignore",
)  # fmt: skip
"""What of the project lies in the repository of the forge; the ledgers are the story's."""
DEEP = "+refs/heads/*:refs/remotes/origin/*"


@dataclass
class Job:
    """What became of a job: whether it passed, what it said, and what it handed on."""

    passed: bool = True
    said: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    space: Path = Path()
    ran: list[str] = field(default_factory=list)


class Forge:
    """The bare repository `origin`, its API (files below `api`), and what was kept of runs."""

    def __init__(self, root: Path) -> None:
        """Set up the repository with program and ledgers on main."""
        self.root, self.api, self.kept = root, root / "api", root / "artifacts"
        for folder in (self.api, self.kept):
            folder.mkdir()
        seed = root / "seed"
        seed.mkdir()
        for name in PROGRAM:
            source = PROJECT / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
                shutil.copytree(source, seed / name, ignore=ignored)
            else:
                shutil.copy(source, seed / name)
        shutil.copytree(EXAMPLE, seed / "data")
        git(seed, "init", "-q")
        git(seed, "add", "-A")
        git(seed, "commit", "-qm", "start")
        self.origin = root / "origin.git"
        git(root, "clone", "-q", "--bare", str(seed), str(self.origin))
        git(self.origin, "config", "uploadpack.allowAnySHA1InWant", "true")

    def clone(self, name: str) -> Path:
        """Return a working copy on a branch of that name."""
        copy = self.root / name
        git(self.root, "clone", "-q", str(self.origin), str(copy))
        git(copy, "checkout", "-q", "-b", name)
        return copy

    def head(self, ref: str = "main") -> str:
        """Return the commit a ref of the repository stands at."""
        return git(self.origin, "rev-parse", ref).strip()

    def asked(self, copy: Path, number: int = 7) -> dict[str, Any]:
        """Push a working copy and ask for it to be merged; returns the event of that."""
        branch = git(copy, "branch", "--show-current").strip()
        git(copy, "push", "-qf", "origin", branch)
        base, head = self.head(), self.head(branch)
        git(copy, "fetch", "-q", "origin")
        git(copy, "checkout", "-q", "--detach", "origin/main")
        git(copy, "merge", "-q", "--no-ff", "-m", "merge", branch)
        git(copy, "push", "-qf", "origin", f"{head}:refs/pull/{number}/head")
        git(copy, "push", "-qf", "origin", f"HEAD:refs/pull/{number}/merge")
        git(copy, "checkout", "-q", branch)
        sides = {"base": {"sha": base}, "head": {"sha": head}, "user": {"login": "clerk"}}
        return {
            "event_name": "pull_request", "ref": f"refs/pull/{number}/merge", "ref_name": "7/merge",
            "sha": self.head(f"refs/pull/{number}/merge"),
            "event": {"pull_request": {"number": number, **sides}},
        }  # fmt: skip

    def pushed(self, branch: str = "main") -> dict[str, Any]:
        """Return the event of a push to a branch."""
        sha = self.head(branch)
        return {"event_name": "push", "ref": f"refs/heads/{branch}", "ref_name": branch,
                "sha": sha, "event": {"before": self.head(f"{branch}~1")}}  # fmt: skip

    def run(self, name: str, github: Mapping[str, Any], **only: Any) -> dict[str, Job]:
        """Run a workflow for an event, its jobs in their order; where `if` does not hold, not.

        `only`: `jobs` names those that are run, `meanwhile` is called before the last of them.
        """
        told = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8"))
        done: dict[str, Job] = {}
        for id, job in told["jobs"].items():
            needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            known = {
                "github": {"token": "x", **github},
                "needs": {one: {"outputs": done[one].outputs} for one in needs if one in done},
                "runner": {"temp": str(self.root / f"temp-{name}-{id}")},
            }
            if id not in only.get("jobs", told["jobs"]) or not holds(job.get("if"), known):
                continue
            if any(one in done and not done[one].passed for one in needs):
                continue
            if only.get("meanwhile") and id == [*told["jobs"]][-1]:
                only["meanwhile"]()
            done[id] = self._job(f"{name}-{id}", job, known)
        return done

    def _job(self, name: str, job: Mapping[str, Any], known: dict[str, Any]) -> Job:
        space, temp = self.root / f"space-{name}", Path(known["runner"]["temp"])
        for folder in (space, temp):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        done, steps = Job(space=space), {}
        for step in job["steps"]:
            if not (done.passed or "always()" in str(step.get("if", ""))):
                continue
            if not holds(step.get("if"), known | {"steps": steps}):
                continue
            given = filled(step.get("with", {}), known | {"steps": steps})
            if uses := step.get("uses"):
                self._used(uses.partition("@")[0], given, space, known["github"])
                continue
            own = filled(step.get("env", {}), known | {"steps": steps})
            outputs = self._ran(step["run"], own, space, temp, known, done)
            steps[step.get("id", "")] = {"outputs": outputs}
        for output, value in job.get("outputs", {}).items():
            done.outputs[output] = filled({"x": value}, known | {"steps": steps})["x"]
        return done

    def _ran(
        self, script: str, own: Mapping[str, str], space: Path, temp: Path,
        known: Mapping[str, Any], done: Job,
    ) -> dict[str, str]:  # fmt: skip
        """Run one script as a runner does; returns its outputs."""
        summary, outputs = temp / "summary", temp / "outputs"
        outputs.write_text("", encoding="utf-8")
        more = {
            "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs),
            "RUNNER_TEMP": str(temp), "GITHUB_REPOSITORY": "qingyuan/ledgers",
            "GITHUB_SHA": known["github"]["sha"],
        }  # fmt: skip
        ended = self.bash(script, space, more | own)
        done.ran.append(script)
        done.said += ended.stdout + ended.stderr
        done.passed = done.passed and ended.returncode == 0
        done.summary = summary.read_text(encoding="utf-8") if summary.exists() else ""
        lines = outputs.read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def bash(
        self, script: str, space: Path, more: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run a script with the programs of the forge before those of this machine."""
        names = {f"GIT_{w}_{x}": "x@y" for w in ("AUTHOR", "COMMITTER") for x in ("NAME", "EMAIL")}
        own = {"PATH": f"{STUBS}:{os.environ['PATH']}", "FORGE_API": str(self.api),
               "FORGE_PYTHON": sys.executable, "CI": "true"}  # fmt: skip
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=space, env=os.environ | names | own | dict(more), capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    def _used(self, action: str, given: Mapping[str, str], space: Path, github: Any) -> None:
        """Do what an action does, as far as files are concerned."""
        match action:
            case "actions/checkout":
                ref = given.get("ref") or github["ref"]
                self.checked_out(space / given.get("path", "."), ref, given.get("fetch-depth") == 0)
            case "actions/upload-artifact" | "actions/upload-pages-artifact":
                source = space / given["path"]
                target = self.kept / str(given.get("name", "pages"))
                shutil.rmtree(target, ignore_errors=True)
                if source.is_dir():
                    shutil.copytree(source, target)
                elif source.is_file():
                    target.mkdir()
                    shutil.copy(source, target)
            case "actions/download-artifact":
                shutil.copytree(self.kept / given["name"], space, dirs_exist_ok=True)
            case "actions/setup-python" | "actions/deploy-pages":
                pass
            case _:
                raise AssertionError(f"nobody knows what {action} does")

    def checked_out(self, folder: Path, ref: str, whole: bool) -> None:
        """Check a ref of the repository out: all of history, or the one commit alone."""
        folder.mkdir(parents=True, exist_ok=True)
        git(folder, "init", "-q")
        git(folder, "remote", "add", "origin", f"file://{self.origin}")
        if whole:
            git(folder, "fetch", "-q", "origin", DEEP, "+refs/pull/*:refs/remotes/pull/*")
        is_branch = not (ref.startswith("refs/") or re.fullmatch("[0-9a-f]{40}", ref))
        full = f"refs/heads/{ref}" if is_branch else ref
        git(folder, "fetch", "-q", *(() if whole else ("--depth=1",)), "origin", full)
        git(folder, "checkout", "-q", "--detach", "FETCH_HEAD")


def holds(condition: object, known: Mapping[str, Any]) -> bool:
    """Whether an `if` holds; one that is not written does."""
    return condition is None or bool(said(str(condition).removeprefix("${{").strip(" }"), known))


def filled(cells: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Put the values of expressions where they stand in texts."""

    def value(text: object) -> object:
        if not isinstance(text, str):
            return text
        return re.sub(r"\$\{\{(.*?)\}\}", lambda m: str(said(m[1].strip(), known) or ""), text)

    return {name: value(text) for name, text in cells.items()}


def said(expression: str, known: Mapping[str, Any]) -> Any:
    """Return what an expression of a workflow says: paths, texts, ==, !=, && and ||."""
    for mark in ("||", "&&", "!=", "=="):
        parts = _split(expression, mark)
        if len(parts) == 1:
            continue
        values = [said(part, known) for part in parts]
        match mark:
            case "||":
                return next((one for one in values if one), values[-1])
            case "&&":
                return next((one for one in values if not one), values[-1])
            case "==":
                return values[0] == values[1]
            case _:
                return values[0] != values[1]
    if expression.startswith("("):
        return said(expression[1:-1], known)
    if expression == "always()":
        return True
    if expression.startswith("'"):
        return expression[1:-1]
    found: Any = known
    for name in expression.split("."):
        found = found.get(name, "") if isinstance(found, Mapping) else ""
    return found


def _split(expression: str, mark: str) -> list[str]:
    """Split an expression at a mark outside of parentheses."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(expression):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and expression.startswith(mark, at):
            parts.append(expression[start:at].strip())
            start = at + len(mark)
    return [*parts, expression[start:].strip()]
