"""Open data: every public ledger as CSV, CSV for Excel, workbook and JSON, with schemas and sums.

Only the columns of the view leave. While the campaign is a demonstration every file says so: in
its name, and the edition for Excel in every row, because that is the one people mail around.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from operator import itemgetter
from typing import Any

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.publication import spreadsheet
from pipeline.publication.spreadsheet import DEMO
from pipeline.publication.tables import Column, column, lines, text, written
from pipeline.rowtypes import ShownWaterTestRow
from pipeline.store import Store, key_of

FOLDER = "data"
VERDICTS = "water_verdicts"
VERDICT_COLUMNS = (
    "sample_id",
    "outcome",
    "stated",
    "is_computed",
    "failed",
    "unjudged",
    "relaxed",
    "passed",
    "cured_by_id",
)
"""Columns of the verdicts: the five words of `outcome`, and the indicators of each kind.

`passed` holds the relaxed ones too.
"""


@dataclass(frozen=True, slots=True)
class Download:
    """One ledger's files: addresses under the site's root, with size in bytes and digest."""

    ledger: str
    title: str
    description: str
    rows: int
    csv: str
    excel: str
    xlsx: str
    json: str
    schema: str


class Columns:
    """The public columns of a ledger, as its rows in the view have them."""

    def __init__(self, view: View, ledger: str) -> None:
        """Take the columns that the view's rows of this ledger carry."""
        schema = view.schemas[ledger]
        rows = view[ledger]
        visible = set(type(rows[0])._fields) if rows else set()
        self.schema, self.rows = schema, rows
        self.fields = [f for f in schema.fields if f.name in visible]

    @cached_property
    def values(self) -> dict[str, Sequence[Any]]:
        """The values of each column by its name."""
        places = {name: n for n, name in enumerate(type(self.rows[0])._fields)}
        return {f.name: list(map(itemgetter(places[f.name]), self.rows)) for f in self.fields}

    def texts(self) -> list[Column]:
        """Return the cells of each column as text, as they stand in a ledger."""
        return [column(f.type, self.values[f.name]) for f in self.fields]


def published(view: View) -> list[str]:
    """Return the ledgers that have public rows, in the order of their names."""
    return [name for name in view.schemas if view[name]]


def describe(view: View, ledger: str) -> Download:
    """Say which files a ledger is published in."""
    schema, stem = view.schemas[ledger], f"{FOLDER}/{_stem(view, ledger)}"
    return Download(
        ledger,
        schema.title,
        schema.description,
        len(view[ledger]),
        f"{stem}.csv",
        f"{stem}-excel.csv",
        f"{stem}.xlsx",
        f"{stem}.json",
        f"{FOLDER}/schemas/{ledger}.json",
    )


def _stem(view: View, ledger: str) -> str:
    return f"{ledger}-demo" if view.campaign.is_demo else ledger


def files(view: View, ledger: str, store: Store) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one ledger: address and bytes.

    Workbooks take longest to write, so they are kept by what they hold.
    """
    made, columns = describe(view, ledger), Columns(view, ledger)
    cells = columns.texts()
    texts = [one.texts for one in cells]
    yield made.csv, written([f.name for f in columns.fields], zip(*texts, strict=True))
    sheet = spreadsheet.Sheet(view, columns.schema, columns.fields, columns.values, cells)
    excel = sheet.csv()
    yield made.excel, excel
    key = key_of("workbook", made.title, excel, repr([f.type for f in columns.fields]))
    yield made.xlsx, store.kept(key, sheet.xlsx)
    yield made.json, _json(view, columns, texts)
    yield made.schema, _dump(public_schema(view, ledger))


def score_files(view: View) -> Iterator[tuple[str, bytes]]:
    """Yield the scores of every unit and clause as CSV and as the JSON contract of `score`."""
    header, *rows = view.score_table
    yield score_address(view, "csv"), written(list(header), map(list, rows))
    yield score_address(view, "json"), _dump(dict(view.score_data))


def verdict_files(view: View) -> Iterator[tuple[str, bytes]]:
    """Yield what was made of every water sample, beside what its report states, as CSV and JSON.

    A report's own conclusion is a column of the ledger; whoever counts passes counts these.
    """
    rows = [_verdict(view, test) for test in view.water_tests]
    header = list(VERDICT_COLUMNS)
    yield verdict_address(view, "csv"), written(header, rows)
    head = {
        "ledger": VERDICTS,
        "title": "水质判定",
        "as_of": view.as_of_on.isoformat(),
        "is_demo": view.campaign.is_demo,
        "fields": header,
    }
    yield verdict_address(view, "json"), lines(head, zip(*rows, strict=True))


def _verdict(view: View, test: ShownWaterTestRow) -> list[str]:
    found = view.verdicts[test.id]
    kinds = (found.failed, found.open, found.relaxed, found.passed)
    listed = (tuple(sorted(result.indicator for result in kind)) for kind in kinds)
    cells = (test.id, found.outcome, test.conclusion, found.is_computed, *listed, found.cured_by)
    return [text(cell) for cell in cells]


def verdict_address(view: View, ending: str) -> str:
    """Return the address of the verdicts on water samples in one format."""
    return f"{FOLDER}/{_stem(view, VERDICTS)}.{ending}"


def score_address(view: View, ending: str) -> str:
    """Return the address of the scores in one format."""
    edition = view.assessment.edition.id
    name = "scores" if edition == view.campaign.edition else f"scores-{edition}"
    return f"{FOLDER}/{_stem(view, name)}.{ending}"


def _json(view: View, columns: Columns, texts: list[Sequence[str]]) -> bytes:
    """Write field names once and a row a line; cells as in the CSV file."""
    head = {
        "ledger": columns.schema.name,
        "title": columns.schema.title,
        "as_of": view.as_of_on.isoformat(),
        "is_demo": view.campaign.is_demo,
        "digest": _ledger_digest(view, columns.schema.name),
        "fields": [f.name for f in columns.fields],
    }
    return lines(head, texts)


def _ledger_digest(view: View, ledger: str) -> str:
    """Return the digest of a ledger; that of all data is asked for where there is none.

    A file that had asked for that of all data would be made again whatever changed.
    """
    if found := view.parts.get(f"ledger/{ledger}"):
        return found
    return view.digest


def _dump(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def public_schema(view: View, ledger: str) -> dict[str, Any]:
    """Return the Table Schema of what is published of a ledger.

    Masked columns lose the pattern of what they hide, and keys to what is not published are left
    out, so that the public package is valid by itself.
    """
    columns = Columns(view, ledger)
    names = [f.name for f in columns.fields]
    raw = columns.schema.descriptor
    shown = {name: dict(field) for field in raw["fields"] if (name := field["name"]) in names}
    for field in columns.fields:
        if field.visibility == "M":
            shown[field.name].pop("constraints", None)
    keys = [
        k
        for k in raw.get("foreignKeys", ())
        if set(_listed(k["fields"])) <= set(names) and view[k["reference"]["resource"] or ledger]
    ]
    schema = {"fields": [shown[name] for name in names], "primaryKey": raw["primaryKey"]}
    return schema | ({"foreignKeys": keys} if keys else {})


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def package(view: View, sizes: dict[str, tuple[int, str]]) -> bytes:
    """Return the public datapackage.json; `sizes` gives bytes and sha256 of each file written."""
    campaign = view.campaign
    demo = f"（{DEMO}）" if campaign.is_demo else ""
    resources = []
    for ledger in published(view):
        made = describe(view, ledger)
        size, digest = sizes[made.csv]
        resources.append(
            {
                "name": ledger,
                "title": made.title,
                "description": made.description,
                "path": made.csv.removeprefix(f"{FOLDER}/"),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": size,
                "hash": f"sha256:{digest}",
                "schema": public_schema(view, ledger),
            }
        )
    return _dump(
        {
            "name": "qingyuan-demo" if campaign.is_demo else "qingyuan",
            "title": f"{campaign.title}公开数据{demo}",
            "description": f"数据日期{in_words(view.as_of_on)}。{demo}",
            "version": view.digest[:12],
            "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
            "sources": [{"title": campaign.document_number}],
            "campaign": {
                "as_of_on": view.as_of_on.isoformat(),
                "year_from_on": campaign.year_from_on.isoformat(),
                "screen_from_on": campaign.screen_from_on.isoformat(),
                "screen_to_on": campaign.screen_to_on.isoformat(),
                "assess_from_on": campaign.assess_from_on.isoformat(),
                "cut_off_on": campaign.cut_off_on.isoformat(),
            },
            "resources": resources,
        }
    )


def digest(content: bytes) -> tuple[int, str]:
    """Return size and sha256 of a file's content."""
    return len(content), sha256(content).hexdigest()
