"""What was followed up: every figure counted once more, another way, from the files themselves."""

from __future__ import annotations

import csv
import re
import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure, followup, rectification
from pipeline.checks.examples import book_of
from pipeline.disclosure.followed import followed
from pipeline.figures import yuan
from pipeline.ledgers import load
from pipeline.rectification.wordings import alike

DAY = date(2022, 9, 16)
CITY = PROJECT / "data"


def db(data: Path) -> sqlite3.Connection:
    """Return the ledgers of a data folder as tables of text, a blank cell as NULL."""
    found = sqlite3.connect(":memory:")
    for ledger in ("returns", "funds", "works", "risk_points", "accountability", "activities",
                   "issues", "outages"):  # fmt: skip
        shards = [p for p in sorted(data.rglob(f"{ledger}.csv")) if "reference" not in p.parts]
        for n, path in enumerate(shards):
            header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
            if not n:
                found.execute(f"create table {ledger} ({', '.join(header)})")
            marks = ", ".join("?" * len(header))
            cells = ([cell or None for cell in row] for row in rows)
            found.executemany(f"insert into {ledger} values ({marks})", cells)  # noqa: S608 names from here
    return found


@pytest.fixture(scope="module", params=[EXAMPLE, CITY], ids=["story", "city"])
def both(request):
    """The same ledgers twice: as the view tells them, and as tables of a database."""
    snapshot = load(request.param).snapshot
    assert snapshot is not None
    told = followed(snapshot.as_of(DAY), DAY, "public")
    return told, db(request.param)


def words(page: Path) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))


def test_returns_are_in_time_late_missing_or_waiting(both):
    """By unit: the four add up to all, and the due day itself is still in time."""
    told, tables = both
    query = """
        select unit_id,
          sum(received_on is not null and received_on <= due_on),
          sum(received_on is not null and received_on > due_on),
          sum(received_on is null and due_on < :day),
          sum(received_on is null and due_on >= :day),
          sum(returned_on is not null),
          sum(kind in ('工作总结', '整改台账') and received_on is not null
              and copied_on is not null),
          sum(kind in ('工作总结', '整改台账') and received_on is not null)
        from returns group by unit_id"""
    found = {unit: tuple(rest) for unit, *rest in tables.execute(query, {"day": DAY.isoformat()})}

    assert found
    for unit, counts in found.items():
        t = told.tallies[unit]
        assert counts == (
            t.in_time, t.late, t.missing, t.waiting, t.sent_back, t.copied, t.to_copy
        )  # fmt: skip
    city = told.tallies[""]
    assert city.due + city.waiting == sum(map(sum, (c[:4] for c in found.values())))
    assert sum(t.due for t in told.by_kind.values()) == city.due


@pytest.mark.parametrize(
    ("due", "received", "outcome", "days"),
    [
        ("2022-09-16", "", "还没到期", 0),
        ("2022-09-15", "", "逾期没报", 1),
        ("2022-08-25", "2022-08-25", "按期报来", 0),
        ("2022-08-25", "2022-08-26", "逾期才报", 1),
    ],
)
def test_the_due_day_belongs_to_the_one_who_owes(due, received, outcome, days):
    """Late from the day after, whether it came or not."""
    row = {"due_on": due, "received_on": received}
    rows = book_of({"returns": [row]}).snapshot["returns"]
    (one,) = followup.returned(rows, DAY)

    assert (one.outcome, one.days) == (outcome, days)


def test_the_fund_is_what_the_rows_add_up_to(both):
    """Owed by all works of a unit at three yuan a head; written as due, arrived and spent."""
    told, tables = both
    people = dict(tables.execute("select unit_id, sum(population) from works group by unit_id"))
    query = """select unit_id, entry, sum(amount_yuan) from funds
               where fund_year = '2022' and entry_on <= ? group by unit_id, entry"""
    money = {(u, e): Decimal(str(n)) for u, e, n in tables.execute(query, [DAY.isoformat()])}

    for unit, one in told.funds.items():
        assert one.owed == 3 * people.get(unit, 0)
        for entry, value in (("应落实", one.planned), ("到账", one.arrived), ("支出", one.spent)):
            if (unit, entry) in money:
                assert value == money[unit, entry]
            else:
                assert not value
    assert any(one.is_full for one in told.funds.values())


def test_a_unit_that_wrote_nothing_is_not_a_unit_that_got_nothing(both):
    """None where no row of the year stands, zero where only other entries do."""
    told, tables = both
    silent = set(told.funds) - {u for (u,) in tables.execute("select unit_id from funds")}

    assert all(told.funds[unit].arrived is None for unit in silent)


def test_readiness_counts_risk_points_that_stand(both):
    """With a plan, supplies, another source; only of units with three points or more."""
    told, tables = both
    query = """select unit_id, count(*), sum(plan_doc_id is not null), sum(supplies is not null),
                 sum(backup_source is not null) from risk_points
               where (closed_on is null or closed_on > :day) and listed_on <= :day
               group by unit_id"""
    found = {u: tuple(rest) for u, *rest in tables.execute(query, {"day": DAY.isoformat()})}

    assert {u: c for u, c in found.items() if c[0] >= followup.FEWEST} == {
        unit: (one.points, one.planned, one.supplied, one.backed)
        for unit, one in told.readiness.items()
    }


def test_links_count_public_meetings_and_issues_of_the_campaign(both):
    """Meetings that are public, issues that came by 靶向整改."""
    told, tables = both
    meetings = """select unit_id, count(*), max(held_on) from activities
                  where kind = '对接乡村振兴' and is_public = '是' and held_on <= ?
                  group by unit_id"""
    met = {u: (n, on) for u, n, on in tables.execute(meetings, [DAY.isoformat()])}
    query = """select unit_id, count(*) from issues where channel = '乡村振兴靶向整改'
               and found_on <= ? group by unit_id"""
    handed = dict(tables.execute(query, [DAY.isoformat()]))

    for unit, one in told.links.items():
        last = one.last_on and one.last_on.isoformat()
        assert (one.meetings, last) == met.get(unit, (0, None))
        assert one.issues == handed.get(unit, 0)


def test_measures_are_counted_over_the_city_only(both):
    """Three kinds, those of which there is none too; no value names a unit."""
    told, tables = both
    found = dict(tables.execute("select measure, count(*) from accountability group by measure"))

    assert [one.measure for one in told.measures] == ["责令整改", "警示约谈", "通报批评"]
    assert {one.measure: one.count for one in told.measures if one.count} == found
    assert not any("unit" in name for name in followup.Taken.__slots__)


def test_the_red_line_counts_what_nobody_planned(both):
    """Whole villages, not planned, since the year began."""
    told, tables = both
    query = """select count(*) from outages where scale in ('整村', '整村连片')
               and is_planned <> '是' and started_on <= :day
               and coalesce(ended_on, :day) >= '2022-01-01'"""

    assert told.red_line.count == tables.execute(query, {"day": DAY.isoformat()}).fetchone()[0]


@pytest.mark.parametrize(
    ("cells", "count", "days"),
    [
        ([], 0, 258),
        ([{"scale": "局部"}], 0, 258),
        ([{"scale": "整村", "is_planned": "是"}], 0, 258),
        ([{"scale": "整村", "ended_on": "2022-09-06"}], 1, 10),
        ([{"scale": "整村连片", "ended_on": ""}], 1, 0),
        ([{"scale": "整村", "started_on": "2021-05-01", "ended_on": "2021-05-02"}], 0, 258),
    ],
)
def test_days_since_the_line_was_crossed(cells, count, days):
    """Since the last one ended; none while one lasts; since the year began if there was none."""
    base = {"started_on": "2022-09-05", "ended_on": "2022-09-06", "is_planned": "否"}
    rows = book_of({"outages": [base | one for one in cells]}).snapshot["outages"]
    line = followup.red_line(rows, date(2022, 1, 1), DAY)

    assert (line.count, line.days) == (count, days)


def test_the_course_of_the_campaign_is_a_line():
    """Phases lie on it by days; the day is on it only between first and last day."""
    snapshot = load(EXAMPLE).snapshot
    assert snapshot is not None
    campaign = snapshot.campaign
    course = followup.course(campaign, DAY)
    days = (campaign.cut_off_on - campaign.screen_from_on).days + 1
    looked, assessed = course.phases

    assert looked.start == 0
    assert round(looked.width * days) == 43
    assert round((assessed.start + assessed.width) * days) == days
    assert (looked.state, looked.behind, assessed.state) == ("已结束", 1.0, "进行中")
    assert assessed.days_left == (campaign.cut_off_on - DAY).days
    assert followup.course(campaign, date(2022, 7, 1)).today is None
    assert [begin.month for begin, _ in course.months] == [8, 9, 10, 11, 12]


def test_who_was_summoned_stands_nowhere(example_site):
    """Of 警示约谈 the pages say how often in the city: no unit, no post, no grounds, no number."""
    tables = db(EXAMPLE)
    query = """select measure_id, target_post, grounds, basis_ref from accountability
               where is_public = '否'"""
    closed = [cell for row in tables.execute(query) for cell in row if cell]
    pages = [p for p in example_site.rglob("*.html") if p.name != "dictionary.html"]
    said = {page: page.read_text(encoding="utf-8") for page in pages}
    summoned = [page for page, text in said.items() if "警示约谈" in text]

    assert closed
    assert not [(p.name, word) for p, text in said.items() for word in closed if word in text]
    own = words(example_site / "accountability.html")
    assert "警示约谈1次" in own
    assert not [p for p in summoned if p.parent.name in ("u", "i", "g")]


def test_pages_say_what_was_counted(example_site):
    """The four pages carry the figures of the view."""
    snapshot = load(EXAMPLE).snapshot
    assert snapshot is not None
    told = disclosure.view(snapshot, DAY, "").followup
    city = told.tallies[""]

    assert f"到期{city.due}份，按期报来{city.in_time}份" in words(example_site / "returns.html")
    arrived = sum((one.arrived or 0) for one in told.funds.values())
    assert f"到账{yuan(arrived)}" in words(example_site / "funds.html")
    exact = (example_site / "funds.html").read_text(encoding="utf-8")
    assert f'title="{arrived:,}元"' in exact
    assert f"{told.red_line.days}天" in words(example_site / "campaign.html")
    one = next(one for one in told.returns if one.days)
    assert f"{one.name.replace(' ', '')}" in words(example_site / "returns.html")


def test_twins_are_offered_both_ways_and_never_merged():
    """A household's and a works' issue of one village, worded alike, from two channels."""
    base = {
        "works_id": "jiaxian-w0001", "village_code": "890121103201", "category": "设备",
        "issue_level": "工程", "problem": "水泵电机烧毁，靠备用泵供水",
        "found_on": "2022-07-20", "due_on": "2022-08-20",
    }  # fmt: skip
    other = base | {
        "works_id": "", "issue_level": "户", "problem": "水泵电机烧毁，改用备用泵供水",
        "channel": "乡村振兴靶向整改",
    }  # fmt: skip
    book = book_of({"issues": [base, other]})
    first, second = (row.issue_id for row in book.snapshot["issues"])
    found = rectification.twins(book.today, book.states)

    assert found == {first: (second,), second: (first,)}
    assert len(book.states) == 2


@pytest.mark.parametrize(
    ("one", "two", "share"),
    [
        ("水泵烧了", "水泵烧了。", 1.0),
        ("水泵烧了", "管道漏水", 0.0),
        ("漏", "漏", 1.0),
        ("漏", "堵", 0.0),
        ("甲乙丙", "甲乙丁", 0.5),
    ],
)
def test_wordings_are_compared_by_pairs_of_characters(one, two, share):
    """Marks do not count; what is shorter than a pair must be equal."""
    assert alike(one, two) == share
