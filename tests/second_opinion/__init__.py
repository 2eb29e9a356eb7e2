"""A second computation of the 23 clauses, in plain SQL, sharing no code with the pipeline.

It is written from data-model.md (conventions, as-of rule, what each clause counts) and
domain.md 1.4, so that a mistake in the pipeline and a mistake here seldom agree.
It knows the options of `OPTIONS`, of most readings only the one chosen in the committed
`readings.csv`, and refuses any other; their numbers are read from the `parameter` column.

`score` reads the ledgers; `published` nothing but the downloads of a site, as anybody can.
Water results are judged here again by `water_limits` (see `VERDICTS`); only a sample none
of whose results can be judged keeps its stated conclusion.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

from tests.second_opinion import part_1_2, part_3, part_4, part_5, part_6, public
from tests.second_opinion.clause import Clause
from tests.second_opinion.judgements import FINAL, hear, reported, strike
from tests.second_opinion.ledgers import create, cut_at, load
from tests.second_opinion.lives import live
from tests.second_opinion.readings import OPTIONS, choose, data_date, start
from tests.second_opinion.shared import PERIODS, SHARED, VERDICTS

__all__ = ["CLAUSES", "OPTIONS", "published", "score"]

Score = tuple[Decimal | None, str]
CLAUSES: dict[str, Clause] = {
    name: clause
    for part in (part_1_2, part_3, part_4, part_5, part_6)
    for name, clause in part.CLAUSES.items()
}


def score(
    data: Path, as_of: str | None = None, audience: str = "public", **options: str
) -> dict[str, dict[str, Score]]:
    """Points (None if not reported) and status of every clause of every unit of a data folder.

    `options` are readings to be read otherwise than the data choose.
    """
    campaign = yaml.safe_load((data / "campaign.yml").read_text("utf-8"))
    day = data_date(campaign, as_of)
    with _database() as db:
        load(db, data)
        choose(db, options)
        start(db, campaign, day)
        cut_at(db, day.isoformat())
        if audience == "public":
            hear(db)
        needs = {need for clause in CLAUSES.values() for need in clause.needs}
        told = {n: reported(db, n.partition("/")[0], n.partition("/")[2]) for n in needs}
        return _scores(db, told, {})


def published(folder: Path, **options: str) -> dict[str, dict[str, Score]]:
    """The same from the public files alone: the folder of downloads of a site."""
    days = public.campaign(folder)
    with _database() as db:
        public.load(db, folder, days)
        choose(db, options)
        start(db, days, data_date(days, None))
        more = public.withheld(db, folder, days)
        return _scores(db, public.reported(folder), more)


@contextmanager
def _database() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    try:
        db.create_function("holds", 2, _holds, deterministic=True)
        create(db)
        yield db
    finally:
        db.close()


def _scores(
    db: sqlite3.Connection, told: Mapping[str, set[str]], more: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, Score]]:
    """Every clause of every unit; `more` are faults of evidence and unit beside the rows."""
    strike(db)
    live(db)
    db.executescript(SHARED + VERDICTS + PERIODS)
    units = [unit for (unit,) in db.execute("SELECT unit_id FROM units ORDER BY sort_no")]
    scores = _computed(db, units, told, more)
    _finished(db, scores)
    return scores


def _holds(text: str | None, member: str) -> bool:
    """Whether a cell parted by bars has a member."""
    return member in (text or "").split("|")


def _computed(
    db: sqlite3.Connection,
    units: list[str],
    told: Mapping[str, set[str]],
    more: Mapping[str, Mapping[str, float]],
) -> dict[str, dict[str, Score]]:
    """Every clause of every unit from the evidence."""
    known = public.DENOMINATORS | {name for clause in CLAUSES.values() for name in clause.faults}
    if unknown := set(more) - known:
        raise ValueError(f"no clause adds {sorted(unknown)}")
    scores: dict[str, dict[str, Score]] = {unit: {} for unit in units}
    for clause_id, clause in CLAUSES.items():
        values = dict(db.execute(clause.sql).fetchall())
        for unit in units:
            value = values.get(unit, 0)
            if clause.faults and value != "n/a":
                value += sum(more.get(name, {}).get(unit, 0) for name in clause.faults)
            said = all(unit in told[need] for need in clause.needs)
            scores[unit][clause_id] = _points(clause, value if said else None)
    return scores


def _points(clause: Clause, value: Any) -> Score:
    """Turn the number of a query into points within the bounds of the clause."""
    if value is None:
        return None, "not_reported"
    if value == "n/a":
        return Decimal(clause.full), "not_applicable"
    points = Decimal(str(value))
    if clause.each:
        points = Decimal(clause.full) - Decimal(clause.each) * points
    points = max(Decimal(clause.low), min(Decimal(clause.high or clause.full), points))
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP), "scored"


def _finished(db: sqlite3.Connection, scores: dict[str, dict[str, Score]]) -> None:
    """Let a signed final judgement replace what was computed."""
    for unit, clause_id, kind, points in db.execute(FINAL):
        if unit in scores and kind == "分值":
            scores[unit][clause_id] = Decimal(str(points)), "judged"
        elif unit in scores:
            scores[unit][clause_id] = Decimal(CLAUSES[clause_id].full), "not_applicable"
