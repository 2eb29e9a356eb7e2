"""The draw: stratified, systematic, with probability proportional to weight.

In each unit and stratum of a frame:

1. so many places are wanted, as many in every unit (G27: deductions are absolute counts, so every
   unit is looked at equally often); where there are fewer, all of them;
2. the places are put in an order that chance decides, their inclusion probabilities (proportional
   to weight, none above one) are added up along it, and one number from 0 to 1 decides where the
   first stands; the others stand at steps of one (systematic sampling after Madow 1949, in random
   order after Hartley and Rao 1962): every place is drawn with exactly its probability;
3. of those drawn, chance decides the order of visits; the last ones are in reserve.

So the probability of being visited is known for each place as an exact fraction: that of step 2
times the share of visits among all drawn. Chance is `chance`: seed, unit, stratum and place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.sampling.chance import chance
from pipeline.sampling.frame import Entry

RESERVES = 1
"""Places in reserve in each unit and stratum."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawn place: its number in the stratum, and its probability to be visited.

    `frame_size` and `sample_size` are those of the unit and stratum.
    """

    entry: Entry
    number: int
    is_reserve: bool
    probability: Fraction
    frame_size: int
    sample_size: int


def draw(
    frame: Sequence[Entry], units: Collection[str], count: int, seed: str
) -> tuple[Drawn, ...]:
    """Draw `count` places in each of some units, by unit, stratum and number.

    How many fall to a stratum follows from the whole frame, so it is the same for all units,
    whichever group draws.

    Raises:
        ValueError: fewer than one is wanted.
    """
    if count < 1:
        raise ValueError("每个单位至少抽1个")
    wanted = allocate(count, Counter(one.stratum for one in frame))
    strata: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for one in sorted(frame):
        if one.unit_id in units:
            strata[one.unit_id, one.stratum].append(one)
    return tuple(
        drawn
        for (_, stratum), entries in sorted(strata.items())
        if wanted[stratum]
        for drawn in _stratum(entries, wanted[stratum], seed)
    )


def allocate(count: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """Share a number among strata by their sizes, at least one each as far as it goes.

    Largest remainder; where fewer than the strata are wanted, the largest have one each.
    """
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    found = {name: int(place < count) for place, name in enumerate(order)}
    left, total = count - sum(found.values()), sum(sizes.values())
    if left <= 0:
        return found
    # what a stratum is owed above the one that it has; none is owed less than nothing
    owed = {n: max(Fraction(0), Fraction(count * sizes[n], total) - 1) for n in order}
    scale = Fraction(left) / (sum(owed.values()) or 1)
    for name in order:
        found[name] += int(owed[name] * scale)
    rest = count - sum(found.values())
    by_remainder = sorted(order, key=lambda n: -(owed[n] * scale - int(owed[n] * scale)))
    for name in by_remainder[:rest]:
        found[name] += 1
    return found


def inclusion(weights: Sequence[int], count: int) -> list[Fraction]:
    """Return the probability of each to be among `count`, proportional to weight, at most one.

    What would be above one is certain; the others share what is left. They add up to `count`, or
    to how many there are.
    """
    found = [Fraction(0)] * len(weights)
    open_, left = set(range(len(weights))), min(count, len(weights))
    while left:
        total = sum(weights[n] for n in open_)
        certain = {n for n in open_ if left * weights[n] >= total}
        if not certain:
            for n in open_:
                found[n] = Fraction(left * weights[n], total)
            break
        for n in certain:
            found[n] = Fraction(1)
        open_ -= certain
        left -= len(certain)
    return found


def _stratum(entries: Sequence[Entry], wanted: int, seed: str) -> Iterator[Drawn]:
    """Draw in one unit and stratum."""
    first = entries[0]
    key = (seed, first.unit_id, first.stratum)
    size = min(wanted, len(entries))
    drawn = min(size + RESERVES, len(entries))
    order = sorted(entries, key=lambda one: chance(*key, "次序", one.place_type, one.place_id))
    probabilities = inclusion([one.weight for one in order], drawn)
    chosen = _systematic(order, probabilities, chance(*key, "起点"))
    chosen.sort(key=lambda pair: chance(*key, "先后", pair[0].place_type, pair[0].place_id))
    for number, (one, probability) in enumerate(chosen, 1):
        visited = probability * Fraction(size, drawn)
        yield Drawn(one, number, number > size, visited, len(entries), size)


def _systematic(
    order: Sequence[Entry], probabilities: Sequence[Fraction], start: Fraction
) -> list[tuple[Entry, Fraction]]:
    """Return those in whose stretch of the added-up probabilities a step falls."""
    found, reached, step = [], Fraction(0), start
    for one, probability in zip(order, probabilities, strict=True):
        reached += probability
        if step < reached:
            found.append((one, probability))
            step += 1
    return found
