"""`qingyuan build`: check, compute, make the whole site aside, verify it, and swap it in."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline import checks, disclosure, history, release, water, workers
from pipeline.ledgers import Snapshot, load_schemas
from pipeline.ledgers.fingerprints import parts_of
from pipeline.ledgers.package import write_package
from pipeline.ledgers.schemas import PROJECT
from pipeline.pivots import Pivots
from pipeline.publication import beforehand, hung, site
from pipeline.release.target import Target
from pipeline.repository import Repository
from pipeline.store import Store
from pipeline.trouble import EnvironmentTrouble, UsageTrouble
from pipeline.verbs import archives, kept_scores, told
from pipeline.verbs.check import settle, verdict
from pipeline.verbs.console import CLEAN, GREEN, RED, REFUSED, Console
from pipeline.verbs.published import with_published
from pipeline.verbs.then import laid_out
from pipeline.verify import weights

NAME = "build"
HELP = "检查、计算、建站、核验，成了才换上新站"
BUILD = Path("build")
SHOWN = 20
"""Kinds of errors listed before the reader is sent to `qingyuan check`."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "--out",
        type=Path,
        metavar="目录",
        help="建在哪里，默认 build；有 --at 时 build/at/版本",
    )
    parser.add_argument(
        "--at", metavar="版本", help="照这个版本（提交、标签）的台账重建那时公布的网站"
    )
    parser.add_argument(
        "--audience", choices=("public",), default="public", help="给谁看；内部版随打印件一起提供"
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Build the site; a refused data set or a failed check leaves the standing site alone.

    With `--at` the ledgers are those of a revision; where they name no day, its own counts.
    """
    home = options.data
    if options.at is None:
        options.out = options.out or BUILD
        store = Store(options.out / "cache")
        schemas = load_schemas(store=store)
        past = workers.beside(lambda: history.history_of(home, schemas, store))
        return _build(options, console, today, _commit(options.data), past, home)
    with laid_out(options.data, options.at) as then:
        options.data = then.data
        options.out = options.out or BUILD / "at" / then.commit[:12]
        known = then.past(options.out)
        return _build(options, console, lambda: then.day, then.commit, lambda: known, home)


def _build(
    options: argparse.Namespace,
    console: Console,
    today: Callable[[], date],
    commit: str,
    past: Callable[[], history.History | None],
    home: Path,
) -> int:
    """Build from a data folder that stands at a commit; blank where it stands at none.

    `home` is that folder where it is under git; `past` is asked late for its history.
    """
    store = Store(options.out / "cache")
    standing = release.look(options.out)
    framed = workers.beside(lambda: beforehand.make(PROJECT, store))
    begun = checks.begin(
        options.data, as_of=options.as_of, today=today, store=store, progress=console.progress
    )
    report, view = _unless_refused(
        begun, lambda: _seen(begun, options, store, past, home, console.progress)
    )
    if view is None:
        _refuse(report, console)
        return verdict(report)
    loaded = begun.loaded
    write_package(loaded.raw, loaded.schemas, options.data, options.out / "datapackage.json")
    view = with_published(view, home, store, console.progress)
    framed()
    papers = options.out / hung.FOLDER

    noted: list[Callable[[], None]] = []

    def fill(target: Target) -> None:
        told = console.progress
        noted.append(site.publish(view, PROJECT, target, store, commit, told, papers=papers))

    try:
        published = release.publish(
            options.out,
            fill,
            facts={
                "as_of": view.as_of_on.isoformat(),
                "input": loaded.digest,
                "commit": commit,
            },
            report=console.progress,
            standing=standing,
        )
    except release.Refused as refusal:
        return _unfit(refusal, console)
    finally:
        for wait in noted:
            wait()
    settle(store, console)
    console.held += [begun, view, noted]
    console.say(
        f"✓ 建好了：{published.pages} 个页面，{published.files} 个文件，"
        f"{published.size // 1_000_000} MB，数据日期 {view.as_of_on}",
        GREEN,
    )
    console.say(f"  打开 {published.public / 'index.html'} 看一看")
    if heavy := weights.said(published.sizes):
        console.say(f"  注意：{heavy}")
    return CLEAN


def _unless_refused(
    begun: checks.Begun, see: Callable[[], disclosure.View]
) -> tuple[checks.Report, disclosure.View | None]:
    """See what may be seen while the gates judge; None if they refuse.

    Of rows that are refused anything may fail, and it is the refusal that is told.
    """
    if begun.is_doubtful and not (report := begun.report()).ok:
        return report, None
    try:
        view = see()
    except Exception:
        report = begun.report()
        if report.ok:
            raise
        return report, None
    report = begun.report()
    return report, view if report.ok else None


def _seen(
    begun: checks.Begun,
    options: argparse.Namespace,
    store: Store,
    past: Callable[[], history.History | None],
    home: Path,
    progress: Callable[[str], None],
) -> disclosure.View:
    """Return what the public may see of what was read, judged or not, with its archives."""
    loaded, snapshot, day = begun.loaded, begun.loaded.snapshot, begun.as_of_on
    assert snapshot is not None  # noqa: S101 - nobody asks what may be seen of nothing
    assert day is not None  # noqa: S101
    progress("检查台账，同时算状态、定公开范围")
    _require_places(snapshot, day)
    water.judged(snapshot)  # here, before those who need it too are forked
    archived = archives.begin(loaded, day, home, store, progress)
    parts = parts_of(loaded.raw, options.data / "campaign.yml", loaded.schemas)
    scores = kept_scores.begin(snapshot, day, parts, store)
    view = disclosure.view(
        snapshot,
        day,
        loaded.digest,
        parts=parts,
        apart=scores,
        history=past(),
        pivots=Pivots(store),
    )
    return archived(view)


def _require_places(snapshot: Snapshot, day: date) -> None:
    """Refuse a day on which no unit or no place was registered yet: there is nothing to show."""
    first = max(
        min(days)
        for days in (
            [row.valid_from for row in snapshot.units],
            [row.valid_from for row in snapshot.divisions],
        )
    )
    if day < first:
        raise UsageTrouble(f"{day} 那天，参考表里还没有单位和村；--as-of 写 {first} 或以后的日子")


def _commit(data: Path) -> str:
    """Return the commit the data stands at; blank where there is no git or the data has changed."""
    try:
        repository = Repository.around(data)
    except EnvironmentTrouble:
        return ""
    return repository.unchanged_at(data) if repository else ""


def _unfit(refusal: release.Refused, console: Console) -> int:
    """Say what is wrong with the site that was made; the one in force still stands."""
    for trouble in refusal.troubles[:SHOWN]:
        console.say(f"{trouble.path}：{trouble.message}\n    怎么办：{trouble.remedy}", RED)
    console.say(f"✗ 没有换：新站有 {len(refusal.troubles)} 处问题，已经发布的网站没有动", RED)
    return REFUSED


def _refuse(report: checks.Report, console: Console) -> None:
    kinds, rest = told.errors_first(report.errors, SHOWN)
    for kind in kinds:
        console.say(told.said(kind), RED)
    if rest:
        console.say(f"还有 {len(rest)} 类，运行 qingyuan check 看全部")
    errors = report.count("error")
    console.say(f"✗ 没有建：台账有 {errors} 处错误，已经发布的网站没有动", RED)
