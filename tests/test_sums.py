"""Sums of what is withheld: with them every point can be recomputed from public rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure, water
from pipeline.assessment import sums
from pipeline.assessment.editions.y2022 import EDITION
from pipeline.assessment.evidence import Evidence, Kept
from pipeline.assessment.known import Known
from pipeline.dates import Workdays
from pipeline.ledgers import Row, Snapshot, load, load_schemas
from pipeline.ledgers.schemas import PUBLISHED
from pipeline.publication.downloads import Columns, public_schema
from pipeline.readings import Readings
from tests.test_schemas import test_every_column_explains_itself as explains

DAY = date(2022, 9, 16)


def known_of(snapshot: Snapshot) -> Known:
    """Return what is known of a snapshot on the day."""
    told = snapshot.as_of(DAY)
    return Known(told, DAY, water.judged(told), Workdays.from_rows(told["workdays"]))


@pytest.fixture(scope="module", params=["story", "city"])
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    """The rows of the story, and of the city."""
    found = load(EXAMPLE if request.param == "story" else PROJECT / "data").snapshot
    assert found is not None
    return found


def closed(snapshot: Snapshot) -> Snapshot:
    """Close every third row of each ledger that may keep rows to itself."""
    tables = dict(snapshot.tables)
    for name, rows in snapshot.tables.items():
        if rows and snapshot.schemas[name].row_gate == "is_public":
            tables[name] = tuple(
                row if number % 3 else row._replace(is_public=False)
                for number, row in enumerate(rows)
            )
    return replace(snapshot, tables=MappingProxyType(tables))


@pytest.mark.parametrize("reading", ["split", "from-assessment"])
def test_household_sums_give_what_the_clauses_count(snapshot: Snapshot, reading: str) -> None:
    """Per unit, over the periods since the day that reading G33 says, from outside."""
    view = disclosure.view(snapshot, DAY, "digest")
    readings = Readings.from_rows(snapshot["readings"]).but(G33=reading)
    counted = ("排查阶段", "考评阶段") if reading == "split" else ("考评阶段",)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in view["household_sums"]:
        if (row.checked_by, row.household_group) == ("外部", "脱贫户和监测户") and (
            row.period in counted
        ):
            found[row.unit_id] += Counter(
                unsafe_households=row.unsafe_households
                - row.listed_households
                - row.repeat_unsafe_households,
                safety_households=row.safety_households,
                lacking_households=row.lacking_households - row.repeat_lacking_households,
                paper_households=row.paper_households,
            )

    known = known_of(snapshot)
    for unit in snapshot["units"]:
        evidence = Evidence(known, unit.id, readings, Kept())
        for name in ("unsafe_households", "safety_households", "lacking_households",
                     "paper_households"):  # fmt: skip
            assert found[unit.id][name] == getattr(evidence, name).total, (unit.id, name)


def only(known: Known, keeps: Callable[[Row], bool]) -> Known:
    """Return what would be known if only some rows were there."""
    return known.of_rows({name: tuple(filter(keeps, r)) for name, r in known.told.tables.items()})


def test_open_rows_and_withheld_sums_together_are_the_evidence(snapshot: Snapshot) -> None:
    """Whatever rows are closed: what the open ones give, plus the sum, is what is counted."""
    spoilt = closed(snapshot)
    view = disclosure.view(spoilt, DAY, "digest")
    rows = {row.ref for table in view.tables.values() for row in table}
    known = known_of(spoilt)
    heard = only(known, lambda row: row.table not in ("inspections", "findings") or row.ref in rows)
    open_only = only(
        heard, lambda row: known.told.schemas[row.table].row_gate is None or row.ref in rows
    )
    readings = Readings.from_rows(spoilt["readings"])
    more = {(r.unit_id, r.evidence, r.kind): r.amount for r in view["withheld_sums"]}

    assert more
    for unit in spoilt["units"]:
        full = Evidence(heard, unit.id, readings, Kept())
        some = Evidence(open_only, unit.id, readings, Kept())
        for name in sums.names([EDITION]):
            kinds = {f.kind for e in (full, some) for f in getattr(e, name).facts}
            for kind in kinds:
                told = getattr(some, name).of(kind).total
                told += more.get((unit.id, name, kind or "不分"), 0)
                assert told == getattr(full, name).of(kind).total, (unit.id, name, kind)


def test_no_sum_speaks_of_a_visit_before_the_unit_has_been_told(snapshot: Snapshot) -> None:
    """A visit without feedback leaves no trace, not even in a sum."""
    untold = [
        row._replace(feedback_on=None) if row.shard.home == "C" else row
        for row in snapshot["inspections"]
    ]
    view = disclosure.view(
        replace(snapshot, tables=dict(snapshot.tables) | {"inspections": tuple(untold)}), DAY, ""
    )

    assert [
        row for row in view["withheld_sums"] if row.evidence.endswith(("_seen", "_faults"))
    ] == []


def test_evidence_is_shown_as_being_there_or_not(snapshot: Snapshot) -> None:
    """The column itself stays inside; that it is filled in is what the clause asks."""
    view = disclosure.view(snapshot, DAY, "digest")
    inside = snapshot.index("activities")

    for row in view["activities"]:
        assert row.has_evidence == (inside[row.id].evidence_ref is not None)
        assert not hasattr(row, "evidence_ref")
    assert "has_evidence" in [f.name for f in Columns(view, "activities").fields]
    assert "has_evidence" in [f["name"] for f in public_schema(view, "activities")["fields"]]


def test_the_tables_of_sums_explain_themselves() -> None:
    """Their schemas are as complete as those of the ledgers; no column is less than public."""
    found = load_schemas(PUBLISHED)

    assert set(found) == {
        "evidence_coverage",
        "guarantee_coverage",
        "household_sums",
        "reporting_status",
        "screening_coverage",
        "withheld_sums",
    }
    for schema in found.values():
        assert {f.visibility for f in schema.fields} == {"P"}
        for field in schema.fields:
            explains(schema, field)
