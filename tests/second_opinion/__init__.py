"""A second computation of the 23 clauses, in plain SQL, sharing no code with the pipeline.

It is written from data-model.md (conventions, as-of rule, what each clause counts) and
domain.md 1.4, so that a mistake in the pipeline and a mistake here seldom agree.
It knows every option of each reading; which is in force stands in `readings.csv`, unless
another is asked for. The numbers of those options are read from the `parameter` column.

`score` reads the ledgers; `published` nothing but the downloads of a site, as anybody can.
Water results are judged here again by `water_limits` (see `VERDICTS`); a stated pass counts
only for a sample without results, a stated failure also where its results do not decide.
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

__all__ = ["CLAUSES", "OPTIONS", "published", "score", "tables_of"]

Score = tuple[Decimal | None, str]
CLAUSES: dict[str, Clause] = {
    name: clause
    for part in (part_1_2, part_3, part_4, part_5, part_6)
    for name, clause in part.CLAUSES.items()
}


def tables_of(data: Path) -> bytes:
    """The ledgers of a data folder as an image of a database, to be scored more than once."""
    with _database() as db:
        load(db, data)
        db.commit()
        return db.serialize()


def score(
    data: Path,
    as_of: str | None = None,
    audience: str = "public",
    tables: bytes | None = None,
    **options: str,
) -> dict[str, dict[str, Score]]:
    """Points (None if not reported) and status of every clause of every unit of a data folder.

    `options` are readings to be read otherwise than the data choose; `tables` are those of the
    folder, if they were read before.
    """
    campaign = yaml.safe_load((data / "campaign.yml").read_text("utf-8"))
    day = data_date(campaign, as_of)
    with _database(tables) as db:
        if tables is None:
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
def _database(tables: bytes | None = None) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    try:
        db.create_function("holds", 2, _holds, deterministic=True)
        if tables is None:
            create(db)
        else:
            db.deserialize(tables)
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
    is_pooled = bool(db.execute("SELECT says('G14', 'pooled')").fetchone()[0])
    scores = _computed(db, units, told, more, is_pooled=is_pooled)
    finals = db.execute(FINAL).fetchall()
    if is_pooled:
        for unit, clauses in scores.items():
            _pool(clauses, {clause for one, clause, *_ in finals if one == unit})
    _finished(finals, scores)
    return scores


def _holds(text: str | None, member: str) -> bool:
    """Whether a cell parted by bars has a member."""
    return member in (text or "").split("|")


def _computed(
    db: sqlite3.Connection,
    units: list[str],
    told: Mapping[str, set[str]],
    more: Mapping[str, Mapping[str, float]],
    *,
    is_pooled: bool,
) -> dict[str, dict[str, Score]]:
    """Every clause of every unit from the evidence; pooled ones may stand below nothing."""
    known = public.DENOMINATORS | {name for clause in CLAUSES.values() for name in clause.faults}
    if unknown := set(more) - known:
        raise ValueError(f"no clause adds {sorted(unknown)}")
    scores: dict[str, dict[str, Score]] = {unit: {} for unit in units}
    for clause_id, clause in CLAUSES.items():
        values = dict(db.execute(clause.sql).fetchall())
        for unit in units:
            value = values.get(unit, 0)
            if clause.faults:
                value += sum(more.get(name, {}).get(unit, 0) for name in clause.faults)
            said = all(unit in told[need] for need in clause.needs)
            low = "-11" if is_pooled and clause_id in part_5.POOL else clause.low
            scores[unit][clause_id] = _points(clause, value if said else None, low)
    return scores


def _points(clause: Clause, value: Any, low: str) -> Score:
    """Turn the number of a query into points, not below `low` and within the clause's bounds."""
    if value is None:
        return None, "not_reported"
    if value == "n/a":
        return Decimal(clause.full), "not_applicable"
    if value == "out":
        return None, "not_applicable"
    points = Decimal(str(value))
    if clause.each:
        points = Decimal(clause.full) - Decimal(clause.each) * points
    points = max(Decimal(low), min(Decimal(clause.high or clause.full), points))
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP), "scored"


def _pool(scores: dict[str, Score], judged: set[str]) -> None:
    """Let what is below nothing eat the other pooled points, in their order."""
    own = {c: scores[c][0] for c in part_5.POOL if c not in judged}
    debt = -sum(points for points in own.values() if points is not None and points < 0)
    for clause_id, points in own.items():
        if points is not None:
            left = max(Decimal(0), points)
            scores[clause_id] = max(Decimal(0), left - debt), scores[clause_id][1]
            debt = max(Decimal(0), debt - left)


def _finished(finals: list[tuple], scores: dict[str, dict[str, Score]]) -> None:
    """Let a signed final judgement replace what was computed."""
    for unit, clause_id, kind, points in finals:
        if unit in scores and kind == "分值":
            scores[unit][clause_id] = Decimal(str(points)), "judged"
        elif unit in scores:
            scores[unit][clause_id] = Decimal(CLAUSES[clause_id].full), "not_applicable"
