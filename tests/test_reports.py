"""Reports: every number in prose is a cell, and an edition says what its last day's view says."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from story import EXAMPLE, PROJECT

from pipeline import disclosure
from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.ledgers import Snapshot, load
from pipeline.papers.catalogue import KINDS
from pipeline.reports import (
    archive,
    bulletin,
    circular,
    frames,
    monthly,
    naming,
    periods,
    weekly,
)
from pipeline.reports.frames import CITY
from pipeline.reports.paper import ABSENT, Column, Heading, Paragraph, Report, paragraph, say, table

DAY = date(2022, 9, 16)
PLACES = {"story": EXAMPLE, "city": PROJECT / "data"}
DATES = re.compile("(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日")
NUMBERS = re.compile(r"[0-9][0-9,.]*")


@cache
def snapshot_of(place: str) -> Snapshot:
    """The rows of the story, or of the city."""
    found = load(PLACES[place]).snapshot
    assert found is not None
    return found


@cache
def view_of(place: str, day: date = DAY) -> View:
    """What the public may see on a day."""
    return disclosure.view(snapshot_of(place), day, "0" * 64)


def reports_of(view: View) -> list[Report]:
    """Every report that can be made from a view: all editions, and every kind of every unit."""
    made = [edition.make() for edition in archive.editions(view).values()]
    for kind in KINDS.values():
        if not kind.is_internal:
            made += [kind.make(view, key) for key in kind.keys(view)]
    return [one for one in made if isinstance(one, Report)]


@pytest.mark.parametrize("place", PLACES)
def test_every_number_in_prose_is_a_cell_of_the_reports_own_tables(place):
    """What is left of a sentence without its dates and names is figures, each one a cell."""
    sentences = 0
    for report in reports_of(view_of(place)):
        tables = {one.id: one for one in report.tables}
        for sentence in report.sentences:
            sentences += 1
            for figure in sentence.figures:
                cell = tables[figure.table].figure(figure.row, figure.column).text
                assert figure.text in (cell, cell.lstrip("+−")), (report.id, sentence)
            told = Counter(n for figure in sentence.figures for n in NUMBERS.findall(figure.text))
            names = re.sub("《.*?》", "", DATES.sub("", sentence.text))
            assert Counter(NUMBERS.findall(names)) == told, (report.id, sentence.text)
    assert sentences > 100


@pytest.mark.parametrize("place", PLACES)
def test_totals_are_the_sums_of_their_columns(place):
    """Wherever a table has a line for the city, it is the sum of the units' lines."""
    looked = 0
    for report in reports_of(view_of(place)):
        for one in report.tables:
            total = next((line for line in one.lines if line.is_total), None)
            if total is None or one.id == "water":  # lists only units with something wrong
                continue
            for place_, column in enumerate(one.columns):
                cells = [line.cells[place_] for line in one.lines if not line.is_total]
                if column.form == "figure" and not any("%" in c or "." in c for c in cells):
                    counts = (c.replace(",", "") for c in cells)
                    numbers = [int(c) for c in counts if c.isdecimal()]
                    if total.cells[place_] != ABSENT:
                        assert int(total.cells[place_].replace(",", "")) == sum(numbers)
                        looked += 1
    assert looked > 50


def test_a_brief_made_later_is_the_brief_of_its_day():
    """Every week of the story: made from a view of its last day, or from a later view."""
    later = view_of("story")
    for number, week in archive.of_weeks(later).items():
        then = weekly.weekly(view_of("story", week.last), week)

        assert weekly.weekly(later, week).blocks == then.blocks, number


def test_a_month_and_a_quarter_made_later_are_those_of_their_day():
    """Made from a view of the last day, or from any later view."""
    later = view_of("story")
    for month in archive.of_months(later).values():
        then = monthly.monthly(view_of("story", month.last), month)
        assert monthly.monthly(later, month).blocks == then.blocks, month
    for quarter in archive.of_quarters(later).values():
        then = bulletin.bulletin(view_of("story", quarter.last), quarter)
        assert bulletin.bulletin(later, quarter).blocks == then.blocks, quarter
        assert bulletin.bulletin(later, quarter).attachments == then.attachments, quarter


def test_a_circular_made_later_is_the_circular_of_its_day():
    """Every stage of the story."""
    later = view_of("story")
    days = [day for day in archive.stages(later) if day < DAY]
    assert days
    for day in days:
        then = circular.circular(view_of("story", day), day)
        now = circular.circular(later, day)

        assert now.blocks == then.blocks, day
        assert now.attachments == then.attachments, day


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("day", [date(2022, 7, 20), date(2022, 8, 25), DAY])
def test_standing_is_what_the_states_of_that_day_say(place, day):
    """The frame, made from the view of today, against the states of a view of that day."""
    frame = frames.standing(view_of(place), day)
    then = view_of(place, day) if place == "story" or day == DAY else None
    if then is None:
        return
    states = [then.states[i.id] for i in then.issues]
    known = [s for s in states if s.state not in frames.UNKNOWN]

    assert frame.at(CITY, "found") == len(known)
    assert frame.at(CITY, "reported") == sum(s.is_reported for s in known)
    assert frame.at(CITY, "verified") == sum(s.is_verified for s in known)
    assert frame.at(CITY, "overdue") == sum(s.is_overdue for s in known)
    assert {one.issue.id for one in frames.open_issues(view_of(place), day)} == {
        i.id for i in then.issues if then.states[i.id].is_open and i.id in known_ids(then)
    }


def known_ids(view: View) -> set[str]:
    return {i.id for i in view.issues if view.states[i.id].state not in frames.UNKNOWN}


@pytest.mark.parametrize("place", PLACES)
def test_silent_units_are_those_that_the_view_calls_so(place):
    """Who has not reported its issues, by the frame and by the table of reporting."""
    view = view_of(place)
    told = {u.id for u in view.units if view.reporting[u.id]["issues"] == "未报告"}

    assert set(frames.silent(view, DAY)) == told


def test_a_place_is_never_named_twice():
    """Column ③ says township, village and works once each; 太平镇 has a village 太平镇村."""
    view = view_of("city")
    divisions = view.index("divisions")
    for issue in view.issues:
        said = naming.where(view, issue)
        town = divisions[issue.town_code]
        assert said.startswith(town.name)
        rest = said.removeprefix(town.name)
        assert not rest.startswith(town.name) or rest.startswith(f"{town.name}村")


def test_prose_takes_no_number_from_anywhere_else():
    """A digit in the pattern of a sentence is refused."""
    with pytest.raises(ValueError, match="comes from a table"):
        say("本周登记3件。")
    with pytest.raises(ValueError, match="comes from a table"):
        say("本周登记３件。")


def test_what_is_absent_is_a_dash_and_never_a_nought():
    """None and blank are not nought; a share of nothing is none."""
    made = table(
        "t", "", (Column("a", "甲"), Column("b", "乙")), {"x": [None, 0], "y": ["", (0, 0)]}
    )

    assert [line.cells for line in made.lines] == [(ABSENT, "0"), (ABSENT, ABSENT)]
    with pytest.raises(KeyError, match="z a"):
        made.figure("z", "a")
    assert paragraph(None) == ()


def test_no_section_is_empty():
    """After every heading comes a sentence, a table or a deeper heading, in every report."""
    for report in reports_of(view_of("city")) + reports_of(view_of("story")):
        for one, following in zip(report.blocks, [*report.blocks[1:], None], strict=True):
            if isinstance(one, Heading):
                assert following is not None
                assert not isinstance(following, Heading) or following.level > one.level
            if isinstance(one, Paragraph):
                assert one.text


@pytest.mark.parametrize("day", [date(2022, 7, 13), date(2022, 7, 14), date(2022, 7, 20)])
def test_a_campaign_that_has_hardly_begun_has_reports_too(day):
    """Before the first week is over there is no brief; a circular says that nothing is known."""
    view = view_of("story", day)

    assert len(archive.of_weeks(view)) == (day == date(2022, 7, 20))
    assert circular.circular(view, day).sentences


@given(
    st.dates(date(2020, 1, 1), date(2023, 1, 1)),
    st.integers(0, 500),
    st.integers(0, 500),
)
def test_periods_follow_one_another_without_gaps(start, length, ahead):
    """Weeks, months and quarters: each begins the day after the last, none is in the future."""
    end, day = start + timedelta(days=length), start + timedelta(days=ahead)
    for found in (
        list(periods.weeks(start, end, day)),
        list(periods.months(start, day)),
        list(periods.quarters(start, day)),
    ):
        assert [one.number for one in found] == list(range(1, len(found) + 1))
        for one, after in pairwise(found):
            assert after.first == one.last + timedelta(days=1)
            assert after.before == (one.first, one.last)
        assert all(one.first <= one.last <= day for one in found)


def test_a_date_reads_as_in_a_letter():
    """The dates that the test above takes out of sentences are those that are put in."""
    assert DATES.fullmatch(in_words(DAY))
    assert DATES.fullmatch(in_words(DAY, year=False))


TOLD = ("weekly", "month", "water", "circular", "one-page")


@pytest.mark.parametrize(("place", "day"), [("story", DAY), ("city", DAY), ("city", None)])
def test_no_column_is_nothing_but_dashes(place, day):
    """What is nowhere known is left out and said; also on a day without a single total."""
    view = view_of(place, day or date(2022, 7, 20))
    for report in reports_of(view):
        for one in report.tables if report.kind in TOLD else ():
            for n, column in enumerate(one.columns):
                cells = {line.cells[n] for line in one.lines}
                assert cells != {ABSENT}, (report.id, one.id, column.key)


def test_a_circular_without_a_total_says_so_and_has_no_columns_for_it():
    """On a day on which every unit has a clause that it has not reported."""
    early = circular.circular(view_of("city", date(2022, 7, 20)), date(2022, 7, 20))
    overall = next(one for one in early.tables if one.id == "overall")
    scores = next(one for one in early.tables if one.id == "scores")

    assert not {"total", "places"} & {column.key for column in overall.columns}
    assert [column.key for column in scores.columns] == ["unit", "span"]
    assert "各单位都有考评条款没有报" in "".join(one.text for one in early.sentences)
    later = circular.circular(view_of("city"), DAY)
    unscored = "唐河、桐柏、邓州、高新、官庄有考评条款没有报"
    assert unscored in "".join(one.text for one in later.sentences)


def test_a_first_month_is_not_set_beside_an_empty_one():
    """Neither the month before nor the difference is a column."""
    view = view_of("city")
    month = monthly.monthly(view, archive.of_months(view)["month-2022-08"])
    flow = next(one for one in month.tables if one.id == "flow")

    assert [column.key for column in flow.columns] == ["what", "now"]
