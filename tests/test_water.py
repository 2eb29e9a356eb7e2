"""Water: what a report's value says, which limits apply, and whether a sample passes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import water
from pipeline.checks.examples import book_of
from pipeline.ledgers.tables import NotedTables
from pipeline.water import Limits, Value, parse
from pipeline.water.judging import meets, share

D = Decimal


def limit(**cells: str) -> dict[str, str]:
    return {
        "limit_set": "gb5749-2006",
        "indicator": "fluoride",
        "indicator_name": "氟化物",
        "sampling_point": "全部",
        "condition": "无",
        "unit_of_measure": "mg/L",
        "limit_kind": "上限",
        "high": "1.0",
        "supply_kind": "全部",
        "is_relaxed": "否",
        "valid_from": "2007-07-01",
        "valid_to": "2023-03-31",
    } | cells


SMALL = {"limit_set": "gb5749-2006-small", "supply_kind": "小型集中与分散", "is_relaxed": "是"}
LIMITED = {"condition": "水源与净水技术受限", "is_relaxed": "是"}
LIMITS = [
    limit(),
    limit(**SMALL, high="1.2"),
    limit(limit_set="gb5749-2022", valid_from="2023-04-01", valid_to=""),
    limit(indicator="turbidity", indicator_name="浑浊度"),
    limit(indicator="turbidity", indicator_name="浑浊度", high="3", **LIMITED),
    limit(indicator="turbidity", indicator_name="浑浊度", high="5", **(LIMITED | SMALL)),
    limit(indicator="ecoli", indicator_name="大肠埃希氏菌", limit_kind="不得检出", high=""),
    limit(indicator="smell", indicator_name="臭和味", limit_kind="无异常", high=""),
    limit(indicator="ph", indicator_name="pH", limit_kind="区间", low="6.5", high="8.5"),
    limit(indicator="chlorine", limit_kind="区间", sampling_point="出厂水", low="0.3", high="4"),
    limit(indicator="chlorine", limit_kind="区间", sampling_point="末梢水", low="0.05", high="4"),
]  # fmt: skip
WORKS = [
    {"works_id": "nanzhao-w0001", "works_class": "千人以下"},
    {"works_id": "nanzhao-w0002", "works_class": "千吨万人"},
    {"works_id": "nanzhao-w0003", "works_class": "千人以下", "has_limited_source": "是"},
    {"works_id": "nanzhao-w0004", "works_class": "城市管网延伸"},
]


def sample(number: int, **cells: str) -> dict[str, str]:
    return {
        "sample_id": f"nanzhao-s{number:05d}",
        "place_type": "工程",
        "place_id": "nanzhao-w0001",
        "sampled_on": "2022-08-10",
        "sampling_point": "出厂水",
        "method": "化验",
        "conclusion": "未评价",
    } | cells


def result(number: int, indicator: str, raw: str) -> dict[str, str]:
    value = parse(raw)
    assert value is not None
    return {
        "sample_id": f"nanzhao-s{number:05d}",
        "indicator": indicator,
        "raw_value": raw,
        "qualifier": value.qualifier,
        "value_low": "" if value.low is None else format(value.low, "f"),
        "value": "" if value.value is None else format(value.value, "f"),
    }


def verdicts_of(samples, results):
    book = book_of(
        {"works": WORKS, "water_limits": LIMITS, "water_tests": samples, "water_results": results}
    )
    return book.verdicts


def verdict_of(*results: tuple[str, str], **cells: str) -> water.Verdict:
    (verdict,) = verdicts_of([sample(1, **cells)], [result(1, *r) for r in results]).values()
    return verdict


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0.86", Value("等于", None, D("0.86"))),
        ("0", Value("等于", None, D(0))),
        (" 7.2 ", Value("等于", None, D("7.2"))),
        ("０．８６", Value("等于", None, D("0.86"))),
        ("0.86mg/L", Value("等于", None, D("0.86"))),
        ("12 CFU/mL", Value("等于", None, D(12))),
        ("<0.01", Value("小于", None, D("0.01"))),
        ("＜0.01", Value("小于", None, D("0.01"))),
        ("≤0.01", Value("小于", None, D("0.01"))),
        ("<4×10-5", Value("小于", None, D("0.00004"))),
        ("<4×10⁻⁵", Value("小于", None, D("0.00004"))),
        ("<4x10^-5", Value("小于", None, D("0.00004"))),
        ("4E-5", Value("等于", None, D("0.00004"))),
        ("1.2×103", Value("等于", None, D("1200"))),
        (">1600", Value("大于", None, D(1600))),
        ("0.37~0.86", Value("区间", D("0.37"), D("0.86"))),
        ("0.37～0.86", Value("区间", D("0.37"), D("0.86"))),
        ("0.37-0.86", Value("区间", D("0.37"), D("0.86"))),
        ("6.9至7.4", Value("区间", D("6.9"), D("7.4"))),
        ("未检出", Value("未检出")),
        ("ND", Value("未检出")),
        ("N.D.", Value("未检出")),
        ("未检出(<0.001)", Value("未检出", None, D("0.001"))),
        ("ND<0.001", Value("未检出", None, D("0.001"))),
        ("ND(0.004)", Value("未检出", None, D("0.004"))),
        ("未检出（检出限0.004mg/L）", Value("未检出", None, D("0.004"))),
        ("未检出(<4×10-5)", Value("未检出", None, D("0.00004"))),
        ("低于检出限", Value("未检出")),
        ("低于检出限(0.004)", Value("未检出", None, D("0.004"))),
        ("<检出限", Value("未检出")),
        ("0.004L", Value("小于", None, D("0.004"))),
        ("０．００４Ｌ", Value("小于", None, D("0.004"))),
        ("<0.004L", Value("小于", None, D("0.004"))),
        ("0.004L mg/L", Value("小于", None, D("0.004"))),
        ("4×10-5L", Value("小于", None, D("0.00004"))),
        ("小于0.004", Value("小于", None, D("0.004"))),
        ("0.004 mg/L", Value("等于", None, D("0.004"))),
        ("无", Value("定性")),
        ("无异臭异味", Value("定性")),
        ("有异味", Value("定性")),
    ],
)
def test_a_reports_value_is_taken_apart(raw, value):
    """Every form that was seen in real reports is read, into qualifier, lower end and number."""
    assert parse(raw) == value


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "合格",
        "达标",
        "符合",
        "/",
        "-",
        "约0.5",
        "1.2.3",
        "0.86~0.37",
        "abc",
        "-1",
        "1E99",
        "见附件",
        "0.004l",
        "<0",
        "0L",
        ">0.004L",
        "检出限0.004",
    ],
)
def test_what_is_no_value_is_not_guessed(raw):
    """合格 alone is a conclusion; anything unclear is left to the person who holds the report."""
    assert parse(raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("1.0", True), ("1.01", False), ("<1.0", True), ("<2", None), (">1", False), (">0.5", None),
     ("≥1.0", None), ("≥1.01", False), ("≤1.0", True), ("0.004L", True), ("1.5L", None),
     ("低于检出限", True), ("ND(1.5)", None),
     ("0.5~1.0", True), ("0.5~1.1", False), ("未检出", True), ("未检出(<2)", None), ("无", None)],
)  # fmt: skip
def test_an_upper_limit_includes_the_limit_itself(raw, expected):
    """A detection limit above the limit tells nothing: neither pass nor fail."""
    assert _meets("fluoride", raw) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("6.5", True), ("8.5", True), ("6.4", False), ("8.6", False), ("6.4~7.0", False),
     ("未检出", False), ("<6.5", False), ("≤6.5", None), ("<7", None)],
)  # fmt: skip
def test_a_range_binds_at_both_ends(raw, expected):
    """pH, and residual chlorine, of which too little fails as well."""
    assert _meets("ph", raw) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("未检出", True), ("<2", True), ("<3", True), ("<20", None), ("未检出(<20)", None),
     ("0", True), ("2", False), (">1600", False), ("无", True), ("检出", False)],
)  # fmt: skip
def test_germs_must_not_be_found(raw, expected):
    """Laboratories write "none" in several ways; "below 20" is none of them."""
    assert _meets("ecoli", raw) is expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("无异臭异味", True), ("有异味", False), ("0", True)]
)
def test_smell_is_judged_by_its_words(raw, expected):
    """Sight, smell and taste have words, not numbers."""
    assert _meets("smell", raw) is expected


def _meets(indicator: str, raw: str) -> bool | None:
    book = book_of({"water_limits": LIMITS, "water_results": [result(1, indicator, raw)]})
    row = next(limit for limit in book.water_limits if limit.indicator == indicator)
    return meets(book.water_results[0], row)


@pytest.mark.parametrize(
    ("works", "day", "limited", "expected"),
    [
        ("nanzhao-w0001", "2022-08-10", False, {"gb5749-2006", "gb5749-2006-small"}),
        ("nanzhao-w0002", "2022-08-10", False, {"gb5749-2006"}),
        ("nanzhao-w0004", "2022-08-10", False, {"gb5749-2006"}),
        ("nanzhao-w0001", "2023-03-31", False, {"gb5749-2006", "gb5749-2006-small"}),
        ("nanzhao-w0001", "2023-04-01", False, {"gb5749-2022"}),
    ],
)
def test_the_limits_follow_day_and_class(works, day, limited, expected):
    """Large works and city extensions keep the full standard; the edition is that of the day."""
    verdict = verdict_of(("fluoride", "0.5"), place_id=works, sampled_on=day)

    assert verdict.limit_sets == expected


def test_a_pass_by_a_relaxed_limit_only_is_said():
    """1.1 mg/L passes at a small works, and is marked; at a large one it fails."""
    small = verdict_of(("fluoride", "1.1"))
    large = verdict_of(("fluoride", "1.1"), place_id="nanzhao-w0002")
    plain = verdict_of(("fluoride", "1.0"))

    assert (small.outcome, [r.name for r in small.relaxed]) == ("放宽达标", ["氟化物"])
    assert (large.outcome, large.relaxed) == ("不达标", ())
    assert (plain.outcome, plain.relaxed) == ("达标", ())


def test_limited_sources_have_their_own_limits():
    """Turbidity 4 passes only at a small works whose source is declared limited."""
    assert verdict_of(("turbidity", "4")).outcome == "不达标"
    assert verdict_of(("turbidity", "4"), place_id="nanzhao-w0003").outcome == "放宽达标"
    assert verdict_of(("turbidity", "6"), place_id="nanzhao-w0003").outcome == "不达标"


def test_the_point_decides_about_chlorine_and_raw_water_is_no_drinking_water():
    """0.1 mg/L is enough at the tap and too little at the plant; raw water has no such limit."""
    outcomes = [
        verdict_of(("chlorine", "0.1"), sampling_point=point).outcome
        for point in ("末梢水", "出厂水", "水源水")
    ]

    assert outcomes == ["达标", "不达标", "判不了"]


def test_an_unjudged_value_still_has_its_chinese_name():
    """Pages show values without a limit too, never by their English slug."""
    verdict = verdict_of(("fluoride", "0.5"), sampling_point="水源水")

    assert [(r.name, r.outcome) for r in verdict.results] == [("氟化物", "判不了")]


def test_dispersed_supply_counts_as_small():
    """A village's well may use the relaxed values."""
    verdict = verdict_of(
        ("fluoride", "1.2"), place_type="村", place_id="411321103201", sampling_point="分散水"
    )

    assert verdict.outcome == "放宽达标"


def test_the_computed_conclusion_wins():
    """What the report states counts only where nothing can be judged."""
    stated = verdict_of(conclusion="达标")
    wrong = verdict_of(("fluoride", "1.5"), conclusion="达标")

    assert (stated.outcome, stated.is_computed) == ("达标", False)
    assert (wrong.outcome, wrong.is_computed) == ("不达标", True)
    assert [r.indicator for r in wrong.failed] == ["fluoride"]


@pytest.mark.parametrize(
    ("count", "method", "expected"), [(8, "化验", True), (7, "化验", False), (8, "快检", False)]
)
def test_a_full_report_is_a_laboratory_report_with_enough_indicators(count, method, expected):
    """Quick tests and short lists are no full report."""
    results = [(f"x{n}", "1") for n in range(count)]

    assert verdict_of(*results, method=method).is_full_report is expected


@pytest.mark.parametrize(
    ("later", "raw", "cured"),
    [
        ({}, "0.8", True),
        ({}, "1.3", False),
        ({"sampled_on": "2022-08-10"}, "0.8", False),
        ({"sampling_point": "末梢水"}, "0.8", False),
        ({"place_id": "nanzhao-w0002"}, "0.8", False),
        ({"sampling_point": "末梢水", "retest_of_id": "nanzhao-s00001"}, "0.8", True),
        ({"withdrawn_on": "2022-08-30"}, "0.8", False),
    ],
)
def test_a_failure_is_cured_by_a_later_sample_of_the_same_place(later, raw, cured):
    """Every indicator that failed must pass later at the same place and point, or in a re-test."""
    second = sample(2, **({"sampled_on": "2022-08-20"} | later))
    results = [result(1, "fluoride", "1.5"), result(2, "fluoride", raw)]

    found = verdicts_of([sample(1), second], results)

    assert found["nanzhao-s00001"].cured_by == ("nanzhao-s00002" if cured else None)


def test_a_later_sample_without_the_failed_indicator_cures_nothing():
    """A passing pH says nothing about fluoride."""
    second = sample(2, sampled_on="2022-08-20")

    found = verdicts_of([sample(1), second], [result(1, "fluoride", "1.5"), result(2, "ph", "7")])

    assert found["nanzhao-s00001"].cured_by is None


@pytest.mark.parametrize(
    ("indicator", "raw", "expected"),
    [
        ("fluoride", "0.5", D("0.50")),
        ("fluoride", "1.0", D("1.00")),
        ("fluoride", "9", D("1.45")),
        ("fluoride", "未检出", D(0)),
        ("ph", "7.5", D("0.00")),
        ("ph", "8.5", D("1.00")),
        ("ph", "6.5", D("1.00")),
        ("ecoli", "未检出", None),
    ],
)
def test_the_share_of_the_allowance_is_one_at_the_limit(indicator, raw, expected):
    """One scale for all indicators: 0 is nothing used, 1 the limit, 1.45 the end of the scale."""
    book = book_of({"water_limits": LIMITS, "water_results": [result(1, indicator, raw)]})
    row = next(limit for limit in book.water_limits if limit.indicator == indicator)

    assert share(book.water_results[0], row) == expected


ASKED = {"is_small": True, "is_limited": False, "point": "出厂水"}


def test_choices_are_kept_as_long_as_the_same_limits_are_in_force():
    """The last day of one standard, and the first day of the next, each count."""
    limits = Limits(book_of({"water_limits": LIMITS}).water_limits)
    sets = {
        day: {row.limit_set for row in limits.choose(day, **ASKED).rows.get("fluoride", ())}
        for day in (date(2007, 6, 30), date(2007, 7, 1), date(2023, 3, 31), date(2023, 4, 1))
    }

    assert list(sets.values()) == [
        set(),
        {"gb5749-2006", "gb5749-2006-small"},
        {"gb5749-2006", "gb5749-2006-small"},
        {"gb5749-2022"},
    ]
    first = limits.choose(date(2022, 8, 10), **ASKED)
    assert limits.choose(date(2023, 3, 31), **ASKED) is first
    assert first.sets == {row.limit_set for rows in first.rows.values() for row in rows}


def test_an_indicator_is_called_as_the_standard_of_its_day_calls_it():
    """A standard to come renames nothing that was sampled before, and names nothing new."""
    ammonia = {"indicator": "ammonia", "high": "0.5"}
    limits = Limits(
        book_of(
            {
                "water_limits": [
                    limit(**ammonia, indicator_name="氨氮（以N计）"),
                    limit(**ammonia, indicator_name="氨（以N计）", valid_from="2023-04-01"),
                    limit(indicator="thm", indicator_name="三卤甲烷", valid_from="2023-04-01"),
                ]
            }
        ).water_limits
    )

    before, after = (limits.choose(date(year, 8, 10), **ASKED).names for year in (2022, 2023))

    assert before == {"ammonia": "氨氮（以N计）"}
    assert after == {"ammonia": "氨（以N计）", "thm": "三卤甲烷"}


def test_the_ledgers_that_verdicts_are_judged_by_are_all_that_is_read():
    """Who shares verdicts, or asks whether they still hold, goes by this list."""
    book = book_of(
        {
            "works": WORKS,
            "water_limits": LIMITS,
            "water_tests": [sample(1)],
            "water_results": [result(1, "fluoride", "1.1")],
        }
    )
    read: set[str] = set()
    water.judged(book.snapshot.having(NotedTables(book.snapshot.tables, read.add)))

    assert read - {"units"} == set(water.JUDGED_BY)  # units tell whose a lost row may be


STRICT, SMALL_LIMIT = "nanzhao-w0002", "nanzhao-w0001"


@pytest.mark.parametrize(
    ("raw", "place", "expected"),
    [
        ("0.9", STRICT, "达标"), ("1.1", STRICT, "不达标"), ("<1.5", STRICT, "判不了"),
        ("0.004L", STRICT, "达标"), ("1.5L", STRICT, "判不了"), ("低于检出限", STRICT, "达标"),
        ("未检出(<1.5)", STRICT, "判不了"), (">0.5", STRICT, "判不了"), ("无", STRICT, "判不了"),
        ("0.9", SMALL_LIMIT, "达标"), ("1.1", SMALL_LIMIT, "放宽达标"),
        ("<1.1", SMALL_LIMIT, "放宽达标"), ("<1.5", SMALL_LIMIT, "判不了"),
        ("1.3", SMALL_LIMIT, "不达标"), ("0.9~1.1", SMALL_LIMIT, "放宽达标"),
    ],
)  # fmt: skip
def test_a_value_beside_its_limit_is_one_of_four_things(raw, place, expected):
    """Fluoride of 1 mg/L at a large works, of 1.2 at a small one."""
    (found,) = verdict_of(("fluoride", raw), place_id=place).results

    assert found.outcome == expected


@pytest.mark.parametrize(
    ("values", "stated", "expected"),
    [
        (("0.5", "0.5"), "达标", "达标"),
        (("0.5", "<5"), "达标", "判不了"),
        (("0.5", "<5"), "未评价", "判不了"),
        (("0.5", "<5"), "不达标", "不达标"),
        (("1.5", "<5"), "达标", "不达标"),
        (("<1.5", "<5"), "达标", "判不了"),
        (("1.1", "0.5"), "达标", "放宽达标"),
        ((), "达标", "达标"),
        ((), "未评价", "判不了"),
    ],
)
def test_a_sample_passes_only_if_every_indicator_is_known_to(values, stated, expected):
    """Fluoride and turbidity at a small works; a stated failure is believed, a stated pass not."""
    pairs = zip(("fluoride", "turbidity"), values, strict=False)

    assert verdict_of(*pairs, conclusion=stated).outcome == expected


def test_a_stated_pass_of_values_without_limits_is_no_pass():
    """Raw water has no limit here, so nothing is known of it."""
    verdict = verdict_of(("fluoride", "0.5"), sampling_point="水源水", conclusion="达标")

    assert verdict.outcome == "判不了"


def test_the_limit_of_limited_sources_is_a_relaxed_one():
    """Also where the standard prints it as a note to its own table."""
    (found,) = verdict_of(("turbidity", "2"), place_id="nanzhao-w0003").results

    assert (found.outcome, found.limit.high, found.ordinary.high) == ("放宽达标", 3, 1)


def test_a_value_that_is_not_judged_has_no_place_on_the_scale():
    """A mark left of the limit would say that it passes."""
    results = verdict_of(("fluoride", "<1.5"), ("turbidity", ">0.5"), ("ph", "7")).results

    assert [result.share is None for result in results] == [True, True, False]


def test_a_sample_that_cannot_be_judged_cures_only_what_it_shows_to_pass():
    """Fluoride is known to be good again, although turbidity is not known."""
    samples = [sample(1), sample(2, sampled_on="2022-08-20")]
    for later, cured in (("0.8", "nanzhao-s00002"), ("<1.5", None)):
        results = [result(1, "fluoride", "1.5"), result(2, "fluoride", later)]
        found = verdicts_of(samples, [*results, result(2, "turbidity", "<5")])

        assert found["nanzhao-s00001"].cured_by == cured


numbers = st.decimals(min_value=0, max_value=10, places=2)
BELOW = (
    "<{}", "＜{}", "< {} mg/L", "{}L", "{} L", "<{}L", "小于{}", "低于{}", "≤{}", "{}L mg/L",
    "未检出(<{})", "未检出（检出限{}）", "ND({})", "ND<{}", "低于检出限({})", "未检出({}L)",
)  # fmt: skip


@given(st.decimals(min_value="0.001", max_value=10, places=3), st.sampled_from(BELOW))
def test_below_a_number_is_read_however_it_is_written(number, form):
    """All spellings mean the same; none is ever taken for a measured value."""
    value = parse(form.format(format(number, "f")))

    assert value is not None
    assert value.qualifier in ("小于", "未检出")
    assert value.value == number


values = st.one_of(
    numbers.map(lambda n: format(n, "f")),
    st.tuples(st.sampled_from(BELOW), st.decimals(min_value="0.01", max_value=10, places=2)).map(
        lambda one: one[0].format(format(one[1], "f"))
    ),
    st.sampled_from(["未检出", "ND", "低于检出限", "无", "有异味", ">1", ">0.5", "≥1", "0.2~1.1"]),
)


@given(values, values, values)
def test_nothing_open_is_ever_in_what_passes(first, second, third):
    """Whatever stands in a report: counts, marks and the whole agree on what is known."""
    verdict = verdict_of(
        ("fluoride", first), ("turbidity", second), ("ecoli", third), conclusion="达标"
    )
    kinds = (verdict.passed, verdict.failed, verdict.open, verdict.unlimited)

    assert sum(map(len, kinds)) == len(verdict.results)
    assert verdict.outcome.is_passed == (not verdict.failed and not verdict.open)
    assert all(result.share is None for result in verdict.open)
    assert all(result.reason is None for result in verdict.passed + verdict.failed)


@given(numbers)
def test_a_plain_number_reads_as_itself(number):
    """Writing a number and reading it back changes nothing."""
    assert parse(format(number, "f")) == Value("等于", None, number)


@given(numbers, numbers)
def test_a_worse_value_never_passes_where_a_better_one_fails(first, second):
    """Upper limits are monotone."""
    better, worse = sorted((first, second))
    if _meets("fluoride", format(worse, "f")):
        assert _meets("fluoride", format(better, "f"))


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fail(raw):
    """Whatever stands in the cell is read or refused."""
    value = parse(raw)

    assert value is None or value.qualifier
