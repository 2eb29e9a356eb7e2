"""The life cycle in tables: every transition, every way to clear, extend, verify and come back."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from pipeline import rectification
from pipeline.checks.examples import book_of
from pipeline.rectification import STATES, TRANSITIONS, event_order, history, is_outside
from pipeline.rectification.lifecycle import at_least, before_all, is_self_check
from pipeline.rectification.recurrence import RECURRENCE_DAYS

ISSUE, OTHER = "nanzhao-2022-0031", "nanzhao-2022-0032"
CITY = {"by_level": "市", "by_org": "南阳市水利局"}
OWN = {"by_level": "乡镇", "by_org": "南河店镇人民政府"}

BACK = ("现场核查不通过", "退回")
LIFE = {
    "未登记": {"登记": "整改中"},
    "整改中": {"交办": "整改中", "延期批准": "整改中", "预计完成": "整改中",
             "整改完成": "已报完成", "作废": "已作废"},
    "已报完成": {
        "申请销号": "待核查", "现场核查通过": "核查通过", "现场核查不通过": "整改中",
        "退回": "整改中", "作废": "已作废",
    },
    "待核查": {
        "现场核查通过": "核查通过", "现场核查不通过": "整改中", "退回": "整改中", "作废": "已作废",
    },
    "核查通过": {
        "销号": "已销号", "现场核查不通过": "整改中", "退回": "整改中", "作废": "已作废",
    },
    "已销号": {
        "现场核查通过": "已销号", "现场核查不通过": "整改中", "退回": "整改中", "作废": "已作废",
    },
    "已作废": {},
}  # fmt: skip
"""The life cycle once more, as it reads in the data model."""


def issue(**cells: str) -> dict[str, str]:
    """Return an issue due on 10 August, which a township mends."""
    return {
        "issue_id": ISSUE, "found_on": "2022-07-20", "due_on": "2022-08-10", "resp_tier": "乡镇",
        "resp_org": "南河店镇人民政府", "found_by_level": "县", "channel": "自查",
        "category": "水质",
    } | cells  # fmt: skip


def events(*told: tuple, of: str = ISSUE) -> list[dict[str, str]]:
    """Number the events of an issue: (event, month-day, more cells)."""
    return [
        {
            "event_id": f"{of}-e{n:02d}", "issue_id": of, "event": event, "event_on": f"2022-{on}",
            "by_level": "县", "by_org": "南召县水利局",
        } | (more[0] if more else {})
        for n, (event, on, *more) in enumerate(told, 1)
    ]  # fmt: skip


def steps(*told: tuple, **cells: str):
    """Return the history of one issue."""
    book = book_of({"issues": [issue(**cells)], "issue_events": events(*told)})
    return history(book.issues[0], book.issue_events)


def state(*told: tuple, day: str = "2022-09-16", **cells: str):
    """Return where one issue stands on a day."""
    book = book_of({"issues": [issue(**cells)], "issue_events": events(*told)})
    return rectification.states(book.snapshot, date.fromisoformat(day))[ISSUE]


DONE = (("登记", "07-20"), ("整改完成", "08-01", OWN))
PASSED = (*DONE, ("现场核查通过", "08-03"))
STRUCK = (*PASSED, ("销号", "08-05"))
WAY = {
    "未登记": (),
    "整改中": DONE[:1],
    "已报完成": DONE,
    "待核查": (*DONE, ("申请销号", "08-02", OWN)),
    "核查通过": PASSED,
    "已销号": STRUCK,
    "已作废": (*DONE[:1], ("作废", "07-21")),
}
"""How an issue gets to each state."""


def test_the_table_is_the_life_cycle():
    """Nothing more leads anywhere, and the way to each state leads there."""
    told = {(old, event): new for old, ways in LIFE.items() for event, new in ways.items()}

    assert dict(TRANSITIONS) == told
    assert tuple(LIFE) == STATES
    for name, way in WAY.items():
        assert state(*way).state == name


@pytest.mark.parametrize("name", STATES)
def test_each_state_says_what_is_claimed_and_what_was_seen(name):
    """Reported from 已报完成 on, verified from 核查通过 on, open before; void is nothing."""
    one = state(*WAY[name])
    last = (steps(*WAY[name]) or (None,))[-1]

    assert one.is_reported is (name in ("已报完成", "待核查", "核查通过", "已销号"))
    assert one.is_verified is (name in ("核查通过", "已销号"))
    assert one.is_open is (name in ("未登记", "整改中"))
    assert one.is_struck is (name == "已销号")
    assert one.is_overdue is one.is_open
    assert one.is_self_verified is False
    if last is not None:
        assert (last.is_reported, last.is_verified) == (one.is_reported, one.is_verified)


@pytest.mark.parametrize("name", ["核查通过", "已销号"])
def test_what_the_responsible_looked_at_themselves_is_not_verified(name):
    """Neither the state nor its last step says so; it is reported all the same."""
    one = state(*WAY[name], resp_org="南召县水利局")
    last = steps(*WAY[name], resp_org="南召县水利局")[-1]

    assert (one.is_verified, one.is_self_verified, one.is_reported) == (False, True, True)
    assert (last.is_verified, last.is_self_verified, last.is_reported) == (False, True, True)


@pytest.mark.parametrize("event", BACK)
@pytest.mark.parametrize("name", ["已报完成", "待核查", "核查通过", "已销号"])
def test_sent_back_clears_whatever_was_claimed_and_seen(name, event):
    """Done, verified, struck off: none stands any more; only that it was struck once is kept."""
    one = state(*WAY[name], (event, "08-09", CITY))

    assert one.state == "整改中"
    assert (one.done_on, one.verified_on, one.struck_on) == (None, None, None)
    assert one.registered_on == date(2022, 7, 20)
    assert one.was_reopened is (name == "已销号")
    own = state(*WAY[name], (event, "08-09", CITY), resp_org="南召县水利局")
    assert (one.is_self_verified, own.is_self_verified) == (False, False)


@pytest.mark.parametrize("event", BACK)
def test_after_being_sent_back_everything_is_told_anew(event):
    """New days of done, verified and struck; who looked counts anew; reopened stays said."""
    again = (
        (event, "08-06", CITY), ("整改完成", "08-08", OWN), ("现场核查通过", "08-09", CITY),
        ("销号", "08-10", CITY),
    )  # fmt: skip
    one = state(*STRUCK, *again, resp_org="南召县水利局")

    assert (one.done_on, one.verified_on, one.struck_on) == (
        date(2022, 8, 8), date(2022, 8, 9), date(2022, 8, 10),
    )  # fmt: skip
    assert (one.is_verified, one.is_self_verified, one.was_reopened) == (True, False, True)
    assert state(*STRUCK, *again, (event, "08-12", CITY)).was_reopened
    assert state(*STRUCK, *again[:2], (event, "08-12", CITY)).was_reopened
    assert not state(*PASSED, (event, "08-06", CITY), *again[1:]).was_reopened


def test_a_void_issue_that_was_sent_back_stays_reopened_and_void():
    """Void ends everything; it is neither late nor a recurrence."""
    one = state(*STRUCK, ("退回", "08-06", CITY), ("作废", "09-01"), recurs_of_id=OTHER)

    assert (one.state, one.was_reopened) == ("已作废", True)
    assert (one.was_late, one.is_overdue, one.is_recurrent) == (False, False, False)
    assert state(*DONE[:1], recurs_of_id=OTHER).recurs_of == OTHER


SELF = {"by_level": "县", "by_org": "南召县水利局"}


@pytest.mark.parametrize(
    ("event", "cells", "is_self"),
    [
        (SELF, {}, False),
        (SELF, {"resp_org": "南召县水利局"}, True),
        (SELF, {"resp_tier": "县"}, True),
        (SELF | {"by_level": "乡镇"}, {}, True),
        (SELF | {"by_level": "村"}, {}, True),
        (CITY, {}, False),
        (CITY, {"resp_tier": "县"}, False),
        (CITY, {"resp_org": "南阳市水利局"}, True),
        (SELF, {"resp_tier": "供水单位"}, False),
    ],
)
def test_who_may_verify(event, cells, is_self):
    """County or above, another body, and not the county where the county mends."""
    book = book_of(
        {"issues": [issue(**cells)], "issue_events": events(("现场核查通过", "08-03", event))}
    )

    assert is_self_check(book.issue_events[0], book.issues[0]) is is_self


@pytest.mark.parametrize(
    ("level", "other", "is_at_least"),
    [
        ("县", "县", True), ("市", "县", True), ("乡镇", "县", False), ("村", "乡镇", False),
        ("国家", "省", True), ("社会", "县", False), ("县", "社会", False),
    ],
)  # fmt: skip
def test_levels_of_offices(level, other, is_at_least):
    """From village to nation; society is no office."""
    assert at_least(level, other) is is_at_least


@pytest.mark.parametrize(
    ("cells", "outside"),
    [
        ({}, False),
        ({"assignment_id": "city-u0001"}, True),
        *(({"found_by_level": level}, True) for level in ("市", "省", "国家", "社会")),
        *(({"found_by_level": level}, False) for level in ("村", "乡镇", "县")),
    ],
)
def test_what_was_found_or_handed_over_from_outside(cells, outside):
    """The level that found it, or an assignment."""
    book = book_of({"issues": [issue(**cells)]})

    assert is_outside(book.issues[0]) is outside
    assert state(*DONE[:1], **cells).is_outside is outside


def test_the_first_look_counts_unless_it_was_the_own_one():
    """A second pass moves nothing; another body's outweighs all of the body's own."""
    later = ("现场核查通过", "09-01", CITY)

    assert state(*STRUCK, later).verified_on == date(2022, 8, 3)
    assert not state(*STRUCK, later).is_self_verified
    own = {"resp_org": "南召县水利局"}
    assert state(*STRUCK, ("现场核查通过", "08-07"), **own).verified_on == date(2022, 8, 3)
    assert state(*STRUCK, ("现场核查通过", "08-07"), **own).is_self_verified
    assert state(*STRUCK, later, **own).verified_on == date(2022, 9, 1)
    assert state(*STRUCK, later, **own).is_verified
    twice = state(*STRUCK, later, ("现场核查通过", "09-02", CITY), **own)
    assert twice.verified_on == date(2022, 9, 1)


def test_a_later_self_check_does_not_undo_that_of_another_body():
    """Who looked first and was another body stands."""
    one = state(*STRUCK, ("现场核查通过", "09-01", CITY), resp_org="南阳市水利局")

    assert (one.verified_on, one.is_self_verified) == (date(2022, 8, 3), False)


@pytest.mark.parametrize(
    ("on", "level", "new", "is_admitted"),
    [
        ("08-09", "县", "2022-08-11", True),
        ("08-10", "县", "2022-08-11", True),
        ("08-11", "县", "2022-08-12", False),
        ("08-10", "县", "2022-08-10", False),
        ("08-10", "县", "2022-08-09", False),
        ("08-10", "县", "", False),
        ("08-10", "乡镇", "2022-08-11", False),
        ("08-10", "省", "2022-08-11", True),
    ],
)
def test_an_extension_moves_the_limit_or_not(on, level, new, is_admitted):
    """In time to the last day, later than the limit, from the county up; it is kept either way."""
    one = state(*DONE[:1], ("延期批准", on, {"by_level": level, "new_due_on": new}))
    (extension,) = one.extensions

    assert one.limit_on == (date.fromisoformat(new) if is_admitted else date(2022, 8, 10))
    assert one.due_on == date(2022, 8, 10)
    assert extension.is_admitted is is_admitted
    assert (extension.event_id, extension.on) == (f"{ISSUE}-e02", date.fromisoformat(f"2022-{on}"))
    assert extension.new_due_on == (date.fromisoformat(new) if new else None)
    assert extension.by_level == level


def test_a_second_extension_counts_from_the_limit_in_force():
    """What would have been too late for the first limit is in time for the second."""
    more = ("延期批准", "08-15", {"new_due_on": "2022-09-30"})
    one = state(*DONE[:1], ("延期批准", "08-10", {"new_due_on": "2022-08-20"}), more)

    assert one.limit_on == date(2022, 9, 30)
    assert [e.is_admitted for e in one.extensions] == [True, True]
    assert state(*DONE[:1], more).limit_on == date(2022, 8, 10)


@pytest.mark.parametrize(
    ("day", "days"),
    [("2022-08-09", 0), ("2022-08-10", 0), ("2022-08-11", 1), ("2022-09-16", 37)],
)
def test_days_overdue_begin_on_the_day_after(day, days):
    """What is due on a day may be done until its end; only open issues are overdue."""
    one = state(*DONE[:1], day=day)

    assert (one.days_overdue, one.is_overdue) == (days, days > 0)
    assert state(*DONE, day=day).days_overdue == 0


def test_refused_events_are_named_and_change_nothing():
    """A strike before any check is refused; the state stays."""
    told = steps(*DONE, ("销号", "08-02"))
    one = state(*DONE, ("销号", "08-02"))

    assert [step.is_applied for step in told] == [True, True, False]
    assert one.refused == (f"{ISSUE}-e03",)
    assert (one.state, one.struck_on) == ("已报完成", None)
    assert (told[-1].event_id, told[-1].event, told[-1].on) == (
        f"{ISSUE}-e03", "销号", date(2022, 8, 2),
    )  # fmt: skip


def test_before_any_event_an_issue_has_its_deadline_only():
    """Unregistered, open, with both limits the first deadline."""
    one = state(day="2022-08-11")

    assert (one.state, one.due_on, one.limit_on) == ("未登记", date(2022, 8, 10), date(2022, 8, 10))
    assert (one.days_overdue, one.was_late, one.registered_on) == (1, True, None)
    assert (one.extensions, one.refused, one.was_reopened) == ((), (), False)


def test_a_state_claims_nothing_that_it_was_not_told():
    """Nor does the step before all events, which nothing refused."""
    day = date(2022, 8, 10)
    (row,) = book_of({"issues": [issue()]}).issues
    one, start = rectification.State("x", "整改中", day, day), before_all(row)

    assert (one.days_overdue, one.was_late, one.is_outside) == (0, False, False)
    assert (one.is_self_verified, one.was_reopened, one.recurs_of) == (False, False, None)
    assert (start.is_applied, start.state, start.on) == (True, "未登记", date(2022, 7, 20))


def test_an_event_without_a_number_comes_first_of_its_day():
    """Numbers order the day; text comes last."""
    day = date(2022, 8, 1)
    rows = [SimpleNamespace(event_id=name, event_on=day) for name in ("x-e2", "b", "a", "x-e10")]

    assert [row.event_id for row in sorted(rows, key=event_order)] == ["a", "b", "x-e2", "x-e10"]
    assert event_order(rows[0]) == (day, 2, "x-e2")
    assert event_order(rows[1]) == (day, 0, "b")


WORKS = {"works_id": "nanzhao-w0001"}
VILLAGE = {"village_code": "411321103201", "issue_level": "村"}


def origin(first: dict, second: dict, told=STRUCK, more=(), day="2023-09-01", **tables):
    """Return what the second issue repeats, the first having had these events."""
    rows = [issue(**first), issue(**({"issue_id": OTHER, "found_on": "2022-08-20"} | second))]
    example = {
        "issues": rows,
        "issue_events": [*events(*told), *events(*more, of=OTHER)],
    } | tables
    found = rectification.states(book_of(example).snapshot, date.fromisoformat(day))
    return found[OTHER].recurs_of


@pytest.mark.parametrize(
    ("first", "second", "is_back"),
    [
        (WORKS, WORKS, True),
        (VILLAGE, VILLAGE, True),
        (VILLAGE | WORKS, WORKS, True),
        (VILLAGE | WORKS, VILLAGE, False),
        (WORKS, VILLAGE | WORKS, True),
        (VILLAGE, {"village_code": "411321103202"}, False),
        (WORKS, WORKS | {"category": "管网"}, False),
        ({}, {}, False),
        (WORKS, WORKS | {"found_on": "2022-08-05"}, True),
        (WORKS, WORKS | {"found_on": "2022-08-04"}, False),
        (WORKS, WORKS | {"found_on": "2023-02-01"}, True),
        (WORKS, WORKS | {"found_on": "2023-02-02"}, False),
    ],
)
def test_the_same_fault_is_the_same_place_and_category(first, second, is_back):
    """The works, or the village where no works is named; within 180 days of the 销号."""
    assert origin(first, second) == (ISSUE if is_back else None)
    assert RECURRENCE_DAYS == 180


def test_what_was_never_struck_off_cannot_come_back():
    """Nor what was struck off without a check, or voided afterwards."""
    assert origin(WORKS, WORKS, told=PASSED) is None
    assert origin(WORKS, WORKS, told=(*DONE, ("销号", "08-05"))) is None
    assert origin(WORKS, WORKS, told=(*STRUCK, ("作废", "08-30"))) is None
    assert origin(WORKS, WORKS, told=(*STRUCK, ("退回", "08-30", CITY))) == ISSUE


def test_what_the_unit_says_goes_before_the_dates():
    """recurs_of_id names the earlier issue, whatever lies between."""
    assert origin(WORKS, WORKS | {"recurs_of_id": "nanzhao-2022-0001"}) == "nanzhao-2022-0001"


def test_an_issue_does_not_repeat_itself():
    """Struck off, sent back and struck off again before another: the other one is repeated."""
    told = (
        ("登记", "08-20"),
        ("整改完成", "08-20", OWN),
        ("现场核查通过", "08-20"),
        ("销号", "08-20"),
    )

    assert origin(WORKS, WORKS, more=told) == ISSUE
    assert origin({}, WORKS, more=told) is None


def test_the_last_one_struck_off_is_repeated():
    """Of two earlier ones that which was struck off later."""
    third = "nanzhao-2022-0033"
    rows = [
        issue(**WORKS),
        issue(issue_id=OTHER, **WORKS),
        issue(issue_id=third, found_on="2022-09-01", **WORKS),
    ]
    late = (*PASSED[:2], ("现场核查通过", "08-08"), ("销号", "08-09"))
    for one, other in ((STRUCK, late), (late, STRUCK)):
        told = [*events(*one), *events(*other, of=OTHER)]
        book = book_of({"issues": rows, "issue_events": told})
        states = rectification.states(book.snapshot, date(2022, 9, 16))

        assert states[third].recurs_of == (OTHER if other is late else ISSUE)


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ({"reading_id": "G12", "is_chosen": "是", "parameter": "10"}, 10),
        ({"reading_id": "G12", "is_chosen": "否", "parameter": "10"}, 180),
        ({"reading_id": "G12", "is_chosen": "是", "parameter": ""}, 180),
        ({"reading_id": "G4", "is_chosen": "是", "parameter": "10"}, 180),
    ],
)
def test_only_the_chosen_reading_sets_the_days(row, days):
    """Found 15 days after the 销号: back under 180 days, not under 10."""
    assert origin(WORKS, WORKS, readings=[row]) == (ISSUE if days == 180 else None)


def test_who_handed_it_over_says_who_may_extend():
    """The assignment's level; another issue's assignment says nothing."""
    extension = ("延期批准", "08-09", {"new_due_on": "2022-08-30"})
    rows = [issue(assignment_id="city-u0001"), issue(issue_id=OTHER)]
    told = [*events(*DONE[:1], extension), *events(*DONE[:1], extension, of=OTHER)]
    assignments = [{"assignment_id": "city-u0001", "from_level": "省"}]
    book = book_of({"issues": rows, "issue_events": told, "assignments": assignments})

    steps_of = rectification.histories(book.snapshot)

    assert steps_of[ISSUE][-1].limit_on == date(2022, 8, 10)
    assert steps_of[OTHER][-1].limit_on == date(2022, 8, 30)
