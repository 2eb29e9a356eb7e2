"""The whole site from one view: every page rendered, stamped into its shell and written.

The order is fixed and the same input gives the same bytes. Pages are independent of one another, so
they are made by as many processes as the machine has cores. Which pages there are, the kinds say
(`pages.KINDS`); what is still as it was is taken over (`reuse`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from pipeline import workers
from pipeline.disclosure import View
from pipeline.publication import (
    archive,
    carried,
    deadlines,
    downloads,
    drawings,
    feeds,
    hung,
    lookup,
    printed,
    servers,
    sharing,
    shells,
)
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import Kinds, Task
from pipeline.publication.page import DIGEST_SHOWN
from pipeline.publication.pages import KINDS, missing
from pipeline.publication.recording import Ask
from pipeline.publication.reuse import Earlier, Made, Reuse, Sizes, made
from pipeline.publication.stamping import Stamp
from pipeline.store import Store, key_of
from pipeline.trouble import making

CHUNK = 200
"""Pages a process makes between two reports, at most."""

SHARED = 8
"""Parts at least that few pages are shared out in, so that no process is without."""

LOOKED = 1000
"""Pages of which a process sees at a time whether they still stand."""


Files = Callable[[Desk], Mapping[str, bytes]]
"""Makes files at a desk: bytes by address."""


class Writer(Earlier, Protocol):
    """Where files of the site go; only the release knows where that is."""

    def write(self, path: str, content: bytes) -> None:
        """Write one file at an address below the site's root."""

    def read(self, path: str) -> bytes:
        """Return a file that was written or taken over."""


@dataclass
class Site:
    """Everything a process needs to make pages; inherited by forking, never pickled.

    `desks` are that of the campaign's edition of the rules and those of the further ones; `tasks`
    are all pages by address, `files` what else is made at a desk, by a name of its own; those of
    `ledgers` are the downloads.
    """

    view: View
    desks: tuple[Desk, ...]
    kinds: Kinds
    writer: Writer
    store: Store
    stamp: Stamp
    reuse: Reuse
    tasks: Mapping[str, Task]
    ledgers: Mapping[str, str]
    files: Mapping[str, Files]


_site: Site | None = None


def publish(
    view: View,
    project: Path,
    writer: Writer,
    store: Store,
    commit: str = "",
    report: Callable[[str], None] = lambda _: None,
    kinds: Kinds = KINDS,
    papers: Path | None = None,
) -> dict[str, int]:
    """Write the whole site of a view; returns how many files of each kind were written.

    `papers` is where boards and cards were printed; those that still hold are taken over. `commit`
    names the state of the ledgers under git; it is shown on the page of the data.
    """
    global _site
    report("搭页面框架")
    frames = shells.build(project, store)
    kinds.require(frames)
    desk = Desk(view, project / "site" / "templates", store=store)
    report("画图")
    pictured, drawn = sharing.begin(desk, store), drawings.begin(desk, store)
    report("排印报告")
    sheets = {}
    for edition, files, told in printed.papers(desk, store):
        sheets[edition] = told
        for path, content in files.items():
            writer.write(path, content)
    desk.put("papers", sheets)
    pictures = pictured()
    drawn()
    if papers is not None:
        boards, of = hung.hung(desk, papers)
        for path, content in boards.items():
            writer.write(path, content)
        desk.put("hung", of)
    assets = shells.assets(project)
    for path, content in assets.items():
        writer.write(path, content)
    desks = (desk, *desk.further)
    tasks = {kinds[t.kind].path(t.key, desks[t.edition].shelf): t for t in kinds.tasks(desk)}
    ledgers = {f"台账 {name} 的公开数据": name for name in downloads.published(view)}
    reuse = Reuse(view, project, store, writer)
    stamp = Stamp(view, frames)
    made = _files(desk, ledgers, store)
    _site = site = Site(view, desks, kinds, writer, store, stamp, reuse, tasks, ledgers, made)
    report("看哪些页面不用重做")
    counts = {"assets": len(assets), "pages": len(tasks), "prose": 1}

    def rest() -> None:
        counts["prose"] += _prose(site, frames)
        script = assets["assets/lookup.js"].decode()
        writer.write(shells.MISSING, missing.missing_page(desk, view.digest[:DIGEST_SHOWN], script))
        with making("查找的索引"):
            for path, content in lookup.files(desk, frames, store):
                writer.write(path, content)
        redirects = project / "site" / "redirects.csv"
        for path, content in (
            *pictures.items(),
            *carried.files(view.campaign, project / "site" / "sw.js"),
            *servers.files(desk, frames, tasks, redirects, missing.digests(script)),
        ):
            writer.write(path, content)

    _make(site, commit, rest, report)
    reuse.save()
    _site = None
    return counts


def _files(desk: Desk, ledgers: Mapping[str, str], store: Store) -> dict[str, Files]:
    """Return how everything but pages is made that can be taken over like a page; heavy first."""

    def download(desk: Desk, ledger: str) -> dict[str, bytes]:
        return dict(downloads.files(desk.view, ledger, store))

    heavy = sorted(ledgers, key=lambda name: -len(desk.view[ledgers[name]]))
    return {
        **{name: partial(download, ledger=ledgers[name]) for name in heavy},
        **{f"日历 {one}": partial(deadlines.calendar, name=one) for one in deadlines.names(desk)},
        "订阅": lambda desk: dict(feeds.feeds(desk)),
    }


def _make(site: Site, commit: str, rest: Callable[[], None], report: Callable[[str], None]) -> None:
    """Make or take over all files and pages; those that show the files of the site last.

    The `rest`, which no page waits for, and the package of the downloads are made here, while
    other processes make pages.
    """
    reuse = site.reuse
    last = {path for path, task in site.tasks.items() if site.kinds[task.kind].last}
    early = [name for name in (*site.files, *site.tasks) if name not in last]
    site.desks[0].ready()
    with workers.pool() as pool:
        known = [name for name in early if name in reuse.known]
        chunks = [known[n : n + LOOKED] for n in range(0, len(known), LOOKED)]
        standing = [name for found in pool.map(_standing, chunks) for name in found]
        kept = {name: taken for name in standing if (taken := reuse.keep(name)) is not None}
        fresh = [path for path in site.tasks if path not in kept and path not in last]
        report(f"写公开数据和{len(fresh)}个页面")
        pending = {name: pool.submit(_write_files, name) for name in site.files if name not in kept}
        size = min(CHUNK, len(fresh) // SHARED + 1)
        chunks = [fresh[n : n + size] for n in range(0, len(fresh), size)]
        written = pool.map(_write_pages, chunks)
        rest()
        for name, job in pending.items():
            one, kept[name] = job.result()
            reuse.note(name, one)
        sizes = {path: size for name in site.ledgers for path, size in kept[name].items()}
        _package(site, sizes)
        for number, found in enumerate(written, 1):
            report(f"写页面 {min(number * size, len(fresh))}/{len(fresh)}")
            for path, one in zip(chunks[number - 1], found, strict=True):
                reuse.note(path, one)
    site.desks[0].put("files", sizes)
    site.desks[0].put("facts", {"commit": commit})
    for path in sorted(last):
        reuse.note(path, _write_page(site, path))


def _standing(names: Sequence[str]) -> list[str]:
    """Return the names of what still stands."""
    site = _site
    assert site is not None  # noqa: S101 - set before the pool forks
    return [name for name in names if site.reuse.stands(site.desks, name)]


def _write_pages(paths: Sequence[str]) -> list[Made[Ask]]:
    site = _site
    assert site is not None  # noqa: S101 - set before the pool forks
    return [_write_page(site, path) for path in paths]


def _write_page(site: Site, path: str) -> Made[Ask]:
    task = site.tasks[path]
    kind, desk = site.kinds[task.kind], site.desks[task.edition]

    def make() -> Mapping[str, bytes]:
        page = kind.page(desk, task.key)
        files = {path: site.stamp.page(page, desk.data_date(page.scope)), **page.content.beside}
        for address, content in files.items():
            site.writer.write(address, content)
        return files

    with making(kind.named(desk, task.key)):
        return made(desk, task.edition, make)[0]


def _write_files(name: str) -> tuple[Made[Ask], Sizes]:
    site = _site
    assert site is not None  # noqa: S101 - set before the pool forks
    desk = site.desks[0]

    def make() -> Mapping[str, bytes]:
        files = site.files[name](desk)
        for path, content in files.items():
            site.writer.write(path, content)
        return files

    with making(name):
        return made(desk, 0, make)


def _package(site: Site, sizes: Sizes) -> None:
    """Write what is computed beside the ledgers, and the package that describes all of it."""
    views = [site.view, *site.view.beside]
    tables = (file for view in views for file in downloads.score_files(view))
    for path, content in (*tables, *downloads.verdict_files(site.view)):
        site.writer.write(path, content)
        sizes[path] = downloads.digest(content)
    path, content = f"{downloads.FOLDER}/datapackage.json", downloads.package(site.view, sizes)
    site.writer.write(path, content)
    sizes[path] = downloads.digest(content)
    packed = site.store.kept(
        key_of("archive", repr(sorted(sizes.items()))),
        lambda: archive.archive({path: site.writer.read(path) for path in sizes}),
    )
    path = archive.archive_address(site.view)
    site.writer.write(path, packed)
    sizes[path] = downloads.digest(packed)


def _prose(site: Site, frames: Mapping[str, shells.Shell]) -> int:
    """Write the pages that are prose only; their digest is that of their words."""
    found = [shell for shell in frames.values() if shell.is_prose]
    day = site.desks[0].data_date()
    for shell in found:
        site.writer.write(shell.path, site.stamp.prose(shell, day))
    return len(found)
