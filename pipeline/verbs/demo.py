"""`qingyuan demo`: write synthetic ledgers, the same for the same scale and seed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline import demo
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, Console

NAME = "demo"
HELP = "生成演示台账（人名、电话、数字都是编的）"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--scale", choices=("small", "city", "x10"), default="small", help="规模")
    parser.add_argument("--seed", type=int, default=2022, metavar="数", help="随机种子")
    parser.add_argument("--out", type=Path, required=True, metavar="目录", help="写到哪里")


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Write the ledgers of a scale."""
    if not (options.data / "reference" / "divisions.csv").is_file():
        raise UsageTrouble(f"{options.data} 里没有参考表；用 --data 写有 reference/ 的目录")
    console.progress("编演示台账")
    count = demo.write(options.scale, options.seed, options.data, options.out)
    console.say(f"✓ 写好 {options.out}：{count} 行演示数据", GREEN)
    return CLEAN
