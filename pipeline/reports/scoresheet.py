"""The score sheet of a unit: every clause in the order of the annex, points, reasons, rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.disclosure.shown import Clause, Line, Sheet
from pipeline.figures import between, shown
from pipeline.reports.paper import (
    Attachment,
    Block,
    Column,
    Heading,
    Report,
    Value,
    paragraph,
    say,
    table,
)

KIND = "score-sheet"
TOTAL = "total"
SUMS = (
    Column("total", "得分"),
    Column("base", "基本分"),
    Column("adjustment", "加减分"),
    Column("span", "按各种读法"),
    Column("places", "名次"),
)
CLAUSES = (
    Column("clause", "条款", "text"),
    Column("title", "考评内容", "text", 26),
    Column("full", "满分"),
    Column("points", "得分"),
    Column("because", "怎么算的", "text", 52),
    Column("rows", "依据"),
)
GROUNDS = (
    Column("clause", "条款", "text"),
    Column("count", "行数"),
    Column("rows", "台账行的编号", "text", 90),
)
STATUS = {"not_reported": "没有报，算不出来", "not_applicable": "不适用"}


def score_sheet(view: View, unit_id: str) -> Report:
    """Return the score sheet of a unit as of the day of a view."""
    day, found = view.as_of_on, view.assessment
    unit, sheet = view.index("units")[unit_id], found.sheets[unit_id]
    told: dict[str, Value] = {
        "total": _shown(sheet.total),
        "base": _shown(sheet.base),
        "adjustment": shown(sheet.adjustment),
        "span": between(sheet.span),
        "places": between(sheet.places) if sheet.places else None,
    }
    columns = [one for one in SUMS if told[one.key] is not None]
    caption = f"{unit.name}得分（到{in_words(day)}，分）"
    sums = table("sums", caption, columns, {unit_id: [told[one.key] for one in columns]})
    figures = {c.key: sums.figure(unit_id, c.key) for c in columns}
    if sheet.total is None:
        said = say("有条款没有报，还没有总分，没有名次；按已报的算，在{span}分之间。", **figures)
    else:
        said = say(
            "得分{total}分（基本分{base}分，加减分{adjustment}分），第{places}名。", **figures
        )
    blocks: list[Block] = [*paragraph(said), sums]
    for numeral, title in found.parts.items():
        lines = [x for x in sheet.lines if found.clauses[x.clause].part == numeral]
        blocks.append(Heading(1, title))
        blocks.append(
            table(
                f"part-{numeral}",
                "",
                CLAUSES,
                {line.clause: _cells(found.clauses[line.clause], line) for line in lines},
            )
        )
    return Report(
        id=f"{KIND}-{unit_id}-{day.isoformat()}",
        kind=KIND,
        name="考评得分表",
        title=f"{unit.name}考评得分表",
        number=None,
        from_on=view.campaign.year_from_on,
        to_on=day,
        lead=said.text,
        organiser=view.campaign.organiser,
        blocks=tuple(blocks),
        attachments=tuple(_grounds(unit_id, sheet, found.clauses)),
        signed_by=("单位（盖章）", "自评人", "核查人", "日期"),
        unit_id=unit_id,
        is_demo=view.campaign.is_demo,
    )


def _cells(clause: Clause, line: Line) -> list[Value]:
    count = len(_named(clause, line))
    rows = f"{count}行" if count else ""
    if line.hidden:
        rows += f"{'，' if rows else ''}不公开{line.hidden}行"
    because = line.because or STATUS.get(line.status, "")
    return [line.clause, clause.title, shown(line.full), _shown(line.points), because, rows]


def _named(clause: Clause, line: Line) -> list[str]:
    """Return the rows a line rests on; those behind the people served are told as a number."""
    return [row for row in line.rows if row.partition("/")[0] not in clause.uncited]


def _grounds(unit_id: str, sheet: Sheet, clauses: Mapping[str, Clause]) -> Iterator[Attachment]:
    """Yield the list of all rows; the unit's own stand without its name before the number."""
    rows: dict[str, list[Value]] = {}
    for line in sheet.lines:
        named = _named(clauses[line.clause], line)
        if named:
            ids = (row.partition("/")[2].removeprefix(f"{unit_id}-") for row in named)
            rows[line.clause] = [line.clause, len(named), "、".join(ids)]
    if rows:
        note = f"前面没有单位的编号，省去了“{unit_id}-”。"
        made = table("grounds", "计分依据", GROUNDS, rows, note=note)
        yield Attachment("计分依据的台账行", made)


def _shown(points: Decimal | None) -> str | None:
    return None if points is None else shown(points)
