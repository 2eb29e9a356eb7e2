"""Frozen periods: the ranking, every unit and every issue on its last day, and the files of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields

from pipeline.dates import in_words
from pipeline.disclosure.frozen import ClauseThen, Frozen, IssueThen, PersonThen, UnitThen
from pipeline.publication.archive import archive as packed
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import pages
from pipeline.publication.long_lists import long_list
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME
from pipeline.publication.tables import written
from pipeline.terms import STRUCK, VOID

TABLES = {"units": UnitThen, "clauses": ClauseThen, "persons": PersonThen, "issues": IssueThen}
"""The tables of an archive that are given to be downloaded, and what a row of each holds."""


def _archives(desk: Desk) -> Iterator[str]:
    yield from desk.view.archives


def _units(desk: Desk) -> Iterator[str]:
    """Yield day and unit of every unit of every archive."""
    for day, archive in desk.view.archives.items():
        yield from (f"{day}-{one.unit_id}" for one in archive.units)


def _name(desk: Desk, day: str) -> str:
    """Return the name of an archive's files; while it is a demonstration it says so."""
    return f"archive/{day}-demo" if desk.view.campaign.is_demo else f"archive/{day}"


@pages("archive", at="archive/{}.html", keys=_archives)
def archive_page(desk: Desk, key: str) -> Content:
    """Make the page of a frozen period; what it says never changes with what came after."""
    archive = desk.view.archives[key]
    names = {one.unit_id: one.name for one in archive.units}
    issues = long_list(
        desk, f"archive-{key}", "archive_rows.html", archive.issues, root="../", names=names
    )
    day, files = in_words(archive.day), f"{_name(desk, key)}.zip"
    content = _files(archive)
    body = desk.render(
        "archive.html",
        archive=archive,
        list=issues,
        names=names,
        ranked=sorted(archive.units, key=lambda one: (one.rank is None, one.rank or 0)),
        files=files.rpartition("/")[2],
        size=len(content),
    )
    return Content(
        f"{day}的存档",
        f"{day}各单位的整改、考评和每一个问题的状态，不再更新",
        (*HOME, ("更正与更新", "updates.html"), (f"{day}的存档", None)),
        body,
        beside={**issues.beside, f"archive/{key}.json": archive.json, files: content},
        archive_of=archive.day,
    )


@pages("archive_unit", at="archive/unit-{}.html", keys=_units, frame="archive")
def unit_page(desk: Desk, key: str) -> Content:
    """Make a unit's page of a frozen period: who answered, what was open, its score sheet."""
    day = key[:10]
    archive = desk.view.archives[day]
    (unit,) = (one for one in archive.units if one.unit_id == key[11:])
    own = [one for one in archive.issues if one.unit_id == unit.unit_id]
    standing = [one for one in own if one.state not in (STRUCK, VOID)]
    body = desk.render(
        "archive_unit.html",
        archive=archive,
        unit=unit,
        open=sorted(standing, key=lambda one: (not one.is_overdue, one.due_on, one.issue_id)),
        persons=[one for one in archive.persons if one.unit_id == unit.unit_id],
        clauses=[one for one in archive.clauses if one.unit_id == unit.unit_id],
    )
    then = in_words(archive.day)
    return Content(
        f"{unit.name}：{then}的存档",
        f"{then}{unit.name}的整改、责任人和考评得分，不再更新",
        (*HOME, (f"{then}的存档", f"archive/{day}.html"), (unit.name, None)),
        body,
        archive_of=archive.day,
    )


def _files(archive: Frozen) -> bytes:
    """Pack the tables of an archive as CSV, with their sums; the same archive gives same bytes."""
    rows: dict[str, Sequence[UnitThen | ClauseThen | PersonThen | IssueThen]] = {
        "units": archive.units,
        "clauses": archive.clauses,
        "persons": archive.persons,
        "issues": archive.issues,
    }
    return packed(
        {
            f"{name}.csv": written(
                [field.name for field in fields(kind)], [_cells(astuple(one)) for one in rows[name]]
            )
            for name, kind in TABLES.items()
        }
    )


def _cells(values: Iterable[object]) -> list[str]:
    """Return values as cells of an open table: nothing for none, 是 and 否."""
    words = {None: "", True: "是", False: "否"}
    return [words[v] if v is None or isinstance(v, bool) else str(v) for v in values]
