"""`qingyuan standing`: what stands overdue on a day, and which waivers end, as one short text.

Meant for a scheduled run that keeps one issue of the forge up to date: the same ledgers and day
give the same text. No person is named, only units, rows and bodies.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from pipeline import alerts, checks
from pipeline.dates import days_late, in_words, is_late
from pipeline.ledgers import Snapshot
from pipeline.personal import mask
from pipeline.review.markdown import inert
from pipeline.store import Store
from pipeline.verbs.check import CACHE, settle, verdict
from pipeline.verbs.console import CLEAN, Console

NAME = "standing"
HELP = "到今天逾期没有办的、快到期的豁免、过期没有更新的公示，一张清单"
LISTED = 20
"""Rows listed of each kind; the rest is counted."""
ENDING = timedelta(days=14)
"""How long before its end a waiver is told."""
WORDS = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "--today", action="store_true", help="照今天算，不照 campaign.yml 的数据日期（定时任务用）"
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Say what stands; refused data give none."""
    day = today() if options.today else options.as_of
    store = Store(CACHE)
    report = checks.run(
        options.data, as_of=day, today=today, store=store, progress=console.progress
    )
    settle(store, console)
    if not report.ok or report.loaded.snapshot is None or report.as_of_on is None:
        console.complain("✗ 没有写清单：台账有错误，改好再写；qingyuan check 看全部")
        return verdict(report)
    for block in _blocks(report.loaded.snapshot.as_of(report.as_of_on), report.as_of_on):
        console.say(block)
    return CLEAN


def _blocks(snapshot: Snapshot, day: date) -> Iterator[str]:
    names = {unit.unit_id: unit.short_name for unit in snapshot.units}
    late = [one for one in alerts.due(snapshot, day) if is_late(one.due_on, day)]
    late.sort(key=lambda one: (one.due_on, one.ref))
    yield f"## {in_words(day)}的情况\n"
    kinds = [(title, [one for one in late if one.kind in of]) for title, of in SECTIONS]
    ending = [
        row for row in snapshot.waivers if row.expires_on and day <= row.expires_on <= day + ENDING
    ]
    if not late and not ending:
        yield "没有逾期的，也没有快到期的豁免。"
        return
    for title, found in kinds:
        if found:
            yield _section(title, found, names, day)
    if ending:
        yield f"### 十四天内到期的豁免 {len(ending)} 条\n"
        for row in ending[:LISTED]:
            what = inert(mask(f"{row.rule_id} {row.ledger}/{row.row_id or '全部'}"))
            yield f"- `{row.waiver_id}` {what}，{in_words(row.expires_on)}到期"
        yield ""


SECTIONS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("逾期没有改完的问题", ("整改",)),
    ("过期没有更新的公示和责任栏", ("公示", "责任栏")),
    ("过期没有交的报告和检测", ("报送", "检测")),
)
"""Headings, and the kinds of what is due under each."""


def _section(title: str, found: Sequence[alerts.Due], names: dict[str, str], day: date) -> str:
    by_unit = Counter(names.get(one.unit_id, one.unit_id) for one in found)
    told = "，".join(f"{unit} {count}" for unit, count in by_unit.most_common())
    rows = [
        f"- {inert(names.get(one.unit_id, one.unit_id))} `{one.ref}` "
        f"{inert(mask(one.title[:WORDS]))}，过期 {days_late(one.due_on, day)} 天"
        for one in found[:LISTED]
    ]
    more = [f"- 另有 {len(found) - LISTED} 件"] if len(found) > LISTED else []
    return "\n".join([f"### {title} {len(found)} 件\n", f"{inert(told)}。\n", *rows, *more, ""])
