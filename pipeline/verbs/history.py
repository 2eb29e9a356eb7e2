"""`qingyuan history`: what git says of the ledgers, and the file that carries it where git is not.

`--write` puts the index beside the data folder, to be committed with a release: shallow clones and
archives read it, and what the gates say now is added to what they said before.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import checks
from pipeline.files import replace_file
from pipeline.history import NAME as FILE
from pipeline.history import History, Quality, history_of, to_json
from pipeline.ledgers import load_schemas
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.verbs.check import CACHE, settle
from pipeline.verbs.console import CLEAN, GREEN, YELLOW, Console

NAME = "history"
HELP = "台账登记以后改过什么：看一看，或写成文件带给没有 git 的副本"
SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "--write", action="store_true", help=f"写到台账目录旁边的 {FILE}，连同这次检查的结果"
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Say what is known of the history; with `--write` write its index."""
    if not options.data.is_dir():
        raise UsageTrouble(f"没有 {options.data} 这个目录；用 --data 写台账所在的目录")
    store = Store(CACHE)
    found = history_of(options.data, load_schemas(), store)
    if found is None:
        raise UsageTrouble(f"{options.data} 不在 git 里，旁边也没有 {FILE}，没有改动的历史")
    _say(found, console)
    if options.write:
        _write(found, options, store, console, today)
    settle(store, console)
    return CLEAN


def _say(found: History, console: Console) -> None:
    """Say from when to when something is known, and how much was changed in each ledger."""
    if found.source != "git":
        console.say(
            "这份副本没有完整的提交记录"
            + ("，用的是随台账带来的文件" if found.source == "file" else "，只有最近的改动"),
            YELLOW,
        )
    console.say(f"{found.since} 入库，到 {found.until} 的改动 {found.commit[:12]}")
    rows = Counter(ledger for _, ledger, _ in {(e.change, e.ledger, e.row) for e in found.edits})
    for ledger, count in rows.most_common(SHOWN):
        console.say(f"  {ledger}：改动或删去 {count} 行")
    if (rest := len(rows) - SHOWN) > 0:
        console.say(f"  还有 {rest} 个台账")
    for bulk in found.bulks:
        console.say(f"  {bulk.on} {bulk.ledger} 整批改写 {bulk.rows} 行（改动 {bulk.change}）")


def _write(
    found: History,
    options: argparse.Namespace,
    store: Store,
    console: Console,
    today: Callable[[], date],
) -> None:
    """Write the index with one more line of quality for each unit.

    Raises:
        UsageTrouble: this copy does not know the whole history.
    """
    if found.source != "git":
        raise UsageTrouble("这份副本没有完整的提交记录，写不出来；先运行 git fetch --unshallow")
    console.progress("检查")
    report = checks.run(
        options.data, as_of=options.as_of, today=today, store=store, progress=console.progress
    )
    counts: Counter[tuple[str, str]] = Counter()
    units = [row.unit_id for row in report.loaded.snapshot.units] if report.loaded.snapshot else []
    for one in report.findings:
        parts = Path(one.file or "").parts
        unit = next((unit for unit in units if unit in parts), None)
        if unit is not None:
            counts[unit, one.severity] += 1
    change = found.commit[:12]
    before = [one for one in found.quality if one.change != change]
    now = [
        Quality(found.until, change, unit, counts[unit, "error"], counts[unit, "warning"])
        for unit in units
    ]
    path = options.data.resolve().parent / FILE
    replace_file(path, to_json(replace(found, quality=(*before, *now))))
    console.say(f"✓ 写好了 {path.name}，发布时单独提交", GREEN)
