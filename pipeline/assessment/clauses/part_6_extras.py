"""Annex 3, part 6: points added and taken off beside the hundred (六.1 to 六.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.assessment.evidence import Counted
from pipeline.assessment.evidence.events import ORDINARY, SEVERE
from pipeline.assessment.rulebook import Award, adjust, clause
from pipeline.readings import Readings

COUNTY, CITY, ABOVE = "县", "市", ("省", "国家")


@clause(
    "六.1",
    title="重大负面事件",
    full=0,
    examples=[
        ("没有发生", {}, "0"),
        ("1项，情况一般", {"grave_events": [ORDINARY]}, "-1"),
        ("1项，情况严重", {"grave_events": [SEVERE]}, "-5"),
        ("3项都严重，最多减10分", {"grave_events": [SEVERE] * 3}, "-10"),
    ],
)
def nothing_grave_happened(evidence: Any, _readings: Readings) -> Award:
    """重大安全、质量事故，水污染事件，审计、纪检查出的重大问题，同一问题被披露、反映2次以上：1项扣1分，严重的扣5分，最多减10分。"""
    events = evidence.grave_events
    return adjust(-10, 0, (-1, events.of(ORDINARY)), (-5, events.of(SEVERE)))


@clause(
    "六.2",
    title="宣传报道",
    full=5,
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
    ],
)
def publicity(evidence: Any, readings: Readings) -> Award:
    """市、县主要媒体宣传1篇得1分，每增1篇市级1.5分、县级1分，省级以上1篇3分；被披露或通报1次扣2分，严重的扣5分；加减最多5分。"""
    pieces, exposed = evidence.press_pieces, evidence.exposures
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
        (-2, exposed.of(ORDINARY)),
        (-5, replace(exposed.of(SEVERE), word="严重披露、通报")),
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
    examples=[
        ("没有", {}, "0"),
        ("典型发言1次", {"model_speeches": 1}, "5"),
        ("典型发言2次，只加一次", {"model_speeches": 2}, "5"),
        ("典型发言2次，口径取“每次都加”", {"model_speeches": 2}, "10", {"G16": "each-speech"}),
        ("转发2次", {"forwarded_examples": 2}, "4"),
        ("发言1次，转发4次，最多加10分", {"model_speeches": 1, "forwarded_examples": 4}, "10"),
    ],
)
def model_for_others(evidence: Any, readings: Readings) -> Award:
    """在市级以上现场会、座谈会典型发言加5分，典型经验做法被市级转发每次加2分；最多加10分。"""
    speeches = evidence.model_speeches
    if speeches and not readings.says("G16", "each-speech"):
        speeches = replace(_first(speeches), word="典型发言，只加一次，")
    return adjust(0, 10, (5, speeches), (2, evidence.forwarded_examples))
