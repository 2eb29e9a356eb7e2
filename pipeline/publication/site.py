"""The whole site from one view: every page rendered, stamped into its shell and written.

The order is fixed and the same input gives the same bytes. Which pages there are, the kinds say
(`pages.KINDS`); other processes make them (`making`), another draws and sets what is no page
(`studio`), and this one makes what no page waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pipeline import workers
from pipeline.disclosure import View
from pipeline.publication import (
    archive,
    carried,
    deadlines,
    downloads,
    feeds,
    hung,
    lookup,
    servers,
    shells,
    studio,
)
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import DRAWINGS, FILES, PAPERS, Kinds
from pipeline.publication.making import Files, Site, Work, Writer
from pipeline.publication.page import DIGEST_SHOWN
from pipeline.publication.pages import KINDS, missing
from pipeline.publication.questions.subject import PROGRESS, REPORTS
from pipeline.publication.reuse import Reuse, Sizes
from pipeline.publication.stamping import Stamp
from pipeline.store import Store

FEEDS, VERDICTS, FACTS = "订阅", "水质判定的公开数据", "facts"


def publish(
    view: View,
    project: Path,
    writer: Writer,
    store: Store,
    commit: str = "",
    report: Callable[[str], None] = lambda _: None,
    kinds: Kinds = KINDS,
    papers: Path | None = None,
) -> Callable[[], None]:
    """Write the whole site of a view; returns what waits until the next build can rest on it.

    `papers` is where boards and cards were printed; those that still hold are taken over. `commit`
    names the state of the ledgers under git; it is shown on the page of the data.
    """
    desk = Desk(view, project / "site" / "templates", store=store)
    desks = (desk, *desk.further)
    drawn = studio.begin(desk, writer, store)
    report("搭页面框架")
    frames = shells.build(project, store)
    kinds.require(frames)
    if papers is not None:
        boards, of = hung.hung(desk, papers)
        for path, content in boards.items():
            writer.write(path, content)
        desk.put("hung", of)
    assets = shells.assets(project)
    for path, content in assets.items():
        writer.write(path, content)
    tasks = {kinds[t.kind].path(t.key, desks[t.edition].shelf): t for t in kinds.tasks(desk)}
    ledgers = {f"台账 {name} 的公开数据": name for name in downloads.published(view)}
    site = Site(
        view=view,
        desks=desks,
        kinds=kinds,
        writer=writer,
        stamp=Stamp(view, frames),
        reuse=Reuse(view, project, store, writer, desks),
        tasks=tasks,
        files=_files(desk, ledgers, frames, store),
    )
    desk.ready()
    for one in desks:
        one.expect(DRAWINGS, PAPERS, FILES, FACTS)
    desk.expect(PROGRESS, REPORTS)
    with Work(site, report) as work:
        report(f"写公开数据和{len(tasks)}个页面")
        work.begin([*(name for name in site.files if name != FEEDS), *site.paths()])
        _rest(site, frames, assets, project)
        sizes = _package(site, work.files(*ledgers, VERDICTS))
        report("画图，排报告")
        made = drawn()
        for one, some in zip(desks, made.drawings, strict=True):
            one.put(DRAWINGS, some)
        desk.put(PROGRESS, made.progress)
        work.more(site.paths(DRAWINGS), DRAWINGS, PROGRESS)
        desk.put(REPORTS, made.reports)
        for one in desks:
            one.put(PAPERS, made.sheets)
        work.alone([*site.paths(PAPERS), FEEDS])
        sizes |= _archive(site, sizes, store)
        for one in desks:
            one.put(FILES, sizes)
            one.put(FACTS, {"commit": commit})
        work.more(site.paths(FILES), FILES, FACTS)
        work.pages()
    return _saved(site.reuse, store)


def _saved(reuse: Reuse, store: Store) -> Callable[[], None]:
    """Begin to keep the notes of what was made; returns what waits for that."""

    def save() -> OSError | None:
        reuse.save()
        return store.trouble

    wait = workers.beside(save)

    def done() -> None:
        store.trouble = wait() or store.trouble

    return done


def _files(
    desk: Desk,
    ledgers: Mapping[str, str],
    frames: Mapping[str, shells.Shell],
    store: Store,
) -> dict[str, Files]:
    """Return how everything but pages is made that can be taken over like a page; heavy first."""

    def download(desk: Desk, ledger: str) -> dict[str, bytes]:
        return dict(downloads.files(desk.view, ledger, store))

    heavy = sorted(ledgers, key=lambda name: -len(desk.view[ledgers[name]]))
    return {
        "查找的索引": lambda desk: dict(lookup.files(desk, frames, store)),
        **{name: partial(download, ledger=ledgers[name]) for name in heavy},
        VERDICTS: lambda desk: dict(downloads.verdict_files(desk.view)),
        **{f"日历 {one}": partial(deadlines.calendar, name=one) for one in deadlines.names(desk)},
        FEEDS: lambda desk: dict(feeds.feeds(desk)),
    }


def _rest(
    site: Site,
    frames: Mapping[str, shells.Shell],
    assets: Mapping[str, bytes],
    project: Path,
) -> None:
    """Write what no page waits for."""
    desk, writer = site.desks[0], site.writer
    script = assets["assets/lookup.js"].decode()
    page = missing.missing_page(desk, site.view.digest[:DIGEST_SHOWN], script)
    writer.write(shells.MISSING, page)
    redirects = project / "site" / "redirects.csv"
    for path, content in (
        *carried.files(site.view.campaign, project / "site" / "sw.js"),
        *servers.files(desk, frames, site.tasks, redirects, missing.digests(script)),
    ):
        writer.write(path, content)
    _prose(site, frames)


def _package(site: Site, sizes: Sizes) -> Sizes:
    """Write what is computed beside the ledgers, and the package that describes all of it.

    `sizes` are those of the ledgers; returns those of all.
    """
    views, found = [site.view, *site.view.beside], dict(sizes)

    def write(path: str, content: bytes) -> None:
        site.writer.write(path, content)
        found[path] = downloads.digest(content)

    tables = (file for view in views for file in downloads.score_files(view))
    for path, content in tables:
        write(path, content)
    write(f"{downloads.FOLDER}/datapackage.json", downloads.package(site.view, found))
    return found


def _archive(site: Site, sizes: Sizes, store: Store) -> Sizes:
    """Pack the files of the package, of these sizes, into one; returns the size of that."""
    path = archive.archive_address(site.view)
    sums = {one: digest for one, (_, digest) in sizes.items()}
    content = archive.archive_of(sums, site.writer.read, store)
    site.writer.write(path, content)
    return {path: downloads.digest(content)}


def _prose(site: Site, frames: Mapping[str, shells.Shell]) -> None:
    """Write the pages that are prose only; their digest is that of their words."""
    found = [shell for shell in frames.values() if shell.is_prose]
    day = site.desks[0].data_date()
    for shell in found:
        site.writer.write(shell.path, site.stamp.prose(shell, day))
