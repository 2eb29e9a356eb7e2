"""`qingyuan evidence FILE...`: the digest of files kept elsewhere, as the column 佐证 says it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline import evidence
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, USAGE, Console

NAME = "evidence"
HELP = "算出照片、材料的摘要，填进台账的“佐证”；文件自己留好，不放进版本库"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="照片、录像、扫描件")


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Print what to write down for each file; exit 2 if one of them could not be read."""
    code = CLEAN
    for path in options.files:
        try:
            found = evidence.measure(path)
        except UsageTrouble as trouble:
            console.complain(str(trouble))
            code = USAGE
            continue
        console.say(f"{found.name}（{found.size:,} 字节）")
        console.say(f"    佐证：{evidence.reference(found.digest)}")
    if code == CLEAN:
        console.say("把“佐证：”后面的一串填进那一行的佐证，前面可以加档案号，用空格隔开。")
        console.say("文件原样留好，改一个字节就对不上；以后用 qingyuan verify-evidence 核对。")
    return code
