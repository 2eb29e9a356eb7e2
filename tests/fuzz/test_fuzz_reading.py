"""Whatever comes in: no exception, nothing silent; what is clean any CSV reader reads the same.

The same seeds every time; more examples with QINGYUAN_FUZZ=n.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.checks import privacy, schema
from pipeline.checks.examples import cells_of
from pipeline.findings import Finding
from pipeline.ledgers import RawShard
from pipeline.ledgers.known_clean import KnownClean
from pipeline.ledgers.writer import canonical
from pipeline.store import Store
from tests.shards_of import SCHEMAS, file_of, line_of, read_of

EXAMPLES = int(os.environ.get("QINGYUAN_FUZZ", "150"))
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
REAL = sorted((Path(__file__).parents[1] / "example").rglob("*.csv"))
TOKENS = [
    *(
        b",",
        b'"',
        b"\n",
        b"\r",
        b"\r\n",
        b"\x00",
        b";",
        b"\t",
        b"|",
        b" ",
        b"\xff",
        b"\xef\xbb\xbf",
    ),
    *(
        "，\u3000\u200b\u202e\ufffd\ue000⻄｜１锟é\u0301😀".encode(),
        "\u2028".encode(),
        b'""',
        b',"',
    ),
    *(b"<<<<<<< HEAD\n", b"=======\n", b"#REF!", b"4.11E+11", b"2022/8/20", b"sep=,\n", b"1,2,3\n"),
    *("合计".encode(), "户主张三".encode(), b"13900001234", b"=cmd|'/c'!A1", b"{{7*7}}", b"\\"),
]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a ledger's name and a real shard of it that was cut, spliced and repeated."""
    path = draw(st.sampled_from(REAL))
    content = path.read_bytes()[:6_000]
    for _ in range(draw(st.integers(1, 6))):
        at, end = sorted((draw(st.integers(0, len(content))), draw(st.integers(0, len(content)))))
        change = draw(st.sampled_from(["insert", "delete", "repeat", "replace", "byte"]))
        piece = draw(st.sampled_from(TOKENS))
        content = {
            "insert": content[:at] + piece + content[at:],
            "delete": content[:at] + content[min(end, at + 40) :],
            "repeat": content[:end] + content[at:end][:200] + content[end:],
            "replace": content[:at] + piece + content[at + len(piece) :],
            "byte": content[:at] + bytes([draw(st.integers(0, 255))]) + content[at + 1 :],
        }[change]
    return path.stem, content


def findings_of(raw: RawShard) -> list[Finding]:
    return [*raw.findings, *schema.check([raw], SCHEMAS, None), *privacy.check([raw], SCHEMAS)]


def hold(raw: RawShard, content: bytes) -> None:
    """Assert what holds for every input."""
    findings = findings_of(raw)
    for finding in findings:
        assert finding.file
        assert finding.message
        assert finding.remedy
        assert (finding.value or "").isprintable()
    assert all(len(row) == len(raw.header) for row in raw.cells)
    assert raw.lines == sorted(set(raw.lines))
    read_again_alike(raw, content)
    if not raw.header:
        assert any(f.severity == "error" for f in raw.findings)
    if not any(f.severity == "error" for f in raw.findings):
        read_alike(raw, content)
        written_alike(raw)
    elif not any(f.line is None for f in raw.findings):
        explained(raw, content)


def reference(content: bytes) -> list[tuple[int, list[str]]]:
    """Read as the csv module does, with the line on which each row ends."""
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]


def read_alike(raw: RawShard, content: bytes) -> None:
    """What is clean is read as another reader reads it, on the same lines."""
    rows = reference(content)
    width = len(raw.header)

    assert [row[:width] for _, row in rows[1:]] == raw.cells
    assert [line for line, _ in rows[1:]] == raw.lines


class Memory(Store):
    """A store of one run, without files."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._values: dict[str, bytes] = {}
        self.get = self._values.get  # type: ignore[method-assign]
        self.put = self._values.__setitem__  # type: ignore[method-assign]


def read_again_alike(raw: RawShard, content: bytes) -> None:
    """What is known from an earlier run to be clean is read as it was then."""
    store = Memory()
    for _ in range(2):
        reader = KnownClean(SCHEMAS, store)
        assert reader.read(raw.shard, content) == raw
        reader.keep()


def written_alike(raw: RawShard) -> None:
    """What is clean stays the same when it is written in canonical form, and is then spotless."""
    again = read_of(raw.shard.ledger, canonical(raw, SCHEMAS))

    assert again.findings == []
    assert sorted(again.cells) == sorted(raw.cells)


def explained(raw: RawShard, content: bytes) -> None:
    """Every line that is no row has a finding at it, or belongs to one that began before."""
    lines = content.decode("utf-8-sig", "replace").split("\n")
    named = {f.line for f in raw.findings}
    missing = [n for n, line in enumerate(lines, 1) if line.strip(', "\r')]
    missing = [n for n in missing if n != 1 and n not in raw.lines and n not in named]
    if raw.header and missing:
        assert any(f.rule == "B25" or f.count > 1 for f in raw.findings), missing


@FUZZ
@given(st.sampled_from(list(SCHEMAS)), st.binary(max_size=400))
def test_random_bytes(ledger: str, content: bytes) -> None:
    hold(read_of(ledger, content), content)


@FUZZ
@given(st.sampled_from(list(SCHEMAS)), st.text(max_size=400))
def test_random_text_below_a_good_header(ledger: str, text: str) -> None:
    content = (file_of(ledger) + text).encode("utf-8", "replace")
    hold(read_of(ledger, content), content)


@FUZZ
@given(mutated())
def test_real_shards_cut_and_spliced(given_shard: tuple[str, bytes]) -> None:
    ledger, content = given_shard
    hold(read_of(ledger, content), content)


@FUZZ
@given(st.data())
def test_random_words_in_cells(data: st.DataObject) -> None:
    table = SCHEMAS[data.draw(st.sampled_from(list(SCHEMAS)))]
    word = st.one_of(
        st.text(max_size=20), st.sampled_from(TOKENS).map(lambda t: t.decode("utf-8", "ignore"))
    )
    rows = [
        cells_of(table, data.draw(st.dictionaries(st.sampled_from(table.names), word, max_size=5)))
        for _ in range(data.draw(st.integers(0, 4)))
    ]
    lines = [line_of(list(table.names)), *(line_of(row) for row in rows)]
    content = "".join(lines).encode("utf-8", "replace")
    hold(read_of(table.name, content), content)


@FUZZ
@given(st.sampled_from(REAL), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_cell(path: Path, random) -> None:  # type: ignore[no-untyped-def]
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)[:200]
    shuffled = rows[:]
    random.shuffle(shuffled)
    straight = read_of(path.stem, head + "".join(rows))
    mixed = read_of(path.stem, head + "".join(shuffled))

    assert sorted(mixed.cells) == sorted(straight.cells)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "big5", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("path", REAL[:12], ids=lambda path: path.stem)
def test_other_encodings_are_refused_or_the_same(path: Path, encoding: str) -> None:
    text = path.read_text(encoding="utf-8")
    content = text.encode(encoding, "ignore")
    raw = read_of(path.stem, content)

    hold(raw, content)
    assert content == text.encode() or raw.findings
