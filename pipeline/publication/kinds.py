"""A kind of page: declared once, on the function that makes it.

    @pages("village", at="v/{}.html", keys=_villages, row="divisions")
    def village_page(desk: Desk, code: str) -> Content:
        ...

This says where its pages stand, which there are, into which shell they go, and about which row
they are: everything the site, the sitemap, screenshots and tests need to know. `page` declares a
page that stands alone. A kind is a value; `Kinds` collects those of the modules it is given and
refuses two of one name or one address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType

from pipeline.publication.desk import Desk
from pipeline.publication.page import Content, Page
from pipeline.publication.shells import Shell
from pipeline.publication.shelves import Shelf

DRAWINGS, PAPERS, FILES = "drawings", "papers", "files"
"""What pages may come after."""

Make = Callable[[Desk, str], Content]


@dataclass(frozen=True, slots=True, eq=False)
class PageKind:
    """One kind of page.

    `at` is its address for life, with {} for each word of the key (`spell` writes a word as it
    stands there); `frame` its shell; `keys` which pages there are. `row` is the ledger in which
    the row stands that a page is about, by its key: messages name it, and its unit is the page's
    `scope` if no other is given. `editions` is the frame of the same page for a further edition of
    the rules, in that edition's folder; blank if it has none. A page that shows what is made beside
    the others comes `after` it: after the charts, the papers of the editions, or the downloads.
    """

    name: str
    at: str
    frame: str
    make: Make
    keys: Callable[[Desk], Iterable[str]]
    is_alone: bool = False
    row: str = ""
    scope: Callable[[Desk, str], str] | None = None
    spell: Callable[[str], str] = str
    editions: str = ""
    after: str = ""

    def path(self, key: str, shelf: Shelf | None = None) -> str:
        """Return the address of a page from the root of the site."""
        words = key.split(" ") if key else []
        path = self.at.format(*map(self.spell, words))
        return shelf.own(path) if shelf else path

    def page(self, desk: Desk, key: str) -> Page:
        """Make a page."""
        shell = self.editions if desk.shelf.folder else self.frame
        scope = self.scope(desk, key) if self.scope else ""
        if self.row and not self.scope:
            scope = desk.view.index(self.row)[key].peek("unit_id")
        return Page(self.path(key, desk.shelf), shell, self.make(desk, key), scope)

    def named(self, desk: Desk, key: str) -> str:
        """Say a page by its address and by the row it is about."""
        row = desk.view.index(self.row).get(key) if self.row else None
        place = f"（{row.file} 第{row.line}行）" if row is not None else ""
        return f"页面 {self.path(key, desk.shelf)}{place}"

    def holds(self, path: str) -> bool:
        """Whether an address may be that of a page of this kind."""
        return re.fullmatch(re.escape(self.at).replace(r"\{\}", "[^/]+"), path) is not None


def pages(
    name: str,
    *,
    at: str,
    keys: Callable[[Desk], Iterable[str]],
    frame: str = "",
    row: str = "",
    scope: Callable[[Desk, str], str] | None = None,
    spell: Callable[[str], str] = str,
    editions: str = "",
    after: str = "",
) -> Callable[[Make], PageKind]:
    """Declare a kind of which there is a page for each key."""

    def declare(make: Make) -> PageKind:
        return PageKind(
            name, at, frame or name, make, keys, False, row, scope, spell, editions, after
        )  # fmt: skip

    return declare


def page(
    name: str, *, at: str = "", editions: str = "", after: str = ""
) -> Callable[[Callable[[Desk], Content]], PageKind]:
    """Declare a page that stands alone, in the frame of its own name."""

    def declare(make: Callable[[Desk], Content]) -> PageKind:
        def one(desk: Desk, _key: str) -> Content:
            return make(desk)

        return PageKind(
            name,
            at or f"{name}.html",
            name,
            one,
            lambda _desk: ("",),
            is_alone=True,
            editions=editions,
            after=after,
        )

    return declare


class Kinds(Mapping[str, PageKind]):
    """All kinds of pages by name, in the order in which they are made."""

    def __init__(self, kinds: Iterable[PageKind]) -> None:
        """Take the kinds.

        Raises:
            ValueError: two kinds of one name, or at one address.
        """
        self._kinds: dict[str, PageKind] = {}
        places: dict[str, str] = {}
        for kind in kinds:
            if kind.name in self._kinds:
                raise ValueError(f"page kind {kind.name} is declared twice")
            if other := places.get(kind.at):
                raise ValueError(f"page kinds {other} and {kind.name} both stand at {kind.at}")
            self._kinds[kind.name], places[kind.at] = kind, kind.name

    @classmethod
    def of(cls, *modules: ModuleType) -> Kinds:
        """Collect what modules declare, in the order in which it stands there."""
        return cls(
            kind
            for module in modules
            for kind in vars(module).values()
            if isinstance(kind, PageKind)
        )

    def __getitem__(self, name: str) -> PageKind:
        """Return a kind; an unknown name is an error, never some other page."""
        return self._kinds[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._kinds)

    def __len__(self) -> int:
        """Count the kinds."""
        return len(self._kinds)

    def at(self, path: str) -> PageKind:
        """Return the kind of the page at an address.

        Raises:
            KeyError: no kind stands there.
        """
        found = [kind for kind in self.values() if kind.holds(path)]
        if not found:
            raise KeyError(path)
        return max(found, key=lambda kind: len(kind.at))

    def tasks(self, desk: Desk) -> Iterator[Task]:
        """Yield every page of a site, those of further editions too."""
        for kind in self.values():
            yield from (Task(kind.name, key) for key in kind.keys(desk))
            for number, one in enumerate(desk.further, 1) if kind.editions else ():
                yield from (Task(kind.name, key, number) for key in kind.keys(one))

    def require(self, frames: Mapping[str, Shell]) -> None:
        """See that every kind has its frame, and every frame to be filled its kind.

        Raises:
            ValueError: one has not.
        """
        used = {name for kind in self.values() for name in (kind.frame, kind.editions) if name}
        if missing := sorted(used - frames.keys()):
            raise ValueError(f"no frame in site/pages for {', '.join(missing)}")
        fillable = {name for name, frame in frames.items() if frame.has_body}
        if idle := sorted(fillable - used):
            raise ValueError(f"no page goes into the frames {', '.join(idle)}")


@dataclass(frozen=True, slots=True)
class Task:
    """One page to be made: its kind, its key, the further edition it is of (0: the campaign's)."""

    kind: str
    key: str
    edition: int = 0
