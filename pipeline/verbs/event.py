"""`qingyuan event ISSUE KIND`: the next step of an issue."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from pipeline import entry
from pipeline.entry.events import may_follow
from pipeline.rowtypes import ISSUE_EVENTS_EVENT
from pipeline.verbs import entered
from pipeline.verbs.add import pairs
from pipeline.verbs.console import CLEAN, Console

NAME = "event"
HELP = "登记一个问题的下一步：整改完成、现场核查通过、销号……；编号自己编好，当场检查"

_OPTIONS = {
    "--on": ("event_on", "日期", "哪一天；不写就是数据日期"),
    "--by-level": ("by_level", "层级", "哪一级办的；不写的按事项定"),
    "--by-org": ("by_org", "单位", "哪个单位办的；不写的按事项定"),
    "--person": ("by_person", "姓名", "经办人"),
    "--new-due": ("new_due_on", "日期", "延期到哪一天"),
    "--expected": ("expected_on", "日期", "预计哪一天改完"),
    "--satisfaction": ("satisfaction", "满意度", "现场核查时用水户满意不满意"),
    "--visited": ("visited_users", "户数", "走访了几户"),
    "--reason": ("reason", "原因", "延期、退回、核查不通过、作废的原因"),
    "--evidence": ("evidence_ref", "佐证", "档案号或文件摘要"),
}
"""Options, the columns they fill, and what is said of them."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("issue", metavar="问题", help="问题编号；写了 --unit 也可以写台账里的序号")
    parser.add_argument("kind", choices=ISSUE_EVENTS_EVENT, metavar="事项", help="发生了什么")
    parser.add_argument("cells", nargs="*", metavar="列=值", help="别的列，如 走访户数=3")
    for option, (column, metavar, said) in _OPTIONS.items():
        parser.add_argument(option, dest=f"cell_{column}", metavar=metavar, help=said)
    entered.arguments(parser)


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Find the issue, draft the event, check and write."""
    if entered.resumed(options, console):
        return CLEAN
    office = entered.office_of(options, entered.issuer(options, options.issue), today)
    return entered.finish(proposed(office, options), options, console, today)[0]


def proposed(office: entry.Office, options: argparse.Namespace) -> entered.Proposal:
    """Return the next event of an issue.

    Raises:
        UsageTrouble: there is no such issue, or a column is not known.
    """
    issue = entry.find_issue(office, options.issue)
    given = pairs(options.cells)
    for column, _, _ in _OPTIONS.values():
        if (text := getattr(options, f"cell_{column}")) is not None:
            given[column] = text
    draft = entry.draft_event(office, issue, options.kind, given)
    state, following = may_follow(office, issue, options.kind)
    steps = [f"现在是“{state}”，接下来可以登记：{'、'.join(following) or '没有了'}"]
    whose = office.unit.short_name if office.unit else "市"
    what = f"{whose}：{issue.id} {options.kind}"
    return entered.Proposal(draft, what, next_steps=steps)
