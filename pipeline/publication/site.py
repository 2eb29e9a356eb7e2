"""The whole site from one view: every page rendered, stamped into its shell and written.

The order is fixed and the same input gives the same bytes. Pages are independent of one another, so
they are made by as many processes as the machine has cores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from pipeline import workers
from pipeline.disclosure import View
from pipeline.publication import (
    deadlines,
    downloads,
    drawings,
    feeds,
    lookup,
    servers,
    shells,
)
from pipeline.publication.desk import Desk
from pipeline.publication.page import DIGEST_SHOWN, Page
from pipeline.publication.pages import (
    data,
    home,
    missing,
    places,
    records,
    registers,
    scores,
    supply,
    updates,
)
from pipeline.publication.reuse import Earlier, Reuse
from pipeline.publication.stamping import Stamp
from pipeline.store import Store
from pipeline.trouble import making

Row = Any
CHUNK = 200
"""Pages a process makes between two reports."""


class Writer(Earlier, Protocol):
    """Where files of the site go; only the release knows where that is."""

    def write(self, path: str, content: bytes) -> None:
        """Write one file at an address below the site's root."""


@dataclass
class Site:
    """Everything a process needs to make pages; inherited by forking, never pickled."""

    view: View
    desk: Desk
    shells: Mapping[str, shells.Shell]
    writer: Writer
    store: Store
    stamp: Stamp
    assets: Mapping[str, bytes]
    sizes: dict[str, tuple[int, str]] = field(default_factory=dict)


_site: Site | None = None


def publish(
    view: View,
    project: Path,
    writer: Writer,
    store: Store,
    commit: str = "",
    report: Callable[[str], None] = lambda _: None,
) -> dict[str, int]:
    """Write the whole site of a view; returns how many files of each kind were written.

    `commit` names the state of the ledgers under git; it is shown on the page of the data.
    """
    global _site
    report("搭页面框架")
    frames = shells.build(project, store)
    desk = Desk(view, project / "site" / "templates")
    _site = site = Site(
        view, desk, frames, writer, store, Stamp(view, frames), shells.assets(project)
    )
    report("画图")
    desk.drawings, pictures = drawings.drawn(desk, store)
    for one in desk.further:
        one.drawings = drawings.drawn_of_edition(one, store)
    for path, content in site.assets.items():
        writer.write(path, content)
    counts = {"assets": len(site.assets)}
    reuse = Reuse(desk, project, writer)
    tasks = list(_tasks(desk))
    fresh = [task for task in tasks if not reuse.page(*task)]
    with workers.pool() as pool:
        report(f"写公开数据和{len(fresh)}个页面")
        ledgers = sorted(downloads.published(view), key=lambda name: -len(view[name]))
        pending = []
        for ledger in ledgers:
            if kept := reuse.download(ledger):
                site.sizes |= kept
            else:
                pending.append(pool.submit(_write_download, ledger))
        chunks = [fresh[n : n + CHUNK] for n in range(0, len(fresh), CHUNK)]
        for number, _ in enumerate(pool.map(_write_pages, chunks), 1):
            report(f"写页面 {min(number * CHUNK, len(fresh))}/{len(fresh)}")
        for made in pending:
            site.sizes |= made.result()
    counts["records"] = len(tasks)
    report("写首页和目录页")
    counts["registers"] = _registers(site, commit) + _prose(site)
    with making("查找的索引"):
        for path, content in lookup.files(desk, frames):
            writer.write(path, content)
    for path, content in (
        *pictures.items(),
        *feeds.feeds(desk),
        *deadlines.calendars(desk),
        *servers.files(
            desk,
            frames,
            tasks,
            project / "site" / "redirects.csv",
            missing.digests(site.assets["assets/lookup.js"].decode()),
        ),
    ):
        writer.write(path, content)
    _site = None
    return counts


def _tasks(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield every record page as kind and id, in the order of addresses."""
    view, facts = desk.view, desk.facts
    yield from (("unit", u.id) for u in facts.units)
    yield from (("supply", u.id) for u in facts.units if facts.works_of_unit[u.id])
    for towns in facts.townships.values():
        for town in towns:
            yield "township", town.id
            yield from (("village", v.id) for v in facts.villages.get(town.id, []))
    yield from (("works", w.id) for w in view.works)
    yield from (("issue", i.id) for i in view.issues)
    yield from (("sheet", unit) for unit in view.assessment.sheets)
    yield from (("rows", f"{unit} {name}") for unit, name in scores.long_lines(desk))
    yield from (("clause", name) for name in view.assessment.clauses)
    yield from (("edition", key) for one in desk.further for key in scores.edition_keys(one))
    yield from (("group", str(n)) for n in sorted({s.group_no for s in view.supervision}))


def _page(site: Site, kind: str, key: str) -> Page:
    desk = site.desk
    if kind in KEYED:
        return KEYED[kind](desk, key)
    match kind:
        case "unit":
            return places.unit_page(desk, desk.facts.unit(key))
        case "supply":
            return supply.supply_page(desk, desk.facts.unit(key))
        case "township":
            return places.township_page(desk, desk.facts.division(key))
        case "village":
            return places.village_page(desk, desk.facts.division(key))
        case "works":
            return records.works_page(desk, site.view.index("works")[key])
        case "issue":
            return records.issue_page(desk, site.view.index("issues")[key])
        case "sheet":
            return scores.sheet_page(desk, desk.facts.unit(key))
        case "rows":
            unit, _, name = key.partition(" ")
            return scores.rows_page(desk, desk.facts.unit(unit), name)
        case _:
            return records.group_page(desk, int(key))


KEYED: Mapping[str, Callable[[Desk, str], Page]] = {
    "clause": scores.clause_page,
    "edition": scores.edition_page,
}
"""Pages that are made from their key alone."""

HOMES = {
    "unit": "units", "township": "divisions", "village": "divisions", "works": "works",
    "issue": "issues",
}  # fmt: skip
"""The ledger in which the row stands that a page is about."""


def _named(site: Site, kind: str, key: str) -> str:
    """Say a page by its address and by the row it is about."""
    row = site.view.index(HOMES[kind]).get(key) if kind in HOMES else None
    place = f"（{row.file} 第{row.line}行）" if row is not None else ""
    return f"页面 {servers.address(kind, key)}{place}"


def _write_pages(tasks: Sequence[tuple[str, str]]) -> int:
    site = _site
    assert site is not None  # noqa: S101 - set before the pool forks
    for kind, key in tasks:
        with making(_named(site, kind, key)):
            _write(site, _page(site, kind, key))
    return len(tasks)


def _write_download(ledger: str) -> dict[str, tuple[int, str]]:
    site = _site
    assert site is not None  # noqa: S101 - set before the pool forks
    made = {}
    with making(f"台账 {ledger} 的公开数据"):
        for path, content in downloads.files(site.view, ledger, site.store):
            site.writer.write(path, content)
            made[path] = downloads.digest(content)
    return made


def _write(site: Site, page: Page) -> None:
    site.writer.write(page.path, site.stamp.page(page))


def _prose(site: Site) -> int:
    """Write the pages that are prose only; their digest is that of their words."""
    own = (missing.PATH,)
    pages = [s for s in site.shells.values() if not (s.has_body or s.is_record or s.path in own)]
    for shell in pages:
        site.writer.write(shell.path, site.stamp.prose(shell))
    return len(pages)


def _registers(site: Site, commit: str) -> int:
    """Write the pages that list, and those about the data."""
    desk, view = site.desk, site.view
    made = [downloads.describe(view, ledger) for ledger in downloads.published(view)]
    scored = (file for one in (view, *view.beside) for file in downloads.score_files(one))
    for path, content in (*scored, *downloads.verdict_files(view)):
        site.writer.write(path, content)
        site.sizes[path] = downloads.digest(content)
    content = downloads.package(view, site.sizes)
    site.writer.write(f"{downloads.FOLDER}/datapackage.json", content)
    site.sizes[f"{downloads.FOLDER}/datapackage.json"] = downloads.digest(content)
    pages: Mapping[str, Callable[[Desk], Page]] = {
        "首页": home.home_page,
        "三个责任": registers.units_page,
        "整改台账": registers.issues_page,
        "水质": registers.water_page,
        "考评": scores.ranking_page,
        "口径": scores.readings_page,
        "督导分工": registers.groups_page,
        "监督电话": registers.hotlines_page,
        "风险与应急": registers.risks_page,
        "制度文件": registers.documents_page,
        "更正与更新": updates.updates_page,
        "数据": lambda desk: data.data_page(desk, made, site.sizes, commit),
        "字段字典": data.dictionary_page,
        "检查规则": data.rules_page,
        "方法": data.method_page,
    }
    script = site.assets["assets/lookup.js"].decode()
    content = missing.missing_page(desk, view.digest[:DIGEST_SHOWN], script)
    site.writer.write(missing.PATH, content)
    for name, page in pages.items():
        with making(f"“{name}”页"):
            _write(site, page(desk))
    return len(pages) + 1
