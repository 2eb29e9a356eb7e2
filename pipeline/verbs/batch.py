"""`qingyuan batch FILE`: many entries in one go, one a line; all of them are written, or none."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn

from pipeline import entry
from pipeline.findings import Finding
from pipeline.trouble import UsageTrouble
from pipeline.verbs import add, entered, event, handover
from pipeline.verbs.console import CLEAN, Console
from pipeline.verbs.words import Parser

NAME = "batch"
HELP = "一次登记多条：文件里一行一条 add、event、handover，一起检查，全写或者全不写"
_VERBS = {"add": add, "event": event, "handover": handover}


class _Line(Parser):
    """Reads one line; what is wrong with it is said of the line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong.

        Raises:
            UsageTrouble: always.
        """
        raise UsageTrouble(message)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "file", type=Path, metavar="文件",
        help="一行一条，写法和命令一样，前面不写 qingyuan；# 开头的是说明；UTF-8",
    )  # fmt: skip
    entered.arguments(parser)


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Draft line after line, each on what came before; check once and write once."""
    if entered.resumed(options, console):
        return CLEAN
    lines = list(_lines(options))
    office = entered.office_of(options, options.unit, today)
    drafts, line_of = entry.Drafts(office), dict[str, int]()
    for number, verb, told in lines:
        try:
            proposal = _VERBS[verb].proposed(office, told)
            office = drafts.add(proposal.draft)
        except UsageTrouble as trouble:
            raise UsageTrouble(f"第{number}行：{trouble}；一条也没有写") from None
        line_of |= dict.fromkeys(proposal.draft.refs(), number)
        console.say(f"第{number}行 {proposal.what}")
        for note, colour in proposal.notes:
            console.say(f"  {note}", colour)

    def placed(finding: Finding) -> str:
        number = line_of.get(finding.subject or "")
        return f"第{number}行：" if number else ""

    whose = office.unit.short_name if office.unit else "市"
    counts = {"add": "登记", "event": "流转", "handover": "交接"}
    parts = [
        f"{counts[verb]} {n} 条"
        for verb in _VERBS
        if (n := sum(one == verb for _, one, _ in lines))
    ]
    what = f"{whose}：{'，'.join(parts)}"
    return entered.entered(drafts, what, options, console, today, placed)[0]


def _lines(options: argparse.Namespace) -> Iterator[tuple[int, str, argparse.Namespace]]:
    """Yield the entries of a file: number of the line, verb, what it was told.

    Raises:
        UsageTrouble: the file is not there or no text, or a line is none of ours.
    """
    parsers = {name: _Line(prog=name, add_help=False) for name in _VERBS}
    for name, parser in parsers.items():
        _VERBS[name].arguments(parser)
    found = False
    for number, line in enumerate(_text(options.file).splitlines(), 1):
        try:
            told = _entry(line, parsers, options.unit)
        except UsageTrouble as trouble:
            raise UsageTrouble(f"第{number}行：{trouble}；一条也没有写") from None
        if told is not None:
            found = True
            yield number, *told
    if not found:
        raise UsageTrouble(f"{options.file} 里一条也没有")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageTrouble(f"没有 {path} 这个文件") from None
    except UnicodeDecodeError:
        raise UsageTrouble(f"{path} 不是 UTF-8；用记事本另存，编码选 UTF-8") from None


def _entry(
    line: str, parsers: Mapping[str, _Line], unit: str | None
) -> tuple[str, argparse.Namespace] | None:
    """Read one line: its verb and what it was told; None where nothing stands in it."""
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        raise UsageTrouble("引号没有成对") from None
    words = words[1:] if words[:1] == ["qingyuan"] else words
    if not words:
        return None
    if words[0] not in _VERBS:
        raise UsageTrouble(f"“{words[0]}”不是 {'、'.join(_VERBS)}")
    told = parsers[words[0]].parse_args(words[1:])
    if told.unit not in (None, unit) or told.is_trial:
        raise UsageTrouble("--unit、--try 写在 batch 后面，一批只写一个单位的")
    return words[0], told
