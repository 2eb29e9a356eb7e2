"""How places may be called: the forms of a name that clerks and villagers use, one list for all.

Entry by hand and import ask the same list, so that both know a place by the same names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pipeline.rowtypes import DivisionRow, WorksRow


def plain(text: str) -> str:
    """Return a name in the form in which names are compared: all widths alike, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def town_names(row: DivisionRow) -> Iterator[str]:
    """Yield what a township is called."""
    yield from (row.name, row.short_name, *(row.aliases or ()))
    if row.name.endswith("街道"):
        yield f"{row.name}办事处"


def village_names(row: DivisionRow) -> Iterator[str]:
    """Yield what a village is called, without its township: 下关村, 下关村委会, 下关行政村."""
    yield from (row.name, row.short_name, *(row.aliases or ()))
    stem = row.short_name.removesuffix("村")
    if row.name.endswith("村民委员会") or row.short_name.endswith("村"):
        yield from (
            f"{stem}村",
            f"{stem}村委会",
            f"{stem}村村委会",
            f"{stem}村民委员会",
            f"{stem}行政村",
        )
    elif row.short_name.endswith("社区"):
        yield f"{row.short_name}居委会"


def works_names(row: WorksRow, town: str) -> Iterator[str]:
    """Yield what a works is called, with and without the township it begins with."""
    for name in (row.name, *(row.aliases or ())):
        yield name
        if town and name.startswith(town):
            yield name.removeprefix(town)
