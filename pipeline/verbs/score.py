"""`qingyuan score`: the points of Annex 3, each with its clause, arithmetic, rows and readings."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipeline import assessment, checks
from pipeline.assessment import INTERNAL, PUBLIC, Audience, contract
from pipeline.assessment.sheets import Line, Sheet
from pipeline.figures import between, shown
from pipeline.readings import Readings
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.verbs import told
from pipeline.verbs.check import CACHE, settle, verdict
from pipeline.verbs.console import CLEAN, GREEN, RED, YELLOW, Console
from pipeline.verbs.nearest import unit_hint

NAME = "score"
HELP = "按附件3算分：每一分写明条款、算法、口径和依据的记录"
UNTOLD = "有检查还没有反馈给单位，反馈以后才公开扣分"
SHOWN = 20
"""Kinds of errors listed before the reader is sent to `qingyuan check`."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--unit", metavar="单位", help="只看一个单位，写编号（如 jiaxian）或名称")
    parser.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="输出的样子"
    )
    parser.add_argument(
        "--audience",
        choices=(INTERNAL, PUBLIC),
        default=INTERNAL,
        help="内部（默认）：还没有反馈给单位的检查也算，和公开得分不同的写明；public：和网站一样",
    )
    parser.add_argument(
        "--assume",
        action="append",
        type=Path,
        default=[],
        metavar="文件",
        help="假设再登记这些行（样子和台账一样，文件名写台账名），看分数怎么变；可以写几次",
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Check, score and print; refused data is not scored."""
    store = Store(CACHE)
    report = checks.run(
        options.data, as_of=options.as_of, today=today, store=store, progress=console.progress
    )
    settle(store, console)
    if not report.ok:
        return _refuse(report, console)
    found = _assessed(report, options.audience, console)
    units = _units(report, found, options.unit)
    before = None
    if options.assume:
        before = found
        report = checks.assume(report, options.assume, store, console.progress)
        if not report.ok:
            return _refuse(report, console)
        found = _assessed(report, options.audience, console)
    public = _told(report) if options.audience == INTERNAL else None
    match options.format:
        case "json":
            console.say_json(contract.to_json(found, units, public))
        case "csv":
            written = io.StringIO()
            table = csv.writer(written, lineterminator="\n")
            table.writerow(contract.COLUMNS)
            table.writerows(contract.to_rows(found, units))
            console.say(written.getvalue().removesuffix("\n"))
        case _:
            text = _Text(console, found, _names(report), public or {})
            text.say(units, before, is_one=bool(options.unit))
    return CLEAN


def _assessed(report: checks.Report, audience: Audience, console: Console) -> assessment.Assessment:
    if report.loaded.snapshot is None or report.as_of_on is None:
        raise UsageTrouble("没有 campaign.yml，不知道算到哪一天")
    console.progress("算分")
    return assessment.assess(report.loaded.snapshot, report.as_of_on, audience=audience)


def _told(report: checks.Report) -> Mapping[str, Sheet]:
    """Return the public sheets: from what the units have been told."""
    snapshot, day = report.loaded.snapshot, report.as_of_on
    if snapshot is None or day is None:
        return {}
    readings = Readings.from_rows(snapshot["readings"])
    return next(assessment.scorers(snapshot, [day], PUBLIC)).sheets(readings)


def _refuse(report: checks.Report, console: Console) -> int:
    kinds, _ = told.errors_first(report.errors, SHOWN)
    for kind in kinds:
        console.complain(told.said(kind))
    errors = report.count("error")
    console.complain(f"✗ 没有算分：有 {errors} 处错误，改好再算；qingyuan check 看全部")
    return verdict(report)


def _names(report: checks.Report) -> dict[str, str]:
    snapshot = report.loaded.snapshot
    return {row.id: row.short_name for row in snapshot["units"]} if snapshot else {}


def _units(
    report: checks.Report, found: assessment.Assessment, wanted: str | None
) -> Sequence[str]:
    """Return the units to print: all that are in force on the day, or the one asked for."""
    if wanted is None:
        return list(found.sheets)
    snapshot = report.loaded.snapshot
    for row in snapshot["units"] if snapshot else ():
        if wanted in (row.id, row.name, row.short_name, *row.aliases) and row.id in found.sheets:
            return [row.id]
    known = [row for row in snapshot["units"] if row.id in found.sheets] if snapshot else []
    near = unit_hint(wanted, known)
    raise UsageTrouble(f"没有“{wanted}”这个单位{near}；可用：{'、'.join(found.sheets)}")


def _points(points: Decimal | None) -> str:
    return "—" if points is None else shown(points)


class _Text:
    """Says the scores to a person."""

    def __init__(
        self,
        console: Console,
        found: assessment.Assessment,
        names: dict[str, str],
        told: Mapping[str, Sheet],
    ) -> None:
        self._say, self._found, self._names, self._told = console.say, found, names, told

    def say(
        self, units: Sequence[str], before: assessment.Assessment | None, *, is_one: bool
    ) -> None:
        """Print the ranking, or one sheet; with `before` what the assumptions change."""
        self._say(f"附件3 {self._found.edition.year}版，数据日期 {self._found.as_of_on}")
        if not units:
            self._say("这一天还没有单位，没有分数。", YELLOW)
        elif is_one:
            self._sheet(self._found.sheets[units[0]])
        else:
            self._ranking()
            self._differences(units)
        if before is not None:
            self._changes(units, before)

    def _ranking(self) -> None:
        sheets = sorted(
            self._found.sheets.values(),
            key=lambda s: (s.places or (len(self._names) + 1,), -s.span[0]),
        )
        for sheet in sheets:
            self._say(self._headline(sheet))
        silent = [s for s in sheets if s.total is None]
        if silent:
            self._say(
                f"{len(silent)} 个单位有条款没有报告，总分是一个范围，不排名；"
                "别的单位的名次可能是一段。",
                YELLOW,
            )
        self._say(
            f"✓ 算好了：{len(sheets)} 个单位，每个{len(self._found.clauses)}条；"
            "qingyuan score --unit 编号 看一个单位每一分的来历",
            GREEN,
        )

    def _differences(self, units: Sequence[str]) -> None:
        """List where the points differ from the published ones."""
        found = [
            (unit, line, told)
            for unit in units
            for line in self._found.sheets[unit].lines
            if (told := self._published(unit, line)) is not None
        ]
        if found:
            self._say(f"{UNTOLD}，这些条和公开得分不同：", YELLOW)
        for unit, line, told in found:
            points = f"{_points(line.points)}，公开 {_points(told.points)}"
            self._say(f"  {self._names[unit]}  {line.clause}  {points}")

    def _published(self, unit: str, line: Line) -> Line | None:
        """Return the published line of a clause, if it gives other points."""
        told = self._told[unit].line(line.clause) if unit in self._told else line
        return None if told.points == line.points else told

    def _headline(self, sheet: Sheet) -> str:
        name, band = self._names[sheet.unit_id], self._found.bands[sheet.unit_id]
        across = f"换口径 {between(band)}"
        if sheet.places is None or sheet.total is None:
            span = between(sheet.span)
            return f"不排名  {name}  总分 {span}（有没报的条款）  {across}"
        return (
            f"第{between(sheet.places)}名  {name}  总分 {shown(sheet.total)}"
            f"（基本分 {_points(sheet.base)}，加减 {shown(sheet.adjustment)}）  {across}"
        )

    def _sheet(self, sheet: Sheet) -> None:
        self._say(self._headline(sheet))
        for line in sheet.lines:
            self._line(line)
            told = self._published(sheet.unit_id, line)
            if told is not None:
                self._say(f"        {UNTOLD}：公开得分 {_points(told.points)}", YELLOW)
        self._say("还能补救：" if self._found.wins[sheet.unit_id] else "没有还能补救的扣分。")
        for win in self._found.wins[sheet.unit_id]:
            kind = "守住" if win.is_kept else "最多得回" if win.is_most else "得回"
            self._say(
                f"  {kind} {shown(win.points)} 分  {win.clause} {win.words}，{win.until}以前"
                + (f"  [{_some(win.rows)}]" if win.rows else "")
            )

    def _line(self, line: Line) -> None:
        told = "；".join(filter(None, (line.seen, *(look.said for look in line.looks))))
        checked = f"（{told}）" if told else ""
        status = "" if line.status == "scored" else f"（{contract.STATUSES[line.status]}）"
        is_base = self._found.clauses[line.clause].is_base
        colour = RED if line.points is not None and is_base and line.lost > 0 else ""
        self._say(
            f"  {line.clause}  {_points(line.points)}/{shown(line.full)}{status}  "
            f"{line.because}{checked}",
            YELLOW if line.status == "not_reported" else colour,
        )
        if line.rows and line.points != line.full:
            self._say(f"        依据：{_some(line.rows)}")

    def _changes(self, units: Sequence[str], before: assessment.Assessment) -> None:
        """Say what the assumptions change, unit by unit and clause by clause."""
        self._say("假设的结果：")
        moved = 0
        for unit in units:
            old, new = before.sheets[unit], self._found.sheets[unit]
            if (old.span, old.places) == (new.span, new.places):
                continue
            moved += 1
            self._say(f"  {self._names[unit]}：{_total(old)} → {_total(new)}", GREEN)
            for was, now in zip(old.lines, new.lines, strict=True):
                if was.points != now.points:
                    self._say(
                        f"    {now.clause}  {_points(was.points)} → {_points(now.points)}  "
                        f"{now.because}"
                    )
        if not moved:
            self._say("  分数都不变。")


def _total(sheet: Sheet) -> str:
    if sheet.places is None or sheet.total is None:
        return f"{between(sheet.span)}，不排名"
    return f"{shown(sheet.total)}分，第{between(sheet.places)}名"


ROWS_SHOWN = 6
"""Rows a line of text names; JSON and CSV name all of them."""


def _some(rows: Sequence[str]) -> str:
    more = f" 等{len(rows)}条" if len(rows) > ROWS_SHOWN else ""
    return " ".join(rows[:ROWS_SHOWN]) + more
