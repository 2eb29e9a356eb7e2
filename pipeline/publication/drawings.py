"""Every chart of the site, made from the desk's figures and kept by what it shows.

A chart that would show the same again is taken from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import shares
from pipeline.disclosure.shown import Sheet
from pipeline.figures import between, shown
from pipeline.publication.charts.progress import Series, progress
from pipeline.publication.charts.ranking import Place, ranking
from pipeline.publication.charts.small_multiples import Panel, Part, panels, stacks
from pipeline.publication.desk import Desk, Drawing
from pipeline.publication.questions.places import short_town
from pipeline.publication.questions.progress import Progress
from pipeline.publication.questions.screened import CITY
from pipeline.publication.questions.supply import Posting
from pipeline.rowtypes import UnitRow
from pipeline.store import Store, key_of
from pipeline.trouble import making

ROOM = 4
"""Characters of a township that stand beside its bars; the table has the whole name."""

SERIES = (
    ("发现", "found"),
    ("自报完成", "reported"),
    ("核查通过", "verified"),
    ("逾期", "overdue"),
)
AGE_DRESSES = ("waiting", "late-1", "late-2", "late-3", "late")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A chart to be made: by which function, from which values, and the sentence it shows."""

    draw: Callable[..., str]
    values: tuple[Any, ...]
    finding: str
    options: tuple[tuple[str, Any], ...] = ()

    @property
    def kept_as(self) -> str:
        """The key of the store, made of what the chart shows: the same in every run."""
        return key_of("drawing", repr((self.draw.__qualname__, self.values, self.options)))

    def made(self) -> bytes:
        """Draw it."""
        return self.draw(*self.values, **dict(self.options)).encode()


def drawn(desk: Desk, store: Store) -> list[dict[str, Drawing]]:
    """Return the charts of the site by name: all of them for the first desk.

    The desks of further editions of the rules get those that change with the edition.
    """
    wanted = [dict(_charts(desk)), *(dict(_scores(one)) for one in desk.further)]
    return [{name: _drawn(name, one, store) for name, one in told.items()} for told in wanted]


def _drawn(name: str, one: Wanted, store: Store) -> Drawing:
    with making(f"图 {name} "):
        svg = store.kept(one.kept_as, one.made)
    return Drawing(svg.decode(), one.finding)


def _charts(desk: Desk) -> Iterator[tuple[str, Wanted]]:
    short = tuple(u.short_name for u in desk.places.units)
    yield from _progress(desk)
    if desk.issues.standing:
        yield "ages", _ages(desk)
    if any(desk.view.group("works", "unit_id")[u.id] for u in desk.places.units):
        yield "water", _water(desk)
    if desk.screened.works_of[CITY].due:
        yield "screening", _screening(desk, short)
    yield from _scores(desk)
    for unit in desk.places.units:
        towns = desk.places.townships.get(unit.id, [])
        rows = [p for p in desk.supply.postings(towns) if p.works]
        if rows:
            yield f"postings/{unit.id}", _postings(unit, rows)


def _scores(desk: Desk) -> Iterator[tuple[str, Wanted]]:
    sheets = desk.scores.sheets
    if sheets:
        yield "ranking", _ranking(desk, sheets)
        yield "parts", _parts(desk, sheets)


def _progress(desk: Desk) -> Iterator[tuple[str, Wanted]]:
    """Yield progress of the city ("progress/") and of each unit that has issues."""
    names = {"": "全市"} | {u.id: u.short_name for u in desk.places.units}
    for key, name in names.items():
        table: Progress = desk.issues.progress[key]
        last = {measure: counts[-1] for measure, counts in table.counts.items()}
        if not last["found"]:
            continue
        finding = (
            f"{name}发现{last['found']}件，单位报完成{last['reported']}件，"
            f"核查通过{last['verified']}件，逾期{last['overdue']}件。"
        )
        series = tuple(Series(title, dress, table.counts[dress]) for title, dress in SERIES)
        values = (f"{name}每天的整改件数", finding, table.days, series)
        yield f"progress/{key}", Wanted(progress, values, finding)


def _ages(desk: Desk) -> Wanted:
    """Draw who has been late for how long, most overdue first."""
    by_unit = desk.issues.of_unit
    told = [(u, desk.issues.ages(by_unit.get(u.id, ()))) for u in desk.places.units]
    told.sort(key=lambda one: -sum(bar.part for bar in one[1][1:]))
    rows = [bars for _, bars in told]
    parts = tuple(
        Part(column[0].name, dress, tuple(bar.part for bar in column))
        for dress, column in zip(AGE_DRESSES, zip(*rows, strict=True), strict=True)
    )
    silent = tuple(n for n, (u, _) in enumerate(told) if desk.issues.is_silent(u.id))
    totals = [sum(part.values) for part in parts]
    late = sum(totals[1:])
    finding = (
        f"还没报完成的{sum(totals)}件里，逾期的{late}件，其中逾期30天以上的{sum(totals[3:])}件。"
    )
    finding += _apart(silent, "整改台账")
    names = tuple(u.short_name for u, _ in told)
    values = ("没改完的拖了多久", finding, names, parts)
    return Wanted(stacks, values, finding, (("silent", silent), ("unit", "件")))


def _apart(silent: Sequence[Any], ledger: str) -> str:
    """Say how many units a sum leaves out because they did not report."""
    return f"{len(silent)}个单位没有报告{ledger}，不在内。" if silent else ""


def _water(desk: Desk) -> Wanted:
    """Draw the works whose water cannot be called good, most of them first.

    Nearly all works keep their limits: only what differs is drawn.
    """
    told = [
        (u, desk.water.counted(desk.view.group("works", "unit_id")[u.id]))
        for u in desk.places.units
    ]
    told.sort(key=lambda one: (not one[1].works, one[1].kept - one[1].works))
    found = [counted for _, counted in told]
    parts = (
        Part("不达标", "late", tuple(w.failed for w in found)),
        Part("判不了", "waiting", tuple(w.unjudged for w in found)),
        Part("未检测", "none", tuple(w.untested for w in found)),
    )
    city = desk.water.counted(desk.view.works)
    finding = (
        f"在供水的{city.works}处工程，{city.kept}处最近一次达标；"
        f"不达标{city.failed}处，判不了{city.unjudged}处，没有检测{city.untested}处。"
    )
    silent = tuple(n for n, w in enumerate(found) if not w.works)
    finding += _apart(silent, "供水工程")
    names = tuple(u.short_name for u, _ in told)
    values = ("各单位还不能算达标的工程", finding, names, parts)
    return Wanted(stacks, values, finding, (("silent", silent), ("unit", "处")))


def _screening(desk: Desk, short: Sequence[str]) -> Wanted:
    seen, units = desk.screened, desk.places.units
    found = [seen.works_of[u.id] for u in units]
    silent = tuple(n for n, u in enumerate(units) if seen.is_silent(u.id))
    told = [one for n, one in enumerate(found) if n not in silent]
    names = ("按期查过", "逾期查过", "层级不够", "没有查过" if seen.is_over else "还没查")
    measures = (("seen", "in_time"), ("late-2", "late"), ("relaxed", "lower"), ("waiting", "never"))
    parts = tuple(
        Part(
            name,
            dress,
            tuple(0 if n in silent else getattr(one, measure) for n, one in enumerate(found)),
        )
        for name, (dress, measure) in zip(names, measures, strict=True)
    )
    due, open_ = sum(w.due for w in told), sum(w.lower + w.never for w in told)
    finding = f"在供水的{due}处工程，该查的一级去过{due - open_}处，还有{open_}处没去过。"
    finding += _apart(silent, "检查记录")
    values = ("各单位工程排查", finding, tuple(short), parts)
    return Wanted(stacks, values, finding, (("silent", silent), ("is_share", True)))


def _ranking(desk: Desk, sheets: Sequence[Sheet]) -> Wanted:
    places = tuple(
        Place(
            place=between(sheet.places) if sheet.places else "—",
            name=desk.places.unit(sheet.unit_id).short_name,
            total=None if sheet.total is None else float(sheet.total),
            low=float(desk.view.assessment.bands[sheet.unit_id][0]),
            high=float(desk.view.assessment.bands[sheet.unit_id][1]),
            span=(float(sheet.span[0]), float(sheet.span[1])),
        )
        for sheet in sheets
    )
    ranked = [(s.unit_id, s.total) for s in sheets if s.total is not None]
    finding = "都有条款没有报告，只有得分范围。"
    if ranked:
        whom = f"报全的{len(ranked)}个单位里，" if len(ranked) < len(sheets) else ""
        best, least = (desk.places.unit(u).short_name for u, _ in (ranked[0], ranked[-1]))
        finding = (
            f"{whom}{best}得分最高，{shown(ranked[0][1])}分；"
            f"最低的是{least}，{shown(ranked[-1][1])}分。"
        )
    return Wanted(ranking, ("各单位考评总分和换口径的范围", finding, places), finding)


def _parts(desk: Desk, sheets: Sequence[Sheet]) -> Wanted:
    names = tuple(desk.places.unit(s.unit_id).short_name for s in sheets)
    rows = [desk.scores.parts(sheet) for sheet in sheets]
    columns = list(zip(*rows, strict=True))
    shown_parts = tuple(
        Panel(
            f"{column[0].numeral} {shown(column[0].full)}分",
            tuple(None if p.is_open else float(p.points / p.full) for p in column),
        )
        for column in columns
    )
    finding = _worst_part(desk, sheets)
    return Wanted(panels, ("各单位各部分的得分占满分多少", finding, names, shown_parts), finding)


def _worst_part(desk: Desk, sheets: Sequence[Sheet]) -> str:
    """Say in which part most is lost, by the units that reported everything."""
    told = [desk.scores.parts(sheet) for sheet in sheets if sheet.total is not None]
    if not told:
        return "都有条款没有报告，不算平均。"
    sums = (
        (sum(p.points for p in column), sum(p.full for p in column), column[0].numeral)
        for column in zip(*told, strict=True)
    )
    got, full, numeral = min(sums, key=lambda one: one[0] / one[1])
    whom = f"报全的{len(told)}个单位" if len(told) < len(sheets) else ""
    return (
        f"丢分最多的是第{numeral}部分“{desk.view.assessment.parts[numeral]}”，"
        f"{whom}平均得到{shares.percent(got, full)}。"
    )


def _postings(unit: UnitRow, rows: Sequence[Posting]) -> Wanted:
    works = sum(r.works for r in rows)
    told = [
        ("有责任人", [r.managed for r in rows]),
        ("有电话", [r.numbered for r in rows]),
        ("公示过报告", [r.reported for r in rows]),
    ]
    finding = f"在供水的{works}处工程：" + "，".join(
        f"{name}的没有报来" if None in counts else f"{name}{sum(n or 0 for n in counts)}处"
        for name, counts in told
    )
    parts = tuple(
        Panel(
            name,
            tuple(None if n is None else n / r.works for n, r in zip(counts, rows, strict=True)),
        )
        for name, counts in told
    )
    names = tuple(short_town(r.town.name)[:ROOM] for r in rows)
    return Wanted(
        panels,
        (f"{unit.short_name}各乡镇公示到位的占比", f"{finding}。", names, parts),
        f"{finding}。",
    )
