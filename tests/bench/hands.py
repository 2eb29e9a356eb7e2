"""A county's week entered by hand on the ledgers of the whole city: command by command, in one go.

The peer is starting a Python program of comparable size: what no command can be faster than.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from tests.bench.measuring import BIN, PROJECT, median, qingyuan, run
from tests.week import week

UNIT = "南召县"
EACH = 0.4
"""Processor seconds for one command; budget."""


def measure(out: Path) -> None:
    """Enter the week twice, each on a copy, and print both times."""
    alone, at_once = out / "alone", out / "at-once"
    for place in (alone, at_once):
        shutil.copytree(PROJECT / "data", place)
    words = week(alone)
    data = ("--data", str(alone), "--unit", UNIT)
    peer = median([run([str(BIN / "frictionless"), "--version"]) for _ in range(3)])
    runs = [run(qingyuan(verb, *rest, *data)) for verb, *rest in words]
    seconds, busy = sum(one.seconds for one in runs), sum(one.cpu for one in runs) / len(runs)
    print(f"一个县的一周，逐条登记 {len(words)} 条 {seconds:.1f} 秒")
    mark = "✓" if busy <= EACH else "✗ 超了"
    ratio = busy / peer.cpu
    print(
        f"登记一条：处理器时间 {busy:.2f} 秒（预算 {EACH}）{mark}，"
        f"frictionless --version 的 {ratio:.1f} 倍"
    )
    file = out / "week.txt"
    file.write_text("\n".join(map(shlex.join, words)), encoding="utf-8")
    once = run(qingyuan("batch", str(file), "--data", str(at_once), "--unit", UNIT))
    is_same = all(
        path.read_bytes() == (at_once / path.relative_to(alone)).read_bytes()
        for path in alone.rglob("*.csv")
    )
    told = "和逐条登记的一样" if is_same else "✗ 和逐条登记的不一样"
    print(f"同一周一次登记 {once.seconds:.1f} 秒，处理器时间 {once.cpu:.1f} 秒，{told}")
