"""`qingyuan new-unit UNIT`: make a unit's folder with the header of every ledger it keeps."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from pipeline.ledgers import load_schemas, unit_ids
from pipeline.ledgers.writer import write_shard
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, Console
from pipeline.verbs.nearest import hint

NAME = "new-unit"
HELP = "给一个单位建好目录和全部空台账（只有表头）"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("unit", metavar="单位编号", help="reference/units.csv 里的单位编号")


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Write the headers; a ledger that is there already is left alone."""
    schemas, table = load_schemas(), options.data / "reference" / "units.csv"
    units = unit_ids(options.data, schemas)
    if units is None:
        raise UsageTrouble(
            f"{table} 读不出来；先运行 qingyuan check --data {options.data}，改好再建"
        )
    if options.unit not in units:
        near = hint(options.unit, units)
        raise UsageTrouble(
            f"没有 {options.unit} 这个单位编号{near}；可以写：{'、'.join(units)}；"
            f"确是新的单位，先在 {table} 里加一行"
        )
    folder = options.data / "units" / options.unit
    made = 0
    for schema in schemas.at_home("U"):
        path = folder / f"{schema.name}.csv"
        if not path.exists():
            write_shard(path, schema, ())
            made += 1
    console.say(f"✓ {folder} 里新建了 {made} 个空台账；空台账等于“未报告”", GREEN)
    return CLEAN
