"""The reference tables as committed: whole, consistent, and honest about what was not seen."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.annexes import Y2022
from pipeline.dates import Workdays
from pipeline.ledgers import load_schemas
from pipeline.ledgers.campaign import load_campaign
from pipeline.ledgers.reader import read
from pipeline.ledgers.rows import typed
from pipeline.ledgers.shard import Shard
from pipeline.ledgers.writer import canonical, shard_bytes

DATA = Path(__file__).parents[1] / "data"
SCHEMAS = load_schemas()
FILES = {
    **{path.stem: path for path in sorted((DATA / "reference").glob("*.csv"))},
    "supervision": DATA / "city" / "supervision.csv",
}


def raw(ledger):
    """Read one table as the byte gate does."""
    path = FILES[ledger]
    home = SCHEMAS[ledger].home
    return read(Shard(path, f"data/{path.name}", ledger, home), SCHEMAS[ledger], path.read_bytes())


TABLES = {ledger: typed(raw(ledger), SCHEMAS[ledger]) for ledger in FILES}
UNITS_BY_ID = {row.unit_id: row for row in TABLES["units"]}
TOWNS = [row for row in TABLES["divisions"] if row.division_level == "乡级"]
LIMITS = TABLES["water_limits"]
VILLAGES = [row for row in TABLES["divisions"] if row.division_level == "村级"]


@pytest.mark.parametrize("ledger", FILES)
def test_every_table_reads_without_loss_and_is_written_the_same(ledger):
    """No row is lost between bytes and typed rows, and one writer gives back the same bytes."""
    shard, content = raw(ledger), FILES[ledger].read_bytes()

    assert shard.findings == []
    assert len(TABLES[ledger]) == len(shard.cells) == content.count(b"\n") - 1
    assert canonical(shard, SCHEMAS) == content
    assert shard_bytes(SCHEMAS[ledger], [row._asdict() for row in TABLES[ledger]]) == content


@pytest.mark.parametrize("ledger", [name for name in FILES if "source" in SCHEMAS[name].names])
def test_every_row_names_its_source(ledger):
    """A row without a source is hearsay; one said to be unverified is not called verified."""
    for row in TABLES[ledger]:
        assert row.source.strip(), row.ref
        if "待核" in row.source or "一般了解" in row.source:
            assert getattr(row, "is_verified", False) is False, row.ref


def test_units_are_the_seventeen_in_their_order():
    """Names, codes and bodies as in the list of addressees; two zones have no code at all."""
    in_order = sorted(TABLES["units"], key=lambda row: row.sort_no)
    without_code = {
        row.unit_id for row in TABLES["units"] if not row.gb_code and not row.stats_code
    }
    bodies = Counter(row.competent_body_kind for row in TABLES["units"])

    assert tuple(row.unit_id for row in in_order) == (
        "wancheng", "wolong", "nanzhao", "fangcheng", "xixia", "zhenping", "neixiang", "xichuan",
        "sheqi", "tanghe", "xinye", "tongbai", "dengzhou", "gaoxin", "shifan", "yahe", "guanzhuang",
    )  # fmt: skip
    assert without_code == {"yahe", "guanzhuang"}
    assert {row.unit_id for row in TABLES["units"] if row.kind == "功能区"} == {
        "gaoxin", "shifan", "yahe", "guanzhuang",
    }  # fmt: skip
    assert bodies == {"水利局": 13, "社会事业局": 2, "农办": 2}
    assert all((r.kind == "功能区") == (r.government_kind == "管委会") for r in TABLES["units"])


def test_no_two_units_answer_to_the_same_name():
    """Whatever a clerk writes for a unit means one unit."""
    names = Counter(
        name
        for row in TABLES["units"]
        for name in {row.name, row.short_name, row.competent_body, *row.aliases}
    )

    assert [name for name, times in names.items() if times > 1] == []


def test_every_unit_has_its_group_and_every_group_its_units():
    """Annex 1: 13 groups share the 17 units; 官庄 goes with 新野 although it lies in 宛城."""
    by_group = {}
    for row in TABLES["units"]:
        by_group.setdefault(row.group_no, set()).add(row.unit_id)

    assert set(by_group) == {row.group_no for row in TABLES["supervision"]} == set(range(1, 14))
    assert by_group[7] == {"nanzhao", "yahe"}
    assert by_group[8] == {"xinye", "guanzhuang"}
    assert by_group[12] == {"wancheng", "gaoxin", "shifan"}
    assert UNITS_BY_ID["guanzhuang"].territory_unit_id == "wancheng"


def test_supervision_is_annex_one_as_printed():
    """13 leaders and 15 contacts; a post is no office; pairs guessed by order are not verified."""
    rows = TABLES["supervision"]
    roles = Counter(row.role for row in rows)
    pairs = Counter(row.group_no for row in rows if row.role == "联络人")

    assert roles == {"组长": 13, "联络人": 15}
    assert {group for group, count in pairs.items() if count == 2} == {7, 8}
    assert {(r.group_no, r.role) for r in rows if not r.is_verified} == {
        (7, "联络人"),
        (8, "联络人"),
    }
    assert [r.office for r in rows if r.office_kind == "职务"] == ["防汛抗旱督察专员"]
    assert all(row.office for row in rows if row.role == "联络人")


@pytest.mark.parametrize(
    ("ledger", "columns"),
    [("supervision", ("name", "office")), ("units", ("name",)), ("divisions", ("name",))],
)
def test_names_have_no_inner_blanks(ledger, columns):
    """The annex prints 刘 垠; the name is 刘垠."""
    for row in TABLES[ledger]:
        for column in columns:
            assert "".join((getattr(row, column) or "").split()) == (getattr(row, column) or "")


def test_divisions_are_all_of_nanyang():
    """256 township-level and 4,994 village-level units, by kind."""
    kinds = Counter(row.division_kind for row in TOWNS)
    committees = [r for r in VILLAGES if r.name.endswith(("村民委员会", "村委会"))]
    misspelled = {"邰庄村民员委会", "闫庄村民委员会会", "张桥村员委员会"}

    assert kinds == {"镇": 159, "乡": 45, "街道": 42, "其他乡级": 10}
    assert len(VILLAGES) == 4994
    assert len(committees) == 4437
    assert {r.name for r in VILLAGES if r.division_kind == "村委会"} == misspelled | {
        row.name for row in committees
    }


@pytest.mark.parametrize(
    ("code", "towns", "villages", "committees"),
    [
        ("411302", 15, 245, 180), ("411303", 19, 294, 222), ("411321", 21, 348, 326),
        ("411322", 20, 570, 552), ("411323", 19, 295, 283), ("411324", 22, 432, 408),
        ("411325", 16, 295, 288), ("411326", 17, 487, 433), ("411327", 16, 275, 245),
        ("411328", 24, 537, 508), ("411329", 15, 272, 256), ("411330", 16, 226, 206),
        ("411381", 29, 632, 527), ("411371", 3, 17, 3), ("411372", 4, 69, 0),
    ],
)  # fmt: skip
def test_divisions_by_territory(code, towns, villages, committees):
    """Counts by the first six digits; committees by the proper ending of the name."""
    inside = [row for row in VILLAGES if row.division_code.startswith(code)]

    assert sum(row.division_code.startswith(code) for row in TOWNS) == towns
    assert len(inside) == villages
    assert sum(r.name.endswith(("村民委员会", "村委会")) for r in inside) == committees


def test_the_code_of_a_village_agrees_with_its_kind():
    """The bureau numbers residents from 001 and 400, villages from 200 (its coding rules)."""
    for row in VILLAGES:
        if row.division_kind != "其他村级":
            expected = "2" if row.division_kind == "村委会" else "04"
            assert row.division_code[-3] in expected, row.ref


def test_every_division_has_its_place():
    """Codes nest, units are known, and no two villages of one township share a short name."""
    towns = {row.division_code for row in TOWNS}
    names = Counter((row.parent_code, row.short_name) for row in VILLAGES)

    for row in TABLES["divisions"]:
        codes = {UNITS_BY_ID[row.unit_id].gb_code, UNITS_BY_ID[row.unit_id].stats_code} - {None}
        assert not codes or row.division_code[:6] in codes, row.ref
    assert all(r.parent_code in towns and r.division_code[:9] == r.parent_code for r in VILLAGES)
    assert max(names.values()) == 1


def test_zones_manage_what_lies_in_another_county():
    """皇路店镇 is managed by 鸭河, 官庄镇 by 官庄; only the second was not seen in a document."""
    managed = {r.division_code: r.unit_id for r in TOWNS if r.unit_id in ("yahe", "guanzhuang")}
    doubtful = {row.unit_id for row in TABLES["divisions"] if not row.is_verified}

    assert managed == {"411321103": "yahe", "411302102": "guanzhuang"}
    assert doubtful == {"guanzhuang"}


def test_checklist_items_cost_points_under_one_clause():
    """Every item has at most one clause, and the clauses are those the items were made for."""
    by_clause = {}
    for row in TABLES["checklist_items"]:
        assert row.clause_id is None or row.clause_id in Y2022.bounds, row.ref
        by_clause.setdefault(row.clause_id, set()).add(row.item_code)

    assert by_clause == {
        None: {*(f"LY{n}" for n in range(1, 7)), "QB1", "QB2", "GS6", "SZ2"},
        "三.1": {"GS1", "GS2", "GS3", "GS4"},
        "三.2": {"GS5", "GS7"},
        "三.3": {"GS8"},
        "五.3": {"SZ1"},
        "五.4①": {f"ZJ{n}" for n in range(1, 7)},
        "五.4②": {"HY1", "HY2", "HY3"},
        "五.4③": {"XD1"},
        "五.4④": {"ZL1", "ZL2"},
    }


def test_limits_say_what_their_kind_asks_for():
    """Ranges have both ends in order, upper limits one, and things not to be found none."""
    ends = {"上限": (False, True), "下限": (True, False), "区间": (True, True)}
    for row in TABLES["water_limits"]:
        expected = ends.get(row.limit_kind, (False, False))
        assert (row.low is not None, row.high is not None) == expected, row.ref
        assert row.low is None or row.high is None or row.low < row.high, row.ref


def test_limit_sets_follow_each_other():
    """The sets of 2006 end the day before those of 2022 begin, so every day has one of each."""
    spans = {(r.limit_set.removesuffix("-small"), r.valid_from, r.valid_to) for r in LIMITS}

    assert spans == {
        ("gb5749-2006", date(2007, 7, 1), date(2023, 3, 31)),
        ("gb5749-2022", date(2023, 4, 1), None),
    }


def test_only_small_supply_has_relaxed_limits():
    """Relaxed rows stand in the -small sets, are weaker than the rule itself, and unverified."""
    strict = {(r.limit_set, r.indicator, r.condition): r for r in LIMITS if not r.is_relaxed}
    for row in LIMITS:
        small = row.limit_set.endswith("-small")
        assert small == row.is_relaxed == (row.supply_kind == "小型集中与分散"), row.ref
        if small:
            rule = strict[row.limit_set.removesuffix("-small"), row.indicator, "无"]
            assert row.high > rule.high, row.ref
            assert not row.is_verified, row.ref
            assert row.unit_of_measure == rule.unit_of_measure, row.ref


def test_the_2006_set_holds_all_routine_indicators():
    """38 routine indicators and four disinfectants, as seen; ammonia beside them was not seen."""
    seen = {r.indicator for r in LIMITS if r.limit_set == "gb5749-2006" and r.is_verified}
    residual = {
        r.indicator: r.low for r in LIMITS if r.sampling_point == "末梢水" and r.is_verified
    }

    assert len(seen) == 42
    assert residual["free-chlorine"] == Decimal("0.05")
    assert {r.indicator for r in LIMITS if r.limit_set == "gb5749-2006"} - seen == {"ammonia"}


def test_the_2022_set_holds_all_routine_indicators():
    """39 routine indicators and four disinfectants make 43; none of it was seen in the original."""
    rows = [row for row in LIMITS if row.limit_set == "gb5749-2022"]
    disinfectants = {row.indicator for row in rows if row.sampling_point != "全部"}

    assert len({row.indicator for row in rows} - disinfectants) == 39
    assert disinfectants == {"free-chlorine", "total-chlorine", "chlorine-dioxide", "ozone"}
    assert not any(row.is_verified for row in rows)


def test_each_reading_has_one_option_in_force():
    """G1 to G45, each with one question, one chosen option, and no authority made up."""
    by_id = {}
    for row in TABLES["readings"]:
        by_id.setdefault(row.reading_id, []).append(row)

    assert set(by_id) == {f"G{number}" for number in range(1, 46)}
    for options in by_id.values():
        assert sum(row.is_chosen for row in options) == 1, options[0].ref
        assert len({(row.question, row.clause_ids) for row in options}) == 1, options[0].ref
        assert all(row.authority is None and row.decided_on is None for row in options)
    assert {clause for row in TABLES["readings"] for clause in row.clause_ids} == set(Y2022.bounds)


def test_numbers_that_a_reading_decides_stand_in_it():
    """20 working days, 3 calls, 3 years, 180 days, 3 days."""
    numbers = {r.reading_id: r.parameter for r in TABLES["readings"] if r.is_chosen and r.parameter}

    assert numbers == {"G4": 20, "G6": 3, "G10": 3, "G12": 180, "G23": 3}


def test_workdays_list_only_days_that_differ():
    """A listed day differs from Monday to Friday; years not announced yet are not verified."""
    for row in TABLES["workdays"]:
        assert row.is_workday == (row.day_on.weekday() >= 5), row.ref
        assert row.is_verified == (row.day_on.year < 2027), row.ref
    assert {row.day_on.year for row in TABLES["workdays"]} == set(range(2022, 2028))


@pytest.mark.parametrize(
    ("year", "statutory"), [(2022, 11), (2023, 11), (2024, 11), (2025, 13), (2026, 13)]
)
def test_each_year_has_its_working_days(year, statutory):
    """Moved days cancel out: what is left is the year less weekends and statutory holidays."""
    calendar = Workdays.from_rows(TABLES["workdays"])
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    days = [day for day in days if day.year == year]

    worked = sum(calendar.is_workday(day) for day in days)

    assert worked == sum(day.weekday() < 5 for day in days) - statutory


def test_twenty_working_days_after_the_document():
    """What changed on 14 July 2022 had to be posted by 11 August (reading G4)."""
    calendar = Workdays.from_rows(TABLES["workdays"])

    assert calendar.after(date(2022, 7, 14), 20) == date(2022, 8, 11)
    assert calendar.before(date(2022, 8, 11), 20) == date(2022, 7, 14)


def test_frequencies_change_over_without_a_gap():
    """The specification of 2019 ends the day before that of 2024 begins; none was seen."""
    spans = {(r.standard, r.valid_from, r.valid_to) for r in TABLES["test_frequency"]}
    ends = {standard: (start, end) for standard, start, end in spans}

    assert len(spans) == len(ends)
    assert ends["SL/T 310-2019"][1] + timedelta(1) == ends["GB/T 43824-2024"][0]
    assert not any(row.is_verified for row in TABLES["test_frequency"])


def test_the_campaign_is_the_one_of_the_document():
    """Periods as in the document; a demo with demo numbers for the city, on a reserved address."""
    campaign, findings = load_campaign(DATA / "campaign.yml", "data/campaign.yml")

    assert findings == []
    assert campaign.document_number == "宛水农〔2022〕20号"
    assert (campaign.screen_from_on, campaign.screen_to_on) == (
        date(2022, 7, 14),
        date(2022, 8, 25),
    )
    assert (campaign.assess_from_on, campaign.as_of_on) == (date(2022, 9, 1), date(2022, 9, 16))
    assert campaign.year_from_on == date(2022, 1, 1)
    assert campaign.site_url.split("/")[2].endswith(".example")
    assert [line["level"] for line in campaign.hotlines] == ["市", "省", "省", "国家"]
    assert campaign.hotlines[-1]["number"] == "12314"
    if campaign.is_demo:
        assert campaign.hotlines[0]["number"].startswith("0377-1")
    assert all(goal["source"] and "result" in goal for goal in campaign.goals)
