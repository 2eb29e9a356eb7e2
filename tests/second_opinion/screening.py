"""Coverage of the screening computed again, in plain SQL over the files, sharing no code."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import yaml

from tests.second_opinion.ledgers import create, load

SQL = """
CREATE TABLE went AS
SELECT place_type, place_id, visited_on AS on_day, CASE checker_level
    WHEN '村' THEN 1 WHEN '乡镇' THEN 2 WHEN '县' THEN 3 ELSE 0 END AS rung
FROM inspections WHERE home = 'U' AND mode = '自查' AND visited_on BETWEEN :since AND :day
UNION ALL
SELECT '村', village_code, checked_on, 1
FROM household_checks WHERE home = 'U' AND mode = '自查' AND checked_on BETWEEN :since AND :day;
CREATE INDEX went_key ON went (place_type, place_id);

CREATE TABLE places AS
SELECT unit_id, '工程' AS grain, works_class AS kind, works_id AS id, CASE works_class
    WHEN '千人以下' THEN 1 WHEN '千人以上' THEN 2 ELSE 3 END AS asked
FROM works WHERE status NOT IN ('闲置', '停用')
UNION ALL
SELECT unit_id, '村', CASE WHEN dispersed_households > 0 THEN '分散供水村' ELSE '集中供水村' END,
    village_code, 1 FROM villages WHERE counted_on <= :day;

CREATE TABLE kinds AS
SELECT unit_id, village_code, '脱贫不稳定户' AS kind, unstable_households AS due FROM villages
UNION ALL SELECT unit_id, village_code, '边缘易致贫户', marginal_households FROM villages
UNION ALL SELECT unit_id, village_code, '突发严重困难户', stricken_households FROM villages
UNION ALL SELECT unit_id, village_code, '其他脱贫户', lifted_households FROM villages
UNION ALL SELECT unit_id, village_code, '其他重点人群', priority_households FROM villages;

CREATE TABLE doors AS
SELECT village_code, household_kind AS kind, SUM(checked_households) AS ever,
    SUM(CASE WHEN checked_on <= :until THEN checked_households ELSE 0 END) AS timely
FROM household_checks WHERE home = 'U' AND mode = '自查' AND checked_on BETWEEN :since AND :day
GROUP BY 1, 2;
"""
PLACES = """
SELECT unit_id, grain, kind, COUNT(*), SUM(first <= :until), SUM(first > :until),
    SUM(first IS NULL AND anyone IS NOT NULL), SUM(anyone IS NULL)
FROM (SELECT p.*, MIN(CASE WHEN rung >= asked THEN on_day END) AS first, MIN(on_day) AS anyone
      FROM places AS p LEFT JOIN went AS w ON w.place_type = p.grain AND w.place_id = p.id
      GROUP BY p.grain, p.id)
GROUP BY 1, 2, 3
"""
HOUSEHOLDS = """
SELECT unit_id, '户', kind, SUM(due), SUM(MIN(due, COALESCE(timely, 0))),
    SUM(MIN(due, COALESCE(ever, 0)) - MIN(due, COALESCE(timely, 0))), 0,
    SUM(due - MIN(due, COALESCE(ever, 0)))
FROM kinds LEFT JOIN doors USING (village_code, kind) WHERE due > 0 GROUP BY 1, 2, 3
"""


def coverage(data: Path, day: date) -> dict[tuple[str, str, str], tuple[int, ...]]:
    """Due, in time, late, by a lower tier, never: by unit, grain and kind of what is due."""
    campaign = yaml.safe_load((data / "campaign.yml").read_text("utf-8"))
    named = {
        "since": str(campaign["screen_from_on"]),
        "until": str(campaign["screen_to_on"]),
        "day": day.isoformat(),
    }
    db = sqlite3.connect(":memory:")
    try:
        create(db)
        load(db, data)
        for statement in SQL.split(";\n"):
            db.execute(statement, {k: v for k, v in named.items() if f":{k}" in statement})
        return {
            tuple(row[:3]): tuple(int(n or 0) for n in row[3:])
            for query in (PLACES, HOUSEHOLDS)
            for row in db.execute(query, {k: v for k, v in named.items() if f":{k}" in query})
        }
    finally:
        db.close()
