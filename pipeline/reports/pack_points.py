"""What a unit is like and how it is scored inside: its size, its score, what its clauses lack."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.disclosure import View
from pipeline.disclosure.shown import Line
from pipeline.figures import between, shown
from pipeline.reports.paper import (
    Block,
    Column,
    Heading,
    Sentence,
    Table,
    Value,
    paragraph,
    say,
    table,
)
from pipeline.terms import IN_SUPPLY

FACTS = (
    Column("towns", "乡镇"),
    Column("villages", "村"),
    Column("works", "在用工程"),
    Column("people", "供水人口"),
    Column("total", "得分"),
    Column("span", "按各种读法"),
    Column("places", "名次"),
)
SUMS = (
    Column("silent", "没有报的条款"),
    Column("short", "没有得满分的条款"),
    Column("bare", "没有写佐证的记录"),
)
LACKING = (
    Column("clause", "条款", "text", 9),
    Column("title", "考评内容", "text", 22),
    Column("points", "得分"),
    Column("full", "满分"),
    Column("because", "为什么", "text", 32),
    Column("still", "还缺什么", "text", 28),
)
PROOFS = (
    Column("kind", "哪一类记录", "text", 40),
    Column("due", "次数", width=20),
    Column("given", "写了佐证", width=20),
    Column("left", "没有写", width=20),
)


def facts(view: View, unit: str) -> Table:
    """Count what a unit has, beside its score as the office knows it."""
    sheet = view.assessment.sheets.get(unit)
    divisions = [row for row in view.index("divisions").values() if row.unit_id == unit]
    works = [row for row in view.group("works", "unit_id")[unit] if row.status in IN_SUPPLY]
    row: list[Value] = [
        sum(one.division_level == "乡级" for one in divisions),
        len(view.group("villages", "unit_id")[unit]),
        len(works),
        sum(one.population or 0 for one in works),
        shown(sheet.total) if sheet and sheet.total is not None else None,
        between(sheet.span) if sheet else None,
        between(sheet.places) if sheet and sheet.places else None,
    ]
    note = "得分按市里知道的全部检查算，反馈以前的也算，可能和公开的不同。"
    name = view.index("units")[unit].short_name
    return table(f"facts-{unit}", f"{name}的基本情况和得分", FACTS, {unit: row}, note=note)


def score(view: View, unit: str) -> tuple[Sentence, ...]:
    """Say how a unit is scored; nothing where it is not."""
    told = facts(view, unit)
    figures = {key: told.figure(unit, key) for key in ("total", "span", "places")}
    sheet = view.assessment.sheets.get(unit)
    if sheet is None:
        return ()
    if sheet.total is None or sheet.places is None:
        return (say("有条款没有报，还没有总分；按已报的算，在{span}分之间。", **figures),)
    return (say("考评得{total}分，第{places}名。", **figures),)


def lacking(view: View, unit: str) -> Iterator[Block]:
    """Yield what the clauses of a unit lack: reports, points, evidence for what was recorded."""
    sheet = view.assessment.sheets.get(unit)
    short = [line for line in sheet.lines if _is_short(view, line)] if sheet else []
    proofs = [one for one in view.proofs[unit] if one.due]
    bare = sum(one.due - one.given for one in proofs)
    silent = sum(line.points is None for line in short)
    sums = table(
        f"lacks-{unit}",
        "考评还缺的（条、次）",
        SUMS,
        {unit: [silent, len(short) - silent, bare]},
    )
    yield Heading(2, "考评还缺什么")
    yield from paragraph(_said(sums, unit))
    yield sums
    if short:
        clauses = view.assessment.clauses
        rows: dict[str, list[Value]] = {
            line.clause: [
                line.clause,
                clauses[line.clause].title,
                "没有报" if line.points is None else shown(line.points),
                shown(line.full),
                line.because,
                _still(view, unit, line),
            ]
            for line in short
        }
        yield table(f"lacking-{unit}", "没有得满分的条款", LACKING, rows)
    if bare:
        rows = {one.kind: [one.kind, one.due, one.given, one.due - one.given] for one in proofs}
        yield table(f"proofs-{unit}", "核查、销号的佐证（次）", PROOFS, rows)


def _said(sums: Table, unit: str) -> Sentence:
    told = {column.key: sums.figure(unit, column.key) for column in SUMS}
    words = {
        "silent": "没有报的条款{silent}条",
        "short": "报了没有得满分的{short}条",
        "bare": "核查、销号没有写佐证的{bare}次",
    }
    there = [said for key, said in words.items() if told[key].text != "0"]
    if not there:
        return say("条款都报了，都得满分；核查、销号都写了佐证。")
    return say("，".join(there) + "。", **told)


def _is_short(view: View, line: Line) -> bool:
    """Whether a clause lacks something; one that only adds points lacks nothing if it adds none."""
    if line.points is None:
        return line.status == "not_reported"
    return line.lost > 0 if view.assessment.clauses[line.clause].is_base else line.points < 0


def _still(view: View, unit: str, line: Line) -> str:
    """Say what would still win points of a clause."""
    wins = [one for one in view.assessment.wins.get(unit, ()) if one.clause == line.clause]
    return "；".join(
        f"{one.words}（{'守住' if one.is_kept else '最多得回' if one.is_most else '得回'}"
        f"{shown(one.points)}分）"
        for one in wins
    )
