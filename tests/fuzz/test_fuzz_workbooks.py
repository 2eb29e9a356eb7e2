"""Out as a workbook and home again over random rows; zip, XML and CSV layers spoiled at random.

The same seeds every time; more examples with QINGYUAN_FUZZ=n.
"""

from __future__ import annotations

import functools
import io
import os
import shutil
import string
import tempfile
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks.made import ANSWERS, TEN, row, sheet_of, text, xlsx
from workbooks.old import rows as old_rows
from workbooks.old import xls

from pipeline.checks.examples import cells_of
from pipeline.intake import process
from pipeline.intake.issues import exported
from pipeline.intake.outcome import Outcome
from pipeline.intake.process import Wish, take_in
from pipeline.intake.standing import Standing
from pipeline.ledgers import Loaded, load
from pipeline.ledgers.schemas import Field, Schema
from pipeline.ledgers.writer import shard_bytes
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.workbooks import Origin, ledger_workbook
from pipeline.workbooks.choices import places_of
from tests.shards_of import SCHEMAS

EXAMPLES = max(10, int(os.environ.get("QINGYUAN_FUZZ", "150")) // 15)
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
EXAMPLE = Path(__file__).parents[1] / "example"
UNIT = "nanzhao"
LEDGERS = [s.name for s in SCHEMAS.at_home("U") if s.name != "issues"]

NASTY = [
    *("=1+1", '=HYPERLINK("http://x")', "'=1+1", "@x", "+86", "-1", "0.40", "0400", "1E5"),
    *("同上", "〃", "无", "/", "合计", "小计：3", "备注：x", "#N/A", "#REF!", "是", "√"),
    *("2022.8.20", "8月底前", "44793", "1,200", "3.2万", "约500", 'a"b', "a,b；c、d", "（内）"),
    *("①②", "１２", "😀", "𠮷野", "é", "淯魚垱岞塚礌昇珪", "<b>&amp;</b>", "{{7*7}}", "${x}"),
    *("_x000D_", "_x005F_", "x" * 60, "00123"),
]
WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]),
        min_size=1,
        max_size=24,
    ),
    st.text(string.digits, min_size=1, max_size=12),
)


@functools.cache
def folder() -> Path:
    """Return a data folder of one unit, whose ledgers are written anew for each example."""
    data = Path(tempfile.mkdtemp(prefix="qingyuan-fuzz-")) / "data"
    shutil.copytree(EXAMPLE, data)
    return data


@functools.cache
def shared(data: Path) -> Loaded:
    """Return what all units share, which no example changes."""
    return load(data, units=frozenset())


def plain(word: str) -> str:
    """Return a text as a ledger holds it: NFC, on one line, no blank at its ends."""
    return " ".join(unicodedata.normalize("NFC", word).split())


def value_of(field: Field) -> st.SearchStrategy[str]:
    """Return what may stand in a column of a ledger, in canonical form."""
    if field.enum:
        return st.sampled_from(field.enum)
    if field.type == "boolean":
        return st.sampled_from(["是", "否"])
    if field.type == "date":
        return st.dates(date(2015, 1, 1), date(2023, 12, 31)).map(date.isoformat)
    if field.type == "integer":
        return st.integers(0, 99_999).map(str)
    if field.type == "number":
        return st.sampled_from(["0", "0.4", "0.40", "12", "12.50", "1200", "0.001"])
    if field.is_coded or field.is_phone or field.pattern or field.list_of:
        return st.just(field.example or "")
    longest = field.max_length or 200
    return WORDS.map(lambda word: plain(word)[:longest].strip())


@st.composite
def ledger_rows(draw: st.DrawFn, name: str) -> tuple[Schema, list[dict[str, str]]]:
    """Return random rows of a ledger, each with a key of its own."""
    schema = SCHEMAS[name]
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for number in range(draw(st.integers(1, 5))):
        told = dict(zip(schema.names, cells_of(schema, {}, number), strict=True))
        for field in schema.fields:
            if field.name in schema.primary_key or field.name == "unit_id":
                continue
            if field.required or draw(st.booleans()):
                told[field.name] = draw(value_of(field))
        told = {n: v.replace("jiaxian", UNIT) for n, v in told.items()}
        if "unit_id" in told:
            told["unit_id"] = UNIT
        found[tuple(told[n] for n in schema.primary_key)] = told
    return schema, list(found.values())


def taken(content: bytes, name: str, data: Path, answers: Mapping[str, str]) -> Outcome:
    """Import without the gates: what is read, not what is right, is asked about here."""
    judge, process.judge = process.judge, lambda *_: None
    try:
        loaded = shared(data)
        assert loaded.snapshot is not None
        day = loaded.snapshot.campaign.as_of_on
        assert day is not None
        return take_in(name, content, loaded, day, Wish(UNIT, "", answers), Store())[0]
    finally:
        process.judge = judge


@FUZZ
@given(st.data())
def test_rows_of_a_ledger_go_out_and_come_home_the_same(data: st.DataObject) -> None:
    """Whatever stands in the cells: not one is changed, refused, or read as something else."""
    ledger = data.draw(st.sampled_from(LEDGERS))
    schema, rows = data.draw(ledger_rows(ledger))
    path = folder() / "units" / UNIT / f"{ledger}.csv"
    old = path.read_bytes() if path.is_file() else b""
    try:
        path.write_bytes(shard_bytes(schema, rows))
        there = load(folder(), units=frozenset((UNIT,)))
        assert there.snapshot is not None
        stands = Standing(there, there.snapshot, UNIT, there.snapshot.campaign.cut_off_on)
        kept = list(stands.rows(ledger).values())
        places = places_of(there.snapshot, UNIT)
        origin = Origin(ledger, schema.version, UNIT, "2022-09-16")
        out = ledger_workbook(schema, "南召县", places, origin, kept)
        outcome = taken(out, "台账.xlsx", folder(), {})
    finally:
        path.write_bytes(old) if old else path.unlink(missing_ok=True)

    assert not outcome.rows, outcome.rows
    assert not [f for f in outcome.findings if f.severity == "error"]
    assert outcome.counts()["相同"] == len(kept)


@FUZZ
@given(st.data())
def test_issues_go_out_as_the_official_form_and_come_home_the_same(data: st.DataObject) -> None:
    """The ten columns with the hidden number: random texts in every one that is free."""
    schema = SCHEMAS["issues"]
    path = folder() / "units" / UNIT / "issues.csv"
    old = path.read_bytes()
    free = ("problem", "measures", "remark", "resp_org", "source_text", "root_cause")
    try:
        before = load(folder(), units=frozenset((UNIT,)))
        assert before.snapshot is not None
        first = Standing(before, before.snapshot, UNIT, before.snapshot.campaign.cut_off_on)
        rows = [
            row | {n: plain(data.draw(WORDS))[:100].strip() or "水" for n in free}
            for row in first.rows("issues").values()
        ]
        path.write_bytes(shard_bytes(schema, rows))
        there = load(folder(), units=frozenset((UNIT,)))
        assert there.snapshot is not None
        day = there.snapshot.campaign.as_of_on
        assert day is not None
        stands = Standing(there, there.snapshot, UNIT, day)
        kept = [i for i in there.snapshot["issues"] if i.unit_id == UNIT]
        lines = [["南召县", *exported(issue, stands).values(), issue.issue_id] for issue in kept]
        content = xlsx([[*TEN, "编号（勿改）"], *lines], spoil=_as_texts)
        outcome = taken(content, "台账.xlsx", folder(), {})
    finally:
        path.write_bytes(old)

    assert not outcome.rows, outcome.rows
    assert outcome.counts()["相同"] == len(kept)


def _as_texts(book: Any) -> None:
    """Make every cell a text, as our own export does: what begins like a formula is none."""
    for cells in book.active.iter_rows():
        for cell in cells:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type


FORM = sheet_of(row(101), row(102, person="张三、李四"), row(103, due="8月底前"))
GOOD: Sequence[tuple[str, bytes]] = [
    ("台账.xlsx", xlsx(FORM)),
    ("台账.xls", xls(old_rows(FORM))),
    ("台账.csv", text(FORM)),
    ("台账.csv", text(FORM, ";", "gb18030")),
    ("台账.csv", text(FORM, "\t", "utf-16")),
]
PIECES = [
    *(b"", b"\0", b"\xff", b'"', b",", b"\n", b"\r", b"<", b">", b"</row>", b"<row>", b"&#x0;"),
    *(b"<c r='ZZ9'>", b'r="A1"', b't="s"', b't="e"', b"<f>1</f>", b"<v>9e999</v>", b"]]>"),
    *(b"PK\x05\x06", b"PK\x01\x02", b"\x00\x00\x00\x80", b"<mergeCell ref='A1:J9'/>", b"1E400"),
    *("同上".encode(), "合计".encode(), "，".encode("gb18030"), b"\x42\xd8"),
]


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a good file that was cut, spliced and repeated: the file itself, or a part of it."""
    name, content = draw(st.sampled_from(GOOD))
    if name.endswith("xlsx") and draw(st.booleans()):
        return name, _part_spoilt(draw, content)
    return name, _spoil(draw, content)


def _spoil(draw: st.DrawFn, content: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 5))):
        at, end = sorted((draw(st.integers(0, len(content))), draw(st.integers(0, len(content)))))
        change = draw(st.sampled_from(["insert", "delete", "repeat", "replace", "cut"]))
        piece = draw(st.sampled_from(PIECES))
        content = {
            "insert": content[:at] + piece + content[at:],
            "delete": content[:at] + content[min(end, at + 60) :],
            "repeat": content[:end] + content[at:end][:300] + content[end:],
            "replace": content[:at] + piece + content[at + len(piece) :],
            "cut": content[: max(at, len(content) // 2)],
        }[change]
    return content


def _part_spoilt(draw: st.DrawFn, content: bytes) -> bytes:
    """Spoil one part of an .xlsx, in a zip file that is sound."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        names = old.namelist()
        chosen = draw(st.sampled_from([n for n in names if n.startswith("xl/")]))
        for name in names:
            body = old.read(name)
            new.writestr(name, _spoil(draw, body) if name == chosen else body)
    return made.getvalue()


@settings(FUZZ, max_examples=EXAMPLES * 4)
@given(spoilt())
def test_a_spoilt_file_is_read_or_refused(given_file: tuple[str, bytes]) -> None:
    """One Chinese sentence, or an outcome in which every row has a fate; never an exception."""
    name, content = given_file
    try:
        outcome = taken(content, name, EXAMPLE, ANSWERS)
    except UsageTrouble as trouble:
        said = str(trouble)
        outcome = None
    if outcome is None:
        assert said.startswith("这个文件没有打开：")
        return
    told: dict[str, Any] = outcome.to_json()
    assert told["rows"] or not outcome.ok or not any(s.rows for s in outcome.book.sheets)
    for finding in outcome.findings:
        assert finding.message
        assert finding.remedy
