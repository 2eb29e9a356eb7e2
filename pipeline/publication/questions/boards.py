"""What is printed on the notice board of a place, its code, and how older boards differ from it.

A board names the three duties (post, name, phone), whom the water reaches, and whom to call. Its
code is a digest of these and of nothing else, one mark for each: a new water test or another day
never makes a board old. Whoever scans an outdated board is told in words what differs, from the
terms of office and of phones that the ledgers keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from pipeline.dates import in_force, in_words
from pipeline.publication.questions.people import DUTIES, RANKS, People, Person, Rung
from pipeline.rowtypes import PhoneRow, ResponsibilityRow, WorksRow
from pipeline.seats import seat as named

MARK = 5
"""Hexadecimal characters of the mark of one part of a board."""

Place = tuple[str, str]
Seat = tuple[str, ...]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a board hangs: its unit, what else it stands for, and whose duties are on it.

    `scope` are the names of the villages that the works serves, or of the works of a village;
    `works` are those whose keeper is the first to call.
    """

    unit_id: str
    places: tuple[Place, ...]
    town: str | None = None
    village: str | None = None
    works: tuple[WorksRow, ...] = ()
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a board looked until a day: the marks of its duties and numbers, and what now differs.

    `said` are sentences about the duties, `called` about the numbers.
    """

    until: date
    duties: str
    numbers: str
    said: tuple[str, ...]
    called: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The code of a board as it is to be printed now, and the boards before it, the last first."""

    duties: str
    scope: str
    numbers: str
    earlier: tuple[Earlier, ...]

    @property
    def code(self) -> str:
        """What stands behind ?v= in the address on the board."""
        return self.duties + self.scope + self.numbers

    @property
    def shown(self) -> str:
        """The code as people compare it by eye."""
        return f"{self.duties}-{self.scope}-{self.numbers}"


def board(people: People, site: Site, since: date) -> Board:
    """Return the board of a place; boards printed before `since` carry no code that is known."""
    held = [person for place in site.places for person in people.tenures.get(place, ())]
    seats = _seats(person for place in site.places for person in people.seats.get(place, ()))
    rungs = people.ladder(site.unit_id, site.town, site.village, site.works)
    duties, numbers = _duties_mark(seats), _numbers_mark(rungs)
    earlier, known = [], {(duties, numbers)}
    for day in _turns(people, site, held, since):
        old = _seats(p for p in held if in_force(p.row, day))
        called = people.ladder(site.unit_id, site.town, site.village, site.works, day)
        marks = _duties_mark(old, day), _numbers_mark(called)
        if marks not in known:
            known.add(marks)
            said = tuple(_seats_differ(old, seats, day))
            earlier.append(Earlier(day, *marks, said, tuple(_rungs_differ(called, rungs))))
    return Board(duties, _mark(site.scope), numbers, tuple(earlier))


def _turns(people: People, site: Site, held: Sequence[Person], since: date) -> list[date]:
    """Return the last days before something on the board changed, the latest first."""
    rows: list[ResponsibilityRow | PhoneRow] = [p.row for p in held]
    rows += [p.phone for p in held if p.phone is not None]
    near = [("工程", works.id) for works in site.works]
    wide = [("村", site.village or ""), ("乡镇", site.town or ""), ("县", site.unit_id)]
    for place in (*near, *wide):
        for role in ("管理人员", "维修", "供水服务", "乡镇监督", "县级监督"):
            rows += people.lines.get((role, *place), [])
    turns = {row.valid_from - _DAY for row in rows}
    turns |= {row.valid_to for row in rows if row.valid_to is not None}
    return sorted((day for day in turns if day >= since), reverse=True)


def _seats(persons: Iterable[Person]) -> dict[Seat, list[Person]]:
    """Return persons by the seat they hold, as a board lists them."""
    found: dict[Seat, list[Person]] = {}
    for one in sorted(persons, key=lambda p: (RANKS[p.row.rank], p.row.id)):
        row = one.row
        seat = (row.duty, row.rank, row.org, row.post, row.place_type, row.place_id)
        found.setdefault(seat, []).append(one)
    return found


def _number(person: Person, day: date | None) -> str:
    """Return the number printed beside a name, as of a day or now; blank where there is none."""
    phone = person.phone
    if phone is None:
        return ""
    return str(phone.number) if day is None or in_force(phone, day) else ""


def _duties_mark(seats: dict[Seat, list[Person]], day: date | None = None) -> str:
    lines = [
        "|".join((seat[0], seat[2], seat[3], one.row.name, _number(one, day)))
        for duty in DUTIES
        for seat, persons in seats.items()
        if seat[0] == duty
        for one in persons
    ]
    return _mark(sorted(lines))


def _numbers_mark(rungs: Iterable[Rung]) -> str:
    return _mark(f"{rung.who}|{rung.number or ''}" for rung in rungs)


def _mark(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()[:MARK]


def _seats_differ(
    old: dict[Seat, list[Person]], new: dict[Seat, list[Person]], day: date
) -> Iterator[str]:
    """Say seat by seat what a board of a day tells otherwise than today's."""
    posts = [seat[3] for seat in {**old, **new}]
    for seat in {**old, **new}:
        post = seat[3] if posts.count(seat[3]) == 1 else named(seat[2], seat[3])
        before, now = old.get(seat, []), new.get(seat, [])
        names, names_now = _names(before), _names(now)
        if not before:
            yield f"牌子上没有{post}{names_now}，{_on(now)}起担任"
        elif not now:
            left = max(p.row.valid_to for p in before if p.row.valid_to is not None)
            yield f"牌子上的{post}{names}任到{_said(left)}，还没有报来接任的人"
        elif names != names_now:
            yield f"牌子上的{post}是{names}，现在是{names_now}，{_on(now)}换的"
        else:
            numbers, numbers_now = _numbers(before, day), _numbers(now, None)
            if numbers != numbers_now:
                yield f"{post}{names}的电话，牌子上{numbers}，现在{numbers_now}"


def _rungs_differ(old: Sequence[Rung], new: Sequence[Rung]) -> Iterator[str]:
    now = {rung.who: rung.number for rung in new}
    for rung in old:
        number = now.get(rung.who)
        if number != rung.number:
            yield f"{rung.who}的电话，牌子上{_or_none(rung.number)}，现在{_or_none(number)}"
    there = {rung.who for rung in old}
    for rung in new:
        if rung.who not in there:
            yield f"牌子上没有{rung.who}，电话{_or_none(rung.number)}"


def _names(persons: Iterable[Person]) -> str:
    return "、".join(sorted({p.row.name for p in persons}))


def _numbers(persons: Iterable[Person], day: date | None) -> str:
    return _or_none("、".join(sorted({n for p in persons if (n := _number(p, day))})))


def _or_none(number: str | None) -> str:
    return f"是{number}" if number else "没有"


def _on(persons: Iterable[Person]) -> str:
    return _said(max(p.row.valid_from for p in persons))


def _said(day: date) -> str:
    return in_words(day)
