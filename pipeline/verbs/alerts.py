"""`qingyuan alerts --for DATE`: digests of what falls due or is late, per unit and group."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pipeline import alerts, checks
from pipeline.dates import Workdays, in_words, parse_iso
from pipeline.files import replace_file
from pipeline.ledgers import Snapshot
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.verbs.check import CACHE, settle, verdict
from pipeline.verbs.console import CLEAN, GREEN, Console
from pipeline.verbs.nearest import hint

NAME = "alerts"
HELP = "某一天的到期提醒：到期前7天、3天、当天，过期3天、7天；只写出来，不发送"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--for", dest="day", required=True, metavar="日期", help="哪一天的提醒")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--unit", metavar="单位", help="只看一个单位（编号）")
    one.add_argument("--group", type=int, metavar="组号", help="只看一个督导组")
    parser.add_argument(
        "-o", type=Path, dest="out", metavar="目录", help="写成文字、邮件和数据，放到这个目录"
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Say or write the digests; refused data give none."""
    day = parse_iso(options.day)
    if day is None:
        raise UsageTrouble(f"{options.day} 不是日期，请写成 2022-08-25 这样")
    store = Store(CACHE)
    report = checks.run(
        options.data, as_of=day, today=today, store=store, progress=console.progress
    )
    settle(store, console)
    snapshot = report.loaded.snapshot
    if not report.ok or snapshot is None:
        console.complain("✗ 没有写提醒：台账有错误，改好再写；qingyuan check 看全部")
        return verdict(report)
    told = snapshot.as_of(day)
    workdays = Workdays.from_rows(told.workdays)
    if not workdays.is_workday(day):
        following = in_words(workdays.after(day, 1))
        console.say(
            f"{in_words(day)}不是工作日，没有提醒：要提前说的上一个工作日已经说过，过期的等{following}"
        )
        return CLEAN
    found = [one for one in _digests(told, day, workdays, options) if one.lines]
    if not found:
        console.say(f"{in_words(day)}没有要提醒的")
    _give(found, told, options.out, console)
    return CLEAN


def _digests(
    told: Snapshot, day: date, workdays: Workdays, options: argparse.Namespace
) -> Iterator[alerts.Digest]:
    """Yield the digests asked for: units in official order, then groups.

    Raises:
        UsageTrouble: there is no such unit or group.
    """
    units = sorted(told.units, key=lambda u: u.sort_no)
    groups = sorted({u.group_no for u in units})
    if options.unit and options.unit not in {u.unit_id for u in units}:
        near = hint(options.unit, (u.unit_id for u in units))
        raise UsageTrouble(
            f"没有编号是 {options.unit} 的单位{near}；写 units.csv 里的编号，如 jiaxian"
        )
    if options.group and options.group not in groups:
        raise UsageTrouble(f"没有第{options.group}督导组；有 {'、'.join(map(str, groups))}")
    owed = alerts.due(told, day)
    for unit in units:
        if options.unit == unit.unit_id or not (options.unit or options.group):
            yield alerts.digest(unit.unit_id, unit.name, owed, [unit.unit_id], day, workdays)
    for number in groups:
        if options.group == number or not (options.unit or options.group):
            own = [u.unit_id for u in units if u.group_no == number]
            yield alerts.digest(f"g{number}", f"第{number}督导组", owed, own, day, workdays)


def _give(found: list[alerts.Digest], told: Snapshot, out: Path | None, console: Console) -> None:
    """Print digests, or write each as text, mail and data, under the day and the addressee."""
    names = {u.unit_id: u.short_name for u in told.units}
    campaign, demo = told.campaign, told.campaign.is_demo
    for one in found:
        if out is None:
            console.say(alerts.text(one, names, is_demo=demo))
            continue
        stem, whole = (
            f"{one.day.isoformat()}-{one.key}",
            alerts.text(one, names, is_demo=demo, whole=True),
        )
        data = json.dumps(alerts.data(one, is_demo=demo), ensure_ascii=False, indent=1) + "\n"
        replace_file(out / f"{stem}.txt", alerts.text(one, names, is_demo=demo).encode())
        message = alerts.mail(one, whole, campaign.organiser, campaign.site_url, is_demo=demo)
        replace_file(out / f"{stem}.eml", message)
        replace_file(out / f"{stem}.json", data.encode())
    if out is not None and found:
        console.say(f"✓ 写好 {len(found)} 份提醒，在 {out}：文字、邮件草稿和数据各一个文件", GREEN)
