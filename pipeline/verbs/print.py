"""`qingyuan print`: reports, forms and notices of a reporting day as PDF."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from pipeline import checks, disclosure
from pipeline.assessment import INTERNAL, PUBLIC
from pipeline.disclosure import View
from pipeline.files import replace_file
from pipeline.ledgers.fingerprints import parts_of
from pipeline.papers.catalogue import KINDS, Kind
from pipeline.papers.fonts import fonts
from pipeline.papers.press import Job, Press
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.verbs import told
from pipeline.verbs.check import CACHE, settle, verdict
from pipeline.verbs.console import CLEAN, GREEN, RED, YELLOW, Console
from pipeline.verbs.kept_scores import scores

NAME = "print"
HELP = "印周报、通报、交办单、考评得分表和附表：PDF，不联网也能印"
EVERYTHING = "all"
SHOWN = 20
OUT = Path("build/print")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    said = "；".join(f"{kind.name} {kind.title}" for kind in KINDS.values())
    parser.add_argument(
        "kind", choices=(*KINDS, EVERYTHING), metavar="种类", help=f"{said}；all 这一天要印的全部"
    )
    parser.add_argument("--unit", metavar="单位", help="只印一个单位的，写编号或名称")
    parser.add_argument("--number", type=int, metavar="期", help="周报印第几期；默认最近一期")
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
    store = Store(CACHE)
    report = checks.run(
        options.data, as_of=options.as_of, today=today, store=store, progress=console.progress
    )
    snapshot, day = report.loaded.snapshot, report.as_of_on
    if not report.ok or snapshot is None or day is None:
        return _refuse(report, console)
    read = fonts(options.font_path, of_system=options.system_fonts)
    wanted = list(KINDS.values()) if options.kind == EVERYTHING else [KINDS[options.kind]]
    parts = parts_of(report.loaded.raw, options.data / "campaign.yml", report.loaded.schemas)
    printed = 0
    for audience in (PUBLIC, INTERNAL):
        kinds = [kind for kind in wanted if kind.is_internal == (audience == INTERNAL)]
        if not kinds:
            continue
        console.progress("算状态、定范围")
        apart = scores(snapshot, day, parts, store) if audience == PUBLIC else {}
        view = disclosure.view(snapshot, day, report.loaded.digest, audience, parts, apart)
        jobs = list(_jobs(view, kinds, options))
        printed += _print(Press(view, read, store), jobs, options.out, console)
    settle(store, console)
    if not printed:
        console.say("没有要印的：这一天没有到期的期次，或没有逾期的问题", YELLOW)
        return CLEAN
    if read.stands_in:
        console.say("用的是开源字体；盖章的文件请用 --font-path 给出本单位的仿宋、小标宋等字体")
    console.say(f"✓ 印好 {printed} 份，在 {options.out}，数据日期 {day}", GREEN)
    if any(kind.is_internal for kind in wanted):
        console.say("  有内部使用的（附表里有姓名和电话），不要放到网上", YELLOW)
    return CLEAN


def _jobs(view: View, kinds: Sequence[Kind], options: argparse.Namespace) -> Iterator[Job]:
    """Yield what is to be printed: of weeks the last one, of units all, unless told otherwise."""
    unit = _unit(view, options.unit)
    for kind in kinds:
        keys = list(kind.keys(view))
        if kind.of == "unit" and unit is not None:
            keys = [key for key in keys if key == unit]
        elif kind.of == "week":
            keys = _weeks(keys, options)
        yield from (Job(kind.name, key) for key in keys)


def _weeks(keys: list[str], options: argparse.Namespace) -> list[str]:
    if options.number is None:
        return keys[-1:]
    if str(options.number) not in keys:
        last = f"现在出到第 {keys[-1]} 期" if keys else "还没有一期"
        raise UsageTrouble(f"没有第 {options.number} 期周报；{last}")
    return [str(options.number)]


def _unit(view: View, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    for row in view.units:
        if wanted in (row.id, row.name, row.short_name, *row.aliases):
            return str(row.id)
    raise UsageTrouble(f"没有“{wanted}”这个单位；可用：{'、'.join(row.id for row in view.units)}")


def _print(press: Press, jobs: Sequence[Job], out: Path, console: Console) -> int:
    out.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, paper in enumerate(press.printed(jobs), 1):
        console.progress(f"排版 {number}/{len(jobs)}：{paper.title}")
        replace_file(out / f"{paper.name}.pdf", paper.pdf)
    return number


def _refuse(report: checks.Report, console: Console) -> int:
    kinds, rest = told.errors_first(report.errors, SHOWN)
    for kind in kinds:
        console.say(told.said(kind), RED)
    if rest:
        console.say(f"还有 {len(rest)} 类，运行 qingyuan check 看全部")
    console.say(f"✗ 没有印：台账有 {report.count('error')} 处错误", RED)
    return verdict(report)
