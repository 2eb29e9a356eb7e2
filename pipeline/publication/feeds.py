"""Atom feeds: what happened lately, for the city, each unit and each group; and every report.

Entries come from the ledgers' own dates, never from a clock; a feed that says nothing new has the
same bytes. Written by ElementTree, so text of a ledger stays text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree

from pipeline.publication.desk import Desk
from pipeline.publication.questions import changes
from pipeline.publication.questions.editions import page_of, paper_of
from pipeline.rowtypes import ShownIssueRow

FOLDER = "feeds"
ATOM = "http://www.w3.org/2005/Atom"
REPORTS = "reports"
"""The feed of the periodic reports: an entry for each edition and each correction."""
SHOWN = 60
"""Entries of a feed, newest first."""


def feeds(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Yield every feed: address and bytes."""
    yield address(""), _feed(desk, "", "全市", "issues.html", desk.issues.standing)
    by_unit = desk.issues.of_unit
    for unit in desk.places.units:
        page = f"u/{unit.id}.html"
        yield address(unit.id), _feed(desk, unit.id, unit.name, page, by_unit.get(unit.id, ()))
    for number in desk.places.groups:
        units = desk.places.units_of_group(number)
        issues = [issue for u in units for issue in by_unit.get(u.id, ())]
        name = f"g{number}"
        yield address(name), _feed(desk, name, f"第{number}督导组", f"g/{number}.html", issues)
    yield address(REPORTS), _reports(desk)


def address(name: str) -> str:
    """Return the address of a feed: of the city (""), a unit, a group (g7), or of the reports."""
    return f"{FOLDER}/{name or 'all'}.xml"


def _feed(desk: Desk, name: str, title: str, page: str, issues: Iterable[ShownIssueRow]) -> bytes:
    entries = changes.steps(desk, issues)[:SHOWN]
    root = _head(desk, name, f"{title}农村供水整改动态", page, entries[0].on if entries else None)
    for entry in entries:
        _entry(desk, root, entry)
    return _bytes(root)


def _reports(desk: Desk) -> bytes:
    """Return the feed of the reports; a link leads to the page, another to the file to print."""
    ids = desk.editions.ids
    last = desk.editions.on[ids[0]] if ids else None
    root = _head(desk, REPORTS, "农村供水整改报告", "reports.html", last)
    for edition in ids:
        report = desk.editions.of[edition]
        node = ElementTree.SubElement(root, "entry")
        number = f"第{report.number}期" if report.number else ""
        title = f"{report.name}{number}" if number else report.title
        _text(node, "title", f"{title}（更正）" if number and report.corrects else title)
        _text(node, "id", _tag(desk, page_of(edition)))
        _text(node, "updated", _moment(desk.editions.on[edition]))
        ElementTree.SubElement(node, "link", {"href": _full(desk, page_of(edition))})
        paper = desk.papers.get(edition)
        if paper is not None and not paper.lack:
            href = _full(desk, paper_of(edition))
            link = {"rel": "enclosure", "type": "application/pdf", "href": href}
            ElementTree.SubElement(node, "link", link)
        _text(node, "summary", report.correction or report.lead)
    return _bytes(root)


def _head(desk: Desk, name: str, title: str, page: str, last: date | None) -> ElementTree.Element:
    """Begin a feed; `last` is the day of its latest entry, that of the view where it has none."""
    campaign = desk.view.campaign
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    _text(root, "title", f"{title}（演示数据）" if campaign.is_demo else title)
    _text(root, "id", _tag(desk, address(name)))
    _text(root, "updated", _moment(last or desk.view.as_of_on))
    author = ElementTree.SubElement(root, "author")
    _text(author, "name", campaign.organiser)
    ElementTree.SubElement(root, "link", {"rel": "self", "href": _full(desk, address(name))})
    ElementTree.SubElement(root, "link", {"href": _full(desk, page)})
    return root


def _bytes(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root, " ")
    made: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"


def _entry(desk: Desk, root: ElementTree.Element, entry: changes.Step) -> None:
    node = ElementTree.SubElement(root, "entry")
    unit = desk.places.unit(entry.issue.unit_id).short_name
    _text(node, "title", f"{unit} {entry.what}：{desk.issues.title(entry.issue)}")
    _text(node, "id", _tag(desk, entry.mark))
    _text(node, "updated", _moment(entry.on))
    link = {"href": _full(desk, f"i/{entry.issue.id}.html")}
    ElementTree.SubElement(node, "link", link)
    limit = desk.view.states[entry.issue.id].limit_on.isoformat()
    _text(node, "summary", f"责任单位：{entry.issue.resp_org}；整改时限：{limit}")


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _full(desk: Desk, path: str) -> str:
    return desk.view.campaign.site_url.rstrip("/") + "/" + path


def _tag(desk: Desk, name: str) -> str:
    """Return an id that never changes, whatever address the site moves to (RFC 4151)."""
    host = urlsplit(desk.view.campaign.site_url).hostname or "localhost"
    return f"tag:{host},{desk.view.campaign.document_on.isoformat()}:{name}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"
