"""How a whole process is measured, and how it is told beside its peer."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
RUNS = 3
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@dataclass(frozen=True, slots=True)
class Measure:
    """One whole process: seconds of wall clock, MB of its largest process, processor seconds."""

    seconds: float
    megabytes: float
    cpu: float


def run(command: Sequence[str], cwd: Path = PROJECT) -> Measure:
    """Run a command once, from outside; its memory is that of its largest process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, **QUIET)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Measure(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def median(measures: Sequence[Measure]) -> Measure:
    """Return the medians of several runs."""
    return Measure(
        statistics.median(m.seconds for m in measures),
        max(m.megabytes for m in measures),
        statistics.median(m.cpu for m in measures),
    )


def paired(
    ours: Sequence[str], theirs: Sequence[str], before: Callable[[], None] = lambda: None
) -> tuple[Measure, Measure]:
    """Run two commands in turn and return the medians of both; `before` precedes each of ours."""
    mine, other = [], []
    for _ in range(RUNS):
        before()
        mine.append(run(ours))
        other.append(run(theirs))
    return median(mine), median(other)


def report(what: str, ours: Measure, peer: str, theirs: Measure, budget: float) -> None:
    """Print one row: our time, the peer's, the ratio, the budget, and the processor's time.

    The budget is of the clock. Where others use the machine too, the ratio of processor time says
    more; of a peer that uses all cores it says less.
    """
    ratio, work = ours.seconds / theirs.seconds, ours.cpu / theirs.cpu
    mark = "达到" if ratio <= budget else "没达到"
    print(
        f"{what:<24} {ours.seconds:7.2f} 秒  对 {peer} {theirs.seconds:7.2f} 秒"
        f"  比值 {ratio:5.2f}（预算 {budget:g}，{mark}）"
        f"  处理器 {ours.cpu:.2f} 对 {theirs.cpu:.2f} 秒，{work:.2f}"
        f"  内存 {ours.megabytes:5.0f} MB",
        flush=True,
    )


def qingyuan(*arguments: str) -> list[str]:
    """Return the command line of one of our verbs."""
    return [str(BIN / "qingyuan"), *arguments]
