"""The only door to MkDocs: frames with slots, made once, filled ten thousand times.

MkDocs renders `site/pages` with the theme in `site/theme`; its pages hold slots written
`@@qy:name@@`. A `Shell` is such a page split at its slots. The rest of the site never knows which
generator made it.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from pipeline.files import digest
from pipeline.store import Store, key_of
from pipeline.trouble import EnvironmentTrouble

SLOT = re.compile(r"@@qy:([a-z-]+)@@")
SOURCES = ("mkdocs.yml", "site/pages", "site/theme")
ASSETS = "site/assets"
SKIP = ("跳转至", "跳到正文")
"""The theme's words for the link past the header, and words that say where it leads."""
UNUSED = re.compile(
    r'[ \t]*<(?:input class="md-toggle"[^>]*>|label class="md-overlay".*?</label>)\n?'
)
"""Switches of the theme's drawer and search, which we have not, and which are no sound HTML."""

BANNER = '<aside class="md-banner" aria-label="声明">'
RECORDS = "shells/"
"""Frames of record pages are built in a folder, because record pages live one folder deep."""


MISSING = "404.html"
"""The page for missing addresses, which is whole in itself (`pages.missing`)."""


@dataclass(frozen=True)
class Shell:
    """A frame split at its slots: text, slot, text, slot, ..., text.

    `path` is the address MkDocs gave it; `headings` are those of its own prose, for the look-up.
    """

    name: str
    path: str
    texts: tuple[str, ...]
    slots: tuple[str, ...]
    headings: tuple[tuple[str, str], ...] = ()

    @property
    def is_record(self) -> bool:
        """Whether this frame is for record pages and is no page by itself."""
        return self.path.startswith(RECORDS)

    @property
    def has_body(self) -> bool:
        """Whether the pipeline fills its body; without one it is prose."""
        return "body" in self.slots

    @property
    def is_prose(self) -> bool:
        """Whether it is a page of prose, whole as it is."""
        return not (self.has_body or self.is_record or self.path == MISSING)

    def stamp(self, values: Mapping[str, str]) -> bytes:
        """Fill every slot with escaped HTML.

        Raises:
            KeyError: a slot was given no value.
        """
        parts = [self.texts[0]]
        for slot, text in zip(self.slots, self.texts[1:], strict=True):
            parts += (values[slot], text)
        return "".join(parts).encode("utf-8")


def build(project: Path, store: Store) -> dict[str, Shell]:
    """Return every frame by name, running MkDocs only if its sources changed.

    Raises:
        EnvironmentTrouble: MkDocs failed; its own words are shown.
    """
    key = key_of("shells", digest(project, *SOURCES))
    pages: dict[str, str] = json.loads(store.kept(key, lambda: _rendered(project)))
    found = {}
    for address, html in pages.items():
        name = address.removeprefix(RECORDS).removesuffix(".html")
        found[name] = _split(name, address, html)
    return found


def assets(project: Path) -> dict[str, bytes]:
    """Return our own style sheets, scripts and images by address."""
    folder = project / ASSETS
    return {
        f"assets/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def policy(shells: Mapping[str, Shell]) -> str:
    """Return the content security policy: ours only, and inline only what has this digest."""
    scripts = " ".join(f"'sha256-{digest}'" for digest in sorted(script_digests(shells)))
    return (
        "default-src 'none'; base-uri 'none'; form-action 'self'; manifest-src 'self'; "
        "img-src 'self' data:; "
        f"style-src 'self'; script-src 'self' {scripts}"
    )


def script_digests(shells: Mapping[str, Shell]) -> set[str]:
    """Return the base64 sha256 of every inline script of the frames."""
    found = set()
    for shell in shells.values():
        for script in re.findall(r"<script>(.*?)</script>", "".join(shell.texts), re.S):
            found.add(base64.b64encode(sha256(script.encode()).digest()).decode())
    return found


def _rendered(project: Path) -> bytes:
    """Run MkDocs; returns all its pages by address, as JSON."""
    with tempfile.TemporaryDirectory(prefix="qingyuan-") as made:
        _run(project, Path(made))
        pages = {
            path.relative_to(made).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(Path(made).rglob("*.html"))
        }
    return json.dumps(pages, ensure_ascii=False).encode()


def _run(project: Path, folder: Path) -> None:
    """Run MkDocs into a folder."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1657756800"}
    done = subprocess.run(
        [*command, str(project / "mkdocs.yml"), "-d", str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = "\n".join(line for line in done.stderr.splitlines() if "INFO" not in line)
        raise EnvironmentTrouble(f"MkDocs 没有建成页面框架：\n{words[-2000:]}")


def _split(name: str, address: str, html: str) -> Shell:
    html = re.sub(r"[ \t]*\n\s*\n+", "\n", html)
    html = html.replace('<html lang="zh"', '<html lang="zh-CN"', 1)
    html = html.replace(*SKIP, 1)
    html = UNUSED.sub("", html).replace('<aside class="md-banner">', BANNER, 1)
    pieces = SLOT.split(html)
    return Shell(name, address, tuple(pieces[::2]), tuple(pieces[1::2]), _headings(html))


class _Headings(HTMLParser):
    """Collect headings that have an id."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h1", "h2", "h3"):
            self._open = dict(attrs).get("id")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3"):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.found.append((data.strip(), self._open))


def _headings(html: str) -> tuple[tuple[str, str], ...]:
    parser = _Headings()
    start = html.find('<article class="qy-sec qy-prose">')
    if start < 0:
        return ()
    parser.feed(html[start : html.find("</article>", start)])
    return tuple(parser.found)
