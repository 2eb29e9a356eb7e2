"""The water-quality bulletin of a quarter (水质季报): what was tested, what fails, what was mended.

Water is tested and told whether or not a campaign is on, so the bulletin begins with the year's
standing work and not with the campaign.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.disclosure import View
from pipeline.reports import charts, failing, frames, naming, water_frames
from pipeline.reports.compared import Count, Way, against, beside
from pipeline.reports.frames import CITY, Counted
from pipeline.reports.paper import (
    ABSENT,
    Attachment,
    Block,
    Column,
    Figure,
    Heading,
    Report,
    Sentence,
    Table,
    Value,
    joined,
    listed,
    paragraph,
    say,
    table,
)
from pipeline.reports.periods import Period

KIND = "water"
NAMED = 5
"""Units that a sentence names before it says 等."""

SUMS = (
    Column("samples", "出结果"),
    Column("kept", "达标"),
    Column("relaxed", "其中放宽达标"),
    Column("kept_share", "达标率"),
    Column("bad", "有超标"),
    Column("open", "判不了"),
)
TESTED = (
    Column("unit", "单位", "text", 16),
    Column("works", "在用工程"),
    Column("tested", "测过"),
    Column("tested_share", "测过占比"),
    Column("untested", "没有测"),
    Column("samples", "水样"),
    Column("kept", "达标"),
    Column("bad", "有超标"),
    Column("open", "判不了"),
    Column("kept_share", "达标率"),
)
POINTS = (
    Column("point", "采样点", "text", 30),
    Column("samples", "水样", width=14),
    Column("kept", "达标", width=14),
    Column("bad", "有超标", width=14),
    Column("open", "判不了", width=14),
    Column("kept_share", "达标率", width=14),
)


def bulletin(view: View, period: Period) -> Report:
    """Return the bulletin of a quarter, as of the end of its last day."""
    counted = water_frames.samples(view, period.first, period.last)
    tested = water_frames.tested(view, period.first, period.last)
    before = (
        (water_frames.samples(view, *period.before), water_frames.tested(view, *period.before))
        if period.number > 1
        else None
    )
    units = _units(view, counted, tested)
    course = _course((counted, tested), before)
    sums = _sums(counted)
    tests = failing.failing(view, period)
    blocks: list[Block] = [
        Heading(1, "总体情况"),
        *paragraph(*_whole(sums), _compared(course)),
        sums,
        course,
        Heading(1, "检测覆盖"),
        *paragraph(*_covered(view, units), _silent(view, period)),
        *(one for one in [charts.tested(units)] if one),
        units,
    ]
    if counted.at(CITY, "samples"):
        points = _points(view, period)
        blocks += [Heading(1, "各采样点"), *paragraph(_by_point(points)), points]
    attachments = []
    if tests:
        items, cures = failing.items(view, tests), failing.cures(view, tests, period)
        blocks += [
            Heading(1, "超标项目和复检"),
            *paragraph(failing.wrong(items), *failing.mended(cures)),
            items,
            cures,
        ]
        listed_all = failing.listing(view, tests, period)
        attachments.append(Attachment("超标水样清单", listed_all, is_wide=True))
    blocks += [Heading(1, "下步要求"), *_asked(units, is_failing=bool(tests))]
    return Report(
        id=edition_id(period),
        kind=KIND,
        name="水质季报",
        title=f"{view.campaign.city}农村饮水水质季报",
        number=number_of(period),
        from_on=period.first,
        to_on=period.last,
        lead="".join(one.text for one in _whole(sums)).rstrip("。"),
        organiser=view.campaign.organiser,
        blocks=tuple(blocks),
        attachments=tuple(attachments),
        is_demo=view.campaign.is_demo,
    )


def number_of(period: Period) -> int:
    """Return the number of a quarter in its year, by which a bulletin is counted."""
    return (period.last.month + 2) // 3


def edition_id(period: Period) -> str:
    """Return the address of the bulletin of a quarter."""
    return f"{KIND}-{period.last.year}-q{number_of(period)}"


def _sums(counted: Counted) -> Table:
    n = counted.row(CITY)
    cells: list[Value] = [
        n["samples"],
        n["kept"],
        n["relaxed"],
        (n["kept"], n["samples"]),
        n["bad"],
        n["open"],
    ]
    note = "水源水不算在内。放宽达标，是按小型供水或水源受限的放宽限值判的。"
    note += "判不了，是报告的写法看不出有没有超过限值。"
    return table("sums", "本季度水样（个）", SUMS, {CITY: cells}, note=note)


def _whole(sums: Table) -> Iterator[Sentence]:
    n = {column.key: sums.figure(CITY, column.key) for column in sums.columns}
    if n["samples"].text == "0":
        yield say("本季度没有出结果的水样。")
        return
    relaxed = "，其中按放宽限值达标{relaxed}个" if n["relaxed"].text != "0" else ""
    bad = "没有超标的" if n["bad"].text == "0" else "有项目超标{bad}个"
    unclear = "，判不了{open}个" if n["open"].text != "0" else ""
    kept = f"达标{{kept}}个（{{kept_share}}）{relaxed}" if n["kept"].text != "0" else "没有达标的"
    yield say(f"本季度{{samples}}个水样出了结果，{kept}；{bad}{unclear}。", **n)


def _course(now: tuple[Counted, Counted], before: tuple[Counted, Counted] | None) -> Table:
    """Return the quarter beside the one before."""

    def count(column: str, place: int = 0) -> tuple[int, int | None]:
        was = None if before is None else before[place].at(CITY, column)
        return now[place].at(CITY, column), was

    def share(part: str, whole: str, place: int) -> tuple[tuple[int, int], tuple[int, int] | None]:
        (this, was), (all_now, all_then) = count(part, place), count(whole, place)
        last = None if was is None or all_then is None else (was, all_then)
        return (this, all_now), last

    rows: dict[str, tuple[str, Count, Count | None]] = {
        "samples": ("出结果的水样（个）", *count("samples")),
        "kept_share": ("达标率", *share("kept", "samples", 0)),
        "bad": ("有项目超标的水样（个）", *count("bad")),
        "tested": ("测过的工程（处）", *count("tested", 1)),
        "tested_share": ("测过的工程占比", *share("tested", "works", 1)),
    }
    return beside("course", "和上季度比", rows, ("本季度", "上季度"))


WAYS = {
    "kept_share": Way("达标率", "提高", "下降", "个百分点"),
    "bad": Way("超标的水样", "多", "少", "个"),
    "tested": Way("测过的工程", "多", "少", "处"),
}


def _compared(course: Table) -> Sentence | None:
    clauses = [against(course, row, way, "上季度") for row, way in WAYS.items()]
    there = [clause for clause in clauses if clause is not None]
    return say("{clauses}。", clauses=joined(there)) if there else None


def _units(view: View, counted: Counted, tested: Counted) -> Table:
    rows: dict[str, list[Value]] = {}
    for unit, name in (*naming.units(view).items(), (CITY, "全市")):
        n = counted.row(unit) | tested.row(unit)
        rows[unit] = [
            name,
            n["works"],
            n["tested"],
            (n["tested"], n["works"]),
            n["works"] - n["tested"],
            n["samples"],
            n["kept"],
            n["bad"],
            n["open"],
            (n["kept"], n["samples"]),
        ]
    note = "工程按季度末在用的算。水样里有分散供水村的，也有一处工程取几个的。"
    return table("units", "各单位检测情况", TESTED, rows, totals=(CITY,), note=note)


def _covered(view: View, units: Table) -> Iterator[Sentence]:
    n = {key: units.figure(CITY, key) for key in ("works", "tested", "tested_share", "untested")}
    if n["works"].text == "0":
        yield say("没有登记在用的工程。")
        return
    if n["tested"].text == "0":
        yield say("在用工程{works}处，本季度都没有检测结果。", **n)
        return
    if n["untested"].text == "0":
        yield say("在用工程{works}处，本季度都有检测结果。", **n)
    else:
        yield say(
            "在用工程{works}处，本季度有检测结果的{tested}处（{tested_share}），"
            "还有{untested}处没有。",
            **n,
        )
    names = naming.units(view)
    none = [
        name
        for unit, name in names.items()
        if units.figure(unit, "tested").text == "0" and units.figure(unit, "works").text != "0"
    ]
    if none:
        yield say("{names}一处也没有。", names=listed(none))
    worst = _most(units, names, "bad")
    if worst:
        parts = [say("{name}{n}个", name=name, n=figure) for name, figure in worst[:NAMED]]
        more = "等" if len(worst) > NAMED else ""
        yield say(f"水样有超标的：{{parts}}{more}。", parts=joined(parts, "、"))


def _silent(view: View, period: Period) -> Sentence | None:
    quiet = frames.silent(view, period.last, "water_tests")
    names = [name for unit, name in naming.units(view).items() if unit in quiet]
    if not names:
        return None
    return say("{names}没有报水质检测；没有报，不等于没有测。", names=listed(names))


def _most(units: Table, names: dict[str, str], column: str) -> list[tuple[str, Figure]]:
    figures = [(name, units.figure(unit, column)) for unit, name in names.items()]
    some = [one for one in figures if one[1].text not in ("0", ABSENT)]
    return sorted(some, key=lambda one: -int(one[1].text.replace(",", "")))


def _points(view: View, period: Period) -> Table:
    found: dict[str, list[int]] = {}
    for test in water_frames.told(view, period.first, period.last):
        kept, _, bad, unclear = water_frames.judged(view, test)
        counts = found.setdefault(test.sampling_point, [0, 0, 0, 0])
        for n, one in enumerate((1, kept, bad, unclear)):
            counts[n] += one
    order = sorted(found, key=lambda point: (-found[point][0], point))
    rows: dict[str, list[Value]] = {
        point: [point, *found[point], (found[point][1], found[point][0])] for point in order
    }
    return table("points", "按采样点（个）", POINTS, rows)


def _by_point(points: Table) -> Sentence:
    clauses = [
        say(
            "{point}{n}个，达标{kept}个（{share}）",
            point=line.key,
            n=points.figure(line.key, "samples"),
            kept=points.figure(line.key, "kept"),
            share=points.figure(line.key, "kept_share"),
        )
        for line in points.lines
    ]
    return say("{clauses}。", clauses=joined(clauses, "；"))


def _asked(units: Table, *, is_failing: bool) -> Iterator[Block]:
    if is_failing:
        yield from paragraph(
            say("超标的工程要查明原因、立即处理，复检达标以前用应急供水或者告知用水户怎么用水。")
        )
    if units.figure(CITY, "untested").text not in ("0", ABSENT):
        yield from paragraph(say("没有检测结果的工程，下季度要测到，结果在供水站和村里公示。"))
    yield from paragraph(say("检测报告按时报送、存档，复检结果和原来的水样编号一起报。"))
