"""The sizes of type on boards and cards: usual where words are usual, smaller where they are long.

So nothing is cut off, nothing lost, and no board has two pages. Lengths are in u: a board is 210 u
wide, whatever its size in millimetres; a card is drawn in a u of its own. They are those of the
templates `board.typ` and `card.typ`, which say the same things in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.papers.fitting import SIZES, fitting, high, lines, stacked
from pipeline.papers.fitting import ems as wide

Told = Mapping[str, Any]

WIDTH, INNER = 210.0, 186.0
LEFT = 0.43 * (INNER - 8)
RIGHT = INNER - 8 - LEFT
DUTY = (INNER - 8) / 3 - 7
TITLE, CODE = 7.5, 40.0
"""Height of the title of a part; of the QR code and the room above it."""
SHARES = ((3, 0.58), (5, 0.5), (99, 0.42))
"""What part of a board the lower half may take, by the most people that a duty has."""
UNITS, NAMES = (5.0, 4.0, 3.2, 2.6), (12.5, 11.0, 9.0, 7.5, 6.0, 5.0, 4.0)
LARGE = (1.3, 1.25, 1.2, 1.15, 1.1, 1.05)
LARGER = (1.15, 1.1, 1.05)
"""Scales where there is room: of people, and of the lower half of a board."""
NO_PHONE = "电话待公布"


def board(told: Told, height: float) -> dict[str, Any]:
    """Return a board with its head and the sizes on it; it is `height` u high."""
    head = f"{told['unit']}　农村饮水工程运行管理公示牌"
    unit = fitting(7, lambda size: high(head, size, 118), UNITS)
    name = fitting(16, lambda size: high(told["name"], size, INNER), NAMES)
    above = 16 + 2 * high(head, unit, 118) + 2 + 4 + high(told["name"], name, INNER) + 5
    people = [duty["people"] for duty in told["duties"]]
    most = max(map(len, people), default=0)
    lowest = height * next(share for count, share in SHARES if most <= count)
    facts = fitting(
        lowest - TITLE - CODE - 12, lambda k: _facts(told["facts"], k, 3.8, 4.2, 4, LEFT)
    )
    steps = fitting(lowest - TITLE - 12, lambda k: _ladder(told["rungs"], k, 5.6 * k, RIGHT))
    # people come first: what they leave when they are as large as can be goes to the lower half
    largest = max((_people(some, LARGE[0], DUTY) for some in people), default=0) + 17
    left = height - above - largest - 17 - TITLE
    if facts == steps == 1:
        facts = fitting(
            left - CODE, lambda k: _facts(told["facts"], k, 3.8, 4.2, 4, LEFT), (*LARGER, 1)
        )
        steps = fitting(left, lambda k: _ladder(told["rungs"], k, 5.6 * k, RIGHT), (*LARGER, 1))
    lower = TITLE + max(
        _facts(told["facts"], facts, 3.8, 4.2, 4, LEFT) + CODE,
        _ladder(told["rungs"], steps, 5.6 * steps, RIGHT),
    )
    duties = height - above - lower - 17
    sizes = {
        "unit": unit,
        "name": name,
        "facts": facts,
        "ladder": steps,
        "duties": duties,
        **{f"duty{n}": _duty(some, duties - 17) for n, some in enumerate(people)},
    }
    return {**told, "head": head, "sizes": sizes}


def card(told: Told, *, is_demo: bool) -> dict[str, Any]:
    """Return a card with its head and the sizes on it; it is 202 u wide and 285 u high."""
    head = f"{told['town']}　农村饮水明白卡"
    width, room = 202.0 - 20, 285.0 - 44 - 8 - 36
    facts = [{"text": told[key]} for key in ("works", "water", "price")]
    people = [one for duty in told["duties"] for one in duty["people"][:2]]

    def needed(k: float) -> float:
        return (
            (8 * k if is_demo else 0)
            + _facts(facts, k, 5.4, 5.8, 3.4, width)
            + _people(people, 1.15 * k, width - 30 * k)
            + _ladder(told["rungs"], 1.4 * k, 7.8 * k, width)
            + 14 * k
        )

    sizes = {
        "head": fitting(8, lambda size: high(head, size, width), (6, 5, 4, 3)),
        "village": fitting(
            15.5, lambda size: high(told["village"], size, width), (12, 10, 8, 6, 4.5, 3.4)
        ),
        "all": fitting(room, needed, (*LARGE, *SIZES)),
    }
    return {**told, "head": head, "sizes": sizes}


def _facts(
    facts: Sequence[Told], k: float, name: float, text: float, gap: float, width: float
) -> float:
    """Return the height of names with what they are beside them; names have 4.5 characters."""
    words = width - (3 + 4.5 * name) * k
    return sum(high(one["text"], text * k, words) + gap * k for one in facts)


def _duty(people: Sequence[Told], room: float) -> float:
    """Return the scale at which the people of a duty find room."""
    return fitting(room, lambda k: _people(people, k, DUTY), (*LARGE, *SIZES))


def _people(people: Sequence[Told], k: float, width: float) -> float:
    """Return the height of people one under another: post, name, number."""
    return sum(
        stacked(
            [
                *([(one["post"], 3.4 * k)] if one["post"] else []),
                (one["name"], 6.4 * k),
                *([(one["phone"] or NO_PHONE, 5.4 * k)] if one["phone"] or one["due"] else []),
            ],
            4 * k,
            width,
        )
        + 3.6 * k
        for one in people
    )


def _ladder(rungs: Sequence[Told], k: float, large: float, width: float) -> float:
    """Return the height of the ladder of numbers, the first of them larger."""
    numbers = [wide(one["number"]) * large * (1 if n else 1.25) for n, one in enumerate(rungs)]
    words = max(width - max(numbers, default=0) - 10 * k, 8 * k)
    gap = 3.4 * 0.5 * k
    return sum(
        max(
            lines(one["who"], 4 * k, words) * (3 * k + gap)
            + lines(one["when"], 3 * k, words) * (2.25 * k + gap)
            - gap,
            large,
        )
        + 3.2 * k
        for one in rungs
    )
