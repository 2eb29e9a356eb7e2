"""Places by the names people use: no clerk knows a code of twelve digits by heart.

A name is looked up among the places of one unit that are there on the day; one that several places
have is never guessed: the answer names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.dates import in_force
from pipeline.entry.office import Office
from pipeline.placenames import plain, town_names, village_names, works_names
from pipeline.rowtypes import DivisionRow, WorksRow
from pipeline.traditional import simplified
from pipeline.trouble import UsageTrouble

LEVELS = {"乡镇": "乡级", "村": "村级"}
SHOWN = 8


def place_named(office: Office, kind: str, text: str) -> str:
    """Return the key of a place by its kind and name; a key of such a place passes as it is.

    Raises:
        UsageTrouble: no place of this unit is called so, or several are.
    """
    found = places_named(office, kind, text)
    if len(found) == 1:
        return next(iter(found))
    whose = office.unit.name if office.unit else "台账里"
    if not found:
        raise UsageTrouble(f"{whose}没有叫“{text}”的{kind}；核对名称，或写编号")
    listed = "、".join(f"{name}（{key}）" for key, name in list(found.items())[:SHOWN])
    raise UsageTrouble(f"“{text}”对得上{len(found)}个{kind}：{listed}；写全名，或写括号里的编号")


def places_named(office: Office, kind: str, text: str) -> dict[str, str]:
    """Return key and full name of every place of a kind that is called so, in either script."""
    text = plain(text)
    found = dict(_called(office, kind, text))
    if not found and (simple := simplified(text)) != text:
        found = dict(_called(office, kind, simple))
    return found


def _called(office: Office, kind: str, text: str) -> Iterator[tuple[str, str]]:
    if kind in ("县", "网站"):
        unit = office.unit
        if unit and text in (unit.unit_id, unit.name, unit.short_name, *unit.aliases):
            yield unit.unit_id, unit.name
    elif kind in LEVELS:
        for one in _divisions(office, LEVELS[kind]):
            if text in _names_of(office, one, kind):
                yield one.division_code, full_name(office, one)
    elif kind == "工程":
        for works in office.snapshot.works:
            if works.owner == office.unit_id and text in _names_of_works(office, works):
                yield works.works_id, works.name


def full_name(office: Office, division: DivisionRow) -> str:
    """Return the name of a township, or of a village after its township's."""
    parent = office.snapshot.index("divisions").get(division.parent_code)
    return f"{parent.name if parent else ''}{division.name}"


def _divisions(office: Office, level: str) -> Iterable[DivisionRow]:
    for one in office.snapshot.divisions:
        is_ours = office.unit_id in (None, one.unit_id)
        if is_ours and one.division_level == level and in_force(one, office.day):
            yield one


def _names_of(office: Office, one: DivisionRow, kind: str) -> set[str]:
    own = {plain(name) for name in (town_names if kind == "乡镇" else village_names)(one)}
    parent = office.snapshot.index("divisions").get(one.parent_code)
    towns: Sequence[str] = (parent.name, parent.short_name) if parent else ()
    return {one.division_code} | own | {town + name for town in towns for name in own}


def _names_of_works(office: Office, works: WorksRow) -> set[str]:
    town = office.snapshot.index("divisions").get(works.town_code)
    own = {plain(name) for name in works_names(works, town.name if town else "")}
    return {works.works_id} | own | ({town.name + name for name in own} if town else set())
