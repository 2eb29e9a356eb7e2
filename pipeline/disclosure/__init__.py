"""What may be seen: the view of an audience, made by allow-list.

Publication gets everything from a `View` and nothing from the ledgers. Of every ledger only the
columns that its schema marks public pass (P as they are, M masked); rows behind a closed gate do
not exist, and nothing that passes names them; columns marked A appear only as sums of a unit;
columns marked I never, though a column may be shown as whether it is filled in. Tables of sums
stand beside the ledgers, so that points that rest on closed rows can be recomputed all the same.
What is derived (states, verdicts, reporting, scores) is carried along for the rows that passed; a
score still names what it rests on, but rows that may not be opened are only counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypedDict

from pipeline import assessment, evidence, rectification, water
from pipeline.assessment import PUBLIC, Audience, contract
from pipeline.assessment.known import STRIKES, Known
from pipeline.checks import catalogue
from pipeline.dates import Workdays
from pipeline.disclosure.door import by_itself, masked_name, masked_phone
from pipeline.disclosure.followed import Followed, followed
from pipeline.disclosure.frozen import Frozen
from pipeline.disclosure.hanging import Hanging
from pipeline.disclosure.past import Past, past
from pipeline.disclosure.screened import Screening, disclosed
from pipeline.disclosure.totals import COMPUTED, checked_on, computed, roster_coverage, summed
from pipeline.findings import Rule
from pipeline.history import History
from pipeline.inspection import Feedback, feedback
from pipeline.ledgers import Snapshot
from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.schemas import Schemas
from pipeline.ledgers.tables import Tables
from pipeline.pivots import Pivots
from pipeline.reporting import Reporting, reporting_table
from pipeline.rowtypes import Row, ShownLedgers

NO_PAST = Past()

__all__ = ["View", "masked_name", "masked_phone", "view"]


@dataclass(frozen=True, kw_only=True)
class View(ShownLedgers, Tables):
    """What one audience may see as of one day. Rows are named tuples of the allowed columns only.

    `standings` gives what is known of the water of a place, by place_type and place_id;
    `possible_twins` gives the issues that may be the same as an issue, registered twice;
    `sources` names what all rows of a ledger hang on, the day and a part of the input, where no
    other ledger had a say in them, and the same of tables derived from few ledgers (`hanging`);
    `sums` gives unit -> "ledger.column" -> total for columns that are public only in sums;
    `objections` the last day on which one may object to a 销号, by issue; `proofs` by unit how many
    rows that must cite evidence do;
    `checked_on` the day of the last household check of a village, whatever it found;
    `feedback` how many visits from outside each unit was told of in time, only as counts;
    `roster_coverage` unit -> (villages with all five roles, villages with supply); `score_data` is
    the JSON contract of the scores, `score_table` the same as rows of text under a header; `rules`
    are all that the ledgers were checked against. `past` is what may be told of their history.
    `published` are editions of reports as they were published, each as JSON, by id and revision.
    `pivots` adds up counts of rows, and may know the sums already.
    `beside` is the same view once for each further edition of the rules that the campaign names,
    with the scores of that edition.
    """

    audience: Audience
    as_of_on: date
    digest: str
    parts: Mapping[str, str]
    sources: Mapping[str, str]
    campaign: Campaign
    schemas: Schemas
    states: Mapping[str, rectification.State]
    histories: Mapping[str, tuple[rectification.Step, ...]]
    objections: Mapping[str, date]
    verdicts: Mapping[str, water.Verdict]
    standings: Mapping[tuple[str, str], water.Standing]
    sums: Mapping[str, Mapping[str, int]]
    checked_on: Mapping[str, date]
    roster_coverage: Mapping[str, tuple[int, int]]
    reporting: Mapping[str, Mapping[str, Reporting]]
    screening: Screening
    proofs: Mapping[str, tuple[evidence.Coverage, ...]]
    followup: Followed
    possible_twins: Mapping[str, tuple[str, ...]]
    feedback: Mapping[str, Feedback]
    assessment: assessment.Assessment
    score_data: Mapping[str, Any]
    score_table: tuple[tuple[str, ...], ...]
    transitions: tuple[tuple[str, str, str], ...]
    rules: tuple[Rule, ...]
    past: Past = NO_PAST
    archives: Mapping[str, Frozen] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)
    pivots: Pivots = field(default_factory=Pivots, compare=False)
    beside: tuple[View, ...] = ()


def view(
    snapshot: Snapshot,
    day: date,
    digest: str,
    audience: Audience = PUBLIC,
    parts: Mapping[str, str] = MappingProxyType({}),
    apart: Callable[[], Mapping[str, Mapping[str, assessment.Alone]]] = dict,
    history: History | None = None,
    pivots: Pivots | None = None,
) -> View:
    """Return what an audience may see of a snapshot as of a day.

    `digest` names the input; it is printed on every page. `parts` are the digests of its parts; the
    download of a ledger names that of its own. `apart` is asked late for the scores of units by
    themselves, by edition, where they are known; `history` is what git says of the ledgers;
    `pivots` adds up counts, and keeps the sums if it has a store.
    """
    told = snapshot.as_of(day)
    tables, by_themselves = by_itself(told, audience)
    hanging = Hanging(day, parts)
    hanging.ledgers(by_themselves)
    judged = water.judged(snapshot)
    workdays = Workdays.from_rows(told["workdays"])
    heard = assessment.heard(told, audience)
    editions = assessment.of_campaign(told.campaign)
    known = Known(heard, day, judged, workdays)
    screening = hanging.derived(
        "screening", known.snapshot, lambda heard: disclosed(heard, day, audience), STRIKES
    )
    units = [unit.unit_id for unit in sorted(told["units"], key=lambda u: u.sort_no)]
    proofs = evidence.coverage(known.snapshot, units)
    tables |= computed(known, tables, editions, screening, proofs)
    states = rectification.states(told, day)
    verdicts = hanging.derived(
        "verdicts",
        told,
        lambda told: water.cured(told["water_tests"], judged),
        *water.JUDGED_BY,
    )
    earlier = assessment.milestones(told.campaign, day)
    alone = apart()
    found = (
        assessment.assess(snapshot, day, earlier, alone.get(one.id), audience, one)
        for one in editions
    )
    first, *others = (_disclosed(scores, tables) for scores in found)
    made = View(
        audience=audience,
        as_of_on=day,
        digest=digest,
        parts=parts,
        campaign=told.campaign,
        schemas=Schemas({s.name: s.published for s in told.schemas.values()} | dict(COMPUTED)),
        tables=MappingProxyType(tables),
        states=MappingProxyType(states),
        histories=MappingProxyType(rectification.histories(told)),
        objections=MappingProxyType(
            rectification.objection_windows(states, workdays, told.campaign.objection_workdays)
        ),
        verdicts=MappingProxyType(verdicts),
        standings=MappingProxyType(
            hanging.derived(
                "standings",
                told,
                lambda told: water.standings(told["water_tests"], verdicts),
                *water.JUDGED_BY,
            )
        ),
        sums=summed(told),
        checked_on=hanging.derived("checked_on", told, checked_on),
        roster_coverage=roster_coverage(told, day),
        reporting=reporting_table(told, day),
        screening=screening,
        proofs=MappingProxyType(
            {unit: tuple(one for one in proofs if one.unit_id == unit) for unit in units}
        ),
        followup=followed(told, day, audience),
        possible_twins=MappingProxyType(_open_only(rectification.twins(told, states), tables)),
        feedback=MappingProxyType(feedback(told["inspections"], day)),
        **_scored(first),
        transitions=tuple(
            (old, event, new) for (old, event), new in rectification.TRANSITIONS.items()
        ),
        rules=catalogue(),
        pivots=pivots or Pivots(),
        past=past(history, tables, told.schemas, units, day),
        sources=hanging.told(),
    )
    return replace(made, beside=tuple(replace(made, **_scored(scores)) for scores in others))


def _open_only(
    twins: Mapping[str, tuple[str, ...]], tables: Mapping[str, tuple[Row, ...]]
) -> dict[str, tuple[str, ...]]:
    """Name only issues that the audience may open."""
    shown = {row.id for row in tables["issues"]}
    told = {one: tuple(t for t in twins[one] if t in shown) for one in twins.keys() & shown}
    return {one: told[one] for one in sorted(told) if told[one]}


class _Scored(TypedDict):
    """What of a view changes with the edition of the rules."""

    assessment: assessment.Assessment
    score_data: Mapping[str, Any]
    score_table: tuple[tuple[str, ...], ...]


def _scored(scores: assessment.Assessment) -> _Scored:
    return {
        "assessment": scores,
        "score_data": MappingProxyType(contract.to_json(scores, scores.sheets)),
        "score_table": (contract.COLUMNS, *contract.to_rows(scores, scores.sheets)),
    }


def _disclosed(
    scores: assessment.Assessment, tables: Mapping[str, tuple[Row, ...]]
) -> assessment.Assessment:
    """Let scores name only the rows that the audience may open, and count the others."""
    cited = {ref for sheet in scores.sheets.values() for one in sheet.lines for ref in one.rows}
    cited |= {ref for some in scores.wins.values() for one in some for ref in one.rows}
    ledgers = {ref.partition("/")[0] for ref in cited}
    visible = {row.ref for name in ledgers for row in tables.get(name, ())}

    def line(one: assessment.Line) -> assessment.Line:
        rows = tuple(row for row in one.rows if row in visible)
        return replace(one, rows=rows, hidden=len(one.rows) - len(rows))

    def win(one: assessment.Win) -> assessment.Win:
        return replace(one, rows=tuple(row for row in one.rows if row in visible))

    return replace(
        scores,
        sheets={
            unit: replace(sheet, lines=tuple(map(line, sheet.lines)))
            for unit, sheet in scores.sheets.items()
        },
        wins={unit: tuple(map(win, some)) for unit, some in scores.wins.items()},
    )
