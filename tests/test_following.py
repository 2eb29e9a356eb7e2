"""What follows the site elsewhere: feeds, calendars, workbooks, sitemap, headers."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest

SITE = "https://qingyuan.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def rows(site: Path, ledger: str) -> list[dict[str, str]]:
    (path,) = (site / "data").glob(f"{ledger}*.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    return [dict(zip(told["fields"], row, strict=True)) for row in told["rows"]]


def names(site: Path) -> set[str]:
    units = {row["unit_id"] for row in rows(site, "units")}
    return units | {f"g{row['group_no']}" for row in rows(site, "supervision")}


def test_every_unit_and_group_has_a_feed_and_a_calendar(example_site):
    """And the city has a feed of everything."""
    feeds = {path.stem for path in (example_site / "feeds").glob("*.xml")}
    calendars = {path.stem for path in (example_site / "deadlines").glob("*.ics")}

    assert feeds == names(example_site) | {"all", "reports"}
    assert calendars == names(example_site)


def test_a_feed_is_atom_and_newest_first(example_site):
    """Ids are unique, links lead to pages of the site, the feed says that it is a demo."""
    for path in (example_site / "feeds").glob("*.xml"):
        feed = ElementTree.parse(path).getroot()
        entries = feed.findall(f"{ATOM}entry")
        moments = [entry.findtext(f"{ATOM}updated") for entry in entries]
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]

        assert "演示数据" in feed.findtext(f"{ATOM}title")
        assert moments == sorted(moments, reverse=True)
        assert len(set(ids)) == len(ids)
        assert all(i.startswith("tag:") for i in ids)
        for entry in entries:
            href = entry.find(f"{ATOM}link").get("href")
            assert (example_site / href.removeprefix(SITE)).is_file(), href


def test_a_feed_tells_of_overdue_issues(example_site):
    """Each issue that is past its deadline stands in the city's feed."""
    feed = (example_site / "feeds" / "all.xml").read_text(encoding="utf-8")

    assert "逾期（时限" in feed


def test_a_calendar_holds_the_deadlines_of_open_issues(example_site):
    """One whole-day event an issue; whatever is reported done is not in it."""
    issues = {row["issue_id"]: row for row in rows(example_site, "issues")}
    for path in (example_site / "deadlines").glob("*.ics"):
        content = path.read_bytes()
        calendar = icalendar.Calendar.from_ical(content)
        events = list(calendar.walk("VEVENT"))

        assert content.endswith(b"END:VCALENDAR\r\n")
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        for event in events:
            issue_id = str(event["uid"]).partition("@")[0]
            page = (example_site / "i" / f"{issue_id}.html").read_text(encoding="utf-8")
            assert issue_id in issues
            assert event["dtstart"].dt.isoformat() in page or "时限" in page
        stamps = {str(event["dtstamp"].dt.date()) for event in events}
        assert stamps <= {"2022-09-16"}


@pytest.mark.parametrize("ledger", ["issues", "phones", "works"])
def test_a_workbook_holds_the_rows(example_site, ledger):
    """As many rows as the CSV file, no formula, codes as texts with all digits, marked as demo."""
    (path,) = (example_site / "data").glob(f"{ledger}*.xlsx")
    with zipfile.ZipFile(path) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    cells = [c for row in sheet.iter(f"{SHEET}row") for c in row]
    texts = ["".join(c.itertext()) for c in cells]

    assert len(list(sheet.iter(f"{SHEET}row"))) == len(rows(example_site, ledger)) + 1
    assert not list(sheet.iter(f"{SHEET}f"))
    assert {c.get("t") for c in cells} <= {"inlineStr", None}  # numbers and days have no type
    assert not any("".join(c.itertext()).startswith("0") for c in cells if c.get("t") is None)
    assert (
        rows(example_site, ledger)[0][f"{ledger.rstrip('s')}_id".replace("work_", "works_")]
        in texts
    )
    assert "演示数据" in texts


def test_the_sitemap_lists_every_page_once(example_site):
    """All but the page for what is not there, and frozen pages."""
    tree = ElementTree.parse(example_site / "sitemap.xml").getroot()
    listed = [node.text.removeprefix(SITE) for node in tree.iter(f"{MAP}loc")]
    pages = {p.relative_to(example_site).as_posix() for p in example_site.rglob("*.html")}

    assert len(set(listed)) == len(listed)
    assert set(listed) == {p for p in pages if p != "404.html" and not p.startswith("archive/")}


def test_a_demonstration_asks_not_to_be_indexed(example_site):
    """In robots.txt as on every page; the sitemap is named."""
    robots = (example_site / "robots.txt").read_text(encoding="utf-8")

    assert "Disallow: /" in robots
    assert f"Sitemap: {SITE}sitemap.xml" in robots


def _directives(policy: str) -> dict[str, set[str]]:
    """Return the sources that a content security policy allows, by directive."""
    told = (part.split() for part in policy.split(";") if part.strip())
    return {name: set(sources) for name, *sources in told}


def test_headers_for_servers_repeat_the_policy_of_the_pages(example_site):
    """The same content security policy, and beside it what 404.html needs inline; no more."""
    headers = (example_site / "headers.conf").read_text(encoding="utf-8")
    pages = [(example_site / name).read_text("utf-8") for name in ("index.html", "404.html")]
    policies = [re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1] for page in pages]
    page, missing = (_directives(policy.replace("&#39;", "'")) for policy in policies)
    served = _directives(re.search(r'Content-Security-Policy "([^"]+)"', headers)[1])
    inline = {
        name: page[name] | {one for one in missing[name] if one.startswith("'sha256-")}
        for name in ("style-src", "script-src")
    }

    assert served == page | inline | {"frame-ancestors": {"'self'"}, "connect-src": {"'self'"}}
    assert "unsafe" not in headers
    assert "http:" not in headers
    assert "nosniff" in headers


def test_pages_carry_the_meta_tags_of_government_sites(example_site):
    """Name of the site, column, date and source, on pages of every kind."""
    for path in ("index.html", "u/nanzhao.html", "scores.html", "s/nanzhao.html"):
        page = (example_site / path).read_text(encoding="utf-8")
        told = dict(re.findall(r'<meta name="([A-Za-z]+)" content="([^"]*)">', page))

        assert told["SiteName"] == "清源"
        assert told["ColumnName"]
        assert told["PubDate"] == "2022-09-16"
        assert told["ContentSource"]
