"""`qingyuan next-id LEDGER`: the id that the next row of a ledger gets."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from pipeline import entry
from pipeline.verbs import entered
from pipeline.verbs.add import pairs
from pipeline.verbs.console import CLEAN, Console

NAME = "next-id"
HELP = "下一个编号：给一个台账的下一行用的，几个单位、市里和以前的都算在内"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("ledger", metavar="台账", help="台账的名字，如 整改台账 或 issues")
    parser.add_argument(
        "cells", nargs="*", metavar="列=值", help="编号接在别的编号后面的写上，如 issue_id=…"
    )
    parser.add_argument("--unit", metavar="单位", help="哪个单位的台账，写编号或名称")


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Say the id and nothing else."""
    given = pairs(options.cells)
    office = entered.office_of(options, entered.issuer(options, *given.values()), today)
    schema = entry.ledger_named(office, options.ledger)
    row = {(f.name if (f := schema.by_title.get(n)) else n): text for n, text in given.items()}
    console.say(entry.next_id(office, schema, row))
    return CLEAN
