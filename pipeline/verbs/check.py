"""`qingyuan check`: run the gates and answer in words a clerk understands."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from pipeline import checks
from pipeline.findings import GATES, SEVERITIES, Finding
from pipeline.store import Store
from pipeline.trouble import advice
from pipeline.verbs.console import CLEAN, GREEN, RED, REFUSED, YELLOW, Console

NAME = "check"
HELP = "检查台账：字节、表结构、记录、个人信息四道关"

CACHE = Path("build/cache")
"""Where results are kept between runs, unless a verb builds elsewhere."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="文件", help="只看这些文件或目录")
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="输出的样子"
    )
    parser.add_argument("--no-cache", action="store_true", help="不用上次检查留下的结果")


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Check and report; exit 1 if the data is refused."""
    store = Store(None if options.no_cache else CACHE)
    report = checks.run(
        options.data,
        as_of=options.as_of,
        today=today,
        store=store,
        paths=options.paths,
        progress=console.progress,
    )
    {"text": _text, "json": _json, "github": _github}[options.format](report, console)
    settle(store, console)
    return CLEAN if report.ok else REFUSED


def settle(store: Store, console: Console) -> None:
    """Make room among what is kept between runs; say so if this run could keep nothing."""
    store.prune()
    if store.trouble is not None:
        console.complain(
            f"提示：中间结果没能存下，下次要重算，这次的结论不受影响：{advice(store.trouble)}"
        )


def _json(report: checks.Report, console: Console) -> None:
    console.say_json(report.to_json())


def _text(report: checks.Report, console: Console) -> None:
    for finding in report.findings:
        colour = YELLOW if finding.severity == "warning" or finding.waived else RED
        console.say(sentence(finding), colour)
    _close(report, console)


def _close(report: checks.Report, console: Console) -> None:
    counted = Counter(f.severity for f in report.findings if not f.waived)
    read = f"{report.files} 个文件 {report.rows} 行"
    reminders = counted["warning"]
    if report.ok:
        tail = f"，{reminders} 条提醒（照实公布，不影响通过）" if reminders else ""
        console.say(f"✓ 通过：{read}，没有错误{tail}", GREEN)
    else:
        console.say(f"✗ 没通过：{read}，{counted['error']} 处错误要改，{reminders} 条提醒", RED)


def sentence(finding: Finding) -> str:
    """Say one finding in a line or two: where, what, the value, and what to do."""
    mark = "豁免" if finding.waived else SEVERITIES[finding.severity]
    value = f"（现为“{finding.value}”）" if finding.value else ""
    subject = f" [{finding.subject}]" if finding.subject else ""
    head = f"{mark} {finding.rule} {finding.place()}{subject}：{finding.message}{value}"
    return f"{head}\n    怎么改：{finding.remedy}"


def _github(report: checks.Report, console: Console) -> None:
    """Write workflow commands, so that findings show beside the lines of a pull request."""
    for finding in _shown_first(report.findings):
        kind = "error" if finding.severity == "error" and not finding.waived else "warning"
        place = f"file={_property(finding.file or '')}"
        if finding.line is not None:
            place += f",line={finding.line}"
        if finding.column is not None:
            place += f",col={finding.column}"
        title = _property(f"{GATES[finding.gate]} {finding.rule}")
        console.say(f"::{kind} {place},title={title}::{_data(sentence(finding))}")
    _close(report, console)


def _shown_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: f.severity != "error")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
