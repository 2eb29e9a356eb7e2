"""The summary of the screening (排查汇总) that a county sends to 乡村振兴, and the city's over all.

What was to be looked at and by whom, what was looked at, the eight items of 六有两确保, what was
found and how far it is mended, and what nobody has looked at (二（一）, O-10). Households are only
counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.disclosure.screened import Stage
from pipeline.disclosure.shown import Coverage
from pipeline.reports import charts, found, frames, naming
from pipeline.reports.frames import CITY
from pipeline.reports.paper import (
    Attachment,
    Block,
    Column,
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

KIND = "screening"
RECIPIENT = "乡村振兴部门"
"""To whom the ledger of returns says that the summary goes."""
NAMED = 5
"""Things that a sentence names before it says 等."""
GRAINS = {"工程": "供水工程", "村": "村", "户": "重点户"}

DUTIES = (
    Column("what", "排查对象", "text", 26),
    Column("tier", "该谁查", "text", 12),
    Column("due", "应查"),
    Column("done", "已查"),
    Column("late", "逾期查的"),
    Column("share", "占比"),
    Column("lower", "只有下级查过"),
    Column("never", "没有查过"),
)
WHOLE = (
    Column("what", "合计", "text", 26),
    Column("due", "应查"),
    Column("done", "已查"),
    Column("late", "逾期查的"),
    Column("share", "占比"),
    Column("left", "没有查到"),
)
UNITS = (
    Column("unit", "单位", "text", 16),
    Column("works", "应查工程"),
    Column("works_left", "未查"),
    Column("works_share", "已查"),
    Column("villages", "应查村"),
    Column("villages_left", "未查"),
    Column("villages_share", "已查"),
    Column("doors", "应查户"),
    Column("doors_left", "未查"),
    Column("doors_share", "已查"),
)
MISSING = (
    Column("no", "序号"),
    Column("what", "工程或村", "text", 42),
    Column("kind", "类别", "text", 26),
    Column("tier", "该谁查", "text", 13),
    Column("outcome", "情况", "text", 20),
)


def screening(view: View, key: str, *, at_end: bool = False) -> Report:
    """Return the summary of a unit, or of the city (""), as of the day of a view.

    `at_end` tells of the day on which the time for screening ended instead, if that is over.
    """
    seen = view.screening.at_end if at_end else view.screening.now
    day, names = seen.day, naming.units(view)
    units = [key] if key else list(names)
    unit = view.index("units")[key] if key else None
    subject = view.campaign.title.removeprefix(view.campaign.city).removesuffix("排查整改")
    name = unit.name if unit else view.campaign.city
    rows = [one for one in (seen.coverage if key else seen.city) if one.unit_id == key]
    whole = _whole(rows)
    missing = _missing(view, seen, key) if key else None
    return Report(
        id=edition_id(key, day),
        kind=KIND,
        name="排查汇总",
        title=f"{name}{subject}排查汇总",
        number=None,
        from_on=view.campaign.screen_from_on,
        to_on=day,
        lead="".join(one.text for one in _looked(whole)).rstrip("。"),
        organiser=unit.competent_body if unit else view.campaign.organiser,
        blocks=(
            *paragraph(_lead(view, name, day)),
            *_progress(view, seen, units, (whole, _duties(rows, day))),
            *found.conditions(seen, key),
            Heading(1, "发现的问题"),
            *found.issues(view, day, units),
            *([] if key else [Heading(1, "汇总报送"), *found.returns(view, day)]),
            Heading(1, "下步打算"),
            *(one for sentence in _next(whole) for one in paragraph(sentence)),
        ),
        attachments=(Attachment("没有查到的工程和村", missing),)
        if missing and missing.lines
        else (),
        to=f"{unit.name}{RECIPIENT}" if unit else "市乡村振兴局",
        unit_id=key,
        is_demo=view.campaign.is_demo,
    )


def _progress(
    view: View, seen: Stage, units: Collection[str], made: tuple[Table, Table]
) -> Iterator[Block]:
    """Tell what was due and what was done; of the city also by unit."""
    whole, _ = made
    yield Heading(1, "排查进度")
    yield from paragraph(*_looked(whole), _silent(view, seen.day, units))
    yield from made if whole.lines else ()
    if len(units) > 1:
        by_unit = _by_unit(view, seen)
        yield Heading(1, "各单位排查")
        yield from paragraph(*_lagging(view, by_unit))
        yield by_unit
        if drawn := charts.screened(by_unit):
            yield drawn


def edition_id(key: str, day: date) -> str:
    """Return the address of the summary of a unit, or of the city, of a day."""
    return f"{KIND}-{key or 'city'}-{day.isoformat()}"


def _lead(view: View, name: str, day: date) -> Sentence:
    basis = listed([f"《{one['title']}》" for one in view.campaign.basis[:1]])
    return say(
        "按照{basis}的安排，现将{name}到{day}逐户逐村逐工程排查的情况汇总如下。",
        basis=basis,
        name=name,
        day=day,
    )


def _whole(rows: Iterable[Coverage]) -> Table:
    """Add up works, villages and households; a grain with nothing due stands out of it."""
    sums: dict[str, list[int]] = {}
    for one in rows:
        counts = sums.setdefault(one.grain, [0, 0, 0])
        for n, value in enumerate((one.due, one.done, one.late)):
            counts[n] += value
    cells: dict[str, list[Value]] = {
        grain: [name, due, done, late, (done, due), due - done]
        for grain, name in GRAINS.items()
        for due, done, late in [sums.get(grain, [0, 0, 0])]
        if due
    }
    return table("whole", "排查进度（工程按处，村按个，户按户数）", WHOLE, cells)


def _duties(rows: Iterable[Coverage], day: date) -> Table:
    cells: dict[str, list[Value]] = {
        f"{one.grain}-{one.kind}": [
            naming.screened(one.grain, one.kind),
            one.tier,
            one.due,
            one.done,
            one.late,
            (one.done, one.due),
            one.lower,
            one.never,
        ]
        for one in rows
        if one.due
    }
    caption = f"按对象和层级（到{in_words(day)}）"
    note = "已查，是该查的一级或者它的上级去过的。户只报数，不报姓名。"
    return table("duties", caption, DUTIES, cells, note=note)


def _looked(whole: Table) -> Iterator[Sentence]:
    if not whole.lines:
        yield say("没有要排查的工程、村和户。")
    for line in whole.lines:
        n = {c.key: whole.figure(line.key, c.key) for c in whole.columns}
        name, unit = line.cells[0], naming.COUNTERS[line.key]
        if n["done"].text == "0":
            yield say("{name}应查{due}{unit}，都还没有查到。", **n, name=name, unit=unit)
            continue
        if n["left"].text == n["late"].text == "0":
            yield say("{name}应查{due}{unit}，都按期查到了。", **n, name=name, unit=unit)
            continue
        late = "，其中逾期才查的{late}{unit}" if n["late"].text != "0" else ""
        left = "" if n["left"].text == "0" else "，还有{left}{unit}没有查到"
        yield say(
            f"{{name}}应查{{due}}{{unit}}，已查{{done}}{{unit}}（{{share}}）{late}{left}。",
            **n,
            name=name,
            unit=unit,
        )


def _silent(view: View, day: date, units: Collection[str]) -> Sentence | None:
    quiet = frames.silent(view, day, "inspections")
    names = [name for unit, name in naming.units(view).items() if unit in quiet and unit in units]
    if not names:
        return None
    who = listed(names) if len(units) > 1 else "本单位"
    return say("{who}没有报检查记录；没有报，不等于没有查。", who=who)


def _by_unit(view: View, seen: Stage) -> Table:
    rows: dict[str, list[Value]] = {}
    for unit, name in (*naming.units(view).items(), (CITY, "全市")):
        duties = seen.city if unit == CITY else [c for c in seen.coverage if c.unit_id == unit]
        cells: list[Value] = [name]
        for grain in GRAINS:
            due = sum(one.due for one in duties if one.grain == grain)
            done = sum(one.done for one in duties if one.grain == grain)
            cells += [due, due - done, (done, due)]
        rows[unit] = cells
    note = "未查和已查跟在各自的应查后面。户是重点户：三类户、脱贫户和其他重点人群。"
    caption = f"各单位排查（到{in_words(seen.day)}）"
    return table("units", caption, UNITS, rows, totals=(CITY,), note=note)


def _lagging(view: View, units: Table) -> Iterator[Sentence]:
    names = naming.units(view)
    for column, what, counter in (
        ("works_left", "工程", "处"),
        ("villages_left", "村", "个"),
        ("doors_left", "重点户", "户"),
    ):
        left = [(name, units.figure(unit, column)) for unit, name in names.items()]
        some = [one for one in left if one[1].text != "0"]
        some.sort(key=lambda one: -int(one[1].text.replace(",", "")))
        if not some:
            yield say("{what}都查到了。", what=what)
            continue
        parts = [
            say("{name}{n}{counter}", name=name, n=n, counter=counter) for name, n in some[:NAMED]
        ]
        more = "等" if len(some) > NAMED else ""
        yield say(f"{{what}}没有查到的：{{parts}}{more}。", what=what, parts=joined(parts, "、"))


def _missing(view: View, seen: Stage, key: str) -> Table:
    divisions = view.index("divisions")

    def name(place_type: str, place: str) -> str:
        if place_type == "工程":
            return naming.place(view, place)
        village = divisions[place]
        return f"{divisions[village.parent_code or ''].name}{village.short_name}"

    rows: dict[str, list[Value]] = {
        f"{one.place_type}-{one.place_id}": [
            number,
            name(one.place_type, one.place_id),
            naming.screened(one.place_type, one.kind),
            one.tier,
            one.outcome,
        ]
        for number, one in enumerate(seen.missing[key], 1)
    }
    return table("missing", f"没有查到的工程和村（到{in_words(seen.day)}）", MISSING, rows)


def _next(whole: Table) -> Iterator[Sentence]:
    if any(whole.figure(line.key, "left").text != "0" for line in whole.lines):
        yield say("没有查到的，由该查的一级补查，查到的问题当天登记。")
    yield say("户级、村级问题和乡村振兴部门的台账对上，一个问题只登记一次、由一家改。")
    yield say("排查转入常态，查到的随时登记、限时解决。")
