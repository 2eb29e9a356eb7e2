"""What fails in the water of a period, and what a later sample made good: part of the bulletin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.disclosure.shown import Judged
from pipeline.reports import naming, water_frames
from pipeline.reports.frames import CITY
from pipeline.reports.paper import Column, Sentence, Table, Value, joined, say, table
from pipeline.reports.periods import Period
from pipeline.rowtypes import ShownWaterTestRow

NAMED = 5
"""Things that a sentence names before it says 等."""

ITEMS = (
    Column("item", "项目", "text", 40),
    Column("samples", "水样", width=20),
    Column("places", "工程或村", width=20),
)
FAILING = (
    Column("no", "序号"),
    Column("unit", "单位", "text", 12),
    Column("place", "工程或村", "text", 34),
    Column("on", "采样", "text", 14),
    Column("point", "采样点", "text", 12),
    Column("items", "哪些项目", "text", 36),
    Column("cured", "复检", "text", 14),
)
CURED = (
    Column("bad", "有超标的水样"),
    Column("cured", "复检已达标"),
    Column("left", "还没有复检达标"),
)
UNSTATED = "报告没有写是哪一项"


def failing(view: View, period: Period) -> list[ShownWaterTestRow]:
    """Return the samples told in a period that fail, by unit and place."""
    found = (
        one
        for one in water_frames.told(view, period.first, period.last)
        if view.verdicts[one.id].outcome == water_frames.FAILED
    )
    order = list(naming.units(view))
    return sorted(
        found,
        key=lambda t: (order.index(t.unit_id), t.place_type, t.place_id, t.sampled_on, t.id),
    )


def _faults(view: View, test: ShownWaterTestRow) -> list[str]:
    return [one.fault for one in view.verdicts[test.id].failed] or [UNSTATED]


def _measured(result: Judged) -> str:
    """Say what fails and what was measured: 氟化物超标（1.42 mg/L）."""
    if not result.raw_value[-1:].isdigit():
        return result.fault
    return f"{result.fault}（{' '.join(filter(None, (result.raw_value, result.unit_of_measure)))}）"


def items(view: View, tests: Sequence[ShownWaterTestRow]) -> Table:
    """Count failing samples and places by what fails; a sample may fail in several."""
    counts: Counter[str] = Counter()
    places: dict[str, set[tuple[str, str]]] = {}
    for test in tests:
        for item in dict.fromkeys(_faults(view, test)):
            counts[item] += 1
            places.setdefault(item, set()).add((test.place_type, test.place_id))
    order = sorted(counts, key=lambda item: (-counts[item], item))
    rows: dict[str, list[Value]] = {item: [item, counts[item], len(places[item])] for item in order}
    note = "一个水样可以有几项超标。"
    return table("items", "超标的项目（水样按个，工程按处）", ITEMS, rows, note=note)


def wrong(items: Table) -> Sentence:
    """Say what fails most."""
    clauses = [
        say("{item}{n}个", item=line.key, n=items.figure(line.key, "samples"))
        for line in items.lines[:NAMED]
    ]
    more = "等" if len(items.lines) > NAMED else ""
    return say(f"超标的水样里，{{clauses}}{more}。", clauses=joined(clauses, "、"))


def _is_cured(view: View, test: ShownWaterTestRow, period: Period) -> bool:
    """Whether a later sample made good a failing one by the end of a period."""
    cure = view.verdicts[test.id].cured_by
    row = view.index("water_tests").get(cure) if cure else None
    if row is None:
        return False
    on = water_frames.told_on(row)
    return on is not None and on <= period.last


def cures(view: View, tests: Sequence[ShownWaterTestRow], period: Period) -> Table:
    """Count the failing samples by whether a later one made them good."""
    cured = sum(_is_cured(view, test, period) for test in tests)
    cells: list[Value] = [len(tests), cured, len(tests) - cured]
    return table("cured", "复检情况（个）", CURED, {CITY: cells})


def mended(cures: Table) -> Iterator[Sentence]:
    """Say how many were made good."""
    done, left = cures.figure(CITY, "cured"), cures.figure(CITY, "left")
    every = "" if cures.figure(CITY, "bad").text == "1" else "都"
    if left.text == "0":
        yield say(f"到季度末{every}已经复检达标。")
    elif done.text == "0":
        yield say(f"到季度末{every}还没有复检达标。")
    else:
        yield say("到季度末复检已达标{done}个，还没有的{left}个。", done=done, left=left)


def listing(view: View, tests: Sequence[ShownWaterTestRow], period: Period) -> Table:
    """List the failing samples: where, when, what by how much, made good or not."""
    names, divisions = naming.units(view), view.index("divisions")
    rows: dict[str, list[Value]] = {
        test.id: [
            str(number),
            names[test.unit_id],
            naming.place(view, test.place_id)
            if test.place_type == "工程"
            else divisions[test.place_id].name,
            in_words(test.sampled_on, year=test.sampled_on.year != period.last.year),
            test.sampling_point,
            "、".join(_measured(one) for one in view.verdicts[test.id].failed) or UNSTATED,
            "已达标" if _is_cured(view, test, period) else "还没有达标的",
        ]
        for number, test in enumerate(tests, 1)
    }
    return table("failing", f"超标的水样（到{in_words(period.last)}）", FAILING, rows)
