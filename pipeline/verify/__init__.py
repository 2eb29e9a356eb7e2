"""Verification: a built site looked at from outside, knowing nothing of how it was made.

Every internal link and anchor resolves; no page asks another host for anything; no script runs that
is not ours; no personal data; every page has a title, one main heading, a data date and a digest;
the manifest tells the truth. `full` parses every page on all cores; otherwise, inside a build, one
page of each folder and all pages of the root are parsed, and the rest is scanned.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pipeline import workers
from pipeline.files import below, digest
from pipeline.terms import INTERNAL_MARK
from pipeline.verify import scanning
from pipeline.verify.internal import is_internal
from pipeline.verify.markup import Markup, read, script_hash
from pipeline.verify.personal import is_likely, personal_data
from pipeline.verify.trouble import Trouble

__all__ = ["Trouble", "code_digest", "personal_data", "verify_site"]

MANIFEST = "manifest.json"
SIGNATURES = (f"{MANIFEST}.sig", f"{MANIFEST}.minisig")
"""What may be laid beside the manifest after it was written."""
CHUNK = 300
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.I)
_HARMLESS = ("tel:", "mailto:")
_CSS_LOAD = re.compile(r"@import|url\(\s*['\"]?(?!data:image/|#)([^)'\"]+)")
_JS_LOAD = re.compile(
    r"https?://|\bfetch\((?!e\.request\))|XMLHttpRequest|WebSocket|importScripts|\beval\("
    r"|new Function"
)
"""`fetch(e.request)` is a service worker's own: it asks for what the page asked for, no more."""

_DATA_SCRIPT = re.compile(r"window\.[A-Za-z]+=(.*);\n?", re.S)
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


@dataclass(frozen=True)
class _Seen:
    """What one page links to and offers, for the look-up of links afterwards."""

    path: str
    links: tuple[str, ...]
    ids: frozenset[str]


def verify_site(
    root: Path,
    *,
    full: bool,
    manifest: bool = True,
    trusted: frozenset[str] = frozenset(),
    report: Callable[[str], None] = lambda _: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Trouble]:
    """Return everything wrong with the site in a folder, sorted by address.

    `trusted` are addresses whose very same file passed this verification in the release before,
    while no address it could lead to has gone since; they are not looked at again. `meanwhile` is
    what the caller has to do while other processes look.
    """
    root = root.resolve()
    files = list(below(root))
    pages = [path for path in files if path.endswith(".html")]
    parsed = set(pages) if full else _sample(pages)
    pages = [path for path in pages if path not in trusted]
    troubles: list[Trouble] = []
    seen: list[_Seen] = []
    chunks = [pages[n : n + CHUNK] for n in range(0, len(pages), CHUNK)]
    public = _public_numbers(root)
    work = [(root, chunk, frozenset(parsed), public) for chunk in chunks]
    others = [p for p in files if not p.endswith(".html") and p not in trusted]
    is_little = len(chunks) < 2  # few pages are looked at here, beside the other files
    with workers.pool(1 if is_little else None) as pool:
        beside = pool.submit(_other_files, root, others, public)
        looked = map(_look, work) if is_little else pool.map(_look, work)
        meanwhile()
        for number, (some, found) in enumerate(looked, 1):
            troubles += found
            seen += some
            report(f"核验页面 {min(number * CHUNK, len(pages))}/{len(pages)}")
        troubles += _links(root, seen, {*files, MANIFEST})
        troubles += beside.result()
    if manifest:
        troubles += _manifest(root, files)
    if "index.html" not in files:
        troubles.append(Trouble("index.html", "没有首页", "重新运行 make site"))
    return sorted(set(troubles))


def _sample(pages: Sequence[str]) -> set[str]:
    """Choose the pages parsed in full during a build: all of the root, the first of each folder."""
    first: dict[str, str] = {}
    for path in pages:
        first.setdefault(path.rpartition("/")[0], path)
    return {path for path in pages if "/" not in path or path.startswith("method/")} | set(
        first.values()
    )


def _public_numbers(root: Path) -> frozenset[str]:
    """Return the numbers that the site's own table of phones publishes."""
    return frozenset(
        number
        for path in (root / "data").glob("phones*.csv")
        for number in _MOBILE.findall(path.read_text(encoding="utf-8", errors="replace"))
    )


def _look(
    work: tuple[Path, list[str], frozenset[str], frozenset[str]],
) -> tuple[list[_Seen], list[Trouble]]:
    root, paths, parsed, public = work
    seen, troubles = [], []
    words = scanning.Words()
    for path in paths:
        with open(f"{root}/{path}", "rb", buffering=0) as file:
            html = file.readall()
        if path in parsed:
            markup = read(html.decode(errors="replace"))
            told = _page(markup)
            links, ids = tuple(dict.fromkeys((*markup.links, *markup.loads))), frozenset(markup.ids)
        else:
            told = scanning.faults(html)
            links = words.of(scanning.links(html))
            ids = frozenset(words.of(scanning.ids(html)))
        if scanning.is_unfilled(html):
            told.append("有没填上的槽位")
        troubles += [Trouble(path, message, "这是程序的问题，请告诉维护人员") for message in told]
        seen.append(_Seen(path, links, ids))
        if is_likely(html):
            troubles += personal_data(path, html.decode(errors="replace"), public)
    return seen, troubles


def _page(markup: Markup) -> list[str]:
    """Say what is wrong with one parsed page."""
    told = []
    if not markup.title:
        told.append("没有标题")
    if markup.headings != 1:
        told.append(f"有 {markup.headings} 个一级标题，应当只有一个")
    if markup.lang != "zh-CN":
        told.append("没有写明中文（lang）")
    told += [f"没有 {name}" for name in ("data-date", "page-digest") if not markup.metas.get(name)]
    told += [f"“{heading}”下面是空的" for heading in markup.empty]
    told += [f"编号 {name} 出现了两次" for name in sorted(markup.doubled)]
    told += markup.faults
    policy = markup.metas.get("content-security-policy", "")
    told += [
        "有不在清单里的内嵌脚本"
        for script in markup.inline
        if f"sha256-{script_hash(script)}" not in policy
    ]
    if not policy:
        told.append("没有内容安全策略")
    return told + [f"向外请求 {load}" for load in markup.loads if _OUTSIDE.match(load)]


class _Ids(dict[str, frozenset[str]]):
    """The ids of each page; a page that was not looked at is read when a link asks for it."""

    def __init__(self, root: Path, seen: Iterable[_Seen]) -> None:
        super().__init__({one.path: one.ids for one in seen})
        self._root = root

    def __missing__(self, path: str) -> frozenset[str]:
        html = (self._root / path).read_bytes()
        self[path] = found = frozenset(scanning.Words().of(scanning.ids(html)))
        return found


def code_digest() -> str:
    """Digest the code of this room: a trust given by other rules is not a trust."""
    return digest(Path(__file__).parent, ".")


def _links(root: Path, seen: Sequence[_Seen], files: set[str]) -> list[Trouble]:
    """Resolve every internal link and anchor."""
    ids = _Ids(root, seen)
    known: dict[tuple[str, str], str | None] = {}
    troubles = []
    for one in seen:
        folder = one.path.rpartition("/")[0]
        for link in one.links:
            if not link or link.startswith(_HARMLESS) or _OUTSIDE.match(link):
                continue
            if link.startswith("#"):
                place = _place(link[1:])
                wrong = None if place in ids[one.path] or not place else "本页没有这个位置"
            elif (folder, link) in known:
                wrong = known[folder, link]
            else:
                wrong = known[folder, link] = _unresolved(folder, link, files, ids)
            if wrong:
                troubles.append(Trouble(one.path, f"链接 {link} 不通：{wrong}", "改链接或补页面"))
    return troubles


def _unresolved(folder: str, link: str, files: set[str], ids: _Ids) -> str | None:
    """Say why a link leads nowhere, or None."""
    address, _, anchor = link.partition("#")
    parts: list[str] = folder.split("/") if folder else []
    for part in unquote(address.partition("?")[0]).split("/"):
        if part == "..":
            if not parts:
                return "走出了网站"
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    goal = "/".join(parts)
    if goal not in files:
        return f"没有 {goal or '这个地址'}"
    if anchor and _place(anchor) not in ids[goal]:
        return f"{goal} 里没有 {anchor}"
    return None


def _place(anchor: str) -> str:
    """Return the id that an anchor means; what follows a question mark narrows a table there."""
    return unquote(anchor.partition("?")[0])


def _other_files(root: Path, paths: Sequence[str], public: frozenset[str]) -> list[Trouble]:
    """Check style sheets and scripts for outside requests, and downloads for personal data."""
    troubles = []
    for path in paths:
        told: list[str] = []
        written = (root / path).read_bytes()
        if path.endswith(".pdf") and is_internal(written):
            told.append(f"是{INTERNAL_MARK}，不能公开")
        text = written.decode(errors="replace") if _is_text(path) else ""
        if path.endswith(".js") and (held := _held(text)) is not None:
            troubles += personal_data(path, held, public)
        elif path.endswith((".css", ".js")):
            pattern = _CSS_LOAD if path.endswith(".css") else _JS_LOAD
            told += [f"会请求别的地址：{found.group()}" for found in pattern.finditer(text)]
        elif path.endswith(".csv") and is_likely(written):  # commas part cells and not a number
            cells = "\n".join(cell for row in csv.reader(io.StringIO(text)) for cell in row)
            troubles += personal_data(path, cells, public)
        elif path.endswith(".json") and path != MANIFEST:
            troubles += personal_data(path, text, public)
        troubles += [Trouble(path, message, "这是程序的问题，请告诉维护人员") for message in told]
    return troubles


def _is_text(path: str) -> bool:
    return path.endswith((".css", ".js", ".csv", ".json"))


def _held(script: str) -> str | None:
    """Return the texts of a script that only puts a JSON value in a variable; None of any other.

    JSON runs nothing, whatever its texts say, so they are looked at as data and not as code.
    """
    found = _DATA_SCRIPT.fullmatch(script)
    try:
        return "\n".join(_texts(json.loads(found[1]))) if found else None
    except ValueError:
        return None


def _texts(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for key, one in value.items():
                yield key
                yield from _texts(one)
        case list():
            for one in value:
                yield from _texts(one)
        case _:
            yield str(value)


def _manifest(root: Path, files: Sequence[str]) -> list[Trouble]:
    """Compare every file with what the manifest says of it."""
    remedy = "文件被改动过：重新运行 make site，或退回上一版"
    try:
        listed = json.loads((root / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return [Trouble(MANIFEST, "清单没有或读不了", remedy)]
    troubles = [Trouble(p, "清单里有，文件没有", remedy) for p in sorted(set(listed) - set(files))]
    for path in files:
        if path in (MANIFEST, *SIGNATURES):
            continue
        if path not in listed:
            troubles.append(Trouble(path, "清单里没有这个文件", remedy))
        elif sha256((root / path).read_bytes()).hexdigest() != listed[path]["sha256"]:
            troubles.append(Trouble(path, "内容和清单不符", remedy))
    return troubles
