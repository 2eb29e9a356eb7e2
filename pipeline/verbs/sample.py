"""`qingyuan sample`: draw who is visited or called, print the list, enter it after the visits."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from pipeline import checks, sampling
from pipeline.dates import parse_iso
from pipeline.files import replace_file
from pipeline.ledgers import Snapshot
from pipeline.ledgers.writer import shard_bytes
from pipeline.rowtypes import UnitRow
from pipeline.sampling import Batch, Drawn, Entry
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.verbs import sample_entry, told, visit_list, visit_paper
from pipeline.verbs.check import CACHE, settle, verdict
from pipeline.verbs.console import CLEAN, GREEN, YELLOW, Console
from pipeline.verbs.drawn_sample import FRAME, SAMPLES

NAME = "sample"
HELP = "给督导组抽要去看的工程、要入户的村、要打的电话：可重抽，打印名单；查完以后入库"
LIST = "名单.html"
SHOWN = 20
"""Kinds of errors listed before the reader is sent to `qingyuan check`."""
_BATCH = re.compile("city-k[0-9]{4,}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--group", type=int, metavar="组号", help="给哪个督导组抽")
    parser.add_argument("--n", type=int, metavar="个数", help="每个单位抽几个，各单位一样多")
    parser.add_argument(
        "--seed", metavar="种子", help="随机种子，如摇号或掷骰子得到的一串字；16个字以上才猜不出"
    )
    parser.add_argument(
        "--kind",
        choices=tuple(sampling.KINDS),
        default="works",
        help="抽什么：works 工程（默认），households 入户的村，phones 电话",
    )
    parser.add_argument(
        "--frame",
        type=Path,
        metavar="文件",
        help="照以前留下的名册（frame.csv）重抽；--as-of 写抽的那天",
    )
    parser.add_argument(
        "--batch",
        metavar="批次",
        help="抽样批次，如 city-k07101；默认取下一个，已登记的重抽一遍对照",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="目录",
        help="名单写在哪里，默认 build/samples/批次；不能在台账里",
    )
    parser.add_argument(
        "--enter", type=Path, metavar="文件", help="查完以后：把抽样时写的 rows.csv 登记入库"
    )
    parser.add_argument(
        "--released", type=_day, metavar="日期", help="名单公布的日期，和 --enter 一起用"
    )


def _day(text: str) -> date:
    day = parse_iso(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text} 不是日期，请写成 2022-08-25 这样")
    return day


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Draw and print, or enter what was drawn before."""
    if options.enter is not None:
        return sample_entry.enter(
            options.data, options.enter, options.released, options.as_of or today(), console
        )
    if options.group is None or options.n is None or options.seed is None:
        raise UsageTrouble("要写 --group 组号 --n 个数 --seed 种子；查完入库用 --enter")
    _readable(options)
    store = Store(CACHE)
    report = checks.run(
        options.data, as_of=options.as_of, today=today, store=store, progress=console.progress
    )
    settle(store, console)
    if not report.ok or report.loaded.snapshot is None or report.as_of_on is None:
        for kind in told.errors_first(report.errors, SHOWN)[0]:
            console.complain(told.said(kind))
        console.complain("✗ 没有抽：台账有错误，改好再抽；qingyuan check 看全部")
        return verdict(report)
    return _draw(options, report.loaded.snapshot, report.as_of_on, console)


def _readable(options: argparse.Namespace) -> None:
    """Refuse what would give no draw, before anything is read.

    Raises:
        UsageTrouble: an argument is not what it should be.
    """
    if options.n < 1:
        raise UsageTrouble("--n 是每个单位抽几个，至少 1")
    seed = options.seed
    if not seed or seed != seed.strip() or not seed.isprintable() or len(seed) > 100:
        raise UsageTrouble("--seed 是一行字，1 到 100 个，前后没有空格")
    if options.batch is not None and not _BATCH.fullmatch(options.batch):
        raise UsageTrouble("--batch 写成 city-k 加四位以上数字，如 city-k07101")


def _draw(options: argparse.Namespace, snapshot: Snapshot, day: date, console: Console) -> int:
    """Draw, and write the list; a batch that is in the ledger is drawn again and compared."""
    entered = [row for row in snapshot["spot_checks"] if row.batch_id == options.batch]
    day = entered[0].drawn_on if entered else day
    rows = snapshot.as_of(day)
    units = sorted(rows["units"], key=lambda u: u.sort_no)
    own = [u for u in units if u.group_no == options.group]
    if not own:
        groups = "、".join(str(n) for n in sorted({u.group_no for u in units}))
        raise UsageTrouble(f"第{options.group}组没有分包的单位；可用：{groups}")
    console.progress("列名册")
    frame = _frame(options, rows, day)
    drawn = sampling.draw(frame, [u.id for u in own], options.n, options.seed)
    if not drawn:
        raise UsageTrouble(f"名册里没有第{options.group}组各单位的{sampling.KINDS[options.kind]}")
    taken = {row.batch_id for row in snapshot["spot_checks"]}
    name = options.batch or sampling.next_batch(options.group, options.kind, taken)
    batch = Batch(
        name, options.kind, options.group, day, options.seed, sampling.version(frame, day)
    )
    lines = batch.rows(drawn)
    if entered:
        return sample_entry.compare(lines, entered, console)
    content = shard_bytes(snapshot.schemas["spot_checks"], lines)
    folder = _folder(options, name, content)
    console.progress("写名单")
    page = visit_list.page(rows, batch, drawn, frame, sampling.promise(content))
    replace_file(folder / LIST, page)
    replace_file(folder / sample_entry.ROWS, content)
    replace_file(folder / FRAME, sampling.written(frame))
    replace_file(folder / sample_entry.PROMISE, f"{sampling.promise(content)}\n".encode())
    _say(console, folder, own, drawn, sampling.promise(content))
    console.say(f"  要 PDF 的表：qingyuan print {visit_paper.OF[options.kind]} --sample {folder}")
    if len(options.seed) < sampling.GUESSABLE:
        console.say(
            f"! 种子不到 {sampling.GUESSABLE} 个字，别人能试出来：承诺码先不要公布。", YELLOW
        )
    return CLEAN


def _frame(options: argparse.Namespace, rows: Snapshot, day: date) -> Sequence[Entry]:
    """Return the frame of the day, or the one that was kept.

    Raises:
        UsageTrouble: the kept one cannot be read.
    """
    if options.frame is None:
        return sampling.frame(rows, day, options.kind)
    try:
        frame = sampling.thaw(options.frame.read_bytes())
    except OSError as trouble:
        raise UsageTrouble(f"{options.frame} 读不出来") from trouble
    except sampling.DamagedFrame as trouble:
        raise UsageTrouble(f"{options.frame}：{trouble}") from trouble
    if {one.place_type for one in frame} != {sampling.PLACES[options.kind]}:
        raise UsageTrouble(f"{options.frame} 不是{sampling.KINDS[options.kind]}的名册")
    return frame


def _folder(options: argparse.Namespace, batch: str, content: bytes) -> Path:
    """Return where the list goes: never into the ledgers, which are in the repository.

    Nor in the place of another draw: who draws until he likes what he has is not drawing.

    Raises:
        UsageTrouble: it would.
    """
    folder: Path = options.out or SAMPLES / batch
    if folder.resolve().is_relative_to(options.data.resolve()):
        raise UsageTrouble(f"{folder} 在台账目录里：名单查完以前不能入库，换一个地方")
    kept = folder / sample_entry.ROWS
    if kept.is_file() and kept.read_bytes() != content:
        raise UsageTrouble(
            f"{folder} 里已有一次抽样，还没有登记：照它查；要另抽一批，用 --batch 写另一个批次"
        )
    return folder


def _say(
    console: Console, folder: Path, units: Sequence[UnitRow], drawn: Sequence[Drawn], promise: str
) -> None:
    for unit in units:
        own = [one for one in drawn if one.entry.unit_id == unit.id]
        strata = dict.fromkeys(one.entry.stratum for one in own)
        parts = "，".join(
            f"{stratum} {first.frame_size} 个里抽 {first.sample_size} 个"
            for stratum in strata
            if (first := next(one for one in own if one.entry.stratum == stratum))
        )
        console.say(f"  {unit.short_name}：{parts}" if own else f"  {unit.short_name}：名册里没有")
    reserves = sum(one.is_reserve for one in drawn)
    console.say(f"✓ 抽好了：{len(drawn) - reserves} 个，备用 {reserves} 个", GREEN)
    console.say(f"  {folder / LIST}  打印的名单，只供办公用；有电话的用后收回，不放进台账")
    console.say(f"  {folder / sample_entry.ROWS}  要登记的行：查完以前不要放进台账，单位看得到")
    console.say(f"  {folder / FRAME}  名册，照它能重抽")
    console.say(f"  承诺码 {promise}  可以先公布，它不透露抽到谁")
