"""Put every small fault into the modules that must not have one, and see which test notices.

    python -m tests.mutate [MODULE ...] [--seconds 60]

One process for each fault, as many at a time as there are cores; each runs the module's own tests
on the faulty module and stops at the first that fails. A fault that no test notices has survived,
unless `equivalent.csv` says why nobody could notice it. Exit 1 if a module's score is below what
`TARGETS` asks. The same sources give the same answer.
"""

from __future__ import annotations

import argparse
import csv
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.mutate.faults import Fault, faults

PROJECT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.csv")
SECONDS = 60
PRELOADED = ("pytest", "_pytest.assertion.rewrite", "hypothesis", "yaml")
"""What every process needs and no fault touches."""


@dataclass(frozen=True)
class Target:
    """A module, the tests that must notice its faults, and the share that they must."""

    tests: tuple[str, ...]
    least: int = 95


LIFE = ("tests/test_lifecycle.py", "tests/test_rectification.py")
TARGETS: dict[str, Target] = {
    "pipeline.disclosure": Target(("tests/test_disclosure.py",)),
    "pipeline.disclosure.door": Target(("tests/test_disclosure.py",)),
    "pipeline.disclosure.totals": Target(("tests/test_disclosure.py", "tests/test_sums.py")),
    "pipeline.rectification.lifecycle": Target(LIFE),
    "pipeline.rectification.standing": Target(LIFE),
    "pipeline.rectification.recurrence": Target(LIFE),
    "pipeline.water.judging": Target(("tests/test_judging.py", "tests/test_water.py")),
    "pipeline.assessment.rulebook": Target(("tests/test_rulebook.py", "tests/test_clauses.py")),
    "pipeline.dates": Target(("tests/test_dates.py", "tests/test_due_day.py")),
}


@dataclass(frozen=True)
class Outcome:
    """A fault and what became of it: 发现, 超时 or 漏过."""

    fault: Fault
    word: str


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module the code of a fault; all others are found as ever."""

    def __init__(self, module: str, code: str) -> None:
        """Take the module's name and its faulty code."""
        self._module, self._code = module, code

    def find_spec(
        self, name: str, _path: object, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Say that the one module is loaded here."""
        if name != self._module:
            return None
        path = path_of(name)
        rooms = [str(path.parent)] if path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, path, loader=self, submodule_search_locations=rooms
        )

    def exec_module(self, module: object) -> None:
        """Run the faulty code as the module."""
        exec(compile(self._code, str(path_of(self._module)), "exec"), module.__dict__)  # noqa: S102


def path_of(module: str) -> Path:
    """Return the file of a module, or of the module that opens a room."""
    path = PROJECT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_name(f"{path.name}.py")


def equivalents() -> dict[tuple[str, str], str]:
    """Return the faults that nobody could notice, with the reason: (module, name) -> reason."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {(row["module"], row["fault"]): row["reason"] for row in csv.DictReader(file)}


def noticed(module: str, fault: Fault, tests: Iterable[str], seconds: float) -> str:
    """Run the tests on a fault in a process of its own: 发现, 超时 or 漏过."""
    child = os.fork()
    if child == 0:
        os._exit(_tested(module, fault, tests))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "漏过" if os.waitstatus_to_exitcode(status) == 0 else "发现"
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "超时"


def _tested(module: str, fault: Fault, tests: Iterable[str]) -> int:
    import pytest

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.dont_write_bytecode = True
    for name in [n for n in sys.modules if n.startswith(("pipeline", "test_", "tests.test_"))]:
        del sys.modules[name]  # a sound copy must not be at hand
    sys.meta_path.insert(0, Finder(module, fault.code))
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
    try:
        return int(pytest.main([*options, *tests]))
    except BaseException:  # noqa: BLE001 - a fault may break anything, which is to notice it
        return 1


def outcomes(module: str, target: Target, seconds: float) -> Iterator[Outcome]:
    """Yield what became of every fault of a module, in order."""
    known = equivalents()
    made = faults(path_of(module).read_text(encoding="utf-8"))
    tried = [fault for fault in made if (module, fault.name) not in known]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        words = pool.map(lambda f: noticed(module, f, target.tests, seconds), tried)
        yield from map(Outcome, tried, words)


def main(arguments: list[str]) -> int:
    """Try the modules named, or all; print what survived and the score of each."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutate", description="变异测试")
    parser.add_argument("modules", nargs="*", metavar="模块", help="只试这些模块")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="一处最多跑多少秒")
    options = parser.parse_args(arguments)
    os.chdir(PROJECT)
    for shared in PRELOADED:  # once, instead of in every process
        importlib.import_module(shared)
    whole, caught, is_enough = 0, 0, True
    for module in options.modules or TARGETS:
        target, sound = TARGETS[module], path_of(module).read_text(encoding="utf-8")
        if noticed(module, Fault("", 0, sound), target.tests, options.seconds) != "漏过":
            print(f"{module}：没有改动，测试就不通过，先修好：{'、'.join(target.tests)}")
            return 1
        results = list(outcomes(module, target, options.seconds))
        survived = [one for one in results if one.word == "漏过"]
        for one in survived:
            print(f"漏过 {module}:{one.fault.line} {one.fault.name}")
        share = 100 * (len(results) - len(survived)) / max(1, len(results))
        late = sum(one.word == "超时" for one in results)
        print(
            f"{module}：{len(results)} 处改动，发现 {len(results) - len(survived)} 处"
            f"{f'（超时 {late} 处）' if late else ''}，得分 {share:.1f}%"
        )
        is_enough = is_enough and share >= TARGETS[module].least
        whole, caught = whole + len(results), caught + len(results) - len(survived)
    print(f"合计：{whole} 处改动，发现 {caught} 处，得分 {100 * caught / max(1, whole):.1f}%")
    return 0 if is_enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
