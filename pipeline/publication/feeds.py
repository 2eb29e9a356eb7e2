"""Atom feeds: what happened lately and what is overdue, for the city, each unit and each group.

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
from pipeline.rowtypes import ShownIssueRow

FOLDER = "feeds"
ATOM = "http://www.w3.org/2005/Atom"
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


def address(name: str) -> str:
    """Return the address of a feed: of the city (""), a unit, or a group (g7)."""
    return f"{FOLDER}/{name or 'all'}.xml"


def _feed(desk: Desk, name: str, title: str, page: str, issues: Iterable[ShownIssueRow]) -> bytes:
    campaign, day = desk.view.campaign, desk.view.as_of_on
    demo = "（演示数据）" if campaign.is_demo else ""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    _text(root, "title", f"{title}农村供水整改动态{demo}")
    _text(root, "id", _tag(desk, address(name)))
    entries = changes.steps(desk, issues)[:SHOWN]
    _text(root, "updated", _moment(entries[0].on if entries else day))
    author = ElementTree.SubElement(root, "author")
    _text(author, "name", campaign.organiser)
    ElementTree.SubElement(root, "link", {"rel": "self", "href": _full(desk, address(name))})
    ElementTree.SubElement(root, "link", {"href": _full(desk, page)})
    for entry in entries:
        _entry(desk, root, entry)
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
