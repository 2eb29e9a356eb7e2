"""What may be said of water: five things that are never mixed, and why a value does not tell.

Cannot be judged is not passed, and not tested is neither: whoever counts, draws or says one of them
asks this vocabulary, and nobody concludes that what did not fail has passed.
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What is known of one value, of a sample, or of the water of a place."""

    PASSED = "达标"
    RELAXED = "放宽达标"
    FAILED = "不达标"
    UNJUDGED = "判不了"
    UNTESTED = "未检测"

    @property
    def is_passed(self) -> bool:
        """Whether the water keeps within a limit that applies to it, a relaxed one included."""
        return self in (Outcome.PASSED, Outcome.RELAXED)


class Reason(StrEnum):
    """Why a value could not be judged."""

    COARSE = "检出限高于限值"
    VAGUE = "报告的写法看不出"
    NO_LIMIT = "没有对应的限值"
