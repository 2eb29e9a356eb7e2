"""`qingyuan verify-evidence REF FILE`: whether a file is the one cited, and by which rows."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline import evidence, ledgers
from pipeline.ledgers import Snapshot
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, RED, REFUSED, Console

NAME = "verify-evidence"
HELP = "核对一个文件是不是台账里写的那一个，是哪几行引用的"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "ref",
        metavar="佐证",
        help="台账里佐证那一格的话，或者那一行的编号（如 jiaxian-2022-0003-e05）",
    )
    parser.add_argument("file", type=Path, metavar="文件", help="拿来核对的文件")


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Compare, name the rows that cite the file, and exit 1 if it is another one."""
    found = evidence.measure(options.file)
    snapshot = _read(options.data)
    cited = _cited(snapshot, options.ref.strip())
    is_same = found.digest in cited
    if is_same:
        console.say(f"✓ 是同一个文件：{found.name}，{evidence.reference(found.digest)}", GREEN)
    else:
        console.say(f"✗ 不是同一个文件：{found.name} 的摘要是", RED)
        console.say(f"    {evidence.reference(found.digest)}")
        for digest in cited:
            console.say(f"    台账写的是 {evidence.reference(digest)}")
    rows = evidence.citing(snapshot, found.digest)
    for one in rows:
        console.say(f"    引用它的：{one.title} {one.row.id}（{one.row.file} 第{one.row.line}行）")
    if not rows:
        console.say("    台账里没有一行引用这个文件")
    return CLEAN if is_same else REFUSED


def _read(data: Path) -> Snapshot:
    if not data.is_dir():
        raise UsageTrouble(f"没有 {data} 这个目录；用 --data 写台账所在的目录")
    snapshot = ledgers.load(data).snapshot
    if snapshot is None:
        raise UsageTrouble("campaign.yml 读不出来；先运行 qingyuan check")
    return snapshot


def _cited(snapshot: Snapshot, ref: str) -> list[str]:
    """Return the digests that a text cites, or that the row of this id does.

    Raises:
        UsageTrouble: it is neither, or the row cites no file.
    """
    if digest := evidence.cited_digest(ref):
        return [digest]
    rows = evidence.row_named(snapshot, ref)
    if not rows:
        said = "既不是摘要（sha256: 加64位），也不是有佐证一列的记录的编号"
        raise UsageTrouble(f"{ref} {said}；照台账里写的抄，或写那一行的编号")
    found = [d for one in rows if (d := evidence.cited_digest(one.reference))]
    if not found:
        wrote = rows[0].reference
        why = f"佐证写的是“{wrote}”，没有文件的摘要" if wrote else "没有填佐证"
        raise UsageTrouble(f"{ref} 这一行{why}，不能用文件核对；凭档案号去档案里查")
    return found
