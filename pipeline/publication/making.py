"""Pages and files of a site, made by as many processes as the machine has cores.

They are independent of one another, so they are shared out; a process makes only what is not still
as it was (`reuse`), which is taken over. Whoever shares out has the time in between: what waits for
something that is made meanwhile is made afterwards, alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from pipeline import workers
from pipeline.disclosure import View
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import Kinds, Task
from pipeline.publication.recording import Ask
from pipeline.publication.reuse import Earlier, Made, Reuse, Sizes, made
from pipeline.publication.stamping import Stamp
from pipeline.trouble import making

CHUNK = 200
"""Pages a process looks at or makes between two reports, at most."""

SHARED = 8
"""Parts at least that few pages are shared out in, so that no process is without."""

Laid = Mapping[str, Sequence[Mapping[str, Any]]]
"""What lies on each desk under some names."""
Files = Callable[[Desk], Mapping[str, bytes]]
"""Makes files at a desk: bytes by address."""
Found = tuple[Made[Ask], Sizes] | None
"""What was made, with the sizes of its files; None if it stands as it is."""


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
    are all pages by address, `files` what else is made at a desk, by a name of its own.
    """

    view: View
    desks: tuple[Desk, ...]
    kinds: Kinds
    writer: Writer
    stamp: Stamp
    reuse: Reuse
    tasks: Mapping[str, Task]
    files: Mapping[str, Files]

    def paths(self, after: str = "") -> list[str]:
        """Return the addresses of the pages that wait for one thing; blank: for nothing."""
        return [path for path, task in self.tasks.items() if self.kinds[task.kind].after == after]


class Work:
    """Processes at work on a site, as long as its block lasts; they are forked by `begin`."""

    def __init__(self, site: Site, report: Callable[[str], None]) -> None:
        """Take the site, and who is told how far the pages are."""
        self._site, self._report = site, report
        self._pool = workers.pool()
        self._pages: list[tuple[Sequence[str], Future[list[Found]]]] = []
        self._files: dict[str, Future[list[Found]]] = {}

    def __enter__(self) -> Work:
        """Let the processes to come see the site."""
        global _site
        _site = self._site
        return self

    def __exit__(self, *_: object) -> None:
        """Let the processes go."""
        global _site
        _site = None
        self._pool.shutdown(cancel_futures=True)

    def begin(self, files: Sequence[str], paths: Sequence[str]) -> None:
        """Share out files, by name, and pages, by address; the files first."""
        self._files = {name: self._pool.submit(_look_at, [name], {}) for name in files}
        self._share(paths, {})

    def more(self, paths: Sequence[str], *names: str) -> None:
        """Share out pages that had to wait for what now lies on the desks under some names."""
        self._share(paths, {name: [desk.on(name) for desk in self._site.desks] for name in names})

    def _share(self, paths: Sequence[str], laid: Laid) -> None:
        size = min(CHUNK, len(paths) // SHARED + 1)
        for chunk in (paths[n : n + size] for n in range(0, len(paths), size)):
            self._pages.append((chunk, self._pool.submit(_look_at, chunk, laid)))

    def files(self) -> dict[str, Sizes]:
        """Wait for the files; returns size and sha256 of each by address, by their names."""
        return {name: self._noted(name, *job.result()) for name, job in self._files.items()}

    def pages(self) -> None:
        """Wait for the pages."""
        done, total = 0, sum(len(paths) for paths, _ in self._pages)
        for paths, job in self._pages:
            done += len(paths)
            found = job.result()
            self._report(f"写页面 {done}/{total}")
            for path, one in zip(paths, found, strict=True):
                self._noted(path, one)

    def alone(self, names: Iterable[str]) -> None:
        """Make files and pages here, or take them over."""
        for name in names:
            self._noted(name, _look(self._site, name))

    def _noted(self, name: str, found: Found) -> Sizes:
        """Take over what stands, note what was made; what cannot be taken over is made now."""
        reuse = self._site.reuse
        if found is None:
            kept = reuse.keep(name)
            if kept is not None:
                return kept
            found = _write(self._site, name)
        reuse.note(name, found[0])
        return found[1]


_site: Site | None = None


def _look_at(names: Sequence[str], laid: Laid) -> list[Found]:
    """Look at pages and files in a process, with what lies on the desks by now."""
    site = _site
    assert site is not None  # noqa: S101 - set before the processes are forked
    for name, things in laid.items():
        for desk, one in zip(site.desks, things, strict=True):
            desk.put(name, one)
    return [_look(site, name) for name in names]


def _look(site: Site, name: str) -> Found:
    """Make a page or files unless they stand as they are."""
    if name in site.reuse.known and site.reuse.stands(site.desks, name):
        return None
    return _write(site, name)


def _write(site: Site, name: str) -> tuple[Made[Ask], Sizes]:
    """Make and write a page, by its address, or files, by their name."""
    task = site.tasks.get(name)
    edition = task.edition if task else 0
    desk = site.desks[edition]

    def make() -> Mapping[str, bytes]:
        files = _page(site, name, task) if task else site.files[name](desk)
        for address, content in files.items():
            site.writer.write(address, content)
        return files

    with making(site.kinds[task.kind].named(desk, task.key) if task else name):
        return made(desk, edition, make)


def _page(site: Site, path: str, task: Task) -> dict[str, bytes]:
    """Return a page in its frame, and the files beside it."""
    desk = site.desks[task.edition]
    page = site.kinds[task.kind].page(desk, task.key)
    return {path: site.stamp.page(page, desk.data_date(page.scope)), **page.content.beside}
