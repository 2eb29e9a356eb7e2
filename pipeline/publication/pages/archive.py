"""Frozen periods: one page each, with the figures of every unit and every issue on its last day."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.dates import in_words
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import pages
from pipeline.publication.long_lists import long_list
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME


def _archives(desk: Desk) -> Iterator[str]:
    yield from desk.view.archives


@pages("archive", at="archive/{}.html", keys=_archives)
def archive_page(desk: Desk, key: str) -> Content:
    """Make the page of a frozen period; what it says never changes with what came after."""
    archive = desk.view.archives[key]
    names = {one.unit_id: one.name for one in archive.units}
    issues = long_list(
        desk, f"archive-{key}", "archive_rows.html", archive.issues, root="../", names=names
    )
    day = in_words(archive.day)
    body = desk.render("archive.html", archive=archive, list=issues, names=names)
    return Content(
        f"{day}的存档",
        f"{day}各单位的整改、考评和每一个问题的状态，不再更新",
        (*HOME, ("更正与更新", "updates.html"), (f"{day}的存档", None)),
        body,
        beside={**issues.beside, f"archive/{key}.json": archive.json},
        archive_of=archive.day,
    )
