"""`qingyuan fmt`: write every ledger in its canonical form, so that diffs show only changes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from hashlib import sha256

from pipeline.files import replace_file
from pipeline.ledgers import load
from pipeline.ledgers.writer import canonical
from pipeline.verbs.console import CLEAN, GREEN, REFUSED, Console

NAME = "fmt"
HELP = "把台账写成统一样子（次序、换行、引号），不改内容"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--check", action="store_true", help="只看，不写")


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Rewrite the shards that are not canonical; shards that cannot be read are left alone."""
    changed = skipped = 0
    loaded = load(options.data)
    for raw in loaded.raw:
        if any(f.severity == "error" for f in raw.findings):
            console.say(f"跳过 {raw.shard.name}：先按 qingyuan check 改好")
            skipped += 1
            continue
        content, stands = canonical(raw, loaded.schemas), raw.shard.path.read_bytes()
        if sha256(stands).hexdigest() != raw.digest:
            console.say(f"跳过 {raw.shard.name}：刚才有人改动，再运行一次")
            skipped += 1
        elif content != stands:
            changed += 1
            if not options.check:
                replace_file(raw.shard.path, content)
            console.say(f"{'要整理' if options.check else '已整理'} {raw.shard.name}")
    if changed == skipped == 0:
        console.say("✓ 台账都已是统一样子", GREEN)
    return REFUSED if skipped or (options.check and changed) else CLEAN
