"""`qingyuan merge-driver`: what git calls to merge two versions of a ledger, row by row.

`--register` tells the repository to use it for the files that .gitattributes names.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.changes import merging
from pipeline.files import replace_file
from pipeline.ledgers import load_schemas
from pipeline.repository import Repository
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, REFUSED, Console

NAME = "merge-driver"
HELP = "合并时按编号逐行合并台账（由 git 调用；先用 --register 登记一次）"
SHOWN = 20
DRIVER = "qingyuan"
"""The name under which .gitattributes asks for it."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--register", action="store_true", help="在这个仓库里登记，每个克隆做一次")
    parser.add_argument(
        "files", nargs="*", metavar="文件", help="git 给的四样：共同起点、这边、那边、路径"
    )


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Merge into the second file; exit 1 where somebody must choose."""
    if options.register:
        return _register(options.data, console)
    if len(options.files) != 4:
        raise UsageTrouble("要写四样：共同起点、这边、那边、路径；或者只写 --register")
    base, ours, theirs = map(Path, options.files[:3])
    path = options.files[3]
    if missing := [file for file in (base, ours, theirs) if not file.is_file()]:
        raise UsageTrouble(f"没有 {missing[0]} 这个文件")
    schemas = load_schemas()
    ledger = Path(path).stem
    sides = [file.read_bytes() for file in (base, ours, theirs)]
    merged = merging.merge(schemas[ledger], path, *sides) if ledger in schemas else None
    if merged is None:
        console.complain(f"{path} 有一边读不全，只好按文本行合并；合并以后运行 qingyuan check")
        repository = Repository.around(ours.resolve().parent)
        if repository is None:
            raise UsageTrouble(f"{ours} 不在 git 仓库里，不能按文本行合并")
        return CLEAN if repository.merged_by_line(ours, base, theirs) else REFUSED
    replace_file(ours, merged.content)
    for words in merged.conflicts[:SHOWN]:
        console.complain(f"{path}：{words}")
    if rest := merged.conflicts[SHOWN:]:
        console.complain(f"{path}：还有 {len(rest)} 行两边都改了")
    if merged.conflicts:
        console.complain(
            f"在 {path} 里每一处留下对的一行，删掉 <<<<<<<、=======、>>>>>>> 三行，"
            "再运行 qingyuan fmt"
        )
    return REFUSED if merged.conflicts else CLEAN


def _register(data: Path, console: Console) -> int:
    """Write the driver into the settings of the repository that holds the ledgers."""
    repository = Repository.around(data if data.is_dir() else Path())
    if repository is None:
        raise UsageTrouble(f"{data} 不在 git 仓库里；先克隆仓库")
    command = shlex.join([sys.executable, "-m", "pipeline", NAME])
    repository.set_merge_driver(DRIVER, "清源台账：按编号逐行合并", f"{command} %O %A %B %P")
    console.say("✓ 登记好了：以后合并、变基时，两边改不同的行不再冲突", GREEN)
    return CLEAN
