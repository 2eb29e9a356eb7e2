"""`qingyuan fmt`: write every ledger in its canonical form, so that diffs show only changes.

With `--repair` cells are written as they were meant, where that leaves no doubt; each is told.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256

from pipeline.files import replace_file
from pipeline.ledgers import RawShard, load
from pipeline.ledgers.reader import read
from pipeline.ledgers.repairs import FORM_RULES, Repair, can_be_written, repaired
from pipeline.ledgers.schemas import Schemas
from pipeline.ledgers.writer import canonical
from pipeline.personal import mask
from pipeline.verbs.console import CLEAN, GREEN, REFUSED, YELLOW, Console

NAME = "fmt"
HELP = "把台账写成统一样子（次序、换行、引号），不改内容；--repair 连毫无疑问的错一起改"
_LONGEST = 60
"""Characters of a cell that are repeated."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--check", action="store_true", help="只看，不写")
    parser.add_argument(
        "--repair",
        action="store_true",
        help="改毫无疑问的错：2022/7/14 这样的日期、全角数字、首尾空格；改一处说一处",
    )


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Rewrite the shards that are not canonical; shards that cannot be read are left alone."""
    changed = skipped = left = 0
    loaded = load(options.data)
    for raw in loaded.raw:
        content = raw.shard.path.read_bytes() if raw.digest else b""
        made, repairs = _made(raw, loaded.schemas, options.repair)
        if made is None:
            console.say(f"跳过 {raw.shard.name}：先按 qingyuan check 改好")
            skipped += 1
            continue
        if sha256(content).hexdigest() != raw.digest:
            console.say(f"跳过 {raw.shard.name}：刚才有人改动，再运行一次")
            skipped += 1
            continue
        if made != content:
            changed += 1
            if not options.check:
                replace_file(raw.shard.path, made)
            for line in (*_form(raw), *map(_told, repairs)):
                console.say(line)
            console.say(f"{'要整理' if options.check else '已整理'} {raw.shard.name}")
        left += _left(raw, made, loaded.schemas, console) if options.repair else 0
    if changed == skipped == left == 0:
        console.say("✓ 台账都已是统一样子", GREEN)
    return REFUSED if skipped or left or (options.check and changed) else CLEAN


def _made(raw: RawShard, schemas: Schemas, repair: bool) -> tuple[bytes | None, list[Repair]]:
    """Return the bytes a shard should have, None where it cannot be written; and the repairs."""
    if not repair:
        has_errors = any(f.severity == "error" for f in raw.findings)
        return (None if has_errors else canonical(raw, schemas)), []
    if not can_be_written(raw):
        return None, []
    mended, repairs = repaired(raw, schemas[raw.shard.ledger])
    return canonical(mended, schemas), repairs


def _form(raw: RawShard) -> list[str]:
    """Say what of a file's form the canonical form is without."""
    return [
        f"{raw.shard.name}：{f.message}（{f.rule}）" for f in raw.findings if f.rule in FORM_RULES
    ]


def _told(repair: Repair) -> str:
    """Say a repair old -> new; what is not public is not repeated, personal data are masked."""
    place = f"{repair.file} 第{repair.line}行“{repair.field.title}”"
    if repair.field.visibility != "P":
        return f"{place}：已改（这一列不公开，不显示内容）（{repair.rule}）"
    old, new = (
        mask(text, keeps=repair.field.may_show)[:_LONGEST] for text in (repair.old, repair.new)
    )
    return f"{place}：“{old}” → “{new}”（{repair.rule}）"


def _left(raw: RawShard, made: bytes, schemas: Schemas, console: Console) -> int:
    """Say how many faults of bytes are left that only somebody who knows can mend."""
    again = read(replace(raw.shard), schemas[raw.shard.ledger], made)
    errors = sum(f.severity == "error" for f in again.findings)
    if errors:
        console.say(
            f"{raw.shard.name} 还有 {errors} 处要人来改，运行 qingyuan check 看是哪些", YELLOW
        )
    return errors
