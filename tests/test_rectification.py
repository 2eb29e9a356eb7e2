"""Rectification: the life cycle of an issue, and where it stands on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import rectification
from pipeline.checks.examples import book_of
from pipeline.rectification import STATES, TRANSITIONS, event_order, history

ISSUE = "nanzhao-2022-0031"
EVENTS = (
    "登记", "交办", "延期批准", "预计完成", "整改完成", "申请销号",
    "现场核查通过", "现场核查不通过", "退回", "销号", "作废",
)  # fmt: skip
BASE = date(2022, 7, 20)


def issue_cells(**cells: str) -> dict[str, str]:
    return {
        "issue_id": ISSUE,
        "found_on": "2022-07-20",
        "due_on": "2022-08-10",
        "resp_tier": "乡镇",
        "resp_org": "南河店镇人民政府",
        "found_by_level": "县",
    } | cells


def event_cells(number: int, event: str, on: str, **cells: str) -> dict[str, str]:
    return {
        "event_id": f"{cells.get('issue_id', ISSUE)}-e{number:02d}",
        "issue_id": ISSUE,
        "event": event,
        "event_on": on,
        "by_level": "县",
        "by_org": "南召县水利局",
    } | cells


def story(*events: tuple[str, str] | tuple[str, str, dict[str, str]]) -> list[dict[str, str]]:
    """Number the events of one issue: (event, month-day, more cells)."""
    return [
        event_cells(n, event, f"2022-{on}", **(more[0] if more else {}))
        for n, (event, on, *more) in enumerate(events, 1)
    ]


def state_of(events: list[dict[str, str]], day: str = "2022-09-16", **issue: str):
    book = book_of({"issues": [issue_cells(**issue)], "issue_events": events})
    return rectification.states(book.snapshot, date.fromisoformat(day))[ISSUE]


WHOLE = story(
    ("登记", "07-20"),
    ("整改完成", "08-05", {"by_level": "乡镇", "by_org": "南河店镇人民政府"}),
    ("申请销号", "08-06", {"by_level": "乡镇", "by_org": "南河店镇人民政府"}),
    ("现场核查通过", "08-12", {"satisfaction": "满意"}),
    ("销号", "08-15"),
)


@pytest.mark.parametrize(
    ("day", "state", "is_reported", "is_verified"),
    [
        ("2022-07-20", "整改中", False, False),
        ("2022-08-04", "整改中", False, False),
        ("2022-08-05", "已报完成", True, False),
        ("2022-08-06", "待核查", True, False),
        ("2022-08-12", "核查通过", True, True),
        ("2022-08-15", "已销号", True, True),
    ],
)
def test_reported_is_not_verified(day, state, is_reported, is_verified):
    """Each day shows what had been said and what had been seen by then, and no more."""
    result = state_of(WHOLE, day)

    assert (result.state, result.is_reported, result.is_verified) == (
        state,
        is_reported,
        is_verified,
    )


def test_before_the_first_event_nothing_is_claimed():
    """An issue found but not yet registered has no state of the cycle."""
    result = state_of(story(("登记", "07-25")), "2022-07-22")

    assert result.state == "未登记"
    claims = (result.is_reported, result.is_verified, result.is_struck, result.was_late)
    assert claims == (False, False, False, False)


def test_an_issue_found_later_does_not_exist():
    """A day before the finding knows nothing of the issue."""
    book = book_of({"issues": [issue_cells()], "issue_events": WHOLE})

    assert rectification.states(book.snapshot, date(2022, 7, 19)) == {}


def test_a_check_by_the_responsible_body_itself_is_no_verification():
    """自核: the body that mended looked at its own work (G22)."""
    events = story(
        ("登记", "07-20"), ("整改完成", "08-05"), ("现场核查通过", "08-06"), ("销号", "08-07")
    )

    same_body = state_of(events, resp_org="南召县水利局")
    both_county = state_of(events, resp_tier="县", resp_org="南召县农水中心")

    for result in (same_body, both_county):
        assert result.is_self_verified
        assert not result.is_verified
        assert result.is_struck


def test_a_later_check_by_another_body_outweighs_a_self_check():
    """The city's re-check after 销号 turns a self-checked issue into a verified one."""
    events = story(
        ("登记", "07-20"),
        ("整改完成", "08-05"),
        ("现场核查通过", "08-06"),
        ("销号", "08-07"),
        ("现场核查通过", "09-01", {"by_level": "市", "by_org": "南阳市水利局"}),
    )

    result = state_of(events, resp_tier="县")

    assert result.is_verified
    assert result.verified_on == date(2022, 9, 1)


def test_sent_back_after_striking_off_is_open_again_and_said_so():
    """销号后又退回: nothing that stood before stands any more."""
    result = state_of([*WHOLE, event_cells(6, "退回", "2022-09-02", reason="复查仍不达标")])

    assert (result.state, result.done_on, result.struck_on) == ("整改中", None, None)
    assert result.was_reopened
    assert result.is_overdue
    assert result.was_late


def test_overdue_counts_from_the_first_deadline_whatever_was_extended():
    """An extension moves the limit that lateness is scored by, not the overdue count (G32)."""
    events = story(("登记", "07-20"), ("延期批准", "08-08", {"new_due_on": "2022-09-10"}))

    result = state_of(events, "2022-08-20")

    assert result.limit_on == date(2022, 9, 10)
    assert (result.is_overdue, result.days_overdue, result.was_late) == (True, 10, False)


@pytest.mark.parametrize(
    ("extension", "assigned_by"),
    [
        ({"event_on": "2022-08-11"}, ""),
        ({"by_level": "乡镇"}, ""),
        ({"by_level": "县"}, "市"),
        ({"new_due_on": "2022-08-10"}, ""),
        ({"new_due_on": ""}, ""),
    ],
    ids=["too late", "too low", "below who handed it over", "no later", "no date"],
)
def test_an_extension_that_the_reading_refuses_moves_nothing(extension, assigned_by):
    """G32 admits extensions in time and from the level that handed the problem over."""
    cells = {"new_due_on": "2022-09-10"} | extension
    events = [
        event_cells(1, "登记", "2022-07-20"),
        event_cells(2, "延期批准", "2022-08-08") | cells,
    ]
    example = {"issues": [issue_cells()], "issue_events": events}
    if assigned_by:
        example["assignments"] = [{"assignment_id": "city-u0001", "from_level": assigned_by}]
        example["issues"] = [issue_cells(assignment_id="city-u0001")]

    state = rectification.states(book_of(example).snapshot, date(2022, 9, 16))[ISSUE]

    assert state.limit_on == date(2022, 8, 10)
    assert [extension.is_admitted for extension in state.extensions] == [False]


@pytest.mark.parametrize(
    ("done", "day", "was_late"),
    [
        ("08-10", "2022-09-16", False),
        ("08-11", "2022-09-16", True),
        (None, "2022-08-10", False),
        (None, "2022-08-11", True),
    ],
)
def test_late_means_not_reported_done_within_the_limit(done, day, was_late):
    """The last day of the limit still counts as in time."""
    events = story(("登记", "07-20"), *([("整改完成", done)] if done else []))

    assert state_of(events, day).was_late is was_late


@pytest.mark.parametrize(
    ("found", "category", "works", "recurs"),
    [
        ("2022-08-15", "水质", "nanzhao-w0001", True),
        ("2023-02-11", "水质", "nanzhao-w0001", True),
        ("2023-02-12", "水质", "nanzhao-w0001", False),
        ("2022-08-14", "水质", "nanzhao-w0001", False),
        ("2022-09-01", "管网", "nanzhao-w0001", False),
        ("2022-09-01", "水质", "nanzhao-w0002", False),
    ],
)
def test_the_same_fault_within_180_days_of_striking_off_is_back(found, category, works, recurs):
    """Recurrence is the same works and category, found within 180 days of the 销号 (G12)."""
    first = issue_cells(category="水质", works_id="nanzhao-w0001")
    second = issue_cells(
        issue_id="nanzhao-2022-0032", category=category, works_id=works, found_on=found,
        due_on="2023-03-01",
    )  # fmt: skip
    book = book_of({"issues": [first, second], "issue_events": WHOLE})

    state = rectification.states(book.snapshot, date(2023, 3, 1))["nanzhao-2022-0032"]

    assert state.recurs_of == (ISSUE if recurs else None)


def test_the_reading_sets_the_days_of_recurrence():
    """G12 is data."""
    example = {
        "issues": [
            issue_cells(works_id="nanzhao-w0001"),
            issue_cells(
                issue_id="nanzhao-2022-0032", works_id="nanzhao-w0001", found_on="2022-09-01"
            ),
        ],
        "issue_events": WHOLE,
        "readings": [{"reading_id": "G12", "is_chosen": "是", "parameter": "10"}],
    }

    assert not rectification.states(book_of(example).snapshot, date(2022, 9, 16))[
        "nanzhao-2022-0032"
    ].is_recurrent


def test_a_city_event_entered_late_falls_into_its_place():
    """Order is by day, then by number, over both homes."""
    example = {
        "issues": [issue_cells()],
        "issue_events": WHOLE[:3],
        "issue_events@C": [
            event_cells(9, "现场核查不通过", "2022-08-05", by_level="市", reason="仍漏水")
        ],
    }

    steps = rectification.histories(book_of(example).snapshot)[ISSUE]

    assert [(s.event, s.is_applied) for s in steps] == [
        ("登记", True),
        ("整改完成", True),
        ("现场核查不通过", True),
        ("申请销号", False),
    ]


sequences = st.lists(
    st.tuples(
        st.sampled_from(EVENTS),
        st.integers(0, 60),
        st.sampled_from(["乡镇", "县", "市"]),
        st.sampled_from(["南河店镇人民政府", "南召县水利局"]),
        st.one_of(st.none(), st.integers(0, 120)),
    ),
    max_size=12,
)


def rows_of(events):
    cells = [
        event_cells(
            n, event, (BASE + timedelta(days=after)).isoformat(), by_level=level, by_org=org,
            new_due_on="" if new is None else (BASE + timedelta(days=new)).isoformat(),
        )
        for n, (event, after, level, org, new) in enumerate(events, 1)
    ]  # fmt: skip
    return book_of({"issues": [issue_cells()], "issue_events": cells}).snapshot


@given(sequences)
def test_any_sequence_is_applied_by_the_table_or_refused(events):
    """Whatever is written, every step follows the table, and a refused event changes nothing."""
    snapshot = rows_of(events)

    before = STATES[0]
    for step in history(snapshot.issues[0], snapshot.issue_events):
        expected = TRANSITIONS.get((before, step.event))
        assert step.is_applied == (expected is not None)
        assert step.state == (expected or before)
        assert not (step.is_verified and not step.is_reported)
        assert step.limit_on >= step.due_on
        before = step.state


@given(sequences, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(events, random):
    """Files may list the events in any order."""
    snapshot = rows_of(events)
    shuffled = list(snapshot.issue_events)
    random.shuffle(shuffled)

    issue = snapshot.issues[0]

    assert history(issue, shuffled) == history(issue, snapshot.issue_events)


@given(sequences, st.integers(0, 70))
def test_as_of_a_day_equals_the_history_up_to_it(events, after):
    """What happens later never changes what was known before, however the day is cut."""
    snapshot, day = rows_of(events), BASE + timedelta(days=after)
    known = snapshot.as_of(day)

    cut = rectification.states(known, day)
    whole = rectification.states(snapshot, day)
    steps = [s for s in rectification.histories(snapshot)[ISSUE] if s.on <= day]

    assert cut == whole
    assert rectification.histories(known)[ISSUE] == tuple(steps)


def test_the_table_names_every_event_and_state():
    """The cycle knows all ten events, reaches all states, and lets nothing leave 已作废."""
    assert {event for _, event in TRANSITIONS} == set(EVENTS)
    assert set(TRANSITIONS.values()) == set(STATES[1:])
    assert not any(state == "已作废" for state, _ in TRANSITIONS)


def test_events_are_ordered_by_number_not_by_text():
    """e10 follows e9."""
    book = book_of(
        {"issue_events": [event_cells(n, "交办", "2022-08-01") for n in (10, 9)]
         + [event_cells(2, "登记", "2022-08-02")]}
    )  # fmt: skip

    ordered = sorted(book.issue_events, key=event_order)

    assert [row.event_id[-3:] for row in ordered] == ["e09", "e10", "e02"]
