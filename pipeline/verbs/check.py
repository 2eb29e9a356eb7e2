"""`qingyuan check`: run the gates and answer in words a clerk understands."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline import changes, checks
from pipeline.ledgers import load_schemas, unit_ids
from pipeline.ledgers.ceilings import MAX_SAID
from pipeline.store import Store
from pipeline.trouble import UsageTrouble, advice
from pipeline.verbs import beside, told
from pipeline.verbs.console import BUG, CLEAN, GREEN, RED, REFUSED, YELLOW, Console
from pipeline.verbs.nearest import hint

NAME = "check"
HELP = "检查台账：字节、表结构、记录、个人信息四道关"

CACHE = Path("build/cache")
"""Where results are kept between runs, unless a verb builds elsewhere."""
REASONS = ("city", "waivers.csv")
"""The ledger in which the city grants reasons for what the change gate would refuse."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只看这些文件或目录")
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="输出的样子"
    )
    parser.add_argument(
        "--base", metavar="版本", help="连同改动一起查：和这个版本（如 origin/main）比"
    )
    parser.add_argument("--unit", metavar="单位", help="这是哪个单位的改动；改了别的单位就不通过")
    parser.add_argument("--no-cache", action="store_true", help="不用上次检查留下的结果")


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Check and report.

    Exit 1 if the data is refused; 4 if nothing is wrong with them but a rule of ours failed.
    """
    store = Store(None if options.no_cache else CACHE)
    changed = _changed(options, console)
    report = checks.run(
        options.data,
        as_of=options.as_of,
        today=today,
        store=store,
        paths=options.paths or _touched(changed, options.data),
        progress=console.progress,
        also=(lambda _: False) if changed is None else changed.concerns,
    )
    if changed is not None:
        report = report.also(changes.judge(changed, options.unit, report.as_of_on))
    match options.format:
        case "json":
            console.say_json(report.to_json())
        case "github":
            touched = changed.lines if changed else frozenset()
            for line in beside.lines(report.findings, options.data, touched):
                console.say(line)
            _close(report, console)
        case _:
            _text(report, console)
    settle(store, console)
    return verdict(report)


def _changed(options: argparse.Namespace, console: Console) -> changes.Change | None:
    """Return what was changed since the base that is named.

    Raises:
        UsageTrouble: a unit is named without a base.
    """
    if options.base is None:
        if options.unit is not None:
            raise UsageTrouble("--unit 要和 --base 一起用")
        return None
    schemas = load_schemas()
    units = unit_ids(options.data, schemas) if options.unit is not None else None
    if units is not None and options.unit not in units:
        near = hint(options.unit, units)
        raise UsageTrouble(f"没有 {options.unit} 这个单位编号{near}；写 units.csv 里的编号")
    console.progress("比较改动")
    return changes.change_of(options.data, options.base, schemas)


def _touched(changed: changes.Change | None, data: Path) -> list[Path]:
    """Return the ledgers of units that a change touched, if it touched no more: the rest stands.

    Nothing where the whole folder must be looked at.
    """
    if changed is None or not changed.alone:
        return []
    paths = [changed.below(f.path) for f in changed.data_files]
    own = (parts for parts in paths if parts != REASONS)
    return [path for parts in own if (path := data.joinpath(*parts)).is_file()]


def verdict(report: checks.Report) -> int:
    """Return the exit code a report asks for."""
    if report.ok:
        return CLEAN
    return BUG if report.is_ours else REFUSED


def settle(store: Store, console: Console) -> None:
    """Make room among what is kept between runs; say so if this run could keep nothing."""
    store.prune()
    if store.trouble is not None:
        console.complain(
            f"提示：中间结果没能存下，下次要重算，这次的结论不受影响：{advice(store.trouble)}"
        )


def _text(report: checks.Report, console: Console) -> None:
    kinds, rest = told.errors_first(report.findings, MAX_SAID)
    for kind in kinds:
        console.say(told.said(kind), RED if kind.is_error else YELLOW)
    if rest:
        console.say(told.left_out(rest))
    _close(report, console)


def _close(report: checks.Report, console: Console) -> None:
    read = f"{report.files} 个文件 {report.rows} 行"
    reminders = report.count("warning")
    if report.ok:
        tail = f"，{reminders} 条提醒（照实公布，不影响通过）" if reminders else ""
        console.say(f"✓ 通过：{read}，没有错误{tail}", GREEN)
    else:
        errors = report.count("error")
        console.say(f"✗ 没通过：{read}，{errors} 处错误要改，{reminders} 条提醒", RED)
