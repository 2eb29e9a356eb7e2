"""`qingyuan handover POST --to NAME --from-date DAY`: somebody else takes over a post."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date

from pipeline import entry
from pipeline.dates import parse_iso
from pipeline.entry.handing import Handover
from pipeline.rowtypes import IssueRow
from pipeline.seats import seat
from pipeline.verbs import entered
from pipeline.verbs.console import CLEAN, YELLOW, Console

NAME = "handover"
HELP = "岗位换人：旧的任期到前一天止，新的开始，电话和没办结的问题一起交过去"
SHOWN = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "post", metavar="岗位", help="责任人编号，或地方加职务，如 留山镇镇长、下关村管水员"
    )
    parser.add_argument("--to", required=True, metavar="姓名", help="接任的人")
    parser.add_argument("--from-date", required=True, type=_day, metavar="日期", help="从哪天起")
    parser.add_argument("--source", required=True, metavar="文号", help="任职依据")
    parser.add_argument("--post", dest="new_post", metavar="职务", help="职务变了的写新的")
    parser.add_argument("--phone", metavar="号码", help="公示电话换了的写新的；不写就沿用")
    parser.add_argument("--all", action="store_true", help="同一个人的几项一起交接")
    entered.arguments(parser)


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Find the post, draft both terms, check and write."""
    if entered.resumed(options, console):
        return CLEAN
    unit = entered.issuer(options, options.post)
    office = entered.office_of(options, unit, today)
    if unit is None:
        terms = entry.find_post(office, options.post, takes_all=options.all)
        office = entered.office_of(options, terms[0].owner, today)
    return entered.finish(proposed(office, options), options, console, today)[0]


def proposed(office: entry.Office, options: argparse.Namespace) -> entered.Proposal:
    """Return both terms, and what goes along.

    Raises:
        UsageTrouble: nobody holds such a post, or several do.
    """
    terms = entry.find_post(office, options.post, takes_all=options.all)
    handover = Handover(
        options.to, options.from_date, options.source, options.new_post, options.phone
    )
    draft, moved, left = entry.draft_handover(office, terms, handover)
    first = terms[0]
    post = seat(first.org, first.post)
    notes = [(f"{post}：{first.name} → {options.to}，共 {len(terms)} 项", "")]
    if moved:
        notes.append((f"没办结的 {len(moved)} 件一起交：{_listed(moved)}", ""))
    if left:
        said = f"还有 {len(left)} 件写的也是{first.name}，责任单位不同，没有动：{_listed(left)}"
        notes.append((said, YELLOW))
    whose = office.unit.short_name if office.unit else ""
    what = f"{whose}：{post}由{first.name}交接给{options.to}"
    steps = ["网站和责任栏换好以后，把日期填进“网站公示日期”“责任栏更换完成日期”"]
    return entered.Proposal(draft, what, notes, steps)


def _listed(issues: Sequence[IssueRow]) -> str:
    tail = "等" if len(issues) > SHOWN else ""
    return "、".join(issue.id for issue in issues[:SHOWN]) + tail


def _day(text: str) -> date:
    day = parse_iso(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text} 不是日期，请写成 2022-08-25 这样")
    return day
