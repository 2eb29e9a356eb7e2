"""Figures of reports, worked out again: what a sentence says, and cells from cells and rows.

`test_reports` holds that a number in prose is some cell of the report. Here the words beside it
decide which cell it has to be, so that two figures that changed places are noticed; cells that
follow from others are computed again, and counts are counted again from the rows of the view.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from test_reports import DATES, DAY, PLACES, reports_of, view_of

from pipeline.disclosure import View
from pipeline.papers.catalogue import KINDS
from pipeline.reports import archive, bulletin, monthly, onepage, screened, summary
from pipeline.reports.frames import CITY, UNKNOWN
from pipeline.reports.paper import ABSENT, Heading, Paragraph, Report, Sentence, Table
from pipeline.reports.water_frames import LAB
from pipeline.terms import STRUCK
from pipeline.water.limits import RAW_WATER

NUMBER = r"([0-9][0-9,.]*%?)"
RANGE = r"([0-9][0-9.]*(?:～[0-9][0-9.]*)?)"
COUNTERS = "[处个户]"


@dataclass(frozen=True)
class Claim:
    """What words say of a table: `N` and `R` in them are cells of these columns, in this order.

    A group `row` in the words names the line by its first cell; `row:column` names the line itself,
    in tables where every line is another thing, `most:column` the largest of a column. Else it is
    the line of the unit, or of the city. `under` is how the text or its heading has to begin.
    """

    words: str
    table: str
    cells: tuple[str, ...]
    under: str = ""

    def found(self, heading: str, text: str) -> list[re.Match[str]]:
        """Return where a text says so, if it, or its heading, begins as it has to."""
        if self.under and not re.match(self.under, text) and not re.match(self.under, heading):
            return []
        return list(re.finditer(self.words.replace("N", NUMBER).replace("R", RANGE), text))


def claim(words: str, table: str, cells: str, under: str = "") -> Claim:
    """Shorten the table of claims."""
    return Claim(words, table, tuple(cells.split()), under)


NAME = "(?P<row>[^、，。；：0-9]+?)"
DOINGS = (
    claim(f"(?:各单位报来|报来|、){NAME}N次（N个单位）", "doings", "count units"),
    claim(f"(?:报来|、){NAME}N次(?!（)", "doings", "count"),
)
MOVED = tuple(
    claim(f"{words}N件", "flow", f"{row}:now")
    for words, row in (
        ("新登记问题", "new"),
        ("报整改完成", "done"),
        ("现场核查通过", "passed"),
        ("(?:，|本.)销号", "closed"),
        ("现场核查没有通过", "failed"),
        ("退回重改", "sent_back"),
    )
)
STANDS = (
    claim(
        "全市发现问题N件，单位报完成N件（N），现场核实N件（N），销号N件",
        "progress",
        "found reported reported_share verified verified_share struck",
    ),
    claim("逾期没有改完的N件", "progress", "overdue"),
    claim(f"(?:：|、){NAME}N件", "progress", "overdue"),
    claim("停水N次", "outage_counts", "all"),
    claim("其中整村连片停水N次", "outage_counts", "whole"),
    claim("N个水样出了结果(?:，N个有项目超标)", "water", "samples bad"),
    claim("N个水样出了结果，(?![0-9])", "water", "samples"),
)
CLAIMS: dict[str, tuple[Claim, ...]] = {
    "weekly": (*STANDS, *MOVED, claim("报完成的比上周[多少]N件", "flow", "done:change")),
    "month": (
        *STANDS,
        *MOVED,
        *DOINGS,
        claim("报整改完成的比上月[多少]N件", "flow", "done:change"),
        claim("月末现场核实率比上月(?:提高|下降)N个百分点", "flow", "verified_share:change"),
        claim("停水比上月[多少]N次", "flow", "dry:change"),
        claim("本月到账N万元", "fund", "到账:now"),
        claim("(?:本月|本月到账[0-9.,]+万元，)支出N万元", "fund", "支出:now"),
        claim("今年累计到账N万元", "fund", "到账:year"),
        claim("今年累计.*支出N万元", "fund", "支出:year"),
        claim("水样达标率比上月(?:提高|下降)N个百分点", "flow", "kept_share:change"),
    ),
    "water": (
        claim("本季度N个水样出了结果", "sums", "samples"),
        claim("达标N个（N）(?:，其中|；)", "sums", "kept kept_share"),
        claim("按放宽限值达标N个", "sums", "relaxed"),
        claim("有项目超标N个", "sums", "bad"),
        claim("判不了N个", "sums", "open"),
        claim("达标率比上季度(?:提高|下降)N个百分点", "course", "kept_share:change"),
        claim("超标的水样比上季度[多少]N个", "course", "bad:change"),
        claim("测过的工程比上季度[多少]N处", "course", "tested:change"),
        claim("在用工程N处", "units", "works"),
        claim("有检测结果的N处（N），还有N处没有", "units", "tested tested_share untested"),
        claim(f"(?:水样有超标的：|、){NAME}N个", "units", "bad"),
        claim(f"(?:^|；){NAME}N个，达标N个（N）", "points", "samples kept kept_share"),
        claim(f"(?:超标的水样里，|、){NAME}N个", "items", "samples"),
        claim("复检已达标N个，还没有的N个", "cured", "cured left"),
    ),
    "screening": (
        claim(f"(?:^|。){NAME}应查N{COUNTERS}", "whole", "due"),
        claim(f"{NAME}应查[0-9,]+{COUNTERS}，已查N{COUNTERS}（N）", "whole", "done share"),
        claim(f"^{NAME}应查.*其中逾期才查的N{COUNTERS}", "whole", "late"),
        claim(f"^{NAME}应查.*还有N{COUNTERS}没有查到", "whole", "left"),
        claim(f"(?:：|、){NAME}N处", "units", "works_left", "工程没有查到"),
        claim(f"(?:：|、){NAME}N个", "units", "villages_left", "村没有查到"),
        claim(f"(?:：|、){NAME}N户", "units", "doors_left", "重点户没有查到"),
        claim(f"(?:没有落实的：|、){NAME}N处", "items", "failed"),
        claim("还有N处没有按这八项查全", "items", "most:unseen"),
        claim("发现问题N件，报完成N件，现场核实N件", "channel", "found reported verified"),
        claim(f"(?:按渠道分，|、){NAME}N件", "channel", "found"),
        claim(f"(?:按台账分，|、){NAME}级N件", "issue_level", "found"),
        claim(f"(?:按类别分，|、){NAME}N件", "category", "found"),
        claim(
            "(?P<row>乡村振兴靶向整改)转来N件，报完成N件，现场核实N件",
            "channel",
            "found reported verified",
        ),
        claim("应报N份", "sums", "due"),
        claim("按期报来N份", "sums", "timely"),
        claim("逾期报来N份", "sums", "late"),
        claim("没有报N份", "sums", "missing"),
    ),
    "one-page": (
        claim(
            "发现问题N件，报完成N件，现场核实N件（N）",
            "course",
            "found:now reported:now verified:now share:now",
        ),
        claim("逾期没有改完的N件", "course", "overdue:now"),
        claim("报完成比一周前[多少]N件", "course", "reported:change"),
        claim("现场核实比一周前[多少]N件", "course", "verified:change"),
        claim("逾期比一周前[多少]N件", "course", "overdue:change"),
        claim("停水N次", "water", "dry"),
        claim("其中整村连片N次", "water", "whole"),
        claim("还没有恢复的N次", "water", "open"),
        claim("水样N个出了结果，达标率N", "water", "samples kept_share"),
        claim("有项目超标N个", "water", "bad"),
        claim("还没有复检达标的N个", "water", "left"),
        claim(f"(?:逾期多的是|、){NAME}N件", "units", "overdue"),
        claim(f"(?:得分靠后的是|、){NAME}（N分）", "units", "total"),
    ),
    "circular": (
        claim(
            "全市发现问题N件，单位报完成N件，现场核实N件（N）",
            "overall",
            "found reported verified verified_share",
        ),
        claim("逾期没有改完的N件", "overall", "overdue"),
        claim(f"(?:得分靠前的是|靠后的是|、){NAME}（N分）", "overall", "total"),
        claim(f"(?:^|、){NAME}N件", "overall", "overdue", "逾期没有改完"),
        claim(f"(?:^|、){NAME}N件", "overall", "waiting", "报了完成，还没有现场核实"),
        *DOINGS,
    ),
    "summary": (
        *DOINGS,
        claim(
            "发现问题N件，报完成N件，现场核实N件，销号N件",
            "mended",
            "found reported verified struck",
        ),
        claim("逾期没有改完的N件", "mended", "overdue"),
        claim("报了完成、还没有现场核实的N件", "mended", "waiting"),
        claim(f"(?:^|；){NAME}应查N{COUNTERS}，已查N{COUNTERS}（N）", "screened", "due done share"),
        claim(f"(?:还没有查到的：|、){NAME}N{COUNTERS}", "screened", "left"),
        claim(f"(?:报来|、){NAME}N份", "kept", "count"),
    ),
    "score-sheet": (
        claim("得分R分（基本分R分，加减分−?R分），第R名", "sums", "total base adjustment places"),
        claim("按已报的算，在R分之间", "sums", "span"),
    ),
    "notice": (
        claim("逾期没有改完的问题N件", "sums", "late"),
        claim("两周内到期N件", "sums", "soon"),
    ),
}
"""What the sentences of every kind say. A sentence with a number that is not here fails."""


def figures(view: View) -> list[Report]:
    """Every report of a view, and the months that were over by then."""
    months = [monthly.monthly(view, one) for one in archive.of_months(view).values()]
    return [*reports_of(view), *months]


@cache
def reports_at(place: str) -> list[Report]:
    """The reports of the story, or of the city."""
    return figures(view_of(place))


@pytest.mark.parametrize("place", PLACES)
def test_every_number_is_the_cell_that_the_words_beside_it_name(place):
    """Read as a clerk reads: 报完成 is the column 报完成, 卧龙 the line of 卧龙."""
    read: Counter[str] = Counter()
    for report in reports_at(place):
        if report.kind not in CLAIMS:
            assert not any(one.figures for one in report.sentences), report.kind
            continue
        for heading, sentence in under_headings(report):
            text = re.sub("《.*?》", "", DATES.sub("", sentence.text))
            right = [
                span
                for one in CLAIMS[report.kind]
                for spans in checked(report, one, heading, text)
                for span in spans
            ]
            numbers = [m.span() for m in re.finditer(NUMBER, text)]
            for first, last in numbers:
                assert any(a <= first and last <= b for a, b in right), (report.id, text)
            read[report.kind] += len(numbers)
    assert set(read) >= {"weekly", "water", "screening", "one-page", "circular", "summary"}
    assert sum(read.values()) > 200


def under_headings(report: Report) -> Iterator[tuple[str, Sentence]]:
    """Yield every sentence with the heading it stands under."""
    heading = ""
    for block in report.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Paragraph):
            yield from ((heading, one) for one in block.sentences)


def checked(report: Report, one: Claim, heading: str, text: str) -> list[list[tuple[int, int]]]:
    """Compare what a text claims with the table; return where the numbers stand that are right."""
    table = next((t for t in report.tables if t.id == one.table), None)
    found = []
    for match in one.found(heading, text) if table else ():
        spans, cells = values(match), expected(report, table, one, match)
        if cells is not None and [match.string[a:b] for a, b in spans] == cells:
            found.append(spans)
    return found


def values(match: re.Match[str]) -> list[tuple[int, int]]:
    """Return where the numbers of a claim stand."""
    named = match.re.groupindex.get("row")
    groups = [n for n in range(1, match.re.groups + 1) if n != named]
    return [match.span(n) for n in groups]


def expected(report: Report, table: Table, one: Claim, match: re.Match[str]) -> list[str] | None:
    """Return the cells that a claim is of, without sign; None if it names no line of the table."""
    name = match.groupdict().get("row")
    row = report.unit_id if report.unit_id in table.column(table.columns[0].key) else CITY
    if name is not None:
        rows = [line.key for line in table.lines if line.cells[0] == name]
        if not rows:
            return None
        row = rows[0]
    cells = []
    for cell in one.cells:
        line, _, column = cell.rpartition(":")
        if line == "most":
            counts = table.column(column)
            line = max(counts, key=lambda key: int(counts[key].replace(",", "")))
        cells.append(table.figure(line or row, column).text.lstrip("+−"))
    return cells


def share(part: Decimal, whole: Decimal) -> str:
    """Write a share as the site does: whole percent, half up, 0 and 100 only where exact."""
    if not whole:
        return ABSENT
    if part in (0, whole):
        return "100%" if part else "0%"
    return f"{min(99, max(1, (200 * part + whole) // (2 * whole)))}%"


SHARES = {
    ("progress", "reported_share"): ("reported", "found"),
    ("progress", "verified_share"): ("verified", "found"),
    ("overall", "verified_share"): ("verified", "found"),
    ("mended", "verified_share"): ("verified", "found"),
    ("screened", "share"): ("done", "due"),
    ("whole", "share"): ("done", "due"),
    ("duties", "share"): ("done", "due"),
    ("sums", "kept_share"): ("kept", "samples"),
    ("points", "kept_share"): ("kept", "samples"),
    ("units", "kept_share"): ("kept", "samples"),
    ("units", "tested_share"): ("tested", "works"),
}
"""Shares by table and column: the columns of the part and of the whole."""
SUMS = {
    ("overall", "reported"): ("verified", "waiting"),
    ("mended", "reported"): ("verified", "waiting"),
    ("screened", "due"): ("done", "left"),
    ("whole", "due"): ("done", "left"),
    ("duties", "due"): ("done", "lower", "never"),
    ("sums", "samples"): ("kept", "bad", "open"),
    ("points", "samples"): ("kept", "bad", "open"),
    ("units", "samples"): ("kept", "bad", "open"),
    ("units", "works"): ("tested", "untested"),
    ("cured", "bad"): ("cured", "left"),
}
"""Columns that others add up to, in every line."""


@pytest.mark.parametrize("place", PLACES)
def test_cells_that_follow_from_others_are_worked_out_again(place):
    """Shares, what is left, differences from the period before, in every line of every table."""
    looked: Counter[str] = Counter()
    for report in reports_at(place):
        for table in report.tables:
            keys = [column.key for column in table.columns]
            for line in table.lines:
                cells = dict(zip(keys, line.cells, strict=True))
                for rule, stands, follows in worked(table.id, cells):
                    looked[rule] += 1
                    assert stands == follows, (report.id, table.id, line)
    assert min(looked["share"], looked["sum"], looked["change"]) > 30


def worked(table: str, cells: dict[str, str]) -> Iterator[tuple[str, object, object]]:
    """Yield every cell of a line that follows from others: the rule, what stands, what follows."""
    for (name, column), (part, whole) in SHARES.items():
        there = name == table and {column, part, whole} <= set(cells)
        if there and ABSENT not in (cells[part], cells[whole]):
            yield "share", cells[column], share(count(cells[part]), count(cells[whole]))
    for (name, whole), parts in SUMS.items():
        if name == table and {whole, *parts} <= set(cells) and cells[whole] != ABSENT:
            yield "sum", count(cells[whole]), sum(count(cells[part]) for part in parts)
    if {"now", "before", "change"} <= set(cells):
        if ABSENT in (cells["now"], cells["before"]):
            yield "none", cells["change"], ABSENT
        else:
            told = count(cells["now"]) - count(cells["before"])
            yield "change", cells["change"], signed(told)


def count(cell: str) -> Decimal:
    """Read a count, a share in percent, or a sum out of a cell."""
    return Decimal(cell.replace(",", "").removesuffix("%"))


def signed(number: Decimal) -> str:
    """Write a difference."""
    return "持平" if not number else f"{'+' if number > 0 else '−'}{abs(number).normalize():,f}"


@pytest.mark.parametrize("place", PLACES)
def test_a_summary_counts_what_the_states_of_the_view_say(place):
    """Issues, papers and meetings of every unit and of the city, counted from the rows."""
    view = view_of(place)
    for unit in ("", *(one.id for one in view.units)):
        tables = {one.id: one for one in summary.summary(view, unit).tables}
        issues = [i for i in view.issues if unit in ("", i.unit_id)]
        states = [view.states[i.id] for i in issues]
        known = [one for one in states if one.state not in UNKNOWN]
        mended = tables["mended"]

        assert count(mended.figure(unit, "found").text) == len(known)
        assert count(mended.figure(unit, "reported").text) == sum(s.is_reported for s in known)
        assert count(mended.figure(unit, "verified").text) == sum(s.is_verified for s in known)
        assert count(mended.figure(unit, "struck").text) == sum(s.state == STRUCK for s in known)
        assert count(mended.figure(unit, "overdue").text) == sum(s.is_overdue for s in known)
        papers = Counter(d.kind for d in view.documents if d.unit_id and unit in ("", d.unit_id))
        assert counted(tables.get("kept")) == papers
        start = view.campaign.screen_from_on
        held = Counter(
            a.kind
            for a in view.activities
            if a.unit_id and unit in ("", a.unit_id) and start <= a.held_on <= DAY
        )
        assert counted(tables.get("doings")) == held


def counted(table: Table | None) -> dict[str, Decimal]:
    """Read the column of counts of a table by line; nothing where there is no table."""
    cells = table.column("count") if table else {}
    return {kind: count(n) for kind, n in cells.items()}


@pytest.mark.parametrize("place", PLACES)
def test_a_bulletin_counts_the_samples_that_were_told_in_its_quarter(place):
    """By unit: samples, those that keep limits and those that do not, works with a result."""
    view = view_of(place)
    for quarter in archive.of_quarters(view).values():
        units = next(t for t in bulletin.bulletin(view, quarter).tables if t.id == "units")
        told = [
            test
            for test in view.water_tests
            if (on := test.reported_on if test.method == LAB else test.sampled_on) is not None
            and quarter.first <= on <= quarter.last
        ]
        assert told
        for unit in ("", *(one.id for one in view.units)):
            mine = [test for test in told if unit in ("", test.unit_id)]
            outcomes = Counter(str(view.verdicts[test.id].outcome) for test in mine)
            kept = outcomes["达标"] + outcomes["放宽达标"]

            assert count(units.figure(unit, "samples").text) == len(mine)
            assert count(units.figure(unit, "kept").text) == kept
            assert count(units.figure(unit, "bad").text) == outcomes["不达标"]
            works = {test.place_id for test in mine if test.place_type == "工程"}
            assert count(units.figure(unit, "tested").text) <= len(works)


@pytest.mark.parametrize("place", PLACES)
def test_a_summary_of_the_screening_counts_what_the_view_says(place):
    """Works, villages and households by unit from the coverage, issues by channel from states."""
    view = view_of(place)
    for unit in ("", *(one.id for one in view.units)):
        tables = {one.id: one for one in screened.screening(view, unit).tables}
        for grain in ("工程", "村", "户"):
            rows = [
                c
                for c in view.screening.coverage
                if unit in ("", c.unit_id) and c.grain == grain and c.due
            ]
            if rows:
                cell = tables["whole"].figure
                assert count(cell(grain, "due").text) == sum(c.due for c in rows)
                assert count(cell(grain, "done").text) == sum(c.in_time + c.late for c in rows)
        found = Counter(
            i.channel
            for i in view.issues
            if unit in ("", i.unit_id) and view.states[i.id].state not in UNKNOWN
        )
        lines = tables["channel"].lines if "channel" in tables else ()
        assert {one.key: count(one.cells[1]) for one in lines if not one.is_total} == found


def test_raw_water_speaks_for_no_works():
    """A sample of the source is no sample of what people drink: in no count, and tests no works."""
    view = view_of("story", date(2022, 6, 30))
    quarter = archive.of_quarters(view)["water-2022-q2"]
    raw = tuple(row._replace(sampling_point=RAW_WATER) for row in view.water_tests)
    source = replace(view, tables={**view.tables, "water_tests": raw})
    told = "".join(one.text for one in bulletin.bulletin(source, quarter).sentences)

    assert "本季度没有出结果的水样" in told
    assert "本季度都没有检测结果" in told


def test_what_is_not_there_is_said_and_never_left_blank():
    """Before anything happened every kind says so, without a comparison and without a nought."""
    view = view_of("story", date(2022, 7, 14))
    said = {report.kind: "".join(one.text for one in report.sentences) for report in figures(view)}

    assert "全市还没有登记问题" in said["one-page"]
    assert "行动以来没有报来停水" in said["one-page"]
    assert "比" not in said["one-page"]
    assert "没有登记问题" in said["screening"]


def test_a_period_without_one_before_is_not_compared():
    """The first quarter and the first whole month say nothing of a change; later ones do."""
    view = view_of("story", date(2022, 10, 1))
    first, second, _ = (bulletin.bulletin(view, one) for one in archive.of_quarters(view).values())
    july, august, september = (
        monthly.monthly(view, one) for one in archive.of_months(view).values()
    )

    assert "比上季度" not in "".join(one.text for one in first.sentences)
    assert "比上季度" in "".join(one.text for one in second.sentences)
    for month in (july, august):
        assert "比上月" not in "".join(one.text for one in month.sentences)
    assert "比上月" in "".join(one.text for one in september.sentences)


def test_months_are_published_when_the_weeks_are_over():
    """The last week of the campaign ends on 4 January; the first month told is January."""
    view = view_of("story", date(2023, 3, 1))
    ids = list(archive.editions(view))

    assert [one for one in ids if one.startswith("month")] == ["month-2023-02", "month-2023-01"]
    assert [one for one in ids if one.startswith("water")] == [
        "water-2022-q4", "water-2022-q3", "water-2022-q2", "water-2022-q1",
    ]  # fmt: skip


def test_the_screening_told_later_is_that_of_its_last_day():
    """Made from any later view: what was screened by 25 August, and the items as they stood."""
    for day in (date(2022, 8, 25), date(2022, 8, 31), DAY):
        then = screened.screening(view_of("story", date(2022, 8, 25)), "")
        now = screened.screening(view_of("story", day), "", at_end=True)

        assert now == then, day
    for unit in ("nanzhao", "wolong", "yahe"):
        then = screened.screening(view_of("story", date(2022, 8, 25)), unit)
        assert screened.screening(view_of("story"), unit, at_end=True) == then


def test_a_brief_of_one_page_made_later_is_that_of_its_day():
    """Every stage of the story."""
    later = view_of("story")
    for day in archive.stages(later):
        assert onepage.one_page(later, day) == onepage.one_page(view_of("story", day), day)


def test_every_kind_that_is_not_internal_has_its_claims_read():
    """A new kind of report comes with the words that say its figures."""
    reports = {kind.name for kind in KINDS.values() if not kind.is_internal}

    assert reports <= set(CLAIMS)
