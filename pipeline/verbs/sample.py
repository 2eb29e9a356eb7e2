"""`qingyuan sample`: draw who is visited or called, print the list, enter it after the visits."""

from __future__ import annotations

import argparse
import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from pipeline import checks, sampling
from pipeline.dates import parse_iso
from pipeline.files import replace_file
from pipeline.ledgers import Snapshot, load
from pipeline.ledgers.schemas import Schema
from pipeline.ledgers.writer import shard_bytes, write_shard
from pipeline.rowtypes import UnitRow
from pipeline.sampling import Batch, Drawn, Entry
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.verbs import told, visit_list
from pipeline.verbs.check import CACHE, settle, verdict
from pipeline.verbs.console import CLEAN, GREEN, YELLOW, Console

NAME = "sample"
HELP = "给督导组抽要去看的工程、要入户的村、要打的电话：可重抽，打印名单；查完以后入库"
SAMPLES = Path("build/samples")
LIST, ROWS, FRAME, PROMISE = "名单.html", "rows.csv", "frame.csv", "承诺码.txt"
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
        "--frame", type=Path, metavar="文件", help="照以前留下的名册（frame.csv）重抽"
    )
    parser.add_argument("--batch", metavar="批次", help="抽样批次，如 city-k07101；默认取下一个")
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
        return _enter(options, console, options.as_of or today())
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
    _draw(options, report.loaded.snapshot, report.as_of_on, console)
    return CLEAN


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


def _draw(options: argparse.Namespace, snapshot: Snapshot, day: date, console: Console) -> None:
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
    if name in taken:
        raise UsageTrouble(f"批次 {name} 已经用过，换一个")
    version = sampling.version(frame, day)
    batch = Batch(name, options.group, day, options.seed, version)
    content = shard_bytes(snapshot.schemas["spot_checks"], batch.rows(drawn))
    folder = _folder(options, name)
    console.progress("写名单")
    page = visit_list.page(rows, batch, drawn, frame, options.kind, sampling.promise(content))
    replace_file(folder / LIST, page)
    replace_file(folder / ROWS, content)
    replace_file(folder / FRAME, sampling.written(frame))
    replace_file(folder / PROMISE, f"{sampling.promise(content)}\n".encode())
    _say(console, folder, own, drawn, sampling.promise(content))
    if len(options.seed) < sampling.GUESSABLE:
        console.say(
            f"! 种子不到 {sampling.GUESSABLE} 个字，别人能试出来：承诺码先不要公布。", YELLOW
        )


def _frame(options: argparse.Namespace, rows: Snapshot, day: date) -> Sequence[Entry]:
    """Return the frame of the day, or the one that was kept.

    Raises:
        UsageTrouble: the kept one cannot be read.
    """
    if options.frame is None:
        return sampling.frame(rows, day, options.kind)
    try:
        return sampling.thaw(options.frame.read_bytes())
    except OSError as trouble:
        raise UsageTrouble(f"{options.frame} 读不出来") from trouble
    except sampling.DamagedFrame as trouble:
        raise UsageTrouble(f"{options.frame}：{trouble}") from trouble


def _folder(options: argparse.Namespace, batch: str) -> Path:
    """Return where the list goes: never into the ledgers, which are in the repository.

    Raises:
        UsageTrouble: it would.
    """
    folder: Path = options.out or SAMPLES / batch
    if folder.resolve().is_relative_to(options.data.resolve()):
        raise UsageTrouble(f"{folder} 在台账目录里：名单查完以前不能入库，换一个地方")
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
    console.say(f"  {folder / ROWS}  要登记的行：查完以前不要放进台账，单位看得到")
    console.say(f"  {folder / FRAME}  名册，照它能重抽")
    console.say(f"  承诺码 {promise}  可以先公布，它不透露抽到谁")


def _enter(options: argparse.Namespace, console: Console, day: date) -> int:
    """Put the rows of a draw into the ledger, once every drawn place is answered.

    Raises:
        UsageTrouble: they are not the rows that were drawn, or the visits are not done.
    """
    loaded = load(options.data)
    if loaded.snapshot is None:
        raise UsageTrouble(f"{options.data} 里没有能读的 campaign.yml")
    schema = loaded.schemas["spot_checks"]
    rows = _read(options.enter, schema)
    _as_drawn(options.enter, schema, rows)
    drawn_on = rows[0]["drawn_on"]
    released = options.released or loaded.snapshot.campaign.as_of_on or day
    if released.isoformat() < drawn_on:
        raise UsageTrouble(f"公布日期 {released} 早于抽取日期 {drawn_on}")
    left = sampling.unanswered(rows, sampling.answered(loaded.snapshot))
    if left:
        raise UsageTrouble(
            f"还有 {len(left)} 个没有查完：{_some(left)}。先登记检查结果并填抽查编号；"
            f"查不成的在 {options.enter.name} 里写未查原因（not_done_reason）"
        )
    standing = [
        dict(zip(schema.names, cells, strict=True))
        for raw in loaded.raw
        if raw.shard.ledger == schema.name
        for cells in raw.cells
    ]
    taken = {row["draw_id"] for row in standing}
    if again := [row["draw_id"] for row in rows if row["draw_id"] in taken]:
        raise UsageTrouble(f"{again[0]} 已经登记过")
    new = [row | {"released_on": row["released_on"] or released.isoformat()} for row in rows]
    path = options.data / "city" / f"{schema.name}.csv"
    write_shard(path, schema, [*standing, *new])
    console.say(f"✓ 登记了 {len(new)} 行到 {path}；再运行 qingyuan check", GREEN)
    return CLEAN


def _some(ids: Sequence[str]) -> str:
    more = f" 等{len(ids)}个" if len(ids) > SHOWN else ""
    return "、".join(ids[:SHOWN]) + more


def _read(path: Path, schema: Schema) -> list[dict[str, str]]:
    """Read the rows of a draw.

    Raises:
        UsageTrouble: they cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        head, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    except OSError as trouble:
        raise UsageTrouble(f"{path} 读不出来") from trouble
    except (UnicodeDecodeError, csv.Error, ValueError) as trouble:
        raise UsageTrouble(f"{path} 不是抽样时写的 {ROWS}") from trouble
    if tuple(head) != schema.names or not lines or any(len(c) != len(head) for c in lines):
        raise UsageTrouble(f"{path} 不是抽样时写的 {ROWS}：列和抽查样本的不同")
    return [dict(zip(head, cells, strict=True)) for cells in lines]


def _as_drawn(path: Path, schema: Schema, rows: Sequence[Mapping[str, str]]) -> None:
    """See that nothing was exchanged: without what the visits told, the rows keep the promise.

    Raises:
        UsageTrouble: they do not, or there is no promise to keep.
    """
    try:
        kept = (path.parent / PROMISE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as trouble:
        raise UsageTrouble(f"{path} 旁边没有能读的 {PROMISE}，不能证明名单没有换过") from trouble
    blank = [dict(row) | dict.fromkeys(sampling.AFTERWARDS, "") for row in rows]
    if sampling.promise(shard_bytes(schema, blank)) != kept:
        raise UsageTrouble(
            f"{path} 和 {PROMISE} 对不上：除了未查原因和公布日期，抽到的一个字都不能改；照原样重抽"
        )
