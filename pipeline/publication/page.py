"""What a page is before it is stamped into its shell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from markupsafe import escape

DIGEST_SHOWN = 7
"""Characters of a page's digest that are printed."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a page says: all that a page function returns.

    `crumbs` are pairs of text and address from the root (None for the page itself); `body` is HTML
    that a template escaped. `board` is the code of the notice board that hangs at the place the
    page is about; blank where there is none, and the page's own digest stands for it. `beside` are
    files that belong to the page, by address from the root: the rows of a long table that are
    fetched when somebody asks for them. `town` is the township whose picture is shared with it.
    """

    title: str
    description: str
    crumbs: tuple[tuple[str, str | None], ...]
    body: str
    board: str = ""
    beside: Mapping[str, bytes] = field(default_factory=dict)
    town: str = ""
    archive_of: date | None = None
    """The day a frozen page is of: its banner says so, and no search engine is to list it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: what it says, and where.

    `path` is its permanent address from the root of the site; `shell` the MkDocs-made frame;
    `scope` the unit or group (g7) whose feed and picture belong to the page; blank is the city.
    """

    path: str
    shell: str
    content: Content
    scope: str = ""

    @property
    def root(self) -> str:
        """The way from this page to the root of the site: "" or "../"."""
        return "../" * self.path.count("/")

    @property
    def digest(self) -> str:
        """The digest of what this page says; it changes only when that changes."""
        told = self.content
        beside = (one.decode("utf-8", "backslashreplace") for one in told.beside.values())
        said = "\0".join((self.path, told.title, told.description, told.body, *beside))
        return sha256(said.encode()).hexdigest()

    def crumbs_html(self) -> str:
        """Write the way from the home page to here as list items."""
        items = []
        for text, address in self.content.crumbs:
            if address is None:
                items.append(f'<li aria-current="page">{escape(text)}</li>')
            else:
                items.append(f'<li><a href="{self.root}{escape(address)}">{escape(text)}</a></li>')
        return "".join(items)
