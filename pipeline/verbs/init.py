"""`qingyuan init DIR`: start one's own data set: reference tables, campaign, empty ledgers."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.files import replace_file
from pipeline.ledgers import load_schemas, unit_ids
from pipeline.ledgers.schemas import PROJECT
from pipeline.ledgers.writer import write_shard
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, Console

NAME = "init"
HELP = "新开一套自己的数据：参考表、行动设置、空台账"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("folder", type=Path, metavar="目录", help="放在哪里；必须还没有或是空的")


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Copy what is the same for every campaign and write empty ledgers for the rest."""
    folder, source = options.folder, PROJECT / "data"
    if folder.exists() and any(folder.iterdir()):
        raise UsageTrouble(f"{folder} 里已经有东西了；换一个空目录")
    schemas = load_schemas()
    same = ["city/supervision.csv", *(f"reference/{s.name}.csv" for s in schemas.at_home("R"))]
    for name in same:
        replace_file(folder / name, (source / name).read_bytes())
    for unit in unit_ids(source, schemas) or ():
        for schema in schemas.at_home("U"):
            write_shard(folder / "units" / unit / f"{schema.name}.csv", schema, ())
    for schema in schemas.values():
        path = folder / "city" / f"{schema.name}.csv"
        if schema.home == "C" and not path.exists():
            write_shard(path, schema, ())
    text = (source / "campaign.yml").read_text(encoding="utf-8")
    replace_file(folder / "campaign.yml", text.replace("is_demo: true", "is_demo: false").encode())
    console.say(
        f"✓ {folder} 建好了。先改 campaign.yml，再运行 qingyuan check --data {folder}", GREEN
    )
    return CLEAN
