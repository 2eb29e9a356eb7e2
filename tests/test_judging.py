"""One value against one limit: at it, just below and just above; and the share that it uses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.checks.examples import book_of
from pipeline.water import Outcome, Reason
from pipeline.water.judging import SHARE_CAP, judge, meets, share

NAMES = {"eq": "等于", "lt": "小于", "gt": "大于", "in": "区间", "nd": "未检出", "say": "定性"}

UPPER = {"limit_kind": "上限", "low": "", "high": "1"}
LOWER = {"limit_kind": "下限", "low": "0.3", "high": ""}
RANGE = {"limit_kind": "区间", "low": "6.5", "high": "8.5"}
ABSENT = {"limit_kind": "不得检出", "low": "", "high": ""}
NORMAL = {"limit_kind": "无异常", "low": "", "high": ""}


def limit_of(**cells: str):
    """Return one row of limits."""
    return book_of({"water_limits": [{"unit_of_measure": "mg/L"} | cells]}).water_limits[0]


def result_of(qualifier: str, value: str = "", low: str = "", raw: str = "x", unit: str = ""):
    """Return one result: how its value is told, the value, the lower end of a range."""
    row = {
        "qualifier": NAMES[qualifier],
        "value": value,
        "value_low": low,
        "raw_value": raw,
        "unit_of_measure": unit,
    }
    return book_of({"water_results": [row]}).water_results[0]


@pytest.mark.parametrize(
    ("limit", "result", "met"),
    [
        (UPPER, ("eq", "0.999"), True),
        (UPPER, ("eq", "1"), True),
        (UPPER, ("eq", "1.001"), False),
        (UPPER, ("eq", ""), None),
        (UPPER, ("in", "1", "0.5"), True),
        (UPPER, ("in", "1.001", "0.5"), False),
        (UPPER, ("lt", "0.999"), True),
        (UPPER, ("lt", "1"), True),
        (UPPER, ("lt", "1.001"), None),
        (UPPER, ("lt", ""), None),
        (UPPER, ("gt", "0.999"), None),
        (UPPER, ("gt", "1"), False),
        (UPPER, ("gt", "1.001"), False),
        (UPPER, ("gt", ""), None),
        (UPPER, ("nd",), True),
        (UPPER, ("nd", "1"), True),
        (UPPER, ("nd", "1.001"), None),
        (UPPER, ("say", "0.5"), None),
        (LOWER, ("eq", "0.299"), False),
        (LOWER, ("eq", "0.3"), True),
        (LOWER, ("eq", "0.301"), True),
        (LOWER, ("eq", ""), None),
        (LOWER, ("in", "0.9", "0.299"), False),
        (LOWER, ("in", "0.9", "0.3"), True),
        (LOWER, ("in", "0.9", ""), None),
        (LOWER, ("lt", "0.299"), False),
        (LOWER, ("lt", "0.3"), False),
        (LOWER, ("lt", "0.301"), None),
        (LOWER, ("lt", ""), None),
        (LOWER, ("gt", "0.299"), None),
        (LOWER, ("gt", "0.3"), True),
        (LOWER, ("gt", "0.301"), True),
        (LOWER, ("gt", ""), None),
        (LOWER, ("nd",), False),
        (LOWER, ("nd", "0.3"), False),
        (LOWER, ("nd", "0.301"), None),
        (LOWER | {"low": "0"}, ("nd",), None),
        (LOWER, ("say", "0.5"), None),
        (RANGE, ("eq", "6.499"), False),
        (RANGE, ("eq", "6.5"), True),
        (RANGE, ("eq", "8.5"), True),
        (RANGE, ("eq", "8.501"), False),
        (RANGE, ("in", "8.5", "6.5"), True),
        (RANGE, ("in", "8.501", "7"), False),
        (RANGE, ("in", "8", "6.499"), False),
        (RANGE, ("lt", "6"), False),
        (RANGE, ("lt", "7"), None),
        (RANGE, ("gt", "8"), None),
        (RANGE, ("gt", "9"), False),
        (RANGE | {"low": ""}, ("eq", "1"), True),
        (RANGE | {"high": ""}, ("eq", "99"), True),
        (RANGE | {"low": "", "high": ""}, ("eq", "7"), None),
        (UPPER | {"low": "0.5"}, ("eq", "0.1"), True),
        (LOWER | {"high": "0.5"}, ("eq", "0.9"), True),
        (ABSENT, ("nd",), True),
        (ABSENT, ("lt", "2"), True),
        (ABSENT, ("lt", "3"), True),
        (ABSENT, ("lt", "3.001"), None),
        (ABSENT, ("nd", "3"), True),
        (ABSENT, ("nd", "20"), None),
        (ABSENT, ("eq", "0"), True),
        (ABSENT, ("eq", "1"), False),
        (ABSENT, ("in", "0", "0"), True),
        (ABSENT, ("in", "2", "0"), False),
        (ABSENT, ("gt", "2"), False),
        (NORMAL, ("nd",), True),
        (NORMAL, ("eq", "0"), True),
        (NORMAL, ("eq", "1"), None),
        (NORMAL, ("lt", "1"), None),
    ],
)
def test_a_value_meets_a_limit_or_not_or_does_not_tell(limit, result, met):
    """Every way to tell a value, against every kind of limit."""
    assert meets(result_of(*result), limit_of(**limit)) is met


@pytest.mark.parametrize(
    ("raw", "met"),
    [
        ("无", True),
        (" 无异臭", True),
        ("正常", True),
        ("未见", True),
        ("阴性", True),
        ("有", False),
        ("检出", False),
        ("阳性", False),
        ("微弱", False),
        ("弱", False),
        ("明显", False),
        ("强", False),
        ("浑浊", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("limit", [ABSENT, NORMAL], ids=["absent", "normal"])
def test_words_tell_whether_something_was_found(limit, raw, met):
    """Where a report says it in words; words that say nothing are not guessed at."""
    assert meets(result_of("say", raw=raw or "x"), limit_of(**limit)) is met


def test_words_count_only_where_a_value_is_told_in_words():
    """A smell told as "more than" says nothing, whatever stands beside it."""
    assert meets(result_of("gt", "1", raw="无"), limit_of(**NORMAL)) is None
    assert meets(result_of("eq", raw="有"), limit_of(**ABSENT)) is False
    assert meets(result_of("eq", raw="无"), limit_of(**ABSENT)) is True


@pytest.mark.parametrize(
    ("limit", "result", "used"),
    [
        (UPPER, ("eq", "0"), "0"),
        (UPPER, ("eq", "0.5"), "0.5"),
        (UPPER, ("eq", "1"), "1"),
        (UPPER, ("eq", "1.2"), "1.2"),
        (UPPER, ("eq", "1.45"), "1.45"),
        (UPPER, ("eq", "1.46"), "1.45"),
        (UPPER, ("eq", "0.333"), "0.33"),
        (UPPER, ("eq", ""), None),
        (UPPER, ("in", "0.8", "0.2"), "0.8"),
        (UPPER, ("gt", "1.1"), "1.1"),
        (UPPER, ("lt", "0.9"), "0"),
        (UPPER, ("nd",), "0"),
        (UPPER, ("nd", "0.9"), "0"),
        (UPPER | {"high": "0"}, ("eq", "0"), "0"),
        (UPPER | {"high": "0"}, ("eq", "1"), "1.45"),
        (UPPER | {"high": ""}, ("eq", "1"), None),
        (UPPER | {"low": "0.5"}, ("eq", "0.5"), "0.5"),
        (LOWER, ("eq", "0.3"), "1"),
        (LOWER, ("eq", "0.6"), "0.5"),
        (LOWER, ("eq", "0.25"), "1.2"),
        (LOWER, ("eq", "0.1"), "1.45"),
        (LOWER, ("eq", "0"), "1.45"),
        (LOWER, ("in", "0.9", "0.6"), "0.5"),
        (LOWER, ("in", "0.9", ""), None),
        (LOWER, ("lt", "0.9"), None),
        (LOWER, ("nd",), None),
        (LOWER | {"low": "0"}, ("eq", "5"), "0"),
        (LOWER | {"low": ""}, ("eq", "5"), "0"),
        (RANGE, ("eq", "7.5"), "0"),
        (RANGE, ("eq", "8"), "0.5"),
        (RANGE, ("eq", "7"), "0.5"),
        (RANGE, ("eq", "8.5"), "1"),
        (RANGE, ("eq", "6.5"), "1"),
        (RANGE, ("eq", "8.7"), "1.2"),
        (RANGE, ("eq", "9.5"), "1.45"),
        (RANGE | {"low": "6", "high": "9"}, ("eq", "8.25"), "0.5"),
        (RANGE | {"low": "6", "high": "9"}, ("eq", "6"), "1"),
        (RANGE, ("in", "8", "6.9"), "0.6"),
        (RANGE, ("in", "8.2", "7"), "0.7"),
        (RANGE, ("lt", "7"), None),
        (RANGE, ("nd",), None),
        (RANGE, ("say",), None),
        (RANGE | {"low": ""}, ("eq", "4.25"), "0.5"),
        (RANGE | {"high": ""}, ("eq", "7"), None),
        (RANGE | {"high": "6.5"}, ("eq", "6.5"), None),
        (RANGE | {"high": "6"}, ("eq", "6.5"), None),
        (ABSENT, ("eq", "1"), None),
        (NORMAL, ("nd",), None),
    ],
)
def test_a_value_uses_a_share_of_its_allowance(limit, result, used):
    """1 at the limit on either side, nothing in the middle of a range, at most 1.45."""
    expected = None if used is None else Decimal(used)

    assert share(result_of(*result), limit_of(**limit)) == expected
    assert Decimal("1.45") == SHARE_CAP


STRICT = UPPER | {"limit_set": "gb5749-2006", "is_relaxed": "否"}
LENIENT = UPPER | {"limit_set": "gb5749-2006-small", "is_relaxed": "是", "high": "1.2"}


@pytest.mark.parametrize(
    ("value", "outcome", "high", "used"),
    [
        (("eq", "0.9"), Outcome.PASSED, "1", "0.9"),
        (("eq", "1"), Outcome.PASSED, "1", "1"),
        (("eq", "1.1"), Outcome.RELAXED, "1.2", "0.92"),
        (("eq", "1.3"), Outcome.FAILED, "1.2", "1.08"),
        (("lt", "1.1"), Outcome.RELAXED, "1.2", "0"),
        (("lt", "1.3"), Outcome.UNJUDGED, "1.2", None),
        (("gt", "1.1"), Outcome.UNJUDGED, "1.2", None),
        (("gt", "1.2"), Outcome.FAILED, "1.2", "1"),
        (("say",), Outcome.UNJUDGED, "1.2", None),
    ],
)
def test_the_strictest_limit_that_is_met_decides(value, outcome, high, used):
    """Else the most lenient one that is not; a limit that cannot be told keeps a fail open."""
    limits = [limit_of(**STRICT), limit_of(**LENIENT)]
    one = judge(result_of(*value), limits, "氟化物")

    assert one.outcome is outcome
    assert one.limit is not None
    assert one.limit.high == Decimal(high)
    assert one.share == (None if used is None else Decimal(used))


def test_a_judgement_says_what_it_judged_and_by_what():
    """Name, raw value, measure (its own, else that of the limit), the limit."""
    one = judge(result_of("eq", "0.9", raw="0.90"), [limit_of(**STRICT)], "氟化物")
    own = judge(result_of("eq", "0.9", unit="μg/L"), [limit_of(**STRICT)], "氟化物")

    assert (one.name, one.raw_value, one.unit_of_measure) == ("氟化物", "0.90", "mg/L")
    assert one.limit is not None
    assert (one.limit.limit_set, one.limit.kind, one.limit.low) == ("gb5749-2006", "上限", None)
    assert own.unit_of_measure == "μg/L"


def test_a_value_without_a_limit_is_not_judged():
    """It is shown as it is, and uses no share of anything."""
    one = judge(result_of("eq", "0.9", raw="0.90", unit="mg/L"), [], "电导率")

    assert (one.outcome, one.reason) == (Outcome.UNJUDGED, Reason.NO_LIMIT)
    assert (one.name, one.raw_value, one.unit_of_measure) == ("电导率", "0.90", "mg/L")
    assert (one.limit, one.share) == (None, None)


@pytest.mark.parametrize(
    ("limit", "result", "reason"),
    [
        (UPPER, ("lt", "1.3"), Reason.COARSE),
        (UPPER, ("nd", "1.3"), Reason.COARSE),
        (UPPER, ("gt", "0.5"), Reason.VAGUE),
        (UPPER, ("say",), Reason.VAGUE),
        (ABSENT, ("lt", "20"), Reason.COARSE),
        (NORMAL, ("lt", "1"), Reason.VAGUE),
        (UPPER, ("eq", "1.3"), None),
        (UPPER, ("eq", "0.3"), None),
    ],
)
def test_a_value_that_does_not_tell_says_why(limit, result, reason):
    """Too coarse a method, or words that say nothing; what is judged needs no reason."""
    one = judge(result_of(*result), [limit_of(**limit)], "氟化物")

    assert one.reason is reason
    assert one.is_open == (reason is not None)


@pytest.mark.parametrize(
    ("limit", "result", "is_short"),
    [
        (LOWER, ("eq", "0.1"), True),
        (LOWER, ("eq", "0.3"), False),
        (LOWER, ("lt", "0.301"), False),
        (UPPER, ("eq", "2"), False),
        (UPPER | {"low": "0.5"}, ("eq", "2"), False),
        (RANGE, ("eq", "6"), True),
        (RANGE, ("eq", "7"), False),
        (RANGE, ("eq", "9"), False),
        (RANGE, ("gt", "9"), False),
    ],
)
def test_too_little_is_told_from_too_much(limit, result, is_short):
    """Only what fails can be short, and only of what has a lower limit."""
    assert judge(result_of(*result), [limit_of(**limit)], "余氯").is_short is is_short


def test_a_relaxed_limit_stands_beside_the_ordinary_one():
    """Where the relaxed one decided and there is an ordinary one; nowhere else."""
    strict, lenient = limit_of(**STRICT), limit_of(**LENIENT)
    both = judge(result_of("eq", "1.1"), [strict, lenient], "氟化物")
    plain = judge(result_of("eq", "0.9"), [strict, lenient], "氟化物")
    alone = judge(result_of("eq", "1.1"), [lenient], "氟化物")

    assert both.ordinary is not None
    assert (both.ordinary.high, both.ordinary.is_relaxed) == (Decimal(1), False)
    assert plain.ordinary is None
    assert alone.ordinary is None


def test_of_limits_that_do_not_tell_the_last_stays():
    """Also where a stricter one after it is known to be broken."""
    limits = [limit_of(**UPPER | {"high": "2"}), limit_of(**UPPER)]
    one = judge(result_of("gt", "1.5"), limits, "氟化物")

    assert one.outcome is Outcome.UNJUDGED
    assert one.limit is not None
    assert one.limit.high == Decimal(2)


def test_a_value_without_a_limit_is_kept_and_opens_nothing():
    """It is shown, and no sample waits for it."""
    one = judge(result_of("eq", "0.9"), [], "电导率")

    assert (one.value, one.is_short) == (Decimal("0.9"), False)
    assert not one.is_required
    assert not one.is_open
