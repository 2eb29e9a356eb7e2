"""Papers: every board of the city against bare Typst, and what the reports add to a site.

The peer is Typst on the same boards, already composed, as one document in one process. Ours looks
up who is on each board, draws its code, and sets a file for each township, on both cores.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.papers.fonts import fonts
from pipeline.papers.press import Press
from pipeline.papers.typesetter import Typesetter
from pipeline.publication import posters, printed
from pipeline.publication.desk import Desk
from pipeline.store import Store
from tests.bench.measuring import PROJECT, RUNS, Measure, median, report

MEMORY = 1500
"""MB that the largest process may take."""


def measure(cold: Measure) -> None:
    """Measure boards against bare Typst, boards that are as they were, and editions in a site.

    `cold` is the cold build of the site. Each piece of work is done in a process of its own, forked
    from this one, which has the view ready and has set nothing.
    """
    snapshot = load(PROJECT / "data").snapshot
    if snapshot is None:
        raise SystemExit("data/campaign.yml cannot be read")
    day = snapshot.campaign.as_of_on or snapshot.campaign.cut_off_on
    view = disclosure.view(snapshot, day, "0" * 64)
    desk = Desk(view, PROJECT / "site" / "templates")
    jobs = [
        partial(posters.boards, desk, works, town.id, name, posters.DEFAULT)
        for town, name in posters.towns(desk)
        if (works := posters.works_of(desk, town.id))
    ]
    composed = [job().data for job in jobs]
    whole = {**composed[0], "boards": [one for data in composed for one in data["boards"]]}
    mine, bare = [], []
    for _ in range(RUNS):
        mine.append(apart(lambda: _set(Press(view, fonts(), Store()), jobs)))
        bare.append(apart(lambda: Typesetter(posters.BOARD, fonts()).pdf(whole)))
    ours, theirs = median(mine), median(bare)
    report(f"公示牌 {len(whole['boards'])} 块", ours, "裸 Typst 一份排完", theirs, 1.3)
    mark = "✓" if ours.megabytes <= MEMORY else "✗ 超了"
    print(f"  内存 {ours.megabytes:.0f} MB（预算 {MEMORY}，最大的进程）{mark}；"
          f"裸 Typst {theirs.megabytes:.0f} MB")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="qingyuan-bench-") as folder:
        store = Store(Path(folder))
        first = apart(lambda: _set(Press(view, fonts(), store), jobs))
        again = apart(lambda: _set(Press(view, fonts(), store), jobs))
        print(f"  没有变的再印 {again.seconds:.2f} 秒，第一次 {first.seconds:.2f} 秒")
    editions = median([apart(lambda: _editions(desk)) for _ in range(RUNS)])
    report("各期报告，算和排", editions, "冷建整站", cold, 0.15)


def _set(press: Press, jobs: list) -> None:
    for _ in press.printed(jobs):
        pass


def _editions(desk: Desk) -> None:
    for _ in printed.papers(desk, Store()):
        pass


def apart(work: Callable[[], object]) -> Measure:
    """Do a piece of work in a forked process, and measure it with the processes that it forks."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_told, args=(work, theirs))
    process.start()
    measured: Measure = ours.recv()
    process.join()
    return measured


def _told(work: Callable[[], object], answer: Connection) -> None:
    started, before = time.perf_counter(), time.process_time()
    work()
    seconds, cpu = time.perf_counter() - started, time.process_time() - before
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = resource.getrusage(resource.RUSAGE_SELF)
    most = max(children.ru_maxrss, own.ru_maxrss) / 1024
    answer.send(Measure(seconds, most, cpu + children.ru_utime + children.ru_stime))
