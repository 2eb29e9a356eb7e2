"""The story's site: every page kind, nothing private, nothing live, the same bytes every time."""

from __future__ import annotations

import csv
import filecmp
import json
import re
import shutil
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT, qingyuan

import pipeline.checks  # noqa: F401 - its modules declare their rules
from pipeline import verify
from pipeline.checks import catalogue
from pipeline.ledgers import load_schemas
from pipeline.publication.pages import KINDS
from pipeline.terms import clause_address

RECORD_BYTES = 40_000


def pages(site: Path) -> list[Path]:
    """Return every page of a site."""
    return sorted(site.rglob("*.html"))


def rows(data: Path, ledger: str) -> list[dict[str, str]]:
    """Return the rows of a ledger from all its shards."""
    found = []
    for path in sorted(data.rglob(f"{ledger}.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


@pytest.mark.parametrize("name", [n for n in KINDS if n != "rows"])  # the story has no long line
def test_every_kind_of_page_is_there(example_site, name):
    """At the address that its registration gives."""
    assert list(example_site.glob(KINDS[name].at.replace("{}", "*")))


def test_every_page_is_of_a_kind_or_prose(example_site):
    """What is neither registered nor written by hand is the page of missing ones, or moved."""
    moved = (PROJECT / "site" / "redirects.csv").read_text("utf-8").splitlines()[1:]
    known = {line.split(",")[0] for line in moved} | {"404.html"}
    for path in (PROJECT / "site" / "pages").rglob("*.md"):
        known.add(path.relative_to(PROJECT / "site" / "pages").with_suffix(".html").as_posix())
    for page in pages(example_site):
        address = page.relative_to(example_site).as_posix()
        assert address in known or KINDS.at(address), address


def test_the_site_passes_its_own_verification(example_site):
    """In full, manifest included."""
    assert verify.verify_site(example_site, full=True) == []


def test_every_page_says_that_it_is_a_demonstration(example_site):
    """演示数据 on each page, and no search engine keeps it."""
    for page in pages(example_site):
        text = page.read_text(encoding="utf-8")

        assert "演示数据" in text, page
        assert '<meta name="robots" content="noindex">' in text, page


def test_every_download_says_that_it_is_a_demonstration(example_site):
    """In its name; the edition for Excel in every row."""
    for path in (example_site / "data").glob("*.csv"):
        assert "-demo" in path.name
        if path.name.endswith("-excel.csv"):
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            assert all(line.endswith(("数据性质", "演示数据")) for line in lines), path


def test_no_demonstration_number_can_be_called(example_site):
    """Invented numbers are shown without a link."""
    for page in pages(example_site):
        assert "tel:03771" not in page.read_text(encoding="utf-8"), page


def test_the_catalogue_lists_every_rule_that_runs(example_site):
    """And nothing else: each row of the page is a declared rule."""
    page = (example_site / "rules.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'<tr id="([A-Z]{1,2}[0-9]{2})">', page))

    assert shown == {rule.id for rule in catalogue()}


def test_the_dictionary_lists_every_column(example_site):
    """Title and English header of every column of every ledger."""
    whole = (example_site / "dictionary.html").read_text(encoding="utf-8")
    for schema in load_schemas().values():
        assert f'href="d/{schema.name}.html"' in whole
        page = (example_site / "d" / f"{schema.name}.html").read_text(encoding="utf-8")
        for field in schema.fields:
            assert f'{field.title} <small class="nb">{field.name}</small>' in page, field.name


def test_record_pages_are_light(example_site):
    """At most 40 kB before compression."""
    for folder in "vtwi":
        for page in (example_site / folder).glob("*.html"):
            assert page.stat().st_size <= RECORD_BYTES, page


def _hidden() -> set[str]:
    """Return the distinctive texts of columns that may not be seen, from the story's ledgers."""
    texts: set[str] = set()
    for schema in load_schemas().values():
        hidden = [
            f.name
            for f in schema.fields
            if f.visibility == "I" and f.type == "string" and not f.enum and f.name != "unit_id"
        ]
        for row in rows(EXAMPLE, schema.name):
            texts |= {row[name] for name in hidden if len(row[name]) > 2}
    shown = {r["name"] for r in rows(EXAMPLE, "responsibilities")}
    examples = {f.example for schema in load_schemas().values() for f in schema.fields}
    return texts - shown - examples


def test_nothing_internal_leaves(example_site):
    """No value of an internal column stands anywhere in the site, pages and downloads alike."""
    hidden = _hidden()
    assert len(hidden) > 50
    pattern = re.compile("|".join(re.escape(text) for text in sorted(hidden)))
    for path in example_site.rglob("*"):
        if path.is_file() and path.name != "manifest.json":
            found = pattern.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, f"{path}: {found and found.group()}"


def test_household_counts_leave_only_as_sums(example_site):
    """No ledger of households or rosters is published; their columns are in sums of units only."""
    for name in ("household_checks", "patrol_roster"):
        assert not list((example_site / "data").glob(f"{name}*"))
    for path in (example_site / "data").glob("*-demo.csv"):
        header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert "unsafe_households" not in header or path.name == "household_sums-demo.csv"
        assert "resp_phone" not in header
    sums = (example_site / "data" / "household_sums-demo.csv").read_text(encoding="utf-8")
    assert not {"village_code", "checked_on"} & set(sums.split("\n", 1)[0].split(","))


def test_those_who_mend_are_masked(example_site):
    """Only the surname of a responsible person of an issue is shown."""
    issue = rows(EXAMPLE, "issues")[0]
    page = (example_site / "i" / f"{issue['issue_id']}.html").read_text(encoding="utf-8")

    assert issue["resp_person"] not in page
    assert issue["resp_person"][0] + "**" in page


def test_the_officials_of_annex_1_have_no_phones_and_no_deeds(example_site):
    """Their names stand on the pages of the groups only."""
    names = {r["name"] for r in rows(EXAMPLE, "supervision")}
    for page in pages(example_site):
        if page.parent.name != "g" and page.name != "groups.html":
            text = re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))
            assert not [n for n in names if re.search(rf"\b{n}\b", text)], page


def test_the_same_input_gives_the_same_bytes(example_site, tmp_path):
    """To another folder, in another time zone, locale and hash seed: not one byte differs."""
    elsewhere = {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = qingyuan("build", "--data", EXAMPLE, "--out", tmp_path / "b", environment=elsewhere)
    assert done.returncode == 0, done.stdout + done.stderr
    other = (tmp_path / "b" / "public").resolve()

    names = {p.relative_to(example_site).as_posix() for p in example_site.rglob("*") if p.is_file()}
    assert names == {p.relative_to(other).as_posix() for p in other.rglob("*") if p.is_file()}
    _, differing, lost = filecmp.cmpfiles(example_site, other, sorted(names), shallow=False)
    assert (differing, lost) == ([], [])


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[点](javascript:alert(1))",
    "{{ 7*7 }}{% raw %}",
    "@@qy:body@@",
    "=cmd|' /C calc'!A0",
    "*x*{ onmouseover=alert(1) }",
    "--8<-- mkdocs.yml",
    "&#106;avascript:alert(1)",
    "${jndi:ldap://x}",
    ":smile: <base href=//x>",
)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory) -> Path:
    """Build a site whose free texts are attacks."""
    folder = tmp_path_factory.mktemp("hostile")
    data = folder / "example"
    shutil.copytree(EXAMPLE, data)
    for path in sorted(data.glob("units/*/issues.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            table = list(csv.reader(file))
        header = table[0]
        for number, row in enumerate(table[1:]):
            for field in ("problem", "root_cause", "measures", "due_text", "resp_post"):
                row[header.index(field)] = HOSTILE[number % len(HOSTILE)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
    done = qingyuan("build", "--data", data, "--out", folder / "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return (folder / "build" / "public").resolve()


def test_hostile_text_stays_text(hostile_site):
    """Nothing planted is live, and the site still passes its verification."""
    assert verify.verify_site(hostile_site, full=True) == []
    for page in pages(hostile_site):
        text = page.read_text(encoding="utf-8")
        for live in ("<script>alert", "<img src=x", 'href="javascript', "<base ", ">49<"):
            assert live not in text, f"{page}: {live}"


def test_hostile_text_is_shown_as_it_is(hostile_site):
    """Nothing is swallowed either: a reader sees what was written."""
    shown = "".join(p.read_text(encoding="utf-8") for p in (hostile_site / "i").glob("*.html"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "{{ 7*7 }}" in shown


def test_a_formula_never_runs_in_the_edition_for_excel(hostile_site):
    """A leading sign is guarded."""
    text = (hostile_site / "data" / "issues-demo-excel.csv").read_text(encoding="utf-8-sig")

    assert "'=cmd" in text
    assert ",=cmd" not in text


def test_every_point_on_a_sheet_opens_its_rows(example_site):
    """Each line of each sheet lists as many rows as moved its points; hidden ones are counted."""
    (path,) = (example_site / "data").glob("scores*.json")
    for unit in json.loads(path.read_text(encoding="utf-8"))["units"]:
        sheet = (example_site / "s" / f"{unit['unit']}.html").read_text(encoding="utf-8")
        articles = dict(
            re.findall(r'<article class="qy-clause" id="c([0-9.]+)">(.*?)</article>', sheet, re.S)
        )
        assert len(articles) == 23
        for clause in unit["clauses"]:
            address = clause_address(clause["id"])
            own = example_site / "s" / f"{unit['unit']}-{address}.html"
            text = own.read_text(encoding="utf-8") if own.exists() else articles[address]
            listed = "".join(re.findall(r'<ul class="qy-list">(.*?)</ul>', text, re.S)).count(
                "<li>"
            )
            works = sum(row.startswith("works/") for row in clause["rows"])
            people = works if clause["id"] == "四.3" else 0

            assert listed == len(clause["rows"]) - people, (unit["unit"], clause["id"])


def test_scores_name_no_row_that_may_not_be_opened(example_site):
    """Household checks move points and are never named; what is named is published."""
    (path,) = (example_site / "data").glob("scores*.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    named = {row for u in told["units"] for c in u["clauses"] for row in c["rows"]}
    published = {
        f"{ledger['ledger']}/{row[0]}"
        for file in (example_site / "data").glob("*.json")
        if "ledger" in (ledger := json.loads(file.read_text(encoding="utf-8")))
        for row in ledger["rows"]
    }

    assert named
    assert named <= published
    assert not [row for row in named if row.startswith("household_checks/")]
