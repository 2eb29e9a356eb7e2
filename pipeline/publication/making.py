"""Pages and files of a site, made by as many processes as the machine has cores.

They are independent of one another, so they are shared out. First all that was asked before is
asked again (`reuse`), each question by one process; what still stands is taken over, and the rest
is made. Whoever shares out has the time in between: what waits for something that is made meanwhile
is made afterwards, alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from pipeline import workers
from pipeline.disclosure import View
from pipeline.publication.answers import Ask
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import Kinds, Task
from pipeline.publication.recording import Source
from pipeline.publication.reuse import Earlier, Look, Made, Reuse, Sizes, made
from pipeline.publication.stamping import Stamp
from pipeline.trouble import making

CHUNK = 200
"""Pages a process makes between two reports, at most."""

SHARED = 8
"""Parts at least that few pages are shared out in, so that no process is without."""

Laid = Mapping[str, Sequence[Mapping[str, Any]]]
"""What lies on each desk under some names."""
Files = Callable[[Desk], Mapping[str, bytes]]
"""Makes files at a desk: bytes by address."""
News = list[tuple[dict[Ask, bytes], Mapping[str, set[Source]]]]
"""By desk: digests of answers that a process told, and the sources of those that it made."""
Batch = tuple[list[Made], News]
"""What a process made, and what it learned."""


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
    """Processes at work on a site, as long as its block lasts.

    Those that look at what stands are forked when its block begins, those that make what does not
    when there is something to make: they know all that was loaded here meanwhile.
    """

    def __init__(self, site: Site, report: Callable[[str], None]) -> None:
        """Take the site, and who is told how far the pages are."""
        self._site, self._report = site, report
        self._lookers = workers.pool()
        self._makers = workers.pool()
        self._looks: list[tuple[Look, Future[tuple[dict[int, bytes], News]]]] = []
        self._late: list[Look] = []
        self._waiting: list[str] = []
        self._files: dict[str, Future[Batch]] = {}
        self._pages: list[tuple[Sequence[str], Future[Batch]]] = []
        self._sizes: dict[str, Sizes] = {}

    def __enter__(self) -> Work:
        """Have all that was asked before asked again.

        What was asked about things that do not lie on the desks yet is asked when they do.
        """
        global _site
        _site = self._site
        for look in self._site.reuse.looks():
            if self._site.desks[0].awaits(look.name):
                self._late.append(look)
            else:
                self._looks.append((look, self._lookers.submit(_look_again, look)))
        return self

    def __exit__(self, *_: object) -> None:
        """Let the processes go."""
        global _site
        _site = None
        for processes in (self._lookers, self._makers):
            processes.shutdown(cancel_futures=True)

    def begin(self, names: Sequence[str]) -> None:
        """Share out files, by name, and pages, by address; those known wait for what they asked."""
        known = self._site.reuse.known
        self._waiting = [name for name in names if name in known]
        self._share([name for name in names if name not in known], {})

    def more(self, paths: Sequence[str], *names: str) -> None:
        """Share out pages that had to wait for what now lies on the desks under some names."""
        self._ask()
        laid = {name: [desk.on(name) for desk in self._site.desks] for name in names}
        self._share(self._left(paths), laid)

    def alone(self, names: Iterable[str]) -> None:
        """Make here what had to wait for what now lies on the desks, or take it over."""
        self._ask()
        for name in self._left(names):
            self._note([name], _make(self._site, [name], {}))

    def files(self, *names: str) -> Sizes:
        """Wait for files that were shared out; returns size and sha256 of each by address."""
        self._settle()
        for name in names:
            if name in self._files:
                self._note([name], self._files.pop(name).result())
        return {path: size for name in names for path, size in self._sizes[name].items()}

    def pages(self) -> None:
        """Wait for the pages, and for all other files."""
        self.files(*self._files)
        done, total = 0, sum(len(paths) for paths, _ in self._pages)
        for paths, job in self._pages:
            self._note(paths, job.result())
            done += len(paths)
            self._report(f"写页面 {done}/{total}")

    def _settle(self) -> None:
        """Take over what still stands of what was begun, and share out the rest."""
        if self._looks:
            for look, job in self._looks:
                changed, news = job.result()
                self._site.reuse.note_changed(look, changed)
                self._learn(news)
            self._site.reuse.recall()
            self._lookers.shutdown(wait=False)
        waiting, self._looks, self._waiting = self._waiting, [], []
        self._share(self._left(waiting), {})

    def _ask(self) -> None:
        """Ask again here what was asked about things that lie on the desks by now."""
        self._settle()
        reuse, late, self._late = self._site.reuse, self._late, []
        for look in late:
            if self._site.desks[0].awaits(look.name):
                self._late.append(look)
            else:
                reuse.note_changed(look, reuse.changed(look))

    def _left(self, names: Iterable[str]) -> list[str]:
        """Take over what stands; returns what must be made."""
        left = []
        for name in names:
            kept = self._site.reuse.keep(name)
            if kept is None:
                left.append(name)
            else:
                self._sizes[name] = kept
        return left

    def _share(self, names: Sequence[str], laid: Laid) -> None:
        paths = [name for name in names if name in self._site.tasks]
        for name in names:
            if name not in self._site.tasks:
                self._files[name] = self._makers.submit(_made_there, [name], laid)
        size = min(CHUNK, len(paths) // SHARED + 1)
        for chunk in (paths[n : n + size] for n in range(0, len(paths), size)):
            self._pages.append((chunk, self._makers.submit(_made_there, chunk, laid)))

    def _note(self, names: Sequence[str], batch: Batch) -> None:
        """Note what was made, and what was told of answers."""
        made, news = batch
        for name, one in zip(names, made, strict=True):
            self._site.reuse.note(name, one)
            self._sizes[name] = one.files
        self._learn(news)

    def _learn(self, news: News) -> None:
        for desk, (answers, sources) in zip(self._site.desks, news, strict=True):
            desk.recorder.recall(answers)
            desk.recorder.add_sources(sources)


_site: Site | None = None


def _there() -> Site:
    """Return the site that a process has inherited."""
    assert _site is not None  # noqa: S101 - set before the processes are forked
    return _site


def _look_again(look: Look) -> tuple[dict[int, bytes], News]:
    """Ask questions again in a process."""
    site = _there()
    changed = site.reuse.changed(look)
    return changed, [({}, desk.recorder.new_sources()) for desk in site.desks]


def _made_there(names: Sequence[str], laid: Laid) -> Batch:
    """Make pages and files in a process, with what lies on the desks by now."""
    return _make(_there(), names, laid)


def _make(site: Site, names: Sequence[str], laid: Laid) -> Batch:
    """Make and write pages, by their addresses, and files, by their names.

    The answers to what they asked are told here, where most are known already.
    """
    for name, things in laid.items():
        for desk, thing in zip(site.desks, things, strict=True):
            desk.put(name, thing)
    found = [_written(site, name) for name in names]
    for one in found:
        answer = site.desks[one.edition].recorder.answer
        for ask in one.asks:
            answer(ask)
    return found, [(desk.recorder.news(), desk.recorder.new_sources()) for desk in site.desks]


def _written(site: Site, name: str) -> Made:
    """Make and write a page or files."""
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
