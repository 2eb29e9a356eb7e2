"""Which row of the ledger a row of the file is: by its id, else by place and wording.

What stands is changed only in columns that the file itself says; what was registered for good is
not changed at all; what the file lacks is told, never removed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pipeline.checks.workbook_rules import FIXED, LACKING, MISSING, SAME_TWICE
from pipeline.intake.issues import ASKED
from pipeline.intake.labels import DONE_ON, REGISTERED_ON
from pipeline.intake.outcome import Fate, Line, Outcome, Record, Verdict
from pipeline.intake.recognisers.words import DOING, DONE
from pipeline.intake.standing import Standing
from pipeline.ledgers.schemas import Field, Schema
from pipeline.rectification.wordings import Wordings
from pipeline.terms import VOID

SURE = 0.75
"""Likeness of two wordings from which on they are one problem of one place."""
NAMED = 20
_BACK = "确实没有改好的，用 退回 事件；改好了的这里写 完成"


def settle_issues(records: Sequence[Record], standing: Standing, outcome: Outcome) -> None:
    """Match the issues of a file, make ids and events for new ones, tell what is missing."""
    there = standing.rows("issues")
    known, schema = _Known(there), standing.loaded.schemas["issues"]
    taken = {r.given_id for r in records if r.given_id}
    for record in records:
        if record.is_refused:
            if not record.given_id and not any(known.alike(record.cells)):
                _tell_lacking(record, [schema.by_name[n] for n in ASKED_AT_ONCE], outcome)
            outcome.lines.append(line(record, "未导入", "有认不出的格子，见错误"))
            continue
        found = record.given_id or _found(record, known, taken, outcome)
        if record.is_refused:
            outcome.lines.append(line(record, "未导入", "像台账里的几行"))
            continue
        if found:
            taken.add(found)
            _change(record, found, there[found], standing, outcome)
        else:
            _new_issue(record, standing, outcome)
    towns = {r.cells.get("town_code") for r in records} | {
        there[i]["town_code"] for i in taken if i in there
    }
    void = {i for i, state in standing.states.items() if state.state == VOID}
    missing(there, taken | void, outcome, lambda row: row["town_code"] in towns, "issues")


class _Known:
    """The issues that stand, by their places and words: a row of a file is held against a few."""

    def __init__(self, there: Mapping[str, dict[str, str]]) -> None:
        """Put the rows that stand in order."""
        self.there = there
        self._near: dict[tuple[str, str], Wordings[str]] = defaultdict(Wordings)
        self._same: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
        self._villages: dict[str, set[str]] = defaultdict(set)
        for id_, row in there.items():
            town, village = row["town_code"], row["village_code"]
            self._near[town, village].add(row["problem"], id_)
            self._same[town, village, row["source_text"], row["seq_no"]].append(id_)
            self._villages[town].add(village)

    def _places(self, cells: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the places a row may be of; where one of the two names no village, it fits any."""
        town, village = cells.get("town_code", ""), cells.get("village_code")
        return [(town, v) for v in sorted({village, ""} if village else self._villages[town])]

    def _fits(self, id_: str, cells: Mapping[str, str]) -> bool:
        works, other = cells.get("works_id"), self.there[id_]["works_id"]
        return not (works and other and works != other)

    def same(self, cells: Mapping[str, str]) -> Iterator[str]:
        """Yield the issues of a row's place with its number and the very words of column ③."""
        text = cells.get("source_text")
        for town, village in self._places(cells) if text else ():
            for id_ in self._same.get((town, village, str(text), cells.get("seq_no", "")), ()):
                if self._fits(id_, cells):
                    yield id_

    def alike(self, cells: Mapping[str, str]) -> Iterator[tuple[float, str]]:
        """Yield the issues of a row's place that are worded like it, and how alike they are."""
        for place in self._places(cells):
            if place in self._near:
                for same, id_ in self._near[place].like(cells.get("problem", ""), SURE):
                    if self._fits(id_, cells):
                        yield same, id_


def _found(record: Record, known: _Known, taken: set[str], outcome: Outcome) -> str:
    """Return the id of the one issue of the same place that is worded alike; blank for none."""
    cells = record.cells
    for id_ in known.same(cells):
        if id_ not in taken:
            return id_
    likeness = {}
    for same, id_ in known.alike(cells):
        if id_ not in taken:
            row = known.there[id_]
            likeness[id_] = (
                same,
                row["seq_no"] == cells.get("seq_no"),
                row["due_text"] == cells.get("due_text"),
            )
    if not likeness:
        return ""
    best = max(likeness.values())
    ids = [id_ for id_, value in likeness.items() if value == best]
    if len(ids) > 1:
        said = f"像台账里的 {'、'.join(ids[:4])}，分不清是哪一条"
        outcome.find(SAME_TWICE, said, record.sheet, record.row, ledger="issues")
        record.is_refused = True
        return ""
    return ids[0]


def _new_issue(record: Record, standing: Standing, outcome: Outcome) -> None:
    schema = standing.loaded.schemas["issues"]
    cells = {name: record.cells.get(name, "") for name in schema.names} | {"unit_id": standing.unit}
    needed = [f for f in schema.fields if f.required and f.name not in ("issue_id", "unit_id")]
    if lacking := _tell_lacking(record, needed, outcome):
        outcome.lines.append(line(record, "未导入", f"缺登记要的项：{'、'.join(lacking)}"))
        return
    id_ = standing.next_id("issues", cells["found_on"][:4])
    cells["issue_id"] = id_
    outcome.rows.setdefault("issues", []).append(cells)
    outcome.origin[f"issues/{id_}"] = record
    level = cells["found_by_level"] if cells["found_by_level"] in ("村", "乡镇", "县") else "县"
    unit = standing.snapshot.index("units")[standing.unit]
    org = record.extra.get("by_org") or (
        cells["resp_org"] if level != "县" else unit.competent_body
    )
    _event(
        record,
        id_,
        "登记",
        record.extra[REGISTERED_ON] or cells["found_on"],
        level,
        org,
        standing,
        outcome,
    )
    if record.extra.get("result") == DONE and record.extra[DONE_ON]:
        _done(record, id_, cells, standing, outcome)
    outcome.lines.append(line(record, "导入", "新的一行", f"issues/{id_}", "新增"))


ASKED_AT_ONCE = tuple(name for name in ASKED if name != "handling")
"""What a row that cannot be read is asked for as well; 立行立改 may stand in what was not read."""


def _tell_lacking(record: Record, needed: Iterable[Field], outcome: Outcome) -> list[str]:
    """Ask for what a new issue needs and does not have; returns the titles."""
    lacking = [field for field in needed if not record.cells.get(field.name)]
    for field in lacking:
        is_asked = field.name in ASKED
        if is_asked:
            outcome.asked[field.title] = tuple(field.enum)
        remedy = how_to_answer(field) if is_asked else f"填“{field.title}”"
        outcome.find(
            LACKING,
            f"没有“{field.title}”",
            record.sheet,
            record.row,
            ledger="issues",
            field=field.name,
            title=field.title,
            remedy=remedy,
            column=record.column(field.name),
        )
    return [field.title for field in lacking]


def how_to_answer(field: Field) -> str:
    """Say how to answer what a file lacks: once for the whole of it, or in a column of its own."""
    words = f"（{'、'.join(field.enum)}）" if field.enum else ""
    return (
        f"整个文件一样的，在“补充信息”表里填一次{words}，或在命令里写 --set {field.title}=…；"
        f"不一样的加一列“{field.title}”"
    )


def _done(
    record: Record, id_: str, cells: Mapping[str, str], standing: Standing, outcome: Outcome
) -> None:
    level = cells["resp_tier"] if cells["resp_tier"] in ("村", "乡镇", "县") else "县"
    _event(
        record, id_, "整改完成", record.extra[DONE_ON], level, cells["resp_org"], standing, outcome
    )


def _event(
    record: Record,
    id_: str,
    event: str,
    day: str,
    level: str,
    org: str,
    standing: Standing,
    outcome: Outcome,
) -> None:
    names = standing.loaded.schemas["issue_events"].names
    made = dict.fromkeys(names, "") | {
        "event_id": standing.next_event(id_),
        "issue_id": id_,
        "event": event,
        "event_on": day,
        "by_level": level,
        "by_org": org,
    }
    outcome.rows.setdefault("issue_events", []).append(made)
    outcome.origin[f"issue_events/{made['event_id']}"] = record


def _change(
    record: Record, id_: str, row: dict[str, str], standing: Standing, outcome: Outcome
) -> None:
    """Put what the file says into a row that stands; what may not change is refused."""
    schema = standing.loaded.schemas["issues"]
    new, changed = dict(row), []
    for name in sorted(_said(record, row, schema), key=schema.names.index):
        value, field = record.cells.get(name, ""), schema.by_name[name]
        if value in ("", row[name]):
            continue
        if field.change == "fixed":
            said = f"“{field.title}”登记的是“{row[name]}”，表里是“{value}”"
            _refuse(record, id_, name, said, outcome, field.title)
        else:
            new[name] = value
            changed.append(field.title)
    if record.is_refused:
        outcome.lines.append(line(record, "未导入", "改了登记后不能改的", f"issues/{id_}"))
        return
    if changed:
        outcome.rows.setdefault("issues", []).append(new)
        outcome.origin[f"issues/{id_}"] = record
    changed += _reported(record, id_, new, standing, outcome)
    why = "改了：" + "、".join(changed) if changed else "和台账里的一样"
    verdict: Verdict = "有变化" if changed else "相同"
    outcome.lines.append(line(record, "并入", why, f"issues/{id_}", verdict))


def _said(record: Record, row: Mapping[str, str], schema: Schema) -> set[str]:
    """Return the columns the file speaks of; the same deadline in other words says nothing new."""
    said = {n for n in record.said if n in schema.by_name} - {"due_text"}
    if record.cells.get("due_text") == row["due_text"] and row["due_text"]:
        said -= {"due_on", "handling"}
    return said


def _reported(
    record: Record, id_: str, row: Mapping[str, str], standing: Standing, outcome: Outcome
) -> list[str]:
    """Make an event where column ⑨ says that what was open is done; the way back is no cell's."""
    state, result = standing.states.get(id_), record.extra.get("result")
    if state is None or not result:
        return []
    if result == DONE and state.done_on is None and record.extra[DONE_ON]:
        _done(record, id_, row, standing, outcome)
        return ["整改完成"]
    if result == DOING and state.done_on is not None:
        said = f"台账里 {state.done_on} 已报完成，表里写的是正在"
        _refuse(record, id_, "result", said, outcome, "整改结果", _BACK)
        record.is_refused = False
    return []


def _refuse(
    record: Record,
    id_: str,
    name: str,
    said: str,
    outcome: Outcome,
    title: str,
    remedy: str = FIXED.remedy,
) -> None:
    outcome.find(
        FIXED,
        said,
        record.sheet,
        record.row,
        ledger="issues",
        field=name,
        title=title,
        column=record.column(name),
        subject=f"issues/{id_}",
        remedy=remedy,
    )
    record.is_refused = True


def missing(
    there: Mapping[str, dict[str, str]],
    taken: Iterable[str],
    outcome: Outcome,
    concerns: Callable[[Mapping[str, str]], bool],
    ledger: str,
    remedy: str = MISSING.remedy,
) -> None:
    """Tell what stands in the ledger and not in the file; nothing is deleted."""
    kept = set(taken)
    gone = sorted(i for i, row in there.items() if i not in kept and concerns(row))
    if not gone or not outcome.book.sheets:
        return
    outcome.missing += [f"{ledger}/{i}" for i in gone]
    more = f" 等 {len(gone)} 行" if len(gone) > NAMED else f"，共 {len(gone)} 行"
    said = f"台账里有、表里没有：{'、'.join(gone[:NAMED])}{more}；都保留"
    outcome.find(MISSING, said, outcome.book.first, None, ledger=ledger, remedy=remedy)


def line(record: Record, fate: Fate, why: str, subject: str = "", verdict: Verdict = "") -> Line:
    """Return what became of a record's row."""
    row, _ = record.sheet.seat(record.row)
    return Line(record.sheet.name, row, fate, why, subject, verdict)
