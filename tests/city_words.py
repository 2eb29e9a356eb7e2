"""The words by which the committed city is known: read from its data, none written here.

Names of the city and its units, how paths call them, its area code, the beginning of its division
codes, and the series of its papers. What such a word is hidden in by chance is no find:
内乡 is a county, 县内乡镇 is not.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from story import PROJECT

from pipeline.ledgers.campaign import load_campaign

DATA = PROJECT / "data"

_KINDS = re.compile("高新|技术|产业|开发|城乡|一体化|示范|社会事业|管委会|工|新|区|局")
"""Words of which the names of zones are made everywhere; a name of nothing else tells no city."""
_CHANCE = re.compile("内乡镇|乡镇平")
"""Usual words that the short names of counties stand in by chance."""


def words(data: Path = DATA) -> tuple[str, ...]:
    """Return the words, the longest first."""
    campaign, _ = load_campaign(data / "campaign.yml", "campaign.yml")
    assert campaign is not None
    papers = [campaign.document_number, *(one["number"] for one in campaign.basis)]
    found = {campaign.city, campaign.city.removesuffix("市"), campaign.area_code}
    found |= {paper.partition("〔")[0] for paper in papers if paper}
    with (data / "reference" / "units.csv").open(encoding="utf-8", newline="") as file:
        for unit in csv.DictReader(file):
            found.add(unit["unit_id"])
            names = [unit["name"], unit["short_name"], *unit["aliases"].split("|")]
            found.update(name for name in names if _KINDS.sub("", name))
    return tuple(sorted(filter(None, found), key=lambda word: (-len(word), word)))


def pattern(data: Path = DATA) -> re.Pattern[str]:
    """Return what finds any of them; codes only where a number begins with that of the city."""
    campaign, _ = load_campaign(data / "campaign.yml", "campaign.yml")
    assert campaign is not None
    told = [
        rf"(?<![0-9A-Za-z]){word}(?![A-Za-z])" if word.isascii() else re.escape(word)
        for word in words(data)
    ]
    code = rf"(?<![0-9A-Za-z.#,-]){campaign.city_code}[0-9]*(?![0-9A-Za-z])"
    return re.compile("|".join([*told, code]))


def found_in(files: Iterable[Path], looked_for: re.Pattern[str]) -> list[str]:
    """Return where the words stand: file, line, word; workbooks are opened."""
    told = []
    for path in sorted(files):
        for name, content in _texts(path):
            text = content.decode("utf-8", "replace")
            if not looked_for.search(text):
                continue
            for number, line in enumerate(text.splitlines(), 1):
                if one := looked_for.search(_CHANCE.sub("", line)):
                    told.append(f"{name} 第{number}行 {one.group()}")
    return told


def _texts(path: Path) -> Iterator[tuple[str, bytes]]:
    if not zipfile.is_zipfile(path):
        yield str(path), path.read_bytes()
        return
    with zipfile.ZipFile(path) as pack:
        for name in pack.namelist():
            yield f"{path}/{name}", pack.read(name)
