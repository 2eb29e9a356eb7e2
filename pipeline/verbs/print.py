"""`qingyuan print`: reports, forms and notices of a reporting day as PDF."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from pipeline import checks, disclosure
from pipeline.assessment import INTERNAL, PUBLIC
from pipeline.dates import parse_iso
from pipeline.disclosure import View
from pipeline.files import replace_file
from pipeline.ledgers.fingerprints import parts_of
from pipeline.papers.catalogue import KINDS, Kind
from pipeline.papers.fonts import fonts
from pipeline.papers.press import PDF, WORD, Press
from pipeline.papers.rendering import Sheets, sheets
from pipeline.pivots import Pivots
from pipeline.publication import posters
from pipeline.publication.desk import Desk
from pipeline.reports import archive, onepage
from pipeline.rowtypes import WorksRow
from pipeline.store import PROJECT, Store
from pipeline.terms import INTERNAL_MARK
from pipeline.trouble import UsageTrouble
from pipeline.verbs import kept_scores, told, visit_paper, wanted_edition
from pipeline.verbs.check import CACHE, settle, verdict
from pipeline.verbs.console import CLEAN, GREEN, RED, YELLOW, Console
from pipeline.verbs.nearest import unit_hint
from pipeline.verbs.published import with_published
from pipeline.verify import MANIFEST

NAME = "print"
HELP = "印周报、通报、总结等各种报告和附表：PDF，报告也有 Word 版；不联网也能印"
EVERYTHING = "all"
HUNG = (posters.BOARD, posters.CARD)
"""Kinds that are hung up or handed out: a file for each township."""
DRAWN = (visit_paper.SPOT_CHECK, visit_paper.CALL_LIST)
"""Kinds that are made from a draw."""
SHOWN = 20
OUT = Path("build/print")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    said = "；".join(f"{kind.name} {kind.title}" for kind in KINDS.values())
    parser.add_argument(
        "kind",
        type=_kind,
        metavar="种类",
        help=f"{said}；board 公示牌；card 明白卡；spot-check 抽查表；call-list 电话抽查单；"
        "all 这一天要印的全部（公示牌、明白卡和抽查的表另印）；"
        "或 qingyuan reports --list 列的一期，如 weekly-07、circular-2022-08-25-c1",
    )
    parser.add_argument(
        "--since", type=_day, metavar="日期", help="公示牌只印这一天以后内容变了的，并说变了什么"
    )
    parser.add_argument("--works", metavar="工程", help="只印一处工程的公示牌，写编号")
    parser.add_argument(
        "--size", choices=tuple(posters.SIZES), default=posters.DEFAULT, help="公示牌的大小，毫米"
    )
    parser.add_argument(
        "--sample",
        action="append",
        type=Path,
        metavar="目录",
        help="抽查表照哪次抽样印：qingyuan sample 写名单的目录；默认 build/samples 里的都印",
    )
    parser.add_argument(
        "--batch", metavar="批次", help="抽查表照台账里已经登记的批次印，如 city-k0001"
    )
    parser.add_argument(
        "--format",
        choices=(PDF, WORD),
        default=PDF,
        metavar="格式",
        help="pdf，或 docx：报告的 Word 版，给要改了再签的单位；附表用 qingyuan export",
    )
    parser.add_argument("--unit", metavar="单位", help="只印一个单位的，写编号或名称")
    parser.add_argument(
        "--group", type=int, metavar="组号", help="随带材料、已登记批次的抽查表只印一个督导组的"
    )
    parser.add_argument(
        "--number",
        metavar="期",
        help="印哪一期，默认最近一期：周报、月报、季报写第几期，如 7；更正写 7-c1；别的写日子",
    )
    parser.add_argument(
        "-o", "--out", type=Path, default=OUT, metavar="目录", help="放在哪里，默认 build/print"
    )
    parser.add_argument(
        "--font-path",
        action="append",
        type=Path,
        default=[],
        metavar="目录",
        help="本单位的字体（仿宋_GB2312、方正小标宋、楷体、黑体）在哪个文件夹；可以写几次",
    )
    parser.add_argument(
        "--system-fonts", action="store_true", help="也用这台机器上装的字体；默认只用随程序带的"
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Check, compute and print; refused data is not printed."""
    wanted = _wanted(options)
    is_edition = options.number is not None or wanted_edition.is_name(options.kind)
    is_internal = options.kind in DRAWN or any(kind.is_internal for kind in wanted)
    if is_internal:
        off_site(options.out, options.data)
    store = Store(CACHE)
    report = checks.run(
        options.data, as_of=options.as_of, today=today, store=store, progress=console.progress
    )
    snapshot, day = report.loaded.snapshot, report.as_of_on
    if not report.ok or snapshot is None or day is None:
        return _refuse(report, console)
    read = fonts(options.font_path, of_system=options.system_fonts)
    parts = parts_of(report.loaded.raw, options.data / "campaign.yml", report.loaded.schemas)
    printed = 0
    if options.kind in HUNG:
        view = disclosure.view(snapshot, day, report.loaded.digest, parts=parts)
        desk = Desk(view, PROJECT / "site" / "templates")
        jobs = _posters(desk, options, console)
        printed = _print(Press(view, read, store), jobs, options.out, console)
    if options.kind in DRAWN:
        forms = (
            visit_paper.jobs(snapshot, options.kind, options.sample)
            if options.batch is None
            else visit_paper.again(snapshot, day, options.kind, options.batch, options.group)
        )
        printed = _print(Press(snapshot, read, store), forms, options.out, console)
    for audience in (PUBLIC, INTERNAL):
        kinds = [kind for kind in wanted if kind.is_internal == (audience == INTERNAL)]
        if not kinds and (not is_edition or audience == INTERNAL):
            continue
        console.progress("算状态、定范围")
        is_public = audience == PUBLIC
        apart = kept_scores.begin(snapshot, day, parts, store) if is_public else dict
        pivots = Pivots(store) if is_public else None
        view = disclosure.view(
            snapshot, day, report.loaded.digest, audience, parts, apart, pivots=pivots
        )
        view = with_published(view, options.data, store, console.progress)
        jobs = (
            [wanted_edition.job(view, options.kind, options.number)]
            if is_edition
            else list(_jobs(view, kinds, options))
        )
        printed += _print(Press(view, read, store, options.format), jobs, options.out, console)
    settle(store, console)
    if not printed:
        console.say("没有要印的：没有到期的期次、逾期的问题，或没有变了的公示牌", YELLOW)
        return CLEAN
    if read.stands_in:
        console.say("用的是开源字体；盖章的文件请用 --font-path 给出本单位的仿宋、小标宋等字体")
    console.say(f"✓ 印好 {printed} 份，在 {options.out}，数据日期 {day}", GREEN)
    if is_internal:
        console.say(f"  有{INTERNAL_MARK}（每页页眉上写着），不要放到网上", YELLOW)
    return CLEAN


def _wanted(options: argparse.Namespace) -> list[Kind]:
    """Return the kinds that are asked for, of those that can be had in this form."""
    if options.number is not None and (
        options.kind not in KINDS or KINDS[options.kind].is_internal
    ):
        raise UsageTrouble("--number 和报告的种类一起写，如 qingyuan print weekly --number 7")
    wanted = [kind for kind in KINDS.values() if options.kind in (kind.name, EVERYTHING)]
    if options.format == WORD:
        wanted = [kind for kind in wanted if not kind.is_internal and kind.name != onepage.KIND]
        if options.kind.startswith(onepage.KIND):
            raise UsageTrouble("一页通只印成一页，没有 Word 版")
        if not wanted and not wanted_edition.is_name(options.kind):
            raise UsageTrouble("公示牌、明白卡和附表没有 Word 版；附表的 Excel 用 qingyuan export")
    return wanted


def off_site(out: Path, data: Path) -> None:
    """Refuse to put papers for the office into a site or the ledgers: others see what lies there.

    Raises:
        UsageTrouble: the folder is a release or that of the ledgers, or in one.
    """
    folder = out.resolve()
    if folder.is_relative_to(data.resolve()):
        raise UsageTrouble(f"{out} 在台账目录里：{INTERNAL_MARK}不能放在那里，用 -o 换一个目录")
    if any((place / MANIFEST).is_file() for place in (folder, *folder.parents)):
        raise UsageTrouble(f"{out} 在网站里：{INTERNAL_MARK}不能放在那里，用 -o 换一个目录")


def _posters(
    desk: Desk, options: argparse.Namespace, console: Console
) -> list[Callable[[], Sheets]]:
    """Return the boards or cards of each township, of one unit or works where that is asked."""
    if options.works is not None:
        works = desk.view.index("works").get(options.works)
        if works is None:
            raise UsageTrouble(f"没有“{options.works}”这处工程；编号在工程的网页上")
        title = f"{works.name}公示牌"
        return [partial(posters.boards, desk, [works], works.id, title, options.size)]
    jobs: list[Callable[[], Sheets]] = []
    for town, name in posters.towns(desk, _unit(desk.view, options.unit)):
        if options.kind == posters.CARD:
            villages = desk.places.villages.get(town.id, [])
            if villages:
                jobs.append(partial(posters.cards, desk, villages, town.id, f"{name}明白卡"))
        elif here := _due(desk, posters.works_of(desk, town.id), options.since, console):
            title = f"{name}公示牌"
            jobs.append(partial(posters.boards, desk, here, town.id, title, options.size))
    return jobs


def _due(desk: Desk, works: list[WorksRow], since: date | None, console: Console) -> list[WorksRow]:
    """Return the works whose boards are to be printed: all, or those that changed since a day."""
    if since is None:
        return works
    told = {one.id: posters.changed(desk, one, since) for one in works}
    due = [one for one in works if told[one.id]]
    for one in due:
        console.say(f"{one.name}：{'；'.join(told[one.id])}")
    return due


def _jobs(
    view: View, kinds: Sequence[Kind], options: argparse.Namespace
) -> Iterator[Callable[[], Sheets]]:
    """Yield what is to be printed: of periods the last, of units all, unless told otherwise."""
    unit = _unit(view, options.unit)
    for kind in kinds:
        keys = list(kind.keys(view))
        if kind.of == "unit" and unit is not None:
            keys = [key for key in keys if key == unit]
        elif kind.of == "group":
            keys = _groups(view, keys, unit, options.group)
        elif kind.of in wanted_edition.COUNTED:
            keys = keys[-1:]
        yield from (partial(_made, view, kind, key) for key in keys)


def _made(view: View, kind: Kind, key: str) -> Sheets:
    paper = kind.make(view, key)
    pinned = archive.editions(view).get(paper.id) if view.published else None
    return sheets(pinned.make() if pinned is not None else paper)


def _groups(view: View, keys: list[str], unit: str | None, wanted: int | None) -> list[str]:
    """Return the groups that are asked for: by number, or the one that a unit belongs to."""
    if wanted is not None and str(wanted) not in keys:
        raise UsageTrouble(f"第{wanted}组没有分包的单位；可用：{'、'.join(keys)}")
    if wanted is not None:
        return [str(wanted)]
    own = view.index("units")[unit].group_no if unit is not None else None
    return keys if own is None else [str(own)]


def _unit(view: View, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    for row in view.units:
        if wanted in (row.id, row.name, row.short_name, *row.aliases):
            return str(row.id)
    known = "、".join(row.id for row in view.units)
    raise UsageTrouble(f"没有“{wanted}”这个单位{unit_hint(wanted, view.units)}；可用：{known}")


def _print(press: Press, jobs: Sequence[Callable[[], Sheets]], out: Path, console: Console) -> int:
    out.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, paper in enumerate(press.printed(jobs), 1):
        console.progress(f"排版 {number}/{len(jobs)}：{paper.title}")
        replace_file(out / f"{paper.name}.{paper.form}", paper.content)
    return number


def _refuse(report: checks.Report, console: Console) -> int:
    kinds, rest = told.errors_first(report.errors, SHOWN)
    for kind in kinds:
        console.say(told.said(kind), RED)
    if rest:
        console.say(f"还有 {len(rest)} 类，运行 qingyuan check 看全部")
    console.say(f"✗ 没有印：台账有 {report.count('error')} 处错误", RED)
    return verdict(report)


def _kind(text: str) -> str:
    known = (*KINDS, *HUNG, *DRAWN, EVERYTHING)
    if text not in known and not wanted_edition.is_name(text):
        raise argparse.ArgumentTypeError(
            f"没有“{text}”这一种；可用：{'、'.join(known)}，或 qingyuan reports --list 列的一期"
        )
    return text


def _day(text: str) -> date:
    day = parse_iso(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text} 不是日期，请写成 2022-08-25 这样")
    return day
