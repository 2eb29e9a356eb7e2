"""`qingyuan mine`: which of the comments or issues that a forge listed is ours to keep up to date.

One comment says what a change means, one issue what stands: later runs write them anew and never
add another. Anybody can begin a comment with our mark, so only what the given account wrote counts.
The forge is asked by whoever calls: nothing here goes to the network.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, Console
from pipeline.verbs.told_json import part, read_json, text

NAME = "mine"
HELP = "平台列出的评论、工单里哪一条是我们写的：打印它的编号，没有就什么也不打印（只更新这一条）"
MARKS = {"review": "<!-- qingyuan-review -->", "standing": "<!-- qingyuan-standing -->"}
"""What the text begins with that we write, by kind."""
_NUMBER = re.compile(r"[0-9]{1,20}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "kind", choices=list(MARKS), metavar="种类", help="review 评论，standing 清单"
    )
    parser.add_argument(
        "--listed", type=Path, required=True, metavar="文件", help="平台列出的评论或工单（JSON）"
    )
    parser.add_argument(
        "--account", type=Path, required=True, metavar="文件", help="平台说令牌是谁的（JSON）"
    )


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Print the number of the first that is ours; nothing if there is none."""
    told = read_json(options.account)
    own = text(told, "login") or text(told, "username")
    if not own:
        raise UsageTrouble(f"{options.account} 没有写是哪个账号")
    listed = read_json(options.listed)
    if not isinstance(listed, list):
        raise UsageTrouble(f"{options.listed} 不是平台列出的评论、工单")
    mark = MARKS[options.kind]
    for number, author, said in _written(listed):
        if author.casefold() == own.casefold() and said.startswith(mark):
            console.say(number)
            break
    return CLEAN


def _written(listed: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield number, account and text of comments and issues; a number is digits, nothing else.

    An issue of GitLab is known by its number within the project, a comment by its own.
    """
    for one in listed:
        if not isinstance(one, Mapping):
            continue
        who = part(one, "author") or part(one, "user")
        author = text(who, "login") or text(who, "username")
        number = str(one.get("iid") or one.get("id") or "")
        said = text(one, "description") or text(one, "body")
        if author and _NUMBER.fullmatch(number):
            yield number, author, said
