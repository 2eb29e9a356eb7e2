"""`qingyuan rollback`: put the release before the present one in force again."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline import release
from pipeline.verbs.console import CLEAN, GREEN, Console

NAME = "rollback"
HELP = "网站退回上一版"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "--out", type=Path, default=Path("build"), metavar="目录", help="建在哪里，默认 build"
    )


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Swap the last good release back in."""
    name = release.rollback(options.out)
    console.say(f"✓ 网站已退回 {name}", GREEN)
    return CLEAN
