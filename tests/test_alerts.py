"""Digests of deadlines: each step told once, nothing lost in grouping, mails that are valid."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import __main__ as command
from pipeline.alerts import (
    STEPS,
    Due,
    alert_day,
    data,
    digest,
    due,
    mail,
    steps_told,
    text,
)
from pipeline.alerts.wording import SHOWN
from pipeline.dates import Workdays
from pipeline.ledgers import load
from tests.story import EXAMPLE

START = date(2022, 9, 1)
HOLIDAY = {date(2022, 10, n): False for n in range(1, 8)} | {date(2022, 10, 8): True}
WORKDAYS = Workdays(HOLIDAY)
days = st.integers(0, 90).map(lambda n: START + timedelta(days=n))
things = st.lists(
    st.builds(
        Due,
        unit_id=st.sampled_from(["nanzhao", "wolong", "yahe"]),
        kind=st.sampled_from(["整改", "公示", "报送"]),
        ref=st.integers(0, 10**6).map(lambda n: f"issues/{n}"),
        title=st.just("水压不足"),
        due_on=days,
    ),
    max_size=30,
)
NAMES = {"nanzhao": "南召", "wolong": "卧龙", "yahe": "鸭河"}


@given(days)
def test_each_step_of_a_deadline_is_told_on_exactly_one_working_day(due_on):
    """Whatever weekends and holidays lie between; warnings never late, complaints never early."""
    window = [due_on + timedelta(days=n) for n in range(-30, 31)]
    told = {day: steps_told(due_on, None, day, WORKDAYS) for day in window}

    assert Counter(step for steps in told.values() for step in steps) == Counter(STEPS)
    assert all(WORKDAYS.is_workday(day) for day, steps in told.items() if steps)
    for day, steps in told.items():
        for step in steps:
            wanted = due_on + timedelta(days=step)
            assert day >= wanted if step > 0 else day <= wanted


@given(days, days)
def test_what_is_entered_late_is_still_told(due_on, known_on):
    """Nothing before it is known, and never nothing at all."""
    window = [START + timedelta(days=n) for n in range(-30, 140)]
    told = [(day, steps_told(due_on, known_on, day, WORKDAYS)) for day in window]

    assert any(steps for _, steps in told)
    assert all(day >= known_on for day, steps in told if steps)
    assert max(Counter(step for _, steps in told for step in steps).values()) == 1


@given(things, days)
def test_grouping_loses_nothing(owed, day):
    """Each step that is due today stands once in the digest of its unit, and once in the data."""
    found = digest("g1", "第1督导组", owed, list(NAMES), day, WORKDAYS)
    apart = [digest(u, u, owed, [u], day, WORKDAYS) for u in NAMES]
    expected = Counter(
        (one.ref, step)
        for one in owed
        for step in STEPS
        if alert_day(one.due_on, step, WORKDAYS) == day
    )

    for told in (found.lines, [line for one in apart for line in one.lines]):
        assert Counter((line.due.ref, s) for line in told for s in line.steps) == expected
    assert sum(len(lines) for _, lines in found.groups) == len(found.lines)
    assert len(data(found, is_demo=True)["items"]) == len(found.lines)
    whole = text(found, NAMES, is_demo=True, whole=True)
    assert whole.count("\n· ") == len(found.lines)


def test_a_short_text_counts_what_it_does_not_name():
    """A chat gets five of a kind, and how many more there are."""
    owed = [Due("nanzhao", "整改", f"issues/{n}", "漏水", START) for n in range(SHOWN + 4)]
    found = digest("nanzhao", "南召县", owed, ["nanzhao"], START, WORKDAYS)

    said = text(found, NAMES, is_demo=False)

    assert said.startswith("【南召县2022年9月1日到期提醒：今天到期9件】")
    assert said.count("漏水") == SHOWN
    assert "另有4件" in said


def test_a_mail_is_valid_and_the_same_every_time():
    """Subject and text come back as they were; date and id follow from the day and the text."""
    owed = [Due("nanzhao", "整改", "issues/1", "泵房漏水", START)]
    found = digest("nanzhao", "南召县", owed, ["nanzhao"], START, WORKDAYS)
    body = text(found, NAMES, is_demo=True)
    made = [mail(found, body, "南阳市水利局", "https://q.example/", is_demo=True) for _ in "12"]

    told = message_from_bytes(made[0], policy=default)

    assert made[0] == made[1]
    assert made[0].isascii()
    assert told["Subject"] == "南召县2022年9月1日到期提醒（演示数据）：今天到期1件"
    assert told["From"].addresses[0].display_name == "南阳市水利局"
    assert told["Date"].datetime.isoformat() == "2022-09-01T08:00:00+08:00"
    assert told["Message-ID"].endswith("@q.example>")
    assert told.get_content().replace("\r\n", "\n") == body
    assert not told.defects


def test_no_person_and_no_number_is_named():
    """Of who mends the body alone: a mobile of a township official goes into no chat."""
    snapshot = load(EXAMPLE).snapshot
    day = date(2022, 9, 16)
    owed = due(snapshot.as_of(day), day)
    told = json.dumps([one.title + one.by_org for one in owed], ensure_ascii=False)

    assert {one.kind for one in owed} >= {"整改", "检测"}
    for issue in snapshot.issues:
        assert issue.resp_phone not in told
        assert issue.resp_person not in told


def test_what_is_done_is_owed_no_more():
    """An issue reported done, void or not yet found is not among what is owed."""
    snapshot = load(EXAMPLE).snapshot
    day = date(2022, 9, 16)
    done = {e.issue_id for e in snapshot.issue_events if e.event in ("销号", "作废")}
    again = {e.issue_id for e in snapshot.issue_events if e.event == "退回"}
    refs = {one.ref for one in due(snapshot.as_of(day), day)}

    assert not refs & {f"issues/{one}" for one in done - again}


@pytest.mark.parametrize("given_", ["2022-13-01", "明天"])
def test_a_day_that_is_none_is_refused(given_, capsys):
    """Exit 2, in Chinese."""
    assert command.main(["alerts", "--for", given_]) == 2
    assert "不是日期" in capsys.readouterr().err


def test_files_are_written_and_the_same_every_time(tmp_path, capsys):
    """Text, mail and data per addressee, whatever day it is run on; a holiday gives none."""
    for name in ("one", "two"):
        told = ["alerts", "--data", str(EXAMPLE), "--for", "2022-09-19", "-o", str(tmp_path / name)]
        assert command.main(told) == 0
    one, two = (
        {p.name: p.read_bytes() for p in Path(tmp_path / name).iterdir()} for name in ("one", "two")
    )

    assert one == two
    assert {name[-4:] for name in one} <= {".txt", ".eml", "json"}
    assert command.main(["alerts", "--data", str(EXAMPLE), "--for", "2022-09-17"]) == 0
    assert "不是工作日" in capsys.readouterr().out
