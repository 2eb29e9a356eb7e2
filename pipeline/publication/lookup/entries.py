"""What can be found: units, townships, villages, works, issues, groups, clauses, columns, prose.

And who answers where: people in office and numbers in force, as the page of the place shows them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.publication.desk import Desk
from pipeline.publication.shells import Shell
from pipeline.rowtypes import DivisionRow
from pipeline.terms import clause_address

FOLDERS = {"县": "u", "乡镇": "t", "村": "v", "工程": "w"}
"""Where the page of a place stands."""

SHARED = ("座机", "热线")
"""Numbers that can be looked up: never a mobile, whoever it belongs to."""

NUMERALS = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五".split()

OFFICIAL = ("村民委员会", "居民委员会")
TOPIC = "栏目"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found, and where it is.

    `unit` is the id of the unit it belongs to and `towns` are the codes of its townships, blank for
    what belongs to none; `also` are other names of it; `note` is shown beside the place. The page
    is `folder/key.html`; for a heading of prose, `folder` is the page and `key` the anchor; for a
    column, `key` is the whole address.
    """

    kind: str
    name: str
    folder: str
    key: str
    unit: str = ""
    towns: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    note: str = ""


def entries(desk: Desk, shells: Mapping[str, Shell]) -> list[Entry]:
    """Return everything that can be found; units and townships first, since others name them.

    Raises:
        ValueError: a spoken word leads to a page that does not exist.
    """
    return [
        *_places(desk),
        *_works(desk),
        *_records(desk),
        *_topics(desk, shells),
        *_headings(shells),
    ]


def _places(desk: Desk) -> Iterator[Entry]:
    for u in desk.places.units:
        yield Entry("单位", u.name, "u", u.id, also=(u.short_name, *u.aliases))
    towns = [t for found in desk.places.townships.values() for t in found]
    for t in towns:
        also = () if t.short_name == t.name else (t.short_name,)
        yield Entry("乡镇", t.name, "t", t.id, t.unit_id, also=(*also, *t.aliases))
    for t in towns:
        for v in desk.places.villages.get(t.id, ()):
            official = () if _is_plain(v) else (v.name,)
            yield Entry("村", v.short_name, "v", v.id, v.unit_id, (t.id,), (*official, *v.aliases))


def _is_plain(village: DivisionRow) -> bool:
    """Whether the official name follows from the short one: 王营村民委员会 from 王营村."""
    stem = village.short_name.removesuffix("社区").removesuffix("村")
    return any(village.name in (f"{stem}{end}", f"{village.short_name}{end}") for end in OFFICIAL)


def _works(desk: Desk) -> Iterator[Entry]:
    for w in desk.view.works:
        towns = tuple(town.id for town in desk.supply.towns_served(w))
        yield Entry("工程", w.name, "w", w.id, w.unit_id, towns, tuple(w.aliases))


def _records(desk: Desk) -> Iterator[Entry]:
    """Yield issues, supervision groups and clauses."""
    view = desk.view
    for i in view.issues:
        towns = (i.town_code,)
        yield Entry("问题", f"{i.seq_no}号", "i", i.id, i.unit_id, towns, note=desk.issues.title(i))
    for number in desk.places.groups:
        spoken = NUMERALS[number - 1] if number <= len(NUMERALS) else str(number)
        also = (f"{number}组", f"督导{number}组", f"第{spoken}督导组", f"督导{spoken}组")
        yield Entry("督导组", f"第{number}督导组", "g", str(number), also=also)
    for name, clause in view.assessment.clauses.items():
        address = clause_address(name)
        yield Entry("条款", f"{name} {clause.title}", "c", address, also=(name, address))


def _topics(desk: Desk, shells: Mapping[str, Shell]) -> Iterator[Entry]:
    """Yield the columns of the site by all that people call them, in the order of the table."""
    pages = {shell.path for shell in shells.values() if not shell.is_record}
    spoken: dict[tuple[str, str], list[str]] = defaultdict(list)
    rows = [row for row in desk.view.spoken_words if row.spoken_kind == TOPIC]
    for row in sorted(rows, key=lambda row: (row.sort_no, row.spoken_word)):
        target, label = row.target_page or "", row.target_label or ""
        if target.partition("#")[0] not in pages:
            raise ValueError(f"spoken word {row.spoken_word} leads to {target}")
        spoken[target, label].append(row.spoken_word)
    for (page, label), words in spoken.items():
        yield Entry(TOPIC, label, "", page, also=tuple(words))


def _headings(shells: Mapping[str, Shell]) -> Iterator[Entry]:
    for shell in shells.values():
        for text, anchor in shell.headings:
            yield Entry("说明", text, shell.path, anchor)


def people(desk: Desk) -> dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return who answers where: folder and key of a page -> its names, its numbers.

    Only people in office and numbers in force that the page of the place itself shows.
    """
    found = {}
    view = desk.view
    places = {(p.place_type, p.place_id) for p in view.responsibilities}
    places |= {(p.place_type, p.place_id) for p in view.phones}
    for place in sorted(places):
        if place[0] not in FOLDERS:
            continue
        seats = [person for duty in desk.people.duties([place]) for person in duty.people]
        phones = [p.phone for p in seats if p.phone is not None]
        numbers = [p.number for p in phones if p.number_kind in SHARED]
        if seats:
            found[FOLDERS[place[0]], place[1]] = (
                tuple(dict.fromkeys(p.row.name for p in seats)),
                tuple(dict.fromkeys(numbers)),
            )
    return found


def example(desk: Desk) -> str:
    """Return what a reader may type, for the box itself: a township and a village, 柳河 东庄.

    The village has a name of its own within the unit, and both names are as short as people say
    them. Blank where no village is so.
    """
    places = list(_places(desk))
    towns = {e.key: e for e in places if e.kind == "乡镇"}
    named: dict[tuple[str, str], int] = defaultdict(int)
    villages = [e for e in places if e.kind == "村"]
    for e in villages:
        named[e.unit, e.name] += 1
    served = desk.supply.of_village
    for e in villages:
        town, village = towns[e.towns[0]].name, e.name
        is_short = len(town) == len(village) == 3 and town[-1] in "镇乡" and village[-1] == "村"
        if is_short and named[e.unit, e.name] == 1 and e.key in served:
            return f"{town[:-1]} {village[:-1]}"
    return ""
