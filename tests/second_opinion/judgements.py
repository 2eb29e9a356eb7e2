"""What was told, judged and struck, and what a unit reported, declared none or kept silent on."""

from __future__ import annotations

import sqlite3

from tests.second_opinion.ledgers import drop_orphans, schemas

# One deciding fact judgement a row judged (机构落实: a unit): 终评 over 核查, then the latest.
DECIDING = """
CREATE TABLE deciding AS SELECT * FROM (
    SELECT fact, answer, subject_id, unit_id, ROW_NUMBER() OVER (
        PARTITION BY fact, CASE fact WHEN '机构落实' THEN unit_id ELSE subject_id END
        ORDER BY stage = '终评' DESC, judged_on DESC, judgement_id DESC) AS place
    FROM judgements WHERE home = 'C' AND fact IS NOT NULL AND stage IN ('核查', '终评'))
WHERE place = 1
"""

# The final word on a clause: signed, in points or 不适用.
FINAL = """
SELECT unit_id, clause_id, kind, points FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY unit_id, clause_id
        ORDER BY judged_on DESC, judgement_id DESC) AS place
    FROM judgements WHERE home = 'C' AND stage = '终评' AND signed_on IS NOT NULL
        AND kind IN ('分值', '不适用'))
WHERE place = 1
"""


def strike(db: sqlite3.Connection) -> None:
    """Take the rows judged untrue (属实, 否) out of the evidence, with what hangs on them."""
    db.execute(DECIDING)
    for name, schema in schemas().items():
        key = schema["primaryKey"]
        if schema["home"] != "R" and len(key) == 1 and name != "judgements":
            db.execute(
                f"DELETE FROM {name} WHERE {key[0]} IN"  # noqa: S608 - schema names
                " (SELECT subject_id FROM deciding WHERE fact = '属实' AND answer = '否')"
            )
    drop_orphans(db)


# --------------------------------------------------------------- reported, none, not reported


def reported(db: sqlite3.Connection, ledger: str, kind: str | None) -> set[str]:
    """Units with a row of the ledger (and kind), or a zero return that covers the data date."""
    column = {"phones": "role", "responsibilities": "place_type"}.get(ledger, "kind")
    test = f"AND {column} = :kind" if kind else ""
    rows = db.execute(
        f"""
        SELECT unit_id FROM {ledger} WHERE home = 'U' {test}
        UNION
        SELECT unit_id FROM nil_returns, run WHERE ledger = :ledger
            AND d BETWEEN covers_from AND covers_to AND (kind IS NULL OR kind = :kind)
        """,  # noqa: S608 - names from CLAUSES
        {"kind": kind, "ledger": ledger},
    )
    return {unit for (unit,) in rows}


def hear(db: sqlite3.Connection) -> None:
    """Take out what the units have not been told: visits without feedback, unsigned judgements."""
    db.execute("DELETE FROM inspections WHERE home = 'C' AND feedback_on IS NULL")
    db.execute("DELETE FROM judgements WHERE home = 'C' AND signed_on IS NULL")
    drop_orphans(db)
