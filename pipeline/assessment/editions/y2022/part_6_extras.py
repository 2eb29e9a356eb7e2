"""Annex 3, part 6: points added and taken off beside the hundred (六.1 to 六.3).

A problem that was exposed twice or more stands in both 六.1 and 六.2. Unless it is charged in both
it is charged where that leaves fewer points (G16), weighed over all such problems and with the
bounds of both clauses: otherwise one more exposure could move a charge to where it costs less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from pipeline.assessment.editions.y2022.book import clause
from pipeline.assessment.evidence import Counted, Fact, Queried
from pipeline.assessment.evidence.events import ORDINARY, SEVERE
from pipeline.assessment.known import Place
from pipeline.assessment.rulebook import Award, adjust
from pipeline.readings import Readings

ZERO = Decimal(0)
COUNTY, CITY, ABOVE = "县", "市", ("省", "国家")
GRAVE = {ORDINARY: 1, SEVERE: 5}
EXPOSED = {ORDINARY: 2, SEVERE: 5}
"""Points that a fact of each kind costs in 六.1 and in 六.2."""
MOST = 10
"""Points that 六.1 takes off at most."""

Problems = frozenset[Place | None]


def _about(problem: str, *kinds: str) -> list[Fact]:
    """Return made-up facts about one problem, for examples."""
    return [Fact(kind=kind, place=("问题", problem)) for kind in kinds]


@clause(
    "六.1",
    title="重大负面事件",
    full=0,
    source=("附件3 六.1", "O-5", "G16"),
    why="出了事故、污染，或者同一问题反复被披露，再多的分也补不回。",
    examples=[
        ("没有发生", {}, "0"),
        ("1项，情况一般", {"grave_events": [ORDINARY]}, "-1"),
        ("1项，情况严重", {"grave_events": [SEVERE]}, "-5"),
        ("3项都严重，最多减10分", {"grave_events": [SEVERE] * 3}, "-10"),
        ("同一问题被反映2次，没有媒体披露", {"repeated_problems": _about("甲", ORDINARY)}, "-1"),
        (
            "同一问题被媒体披露2次，在六.2扣4分比这里扣1分重，这里不再扣",
            {
                "repeated_problems": _about("甲", ORDINARY),
                "exposures": _about("甲", ORDINARY, ORDINARY),
            },
            "0",
        ),
        (
            "同一问题被媒体披露2次，口径取“两条都扣”",
            {
                "repeated_problems": _about("甲", ORDINARY),
                "exposures": _about("甲", ORDINARY, ORDINARY),
            },
            "-1",
            {"G16": "both"},
        ),
    ],
)
def nothing_grave_happened(evidence: Queried, readings: Readings) -> Award:
    """重大安全、质量事故，水污染事件，审计、纪检查出的重大问题，同一问题被披露、反映2次以上：1项扣1分，严重的扣5分，最多减10分。"""
    events, repeated = evidence.grave_events, evidence.repeated_problems
    if repeated and not readings.says("G16", "both"):
        repeated = _only(repeated, _charged_as_grave(evidence, readings))
    return _grave(events, repeated)


def _grave(events: Counted, repeated: Counted) -> Award:
    return adjust(
        -MOST,
        0,
        *((-each, found.of(kind)) for found in (events, repeated) for kind, each in GRAVE.items()),
    )


def _only(repeated: Counted, problems: Problems) -> Counted:
    return replace(repeated, facts=tuple(f for f in repeated.facts if f.place in problems))


def _charged_as_grave(evidence: Queried, readings: Readings) -> Problems:
    """Return the repeated problems that are charged in 六.1; the others are charged in 六.2.

    Of all splits the one that leaves the fewest points in both clauses together, and of equals the
    one that takes least in 六.1.
    """
    events, repeated = evidence.grave_events, evidence.repeated_problems

    def left(split: tuple[int, Problems]) -> tuple[Decimal, int]:
        here, problems = split
        grave = _grave(events, _only(repeated, problems)).points
        return (grave or ZERO) + (_press(evidence, readings, problems).points or ZERO), here

    return min(_splits(repeated, evidence.exposures), key=left)[1]


def _splits(repeated: Counted, exposed: Counted) -> list[tuple[int, Problems]]:
    """Return, for every sum that 六.1 may take, the split that takes most in 六.2."""
    most: dict[int, tuple[int, Problems]] = {0: (0, frozenset())}
    for problem in repeated.facts:
        own = _worth(EXPOSED, (fact for fact in exposed.facts if fact.place == problem.place))
        grave = _worth(GRAVE, (problem,))
        grown: dict[int, tuple[int, Problems]] = {}
        for here, (there, problems) in most.items():
            either = (
                (here, there + own, problems),
                (min(MOST, here + grave), there, problems | {problem.place}),
            )
            for taken, rest, names in either:
                if taken not in grown or grown[taken][0] < rest:
                    grown[taken] = rest, names
        most = grown
    return [(here, problems) for here, (_, problems) in most.items()]


def _worth(each: Mapping[str, int], facts: Iterable[Fact]) -> int:
    return sum(each.get(fact.kind, 0) for fact in facts)


@clause(
    "六.2",
    title="宣传报道",
    full=5,
    source=("附件3 六.2", "G16"),
    why="做得好让人知道，做得不好被曝光也要认。",
    examples=[
        ("没有宣传，也没有披露", {}, "0"),
        ("县级1篇", {"press_pieces": ["县"]}, "1"),
        ("县级2篇，市级1篇", {"press_pieces": ["县", "县", "市"]}, "3.5"),
        ("市级2篇，第一篇计1分", {"press_pieces": ["市", "市"]}, "2.5"),
        (
            "市级在前、县级在后，口径按时间先后",
            {"press_pieces": ["市", "县"]},
            "2",
            {"G16": "chronological"},
        ),
        ("省级2篇，最多加5分", {"press_pieces": ["省", "省"]}, "5"),
        ("县级1篇，通报1次", {"press_pieces": ["县"], "exposures": [ORDINARY]}, "-1"),
        ("披露2次都严重，最多减5分", {"exposures": [SEVERE, SEVERE]}, "-5"),
        (
            "同一问题被媒体披露2次，比在六.1扣1分重，在这里扣",
            {
                "repeated_problems": _about("甲", ORDINARY),
                "exposures": _about("甲", ORDINARY, ORDINARY),
            },
            "-4",
        ),
        (
            "同一问题媒体披露1次、反映1次，情况严重，在六.1扣5分，这里不再扣",
            {"repeated_problems": _about("甲", SEVERE), "exposures": _about("甲", ORDINARY)},
            "0",
        ),
        (
            "同一问题媒体披露1次、反映1次，情况严重，口径取“两条都扣”",
            {"repeated_problems": _about("甲", SEVERE), "exposures": _about("甲", ORDINARY)},
            "-2",
            {"G16": "both"},
        ),
    ],
)
def publicity(evidence: Queried, readings: Readings) -> Award:
    """市、县主要媒体宣传1篇得1分，每增1篇市级1.5分、县级1分，省级以上1篇3分；被披露或通报1次扣2分，严重的扣5分；加减最多5分。"""
    elsewhere: Problems = frozenset()
    if evidence.repeated_problems and not readings.says("G16", "both"):
        elsewhere = _charged_as_grave(evidence, readings)
    return _press(evidence, readings, elsewhere)


def _press(evidence: Queried, readings: Readings, elsewhere: Problems) -> Award:
    """Give and take for publicity, but for the problems that are charged in 六.1."""
    pieces, exposed = evidence.press_pieces, evidence.exposures
    exposed = replace(exposed, facts=tuple(f for f in exposed.facts if f.place not in elsewhere))
    local = pieces.of(COUNTY, CITY)
    in_time = bool(local) and readings.says("G16", "chronological")
    first = _first(local if in_time else pieces.of(COUNTY) or local)
    further = _without(local, first)
    return adjust(
        -5,
        5,
        (1, replace(first, word="第一篇")),
        ("1.5", replace(further.of(CITY), word="市级")),
        (1, replace(further.of(COUNTY), word="县级")),
        (3, replace(pieces.of(*ABOVE), word="省级以上")),
        (-EXPOSED[ORDINARY], exposed.of(ORDINARY)),
        (-EXPOSED[SEVERE], replace(exposed.of(SEVERE), word="严重披露、通报")),
    )


def _first(found: Counted) -> Counted:
    return replace(found, facts=found.facts[:1])


def _without(found: Counted, first: Counted) -> Counted:
    """Leave out one fact; made-up facts are equal, so one is taken away, not all like it."""
    facts = list(found.facts)
    if first.facts:
        facts.remove(first.facts[0])
    return replace(found, facts=tuple(facts))


@clause(
    "六.3",
    title="典型带动",
    full=10,
    source=("附件3 六.3", "G16"),
    why="一个地方的好办法，别的地方可以照着做。",
    examples=[
        ("没有", {}, "0"),
        ("典型发言1次", {"model_speeches": 1}, "5"),
        ("典型发言2次，只加一次", {"model_speeches": 2}, "5"),
        ("典型发言2次，口径取“每次都加”", {"model_speeches": 2}, "10", {"G16": "each-speech"}),
        ("转发2次", {"forwarded_examples": 2}, "4"),
        ("发言1次，转发4次，最多加10分", {"model_speeches": 1, "forwarded_examples": 4}, "10"),
    ],
)
def model_for_others(evidence: Queried, readings: Readings) -> Award:
    """在市级以上现场会、座谈会典型发言加5分，典型经验做法被市级转发每次加2分；最多加10分。"""
    speeches = evidence.model_speeches
    if speeches and not readings.says("G16", "each-speech"):
        speeches = replace(_first(speeches), word="典型发言，只加一次，")
    return adjust(0, 10, (5, speeches), (2, evidence.forwarded_examples))
