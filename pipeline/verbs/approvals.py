"""`qingyuan approvals`: whether everybody a change concerns has approved it.

The forge's own answer about the reviews given is read from a file; who may speak for whom stands in
another, which must come from the branch that is protected, never from the change itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import changes
from pipeline.changes.approvals import Approval, missing, parties
from pipeline.ledgers import load_schemas
from pipeline.repository import Repository
from pipeline.trouble import UsageTrouble
from pipeline.verbs import owners as files
from pipeline.verbs.console import CLEAN, GREEN, RED, REFUSED, YELLOW, Console
from pipeline.verbs.newest import SHORT, commit_told
from pipeline.verbs.told_json import part, read_json, text

NAME = "approvals"
HELP = "一次改动该谁同意、都同意了没有：单位的台账要本单位和市里各一人"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("base", metavar="从前", help="和 git 里的哪个版本比，如 origin/main")
    parser.add_argument("head", nargs="?", metavar="现在", help="git 里的另一个版本，默认 HEAD")
    parser.add_argument(
        "--given", type=Path, required=True, metavar="文件", help="平台给出的审核意见（JSON）"
    )
    parser.add_argument(
        "--owners",
        type=Path,
        required=True,
        metavar="文件",
        help="谁能代表哪一方（JSON），如 .github/owners.json；用受保护分支上的那一份",
    )
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--author", metavar="账号", help="谁提交的，不能自己同意")
    who.add_argument(
        "--request",
        type=Path,
        metavar="文件",
        help="平台给出的合并请求（JSON）：谁提交的，现在到哪个版本；不是这里看的版本就不通过",
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Say who has not approved; exit 1 while somebody has not, or the request has moved on."""
    del today
    owners = files.parsed(read_json(options.owners))
    if owners is None:
        raise UsageTrouble(f"{options.owners} 要写成 {{单位: [账号]}}")
    given = list(_given(read_json(options.given), options.given))
    head = options.head or "HEAD"
    change = changes.change_of(options.data, options.base, load_schemas(), head)
    git = Repository.around(options.data)
    commit = git.commit(head) if git else ""
    author = options.author
    if options.request is not None:
        author, now = _request(read_json(options.request), options.request)
        if now != commit:
            console.say(
                f"✗ 合并请求已经到 {now[:SHORT]}，这里看的是 {commit[:SHORT]}：照新的再看一遍", RED
            )
            return REFUSED
    needed = parties(change)
    if nobody := files.empty(owners, needed):
        console.say(f"✗ {files.what_to_fill(options.owners, nobody)}；现在谁也通不过", RED)
        return REFUSED
    left = missing(needed, given, owners, author, commit)
    if any(one.is_given and not one.commit for one in given):
        console.say("提示：平台没有写同意的是哪个版本；要在平台上打开“推送以后撤销同意”", YELLOW)
    if not left:
        console.say(
            f"✓ 该同意的都同意了：{'、'.join(map(files.word, needed)) or '没有改动'}", GREEN
        )
        return CLEAN
    console.say(f"✗ 还要{'、'.join(map(files.word, left))}同意，各要一人，不算提交的人自己", RED)
    return REFUSED


def _request(told: Any, path: Path) -> tuple[str, str]:
    """Return the author of a merge request and the commit it stands at, as the forge says.

    Raises:
        UsageTrouble: it names none.
    """
    author = text(part(told, "user"), "login") or text(part(told, "author"), "username")
    head = text(part(told, "head"), "sha") or text(told, "sha")
    if not author or not head:
        raise UsageTrouble(f"{path} 不是 GitHub、GitLab、Gitee 给出的合并请求")
    return author, commit_told(head)


def _given(told: Any, path: Path) -> Iterator[Approval]:
    """Yield each account's last word; GitHub lists reviews, GitLab those who approve, Gitee too."""
    last: dict[str, Approval] = {}
    for account, state, commit in _said(told, path):
        if state == "COMMENTED":  # a remark takes back nothing
            continue
        last[account.casefold()] = Approval(account, state == "APPROVED", commit)
    yield from last.values()


def _said(told: Any, path: Path) -> Iterator[tuple[str, str, str]]:
    match told:
        case list():
            for one in told:
                yield from _review(one)
        case {"approved_by": list(those)}:  # GitLab
            for one in those:
                account = text(part(one, "user"), "username")
                if account:
                    yield account, "APPROVED", ""
        case {"assignees": list(those)}:  # Gitee
            for one in those:
                account = text(one, "login")
                if account and part(one, "accept") is True:
                    yield account, "APPROVED", ""
        case _:
            raise UsageTrouble(f"{path} 不是 GitHub、GitLab、Gitee 给出的审核意见")


def _review(one: Any) -> Iterator[tuple[str, str, str]]:
    """Yield one review of GitHub; pages that were put together are lists within the list."""
    if isinstance(one, list):
        for inner in one:
            yield from _review(inner)
        return
    account, state = text(part(one, "user"), "login"), text(one, "state")
    if account and state:
        yield account, state, text(one, "commit_id")
