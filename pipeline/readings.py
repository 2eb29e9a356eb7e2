"""Readings (口径): which options of an ambiguous clause the code knows, and which are in force.

The table `readings.csv` asks the questions and says what is chosen; this module says what can be
chosen. Both are held together by test and by check: a reading or an option that stands in the table
and not here would be a promise nobody keeps, so it is refused.

A `Readings` notes which readings were asked while something was computed: what was not asked cannot
have moved the result. The sensitivity of the scores rests on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from pipeline.rowtypes import ReadingRow

SWITCHES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "G1": (
            "three-is-five",
            "three-is-three",
            "campaign-only",
            "both-leaders",
            "deployment-required",
        ),
        "G3": ("milestones", "budget", "rescale"),
        "G6": ("either", "only-unreachable"),
        "G7": ("column-prevails", "literal", "bureau-decides"),
        "G9": ("above-zero", "literal"),
        "G10": ("three-years", "within-year"),
        "G11": ("outside", "any"),
        "G12": ("outside-only", "self-included"),
        "G13": ("uncured", "literal", "filed-too"),
        "G14": ("each-floored", "only-fourth", "pooled"),
        "G15": ("binary", "graded"),
        "G16": ("dearer", "both", "chronological", "each-speech"),
        "G29": ("one-failed-check", "none"),
        "G30": ("once", "per-visit"),
        "G31": ("still-charged", "not-if-struck"),
        "G32": ("timely-moves", "never"),
        "G33": ("split", "from-assessment"),
        "G34": ("counted", "findings-only"),
        "G35": ("not-again", "charged"),
        "G36": ("reported", "struck"),
        "G37": ("once-highest", "each"),
        "G38": ("span", "zero"),
        "G39": ("by-level", "always-outside"),
        "G40": ("village", "not-charged"),
        "G41": ("late-at-due", "not-counted"),
        "G42": ("once-a-year", "by-frequency"),
        "G43": ("latest", "any-of-year"),
        "G44": ("once", "each-board"),
    }
)
"""Readings that move points, each with its options, the recommended one first."""

GRAVITY: Mapping[str, tuple[str, ...]] = MappingProxyType({"G45": ("warning", "error")})
"""Readings that decide how grave a check is and move no point; the recommended option first."""

SETTLED: Mapping[str, str] = MappingProxyType(
    {
        "G2": "five",
        "G4": "twenty-workdays",
        "G5": "exclusive",
        "G8": "best-single",
        "G17": "one-clause",
        "G18": "generated",
        "G19": "keep-grouping",
        "G20": "national-headings",
        "G21": "village-and-county",
        "G22": "screening-tier",
        "G23": "inclusive",
        "G24": "three-plus-lifted",
        "G25": "three-stages",
        "G26": "zones-alike",
        "G27": "literal-with-rate",
        "G28": "floor-zero",
    }
)
"""Readings with one option only: they settle words, data or presentation, and are no switch."""

PARAMETERS: Mapping[str, int] = MappingProxyType({"G4": 20, "G6": 3, "G10": 3, "G12": 180})
"""Readings that carry a number of their own, with the one that holds if the table gives none."""


def options(reading: str) -> tuple[str, ...]:
    """Return the options that the code knows of a reading; none for a reading nobody knows."""
    if reading in SETTLED:
        return (SETTLED[reading],)
    return SWITCHES.get(reading, GRAVITY.get(reading, ()))


class Readings(Mapping[str, str]):
    """The option in force of every reading: readings["G12"] -> "outside-only"."""

    def __init__(
        self, chosen: Mapping[str, str] | None = None, numbers: Mapping[str, int] | None = None
    ) -> None:
        """Take what differs from the recommendation.

        Raises:
            ValueError: an option that no code knows.
        """
        switches = {**SWITCHES, **GRAVITY}
        self._chosen = {name: known[0] for name, known in switches.items()} | dict(SETTLED)
        self._numbers = dict(PARAMETERS) | dict(numbers or {})
        self._asked: list[set[str]] = []
        for reading, option in (chosen or {}).items():
            if option not in options(reading):
                raise ValueError(f"{reading}: {option}")
            self._chosen[reading] = option

    @classmethod
    def from_rows(cls, rows: Iterable[ReadingRow]) -> Readings:
        """Build from the rows of the reference table `readings`."""
        chosen = [row for row in rows if row.is_chosen]
        return cls(
            {row.reading_id: row.option for row in chosen},
            {row.reading_id: int(row.parameter) for row in chosen if row.parameter is not None},
        )

    def __getitem__(self, reading: str) -> str:
        """Return the option in force; that it was asked is noted."""
        self.note((reading,))
        return self._chosen[reading]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the readings."""
        return iter(self._chosen)

    def __len__(self) -> int:
        """Return the number of readings."""
        return len(self._chosen)

    def says(self, reading: str, option: str) -> bool:
        """Whether an option is in force.

        Raises:
            ValueError: the option is none of the reading's: a slip of the pen in a clause.
        """
        if option not in options(reading):
            raise ValueError(f"{reading}: {option}")
        return self[reading] == option

    def number(self, reading: str) -> int:
        """Return the number that a reading carries: days, calls or years."""
        self.note((reading,))
        return self._numbers[reading]

    def but(self, **changes: str) -> Readings:
        """Return the same readings with some options changed."""
        return Readings(self._chosen | changes, self._numbers)

    def agrees(self, asked: Mapping[str, str]) -> bool:
        """Whether these options are in force."""
        return all(self._chosen[reading] == option for reading, option in asked.items())

    def note(self, readings: Iterable[str]) -> None:
        """Note that readings were asked."""
        for asked in self._asked:
            asked.update(readings)

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """Note every reading that is asked inside the block."""
        asked: set[str] = set()
        self._asked.append(asked)
        try:
            yield asked
        finally:
            self._asked.pop()
