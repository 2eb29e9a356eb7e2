"""Record checks on whole data: planted faults found at their line, warnings few and readable."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import pipeline.checks  # noqa: F401 - registers every rule
from pipeline.checks.book import Book
from pipeline.checks.collected import collected
from pipeline.checks.examples import book_of
from pipeline.checks.records.works import class_of
from pipeline.checks.rulebook import run_records
from pipeline.checks.sums import SHOWN, some
from pipeline.findings import Finding
from pipeline.ledgers import Loaded, RawShard, Snapshot, load, rows_of
from pipeline.telephones import HOTLINES, Area, fault_of_number, kind_of

ROOT = Path(__file__).parents[1]
AREA = Area("南阳市", "0377", 8)
CITY, STORY = ROOT / "data", ROOT / "tests" / "example"
MOST_WARNINGS = 300
"""Warnings of a whole city that somebody will still read."""

UNITS, CHECKS_OF = "units/nanzhao", "city/checks/nanzhao"


@cache
def read(data: Path) -> Loaded:
    return load(data)


def asked(book: Book) -> list[Finding]:
    """Return what the record checks find."""
    return run_records(book, collected().checks.values())


def book(data: Path, raws: list[RawShard] | None = None, day: date | None = None) -> Book:
    """Return the book of a data folder, or of its shards after a change."""
    loaded = read(data)
    assert loaded.snapshot is not None
    campaign = loaded.snapshot.campaign
    snapshot = loaded.snapshot
    if raws is not None:
        snapshot = Snapshot(campaign, loaded.schemas, tables=rows_of(raws, loaded.schemas))
    return Book(snapshot, day or campaign.as_of_on or date(2022, 9, 16), collected().rules)


def planted(
    folder: str, ledger: str, where: dict[str, str], change: dict[str, str]
) -> tuple[list[RawShard], int]:
    """Return the story's shards with the first row that fits changed, and that row's line."""
    raws = list(read(STORY).raw)
    name = f"example/{folder}/{ledger}.csv"
    number = next(n for n, raw in enumerate(raws) if raw.shard.name == name)
    raw = raws[number]
    row = next(
        n
        for n, cells in enumerate(raw.cells)
        if all(cells[raw.header.index(column)] == value for column, value in where.items())
    )
    cells = list(raw.cells[row])
    for column, value in change.items():
        cells[raw.header.index(column)] = value
    raws[number] = replace(raw, cells=[*raw.cells[:row], cells, *raw.cells[row + 1 :]])
    return raws, raw.lines[row]


FAULTS = [
    (UNITS, "villages", {}, {"households": "1"}, "V01"),
    (UNITS, "villages", {}, {"dispersed_people": "999999"}, "V02"),
    (UNITS, "villages", {}, {"unit_id": "yahe"}, "V03"),
    (UNITS, "works", {}, {"works_class": "千吨万人"}, "W01"),
    (UNITS, "works", {}, {"population": "19"}, "W02"),
    (UNITS, "works", {}, {"town_code": "411321103"}, "W03"),
    (UNITS, "works", {}, {"status": "闲置"}, "W06"),
    (UNITS, "works", {}, {"replaced_by_id": "nanzhao-w0002"}, "W07"),
    (UNITS, "works", {}, {"built_year": "20222"}, "K22"),
    (UNITS, "responsibilities", {"place_type": "县"}, {"rank": "管水员"}, "D03"),
    (UNITS, "responsibilities", {}, {"valid_to": "2001-01-01"}, "K21"),
    (UNITS, "phones", {}, {"number": "0377-91234567"}, "T01"),
    (UNITS, "phones", {}, {"number_kind": "热线"}, "T02"),
    (UNITS, "phones", {"role": "县级监督"}, {"place_type": "工程"}, "T04"),
    (CHECKS_OF, "phone_checks", {}, {"checked_on": "2022-01-01"}, "C02"),
    (CHECKS_OF, "phone_checks", {"call_result": "接通"}, {"call_result": "占线"}, "C03"),
    (CHECKS_OF, "phone_checks", {}, {"checker_level": "县"}, "C91"),
    (CHECKS_OF, "inspections", {}, {"place_type": "村"}, "J01"),
    (CHECKS_OF, "inspections", {}, {"items_skipped": "HY1"}, "J02"),
    (CHECKS_OF, "inspections", {}, {"feedback_on": "2022-01-01"}, "J03"),
    (CHECKS_OF, "inspections", {}, {"group_no": "14"}, "J93"),
    (CHECKS_OF, "inspections", {}, {"mode": "自查"}, "J94"),
    (CHECKS_OF, "inspections", {}, {"withdrawn_on": "2022-09-12"}, "J92"),
    (UNITS, "inspections", {}, {"checker_level": "省"}, "J91"),
    ("city/checks/yahe", "findings", {}, {"item_code": "HY1"}, "J11"),
    (UNITS, "household_checks", {}, {"unsafe_households": ""}, "H01"),
    (UNITS, "household_checks", {}, {"unsafe_quality_households": "99"}, "H02"),
    (UNITS, "household_checks", {}, {"listed_households": "99"}, "H03"),
    (UNITS, "household_checks", {}, {"lacking_households": "99"}, "H04"),
    (UNITS, "documents", {"kind": "机构批复"}, {"has_staff": ""}, "P01"),
    (UNITS, "documents", {"kind": "考核体系"}, {"provision": ""}, "P02"),
    (UNITS, "documents", {}, {"repealed_on": "2001-01-01"}, "P03"),
    (UNITS, "documents", {}, {"place_type": "市"}, "P04"),
    (UNITS, "funds", {"entry": "应落实"}, {"amount_yuan": "1"}, "F02"),
    (UNITS, "funds", {"entry": "到账"}, {"fund_source": ""}, "F03"),
    (UNITS, "milestones", {}, {"met_on": "2001-01-01"}, "G03"),
    (UNITS, "activities", {"kind": "领导督查"}, {"leader_role": ""}, "A01"),
    (UNITS, "activities", {"kind": "领导督查"}, {"place_ids": "411321100"}, "A07"),
    ("reference", "divisions", {"division_level": "村级"}, {"parent_code": "411321999"}, "R03"),
    ("reference", "readings", {"reading_id": "G5"}, {"is_chosen": "否"}, "R07"),
    ("reference", "water_limits", {"limit_kind": "上限"}, {"high": ""}, "R08"),
    ("city", "supervision", {"role": "组长"}, {"role": "联络人", "sort_no": "9"}, "R06"),
]


@pytest.mark.parametrize(("folder", "ledger", "where", "change", "rule"), FAULTS)
def test_a_planted_fault_is_found_at_its_line(
    folder: str, ledger: str, where: dict, change: dict, rule: str
):
    """One cell of the story changed, and the rule it breaks names file and line."""
    raws, line = planted(folder, ledger, where, change)

    findings = asked(book(STORY, raws))

    there = [(f.file, f.line) for f in findings if f.rule == rule]
    assert (f"example/{folder}/{ledger}.csv", line) in there


@pytest.mark.parametrize("data", [CITY, STORY], ids=["city", "story"])
def test_the_committed_data_break_no_rule(data: Path):
    """Nothing in the demonstration sets is impossible."""
    assert [f for f in asked(book(data)) if f.severity == "error"] == []


def test_an_earlier_day_refuses_nothing_that_holds_today():
    """A site as of the day the campaign ended can be built from today's ledgers."""
    findings = asked(book(CITY, day=date(2022, 8, 25)))

    assert [f for f in findings if f.severity == "error"] == []


def test_warnings_of_a_city_stay_readable():
    """There are few, no rule drowns the others, and each fits on a line or two."""
    warnings = [f for f in asked(book(CITY)) if f.severity == "warning"]

    assert len(warnings) <= MOST_WARNINGS
    assert max(Counter(f.rule for f in warnings).values()) <= 60
    assert max(len(f.message) for f in warnings) <= 160


def test_the_order_of_rows_never_matters():
    """Shuffled rows break the same rules at the same records."""
    told = _told(asked(book(STORY)))
    raws = []
    for raw in read(STORY).raw:
        order = list(range(len(raw.cells)))
        random.Random(raw.shard.name).shuffle(order)
        lines, cells = [raw.lines[n] for n in order], [raw.cells[n] for n in order]
        raws.append(replace(raw, lines=lines, cells=cells))

    assert _told(asked(book(STORY, raws))) == told


def _told(findings: list[Finding]) -> Counter:
    return Counter((f.rule, f.subject, f.ledger) for f in findings)


def test_a_class_of_rows_is_named_once_per_unit():
    """A hundred works without a number are one finding that counts them and names three."""
    works = [{"works_id": f"jiaxian-w{n:04d}", "name": f"{n}号水厂"} for n in range(1, 101)]
    example = {"units": [{"unit_id": "jiaxian", "name": "甲县"}], "works": works}

    findings = list(collected().checks["T11"].find(book_of(example)))

    assert len(findings) == 1
    assert findings[0].subject == "units/jiaxian"
    assert findings[0].message.startswith("甲县有100处工程（1号水厂 jiaxian-w0001、")


def test_few_names_are_all_named():
    """Nothing is left out that could be said."""
    assert some(["甲", "乙"], "处") == "2处（甲、乙）"
    assert some(["甲"] * (SHOWN + 1), "处") == "4处（甲、甲、甲等）"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("0377-63123456", "座机"),
        ("0377-63123456-801", "座机"),
        ("0377-6312345", None),
        ("0377-93123456", None),
        ("0377-03123456", None),
        ("0377-12345678", "演示"),
        ("0377-1234567", None),
        ("0371-69151982", "座机"),
        ("010-63202114", "座机"),
        ("010-6320211", None),
        ("0396-2912345", "座机"),
        ("0396-1912345", "演示"),
        ("13912345678", "服务手机"),
        ("12912345678", None),
        ("400-123-4567", "热线"),
        ("12314", "热线"),
        ("12345", "热线"),
        ("12399", None),
        ("11111", None),
        ("95598", "热线"),
        ("961234", "热线"),
        ("97123", None),
        ("", None),
    ],
)
def test_numbers_are_told_by_chinese_rules(number: str, kind: str | None):
    """What can be dialled is told from what cannot, and the made-up numbers from both."""
    assert kind_of(number, AREA) == kind
    assert (fault_of_number(number, AREA, is_demo=True) is None) == (kind is not None)
    assert (fault_of_number(number, AREA, is_demo=False) is None) == (kind not in (None, "演示"))


def test_hotlines_are_public_services():
    """The list holds five-digit numbers of public services, the ministry's among them."""
    assert {"12314", "12345", "12369", "12320"} <= HOTLINES
    assert all(len(number) == 5 and number.startswith("12") for number in HOTLINES)


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        ({"population": "10000"}, "千吨万人"),
        ({"population": "9999"}, "千人以上"),
        ({"population": "20", "capacity_m3d": "1000"}, "千吨万人"),
        ({"population": "20", "capacity_m3d": "999.9"}, "千人以下"),
        ({"population": "1000"}, "千人以上"),
        ({"population": "999"}, "千人以下"),
        ({"population": "20"}, "千人以下"),
        ({"population": "19"}, None),
        ({"population": "19", "source_type": "城市管网"}, "城市管网延伸"),
    ],
)
def test_the_class_follows_at_every_bound(cells: dict[str, str], due: str | None):
    """The number of a bound itself belongs to the upper class (reading G21)."""
    assert class_of(book_of({"works": [cells]}).works[0]) == due


def test_real_data_have_no_demonstration_numbers():
    """The day the flag is taken away every made-up number is refused."""
    snapshot = read(STORY).snapshot
    assert snapshot is not None
    real = replace(snapshot, campaign=replace(snapshot.campaign, is_demo=False))

    refused = list(collected().checks["T01"].find(Book(real, date(2022, 9, 16))))

    assert len(refused) == len(snapshot.phones)
    assert {f.severity for f in refused} == {"error"}
