"""`qingyuan newest`: whether a commit is still what its branch, or a merge request, stands at.

What was tested or approved is one commit; by the time it is to be published or merged there may be
another. The forge is asked by whoever calls: nothing here goes to the network. Runs on a bare
Python, so that a publishing job needs nothing but the program.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date

from pipeline.repository import Repository
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, RED, REFUSED, Console

NAME = "newest"
HELP = "这个版本还是不是分支最新的；不是就不发布（发布以前用）"
SHORT = 12
_COMMIT = re.compile(r"\s*([0-9a-f]{40,64})(?:\s.*)?", re.S)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("revision", nargs="?", default="HEAD", metavar="版本", help="默认 HEAD")
    parser.add_argument(
        "--now",
        required=True,
        metavar="提交",
        help="平台说的最新一次提交，如 git ls-remote origin refs/heads/main 的回答",
    )


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Say whether the commit is the newest; exit 1 if another has come since."""
    repository = Repository.around(options.data if options.data.is_dir() else options.data.parent)
    if repository is None:
        raise UsageTrouble("这里不是 git 仓库，看不出是哪个版本")
    here, now = repository.commit(options.revision), commit_told(options.now)
    if here == now:
        console.say(f"✓ {here[:SHORT]} 是最新的", GREEN)
        return CLEAN
    console.say(
        f"✗ 分支已经到 {now[:SHORT]}，这里是 {here[:SHORT]}：这一次不发布，网站留在上一版", RED
    )
    return REFUSED


def commit_told(answer: str) -> str:
    """Return the commit that a forge named: its full name, alone or at the head of a line.

    Raises:
        UsageTrouble: the answer names none.
    """
    found = _COMMIT.fullmatch(answer)
    if found is None:
        raise UsageTrouble("平台没有说最新的是哪一次提交；问清楚再发布，不猜")
    return found[1]
