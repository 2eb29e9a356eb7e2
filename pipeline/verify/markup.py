"""One HTML page as a reader's browser takes it: links, ids, scripts, and what must be there."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser

_ADDRESS_ATTRIBUTES = frozenset({"href", "src", "action", "poster", "data", "srcset", "formaction"})
_LINK_ONLY = frozenset({"a", "area"})
_FORBIDDEN_TAGS = frozenset({"iframe", "object", "embed", "base", "frame", "applet", "portal"})
_LIVE = re.compile(r"\s*(?:javascript|data|vbscript|blob):", re.I)
_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr rect line path circle".split()
)
_PAIRED = frozenset(
    "article aside details div dl footer form header main nav ol section table tbody ul".split()
)
"""Elements that nothing closes but their own end: one left open swallows what comes after it."""


@dataclass
class Markup:
    """What was found in a page. `loads` are addresses the browser fetches by itself."""

    title: str = ""
    headings: int = 0
    metas: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    inline: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    lang: str = ""


class Reader(HTMLParser):
    """Reads one page into a `Markup`."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__(convert_charrefs=True)
        self.found = Markup()
        self._inside = ""
        self._script: list[str] | None = None
        self._heading: str | None = None
        self._said_since = True
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag links to, loads or names."""
        values = {name: value or "" for name, value in attrs}
        self._checked(tag, values)
        if (name := values.get("id")) is not None:
            (self.found.doubled if name in self.found.ids else self.found.ids).add(name)
            self.found.ids.add(name)
        if tag == "html":
            self.found.lang = values.get("lang", "")
        elif tag == "meta":
            self._meta(values)
        elif tag == "script" and "src" not in values:
            self._script = []
        elif tag in ("h1", "h2", "h3"):
            self._begin(tag)
        elif tag in ("svg", "img", "input", "rect"):
            self._said_since = True
        for name, value in values.items():
            if name in _ADDRESS_ATTRIBUTES or name == "xlink:href":
                self._address(tag, name, value, values)
        if tag not in _VOID:
            self._inside = tag

    def _begin(self, tag: str) -> None:
        self.found.headings += tag == "h1"
        if self._heading and not self._said_since and tag <= self._heading[:2]:
            self.found.empty.append(self._heading[3:])
        self._heading = f"{tag} "
        self._said_since = True

    def _meta(self, values: dict[str, str]) -> None:
        if name := values.get("name") or values.get("http-equiv"):
            self.found.metas[name.lower()] = values.get("content", "")
        if values.get("http-equiv", "").lower() == "refresh":
            self.found.faults.append("页面会自动跳转")

    def _checked(self, tag: str, values: dict[str, str]) -> None:
        if tag in _PAIRED:
            self._open.append(tag)
        if tag in _FORBIDDEN_TAGS:
            self.found.faults.append(f"有 <{tag}>")
        for name in values:
            if name.startswith("on"):
                self.found.faults.append(f"有事件属性 {name}")
            elif name == "style":
                self.found.faults.append("有 style 属性")

    def _address(self, tag: str, name: str, value: str, values: dict[str, str]) -> None:
        if _LIVE.match(value) and not value.startswith("data:image/"):
            self.found.faults.append(f"有会执行的地址 {value[:40]}")
        elif tag in _LINK_ONLY or (tag == "link" and values.get("rel") == "canonical"):
            self.found.links.append(value if tag != "link" else "")
        elif tag == "form":
            self.found.links.append(value)
        else:
            parts = value.split(",") if name == "srcset" else [value]
            self.found.loads += [part.split()[0] for part in parts if part.strip()]

    def handle_endtag(self, tag: str) -> None:
        """Close a script or a heading."""
        if tag == "script" and self._script is not None:
            self.found.inline.append("".join(self._script))
            self._script = None
        elif tag in ("h1", "h2", "h3") and self._heading:
            self._said_since = False
        elif tag in ("section", "article") and self._heading and not self._said_since:
            self.found.empty.append(self._heading[3:])
            self._said_since = True
        if tag in _PAIRED:
            self._closed(tag)
        self._inside = ""

    def _closed(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
            return
        if tag in self._open:
            while (left := self._open.pop()) != tag:
                self.found.faults.append(f"<{left}> 没有关上")
        else:
            self.found.faults.append(f"多了一个 </{tag}>")

    def close(self) -> None:
        """Name what was never closed."""
        super().close()
        self.found.faults += [f"<{tag}> 没有关上" for tag in self._open]
        self._open.clear()

    def handle_data(self, data: str) -> None:
        """Collect the text of title, headings and scripts."""
        if self._script is not None:
            self._script.append(data)
        elif self._inside == "title" and not self.found.title:
            self.found.title = data.strip()
        elif data.strip():
            if self._heading and self._said_since and len(self._heading) == 3:
                self._heading += data.strip()
            else:
                self._said_since = True


def read(html: str) -> Markup:
    """Read one page."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def script_hash(script: str) -> str:
    """Return the base64 sha256 of an inline script, as a content policy names it."""
    return base64.b64encode(sha256(script.encode()).digest()).decode()
