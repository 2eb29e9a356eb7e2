"""The reader: what is clean passes untouched, what is damaged is named at its line and column."""

from __future__ import annotations

import pytest
from effort import ends

from pipeline.ledgers import byte_rules as rules
from pipeline.ledgers import ceilings, characters
from pipeline.ledgers.csv_records import columns_of
from tests.shards_of import SCHEMAS, file_of, read_of

LEDGER = "activities"
WIDTH = len(SCHEMAS[LEDGER].names)
HEADER = ",".join(SCHEMAS[LEDGER].names)


def findings_of(content: str | bytes) -> list[tuple[str, int | None, int | None]]:
    return [(f.rule, f.line, f.column) for f in read_of(LEDGER, content).findings]


def test_a_clean_file_is_read_cell_by_cell() -> None:
    raw = read_of(LEDGER, file_of(LEDGER, {"title": "检修,换阀"}, {"title": "他说“好”"}))

    title = SCHEMAS[LEDGER].column("title") - 1
    assert raw.findings == []
    assert raw.header == SCHEMAS[LEDGER].names
    assert raw.lines == [2, 3]
    assert [row[title] for row in raw.cells] == ["检修,换阀", "他说“好”"]


@pytest.mark.parametrize("ledger", list(SCHEMAS))
def test_a_header_alone_is_fine(ledger: str) -> None:
    raw = read_of(ledger, file_of(ledger))

    assert raw.findings == []
    assert raw.cells == []
    assert raw.header == SCHEMAS[ledger].names


@pytest.mark.parametrize("ledger", list(SCHEMAS))
def test_the_examples_of_every_schema_are_clean(ledger: str) -> None:
    schema = SCHEMAS[ledger]
    raw = read_of(ledger, file_of(ledger, {f.name: f.example for f in schema.fields}))

    assert [f for f in raw.findings if f.severity == "error"] == []
    assert len(raw.cells) == 1


def test_the_digest_is_that_of_the_bytes() -> None:
    text = file_of(LEDGER, {})

    assert read_of(LEDGER, text).digest != read_of(LEDGER, text.replace("\n", "\r\n")).digest
    assert read_of(LEDGER, text).cells == read_of(LEDGER, text.replace("\n", "\r\n")).cells


@pytest.mark.parametrize(
    "text",
    [
        "䶮𬭊淯垱",
        "阿依古丽·买买提",
        "五.4①",
        "m³/d",
        "≤0.5mg/L",
        "（一）“六有两确保”",
        "𠮷﨑﨟",
        "○〇",
    ],
)
def test_real_words_pass_whatever_their_plane(text: str) -> None:
    assert findings_of(file_of(LEDGER, {"title": text})) == []


def test_rows_that_can_be_read_stay_though_a_cell_is_bad() -> None:
    text = file_of(LEDGER, {"title": "板\u200b山坪"}, {"title": "云阳镇"})
    raw = read_of(LEDGER, text)

    assert [f.rule for f in raw.findings] == ["B20"]
    assert len(raw.cells) == 2


def test_a_row_is_never_dropped_in_silence() -> None:
    rows = file_of(LEDGER, {}, {}, {}).splitlines()
    rows[2] += ",多一格"
    raw = read_of(LEDGER, "\n".join(rows) + "\n")

    assert raw.lines == [2, 4]
    assert [(f.rule, f.line) for f in raw.findings] == [("B26", 3)]


def test_a_cell_over_two_lines_spoils_only_its_own_record() -> None:
    first, second, third = file_of(LEDGER, {}, {"title": "甲乙"}, {}).splitlines()[1:]
    broken = second.replace("甲乙", '"甲\n乙"')
    raw = read_of(LEDGER, "\n".join([HEADER, first, broken, third]) + "\n")

    assert [(f.rule, f.line) for f in raw.findings] == [("B25", 3)]
    assert raw.lines == [2, 5]


def test_an_open_quote_spoils_only_its_own_line() -> None:
    text = file_of(LEDGER, {"title": "甲"}, {"title": "乙"}, {"title": '丙,"丁"'})
    raw = read_of(LEDGER, text.replace(",甲,", ',"甲,'))

    assert [(f.rule, f.line) for f in raw.findings] == [("B24", 2)]
    assert raw.lines == [3, 4]


def test_blank_lines_and_trailing_commas_are_told_once_and_forgiven() -> None:
    lines = file_of(LEDGER, {}, {}).splitlines()
    text = "".join(f"{line},,\n" for line in lines) + "\n" + "," * (WIDTH + 1) + "\n"
    raw = read_of(LEDGER, text)

    assert [(f.rule, f.severity) for f in raw.findings] == [("B23", "warning"), ("B27", "warning")]
    assert len(raw.cells) == 2


@pytest.mark.parametrize("over", [-1, 0, 1])
class TestLimits:
    """Each limit holds at itself and one below, and refuses one above."""

    def test_of_bytes(self, over: int) -> None:
        """The limit of bytes."""
        text = file_of(LEDGER, {}).encode()
        text += b"\n" * (ceilings.MAX_FILE_BYTES + over - len(text))

        assert ("B10" in {f[0] for f in findings_of(text)}) == (over > 0)

    def test_of_rows(self, over: int) -> None:
        """The limit of rows."""
        text = HEADER + "\n" + ("," * (WIDTH - 1) + "x\n") * (ceilings.MAX_ROWS + over)

        assert ("B28" in {f[0] for f in findings_of(text)}) == (over > 0)

    def test_of_columns(self, over: int) -> None:
        """The limit of columns."""
        names = [f"c{n}" for n in range(ceilings.MAX_COLUMNS + over - 1)]
        text = ",".join(["activity_id", *names]) + "\n"

        assert ("B29" in {f[0] for f in findings_of(text)}) == (over > 0)

    def test_of_a_cell(self, over: int) -> None:
        """The limit of a cell."""
        text = file_of(LEDGER, {"title": "长" * (ceilings.MAX_CELL + over)})

        assert ("B30" in {f[0] for f in findings_of(text)}) == (over > 0)

    def test_of_findings(self, over: int) -> None:
        """The limit of findings."""
        count = ceilings.MAX_FINDINGS + over
        text = file_of(LEDGER, *[{"title": "#REF!"}] * count)
        column = SCHEMAS[LEDGER].column("title")
        found = findings_of(text)

        assert len(found) == min(count, ceilings.MAX_FINDINGS) + (over > 0)
        assert (found[-1] == ("B32", None, column)) == (over > 0)

    def test_of_lines_looked_ahead(self, over: int) -> None:
        """The limit of lines looked ahead."""
        broken = '"' + "\n" * (ceilings.MAX_LINES_JOINED + over) + '"' + "," * (WIDTH - 1) + "\n"
        found = findings_of(HEADER + "\n" + broken)

        assert (("B25", 2, None) in found) == (over <= 0)


def test_a_closing_finding_of_warnings_is_a_warning() -> None:
    text = file_of(LEDGER, {}) + "\n".join([file_of(LEDGER, {}).splitlines()[1], ""] * 1002) + "\n"
    raw = read_of(LEDGER, text)

    assert {f.severity for f in raw.findings} == {"warning"}
    assert (raw.findings[-1].rule, raw.findings[-1].count) == (rules.BLANK_LINE.id, 2)


@pytest.mark.parametrize(
    "character", "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"
)
def test_the_twelve_unified_ideographs_among_the_compatibility_ones_pass(character: str) -> None:
    assert characters.BAD.search(character) is None


def test_the_classes_of_refused_characters_are_named_and_complete() -> None:
    for number in range(0x110000):
        character = chr(number)
        if characters.BAD.match(character):
            assert characters.kind_of(character) != "不认识的字符"


@pytest.mark.parametrize(
    ("line", "offset", "column"),
    [("a,b,c", 0, 1), ("a,b,c", 2, 2), ('"a,b",c', 2, 1), ('"a,b",c', 6, 2), ('"a"",b",c', 8, 2)],
)
def test_the_column_of_a_place_minds_quotes(line: str, offset: int, column: int) -> None:
    assert columns_of(line)(offset) == column


@pytest.mark.parametrize(
    "content",
    [
        '"' * 400_000,
        '"a' * 200_000,
        ('"x\n' * 200_000),
        "," * 3_000_000,
        "锛" * 500_000,
        "\u200b" * 800_000,
        HEADER + "\n" + "é" * 1_000_000,
        HEADER + "\n" + "e\u0301," * 500_000,
        HEADER + "\n" + ('"",' * 12 + "\n") * 99_999,
    ],
    ids=["引号", "引号和字", "开引号的行", "逗号", "乱码", "零宽", "拉丁", "组合记号", "空引号"],
)
def test_hostile_files_are_refused_and_end(content: str) -> None:
    with ends():
        raw = read_of(LEDGER, content)

    assert raw.findings
