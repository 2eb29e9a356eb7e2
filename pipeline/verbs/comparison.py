"""What two sets of rules make of the same ledgers, side by side: findings, points, totals.

Told by unit and rule, and by unit and clause; of rows only file and line, never what they hold.
It reads JSON and imports no rule: rules that do not even run are compared too, and told. So its
words for points and places stand beside those of `review.effects`, which has the sheets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.figures import between, shown
from pipeline.findings import SEVERITIES
from pipeline.ledgers.discovery import unit_of_file

CITY = "市"
PLACES_SHOWN = 3
"""Places named for each new finding; `qingyuan check` lists all."""
ABSENT = "没有这一条"


@dataclass(frozen=True, slots=True)
class Side:
    """The JSON that `check` and `score` gave by one set of rules; no scores of refused data."""

    checked: Mapping[str, Any]
    scored: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Found:
    """How many findings of a rule are new in a unit, and how many are gone."""

    unit: str
    rule: str
    severity: str
    new: int
    gone: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The points of a clause in a unit before and after, as people write them."""

    unit: str
    clause: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a unit stood and stands: total or span, and place."""

    unit: str
    before: str
    after: str


@dataclass(frozen=True)
class Impact:
    """The whole difference. `refused` names the sides whose rules refuse the ledgers.

    `cut` findings were not listed one by one by `check`, so they are compared only as numbers.
    """

    base: str
    as_of_on: date
    findings: tuple[Found, ...]
    points: tuple[Moved, ...]
    totals: tuple[Stood, ...]
    refused: tuple[str, ...]
    cut: int

    def __bool__(self) -> bool:
        """Whether anything differs, or could not be compared."""
        return bool(self.findings or self.points or self.totals or self.refused or self.cut)

    @property
    def nothing(self) -> str:
        """Say that nothing differs."""
        return f"✓ 没有影响：{self._same}，检查结果和每一条的分数都一样"

    @property
    def _same(self) -> str:
        return f"{self.base[:7]} 的台账、数据日期 {self.as_of_on}，用原来的和现在的规则"

    @property
    def _unsaid(self) -> Iterator[str]:
        """Say what could not be compared."""
        for whose in self.refused:
            yield f"{whose}规则不收这份台账，没有算分，分数没有比"
        if self.cut:
            yield f"两边合计有 {self.cut} 处检查结果没有逐条列出，只比了个数"

    def lines(self) -> Iterator[str]:
        """Say it to a person."""
        if not self:
            return
        yield f"{self._same}，有这些不同："
        yield from (f"✗ {said}" for said in self._unsaid)
        for one in self.findings:
            told = "，".join(filter(None, (_more("新增", one.new), _more("消失", one.gone))))
            yield f"  {one.unit}  {SEVERITIES[one.severity]} {one.rule}  {told}"
            yield from (f"        {place}" for place in one.places)
        for stood in self.totals:
            yield f"  {stood.unit}  总分 {stood.before} → {stood.after}"
        for moved in self.points:
            yield f"  {moved.unit}  {moved.clause}  {moved.before} → {moved.after}"
        if not (self.points or self.totals or self.refused):
            yield "  分数都不变"

    def to_markdown(self) -> str:
        """Write it for a comment on a pull request."""
        if not self:
            return f"### 规则影响\n\n{self.nothing}"
        parts = ["### 规则影响", f"{self._same}。", *self._unsaid]
        if self.findings:
            rows = [
                (f.unit, SEVERITIES[f.severity], f.rule, str(f.new), str(f.gone))
                for f in self.findings
            ]
            parts.append(_table(("单位", "级别", "规则", "新增", "消失"), rows))
        if self.totals:
            parts.append(
                _table(
                    ("单位", "原来总分", "现在总分"),
                    [(s.unit, s.before, s.after) for s in self.totals],
                )
            )
        if self.points:
            parts.append(
                _table(
                    ("单位", "条款", "原来", "现在"),
                    [(m.unit, m.clause, m.before, m.after) for m in self.points],
                )
            )
        return "\n\n".join(parts)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "base": self.base,
            "as_of": self.as_of_on.isoformat(),
            "findings": [asdict(one) | {"places": list(one.places)} for one in self.findings],
            "points": [asdict(one) for one in self.points],
            "totals": [asdict(one) for one in self.totals],
            "refused": list(self.refused),
            "cut": self.cut,
        }


def compared(base: str, day: date, before: Side, after: Side) -> Impact:
    """Compare what two sets of rules made of the same ledgers; `base` is the commit of the old."""
    both = (("原来的", before), ("现在的", after))
    moved, stood = _scores(before.scored, after.scored)
    # what is cut was not told one by one; where both cut the same, nothing is known to differ
    cuts = [side.checked["cut"] for _, side in both]
    return Impact(
        base=base,
        as_of_on=day,
        findings=tuple(_findings(before.checked, after.checked)),
        points=moved,
        totals=stood,
        refused=tuple(whose for whose, side in both if side.scored is None),
        cut=0 if cuts[0] == cuts[1] else sum(cuts),
    )


def _findings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Found]:
    old, new = _counted(before), _counted(after)
    for key in sorted({*old, *new}):
        more, less = new[key] - old[key], old[key] - new[key]
        if more or less:
            places = [f"{file}:{line}" for file, line, *_ in more if file and line]
            shown_places = tuple(dict.fromkeys(places))[:PLACES_SHOWN]
            yield Found(*key, more.total(), less.total(), shown_places)


def _counted(checked: Mapping[str, Any]) -> dict[tuple[str, str, str], Counter[tuple[Any, ...]]]:
    """Count the findings of each unit, rule and severity by where they are."""
    found: dict[tuple[str, str, str], Counter[tuple[Any, ...]]] = defaultdict(Counter)
    for one in checked["findings"]:
        key = (_unit(one), one["rule"], one["severity"])
        where = (one["file"], one["line"], one["field"], one["subject"], one["waived"])
        found[key][where] += one["count"]
    return found


def _unit(finding: Mapping[str, Any]) -> str:
    """Return the unit a finding is about: by its folder, or as its subject."""
    if unit := unit_of_file(finding["file"] or ""):
        return unit
    subject = str(finding["subject"] or "")
    return subject.removeprefix("units/") if subject.startswith("units/") else CITY


def _scores(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[tuple[Moved, ...], tuple[Stood, ...]]:
    if before is None or after is None:
        return (), ()
    old, new = ({unit["unit"]: unit for unit in one["units"]} for one in (before, after))
    moved: list[Moved] = []
    stood: list[Stood] = []
    for unit in dict.fromkeys((*old, *new)):
        was, now = _standing(old.get(unit)), _standing(new.get(unit))
        if was != now:
            stood.append(Stood(unit, was, now))
        points = [_points(side.get(unit)) for side in (old, new)]
        for clause in dict.fromkeys((*points[0], *points[1])):
            first, then = (side.get(clause, ABSENT) for side in points)
            if first != then:
                moved.append(Moved(unit, clause, first, then))
    return tuple(moved), tuple(stood)


def _points(unit: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the points of every clause as people write them; a clause without points its most."""
    found = {}
    for clause in unit["clauses"] if unit else ():
        if clause["points"] is not None:
            found[clause["id"]] = _shown(clause["points"])
        elif clause["top"] is not None:
            found[clause["id"]] = f"没有报告，最多{_shown(clause['top'])}"
        else:
            found[clause["id"]] = "不计分"
    return found


def _standing(unit: Mapping[str, Any] | None) -> str:
    if unit is None:
        return "没有这个单位"
    if unit["total"] is None:
        low, high = unit["span"]
        return f"{between((_number(low), _number(high)))}，不排名"
    first, last = unit["rank_range"]
    return f"{_shown(unit['total'])}，第{between((first, last))}名"


def _number(value: float) -> Decimal:
    return Decimal(str(value))


def _shown(value: float) -> str:
    return shown(_number(value))


def _more(word: str, count: int) -> str:
    return f"{word}{count}处" if count else ""


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
