"""The clauses as declared: examples hold, points add up, one more fault never gives more."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assessment.editions.y2022 import EDITION
from pipeline.assessment.evidence import QUERIES, MadeUp
from pipeline.assessment.evidence.duties import DEPUTY, FIRST
from pipeline.assessment.evidence.events import ORDINARY, SEVERE
from pipeline.assessment.evidence.papers import FULL, OPERABLE, PARTIAL, WRITTEN
from pipeline.assessment.rulebook import rounded
from pipeline.readings import SETTLED, SWITCHES, Readings

EXAMPLES = [
    pytest.param(clause, example, id=f"{name} {example.sentence}")
    for name, clause in EDITION.clauses.items()
    for example in clause.examples
]
FAULTS = {
    "三.1": ("government_posting_faults",),
    "三.2": ("water_leader_faults",),
    "三.3": ("failed_manager_calls", "works_without_manager"),
    "五.1": ("unsafe_households",),
    "五.2": ("late_or_recurrent_issues", "unlisted_assignments", "dropped_assignments"),
    "五.3": (
        "untested_places",
        "seldom_tested_places",
        "unposted_reports",
        "failing_places",
        "unfiled_reports",
    ),
    "五.4①": ("station_faults",),
    "五.4②": ("laboratory_faults",),
    "五.4③": ("disinfection_faults",),
    "五.4④": ("material_faults", "lacking_households"),
    "五.5①": ("faulty_returns",),
    "五.5②": ("unanswered_hotline_calls",),
    "六.1": ("grave_events", "repeated_problems"),
    "六.2": ("exposures",),
}
MERITS = {
    "一.1": ("leader_visits",),
    "一.2": ("appraisal_papers",),
    "二.2": ("milestones_met",),
    "五.1": ("screening_papers",),
    "五.4⑤": ("trainings",),
    "六.2": ("press_pieces",),
    "六.3": ("model_speeches", "forwarded_examples"),
}
STANDING = {
    "milestones_due": 30,
    "screening_papers": 1,
    "large_works": 1,
    "returns_due": 30,
    "water_leaders_posted": [FIRST],
}
KINDS = {
    "grave_events": (ORDINARY, SEVERE),
    "repeated_problems": (ORDINARY, SEVERE),
    "exposures": (ORDINARY, SEVERE),
    "press_pieces": ("县", "市", "省"),
    "appraisal_papers": (WRITTEN,),
}


def points(name: str, evidence: dict, readings: Readings | None = None) -> Decimal | None:
    """Return the points that a clause gives for made-up evidence."""
    return EDITION.clauses[name].rule(MadeUp(evidence), readings or Readings()).points


@pytest.mark.parametrize(("clause", "example"), EXAMPLES)
def test_every_worked_example_gives_its_points(clause, example):
    """What the clause page prints is what the clause does."""
    award = clause.rule(MadeUp(example.evidence), Readings(example.readings))

    assert (None if award.points is None else rounded(award.points)) == example.points
    assert award.because


def test_the_clauses_are_those_of_annex_3():
    """23 in official order, each with its bounds; without the adjustments they make a hundred."""
    bounds = {name: (int(c.low), int(c.full)) for name, c in EDITION.clauses.items()}

    assert list(bounds.items()) == list(EDITION.annex.bounds.items())
    assert sum(c.full for c in EDITION.clauses.values() if c.is_base) == 100


@pytest.mark.parametrize("clause", EDITION.clauses.values(), ids=list(EDITION.clauses))
def test_a_clause_says_itself_in_chinese_with_its_figures(clause):
    """Title, restatement, at least two examples; the figure of its full points is in the words."""
    assert len(clause.examples) >= 2
    assert re.search(r"[\u4e00-\u9fff]{2}", clause.title)
    assert not re.search(r"[a-z]{3}", clause.text)
    worth = int(clause.full or -clause.low)
    assert re.search(rf"(?<!\d){worth}分", clause.text) or f"{worth}分" in clause.text


SOURCE = re.compile(r"附件3 \S+|O-[0-9]{1,2}|G[0-9]{1,2}|GB(/T)? [0-9]+(-[0-9]{4})?")


@pytest.mark.parametrize("clause", EDITION.clauses.values(), ids=list(EDITION.clauses))
def test_a_clause_says_where_it_stands_and_why_it_matters(clause):
    """Its own number of Annex 3 first; one sentence, which is not its restatement again."""
    assert clause.source[0] == f"附件3 {clause.id}"
    for source in clause.source:
        assert SOURCE.fullmatch(source), source
        assert not source.startswith("G") or source in {*SWITCHES, *SETTLED} or "GB" in source
    assert re.fullmatch(r"[^。\s]{8,40}。", clause.why)
    assert clause.why not in clause.text


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_a_query_says_in_chinese_which_rows_count(query):
    """The clause page prints it for people who have never seen the program."""
    assert re.search(r"[\u4e00-\u9fff]{4}", query.text)
    assert query.text.endswith(("。", "）", "。\n"))
    assert query.word
    assert query.measure


def test_every_query_is_used_by_a_clause():
    """Evidence that no clause counts would be dead code."""
    named = {query.name for clause in EDITION.clauses.values() for query in clause.queries}
    inner = {
        "vacant_townships", "late_postings", "issues_at_stake", "water_leaders_claimed",
        "agency_on_paper",
    }  # fmt: skip

    assert set(QUERIES) - inner <= named | set(STANDING)


options = st.fixed_dictionaries({name: st.sampled_from(known) for name, known in SWITCHES.items()})
CHARGES = [(name, query) for name, queries in FAULTS.items() for query in queries]
EARNS = [(name, query) for name, queries in MERITS.items() for query in queries]


def _facts(query: str, count: int, kind: int) -> int | list[str]:
    kinds = KINDS.get(query)
    return [kinds[(kind + n) % len(kinds)] for n in range(count)] if kinds else count


@given(
    case=st.sampled_from(CHARGES), count=st.integers(0, 29), kind=st.integers(0, 2), chosen=options
)
def test_one_more_fault_never_gives_more(case, count, kind, chosen):
    """Under any readings, however many faults there are already."""
    name, query = case
    readings = Readings(chosen)

    fewer = points(name, STANDING | {query: _facts(query, count, kind)}, readings)
    more = points(name, STANDING | {query: _facts(query, count + 1, kind)}, readings)

    assert fewer is not None
    assert more is not None
    assert more <= fewer


@given(
    case=st.sampled_from(EARNS), count=st.integers(0, 29), kind=st.integers(0, 2), chosen=options
)
def test_one_more_merit_never_gives_less(case, count, kind, chosen):
    """A visit, a paper, a piece of news more does no harm."""
    name, query = case
    readings = Readings(chosen | {"G3": "milestones"})
    standing = {key: value for key, value in STANDING.items() if key != query}

    fewer = points(name, standing | {query: _facts(query, count, kind)}, readings)
    more = points(name, standing | {query: _facts(query, count + 1, kind)}, readings)

    assert fewer is not None
    assert more is not None
    assert more >= fewer


@given(data=st.data(), chosen=options)
def test_points_keep_within_the_bounds_of_the_clause(data, chosen):
    """Whatever the evidence; only pooled items may owe each other, never below all eleven."""
    name = data.draw(st.sampled_from(list(EDITION.clauses)))
    clause = EDITION.clauses[name]
    kinds = [
        FIRST,
        DEPUTY,
        FULL,
        PARTIAL,
        OPERABLE,
        ORDINARY,
        SEVERE,
        "县",
        "市",
        "省",
        "政府",
        "部门",
    ]
    evidence = {
        query.name: data.draw(
            st.one_of(st.integers(0, 40), st.lists(st.sampled_from(kinds), max_size=5))
        )
        for query in clause.queries
    }

    evidence["milestones_met"] = evidence.get("milestones_due", 0)  # never more than were due

    award = clause.rule(MadeUp(evidence), Readings(chosen | {"G3": "milestones"}))

    owes = chosen["G14"] == "pooled" and name.startswith("五.4") and name != "五.4⑤"
    low = Decimal(-11) if owes else clause.low
    if award.points is not None:
        assert low <= award.points <= max(clause.full, clause.low)
