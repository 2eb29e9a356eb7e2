"""`qingyuan verify [DIR]`: look at a built site as a stranger would: everything, all cores."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline import verify
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, RED, REFUSED, Console

NAME = "verify"
HELP = "核验建好的网站：清单、链接、外部请求、个人信息、脚本"
SHOWN = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "site", nargs="?", type=Path, default=Path("build/public"), metavar="目录", help="网站目录"
    )


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Verify a site in full; exit 1 if anything is wrong."""
    if not (options.site / "index.html").is_file():
        raise UsageTrouble(f"{options.site} 里没有建好的网站；先运行 make site")
    troubles = verify.verify_site(options.site, full=True, report=console.progress)
    for trouble in troubles[:SHOWN]:
        console.say(f"{trouble.path}：{trouble.message}\n    怎么办：{trouble.remedy}", RED)
    if troubles:
        console.say(f"✗ 有 {len(troubles)} 处问题", RED)
        return REFUSED
    console.say("✓ 核验通过：链接都通，没有外部请求，没有个人信息，清单相符", GREEN)
    return CLEAN
