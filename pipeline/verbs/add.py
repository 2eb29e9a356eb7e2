"""`qingyuan add LEDGER column=value...`: a new row, its id and what is known made by itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date

from pipeline import entry
from pipeline.trouble import UsageTrouble
from pipeline.verbs import entered
from pipeline.verbs.asking import Asking
from pipeline.verbs.console import CLEAN, REFUSED, Console

NAME = "add"
HELP = "登记一行：编号、序号、登记这一步自己编好，当场检查；不写全的，在终端上逐项问"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("ledger", metavar="台账", help="台账的名字，如 整改台账 或 issues")
    parser.add_argument(
        "cells",
        nargs="*",
        metavar="列=值",
        help="如 问题=管道漏水 发现日期=2022-09-01；地方写名字；水质检测可以直接写 氟化物=0.40",
    )
    entered.arguments(parser)


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Draft the row, ask for what is missing, check and write."""
    if entered.resumed(options, console):
        return CLEAN
    office = entered.office_of(options, options.unit, today)
    given = pairs(options.cells)
    if not console.is_attended:
        return entered.finish(proposed(office, options, given), options, console, today)[0]
    asking = Asking(office, entry.ledger_named(office, options.ledger), console)
    while True:
        proposal = proposed(office, options, given, asking.ask)
        code, errors = entered.finish(proposal, options, console, today)
        if code != REFUSED or not asking.may_mend(errors):
            return code
        given = asking.mended(proposal.draft, given, errors)


def proposed(
    office: entry.Office,
    options: argparse.Namespace,
    given: Mapping[str, str] | None = None,
    ask: entry.Ask | None = None,
) -> entered.Proposal:
    """Return the new row, of cells by name; `ask` asks for what is missing.

    Raises:
        UsageTrouble: something is not known, or is missing and there is nobody to be asked.
    """
    schema = entry.ledger_named(office, options.ledger)
    draft = entry.draft_row(office, schema, given or pairs(options.cells), ask)
    row = next(iter(draft.new.values()))[0]
    key = "+".join(row[name] for name in schema.primary_key)
    whose = office.unit.short_name if office.unit else "市"
    steps = ["全部登记完，运行 qingyuan check"]
    if schema.name == "issues":
        steps = [f"整改好了用 qingyuan event {key} 整改完成 --on 日期（时限 {row['due_on']}）"]
    return entered.Proposal(draft, f"{whose}：登记{schema.title} {key}", next_steps=steps)


def pairs(cells: list[str]) -> dict[str, str]:
    """Return what is given as column=value.

    Raises:
        UsageTrouble: one is not written so, or a column is given twice.
    """
    found: dict[str, str] = {}
    for one in cells:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise UsageTrouble(f"“{one}”要写成 列=值，如 问题=管道漏水；值里有空格的加引号")
        if name.strip() in found:
            raise UsageTrouble(f"“{name.strip()}”写了两次")
        found[name.strip()] = value
    return found
