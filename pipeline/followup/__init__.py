"""Following up (一（一）、一（三）、二（五）): phases, returns, money, readiness, links, measures.

What the document orders beside screening and mending, and what became of it as of a day. Pure:
rows and the campaign go in, frozen values come out. Knows nothing of pages, points or audiences:
who may see which row was decided before.
"""

from pipeline.followup.linking import Link, links
from pipeline.followup.measures import Taken, taken
from pipeline.followup.money import PER_PERSON_YUAN, Fund, funds
from pipeline.followup.phases import Course, Phase, course
from pipeline.followup.readiness import FEWEST, Readiness, readiness
from pipeline.followup.redline import WHOLE, RedLine, red_line
from pipeline.followup.returned import (
    COPIED_KINDS,
    IN_TIME,
    LATE,
    MISSING,
    RETURN_OUTCOMES,
    WAITING,
    Return,
    Tally,
    returned,
    tally,
)

__all__ = [
    "COPIED_KINDS",
    "FEWEST",
    "IN_TIME",
    "LATE",
    "MISSING",
    "PER_PERSON_YUAN",
    "RETURN_OUTCOMES",
    "WAITING",
    "WHOLE",
    "Course",
    "Fund",
    "Link",
    "Phase",
    "Readiness",
    "RedLine",
    "Return",
    "Taken",
    "Tally",
    "course",
    "funds",
    "links",
    "readiness",
    "red_line",
    "returned",
    "taken",
    "tally",
]
