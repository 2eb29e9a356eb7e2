"""One shape for everything found wrong."""

import pytest

from pipeline.findings import VALUE_SHOWN, Finding, Rule, ordered, refused, shown


def _finding(**values):
    base = {"gate": "records", "rule": "X", "severity": "error", "message": "错", "remedy": "改"}
    return Finding(**base | values)


@pytest.mark.parametrize("missing", ["sentence", "remedy", "source", "why"])
def test_a_rule_says_what_how_whence_and_why(missing):
    """Whoever is refused must be told what to do, on whose word, and what for."""
    words = {"sentence": "句", "remedy": "法", "source": "常理", "why": "因"}

    with pytest.raises(ValueError, match=missing):
        Rule("T99", "records", "error", **words | {missing: ""})


@pytest.mark.parametrize("length", [VALUE_SHOWN - 1, VALUE_SHOWN, VALUE_SHOWN + 1])
def test_long_values_are_cut(length):
    """A message shows at most so many characters of a value."""
    said = shown("水" * length)

    assert said == ("水" * length if length <= VALUE_SHOWN else "水" * VALUE_SHOWN + "…")


def test_unprintable_characters_are_escaped():
    """Nothing hidden in a value reaches a terminal or a page as it is."""
    said = shown("甲\u202e乙\x1b[31m\ud800")

    assert "\u202e" not in said
    assert "\x1b" not in said
    assert said.isprintable()


def test_a_waived_error_does_not_refuse():
    """A waiver silences an error; a warning never refuses."""
    error = _finding()

    assert refused([error])
    assert not refused([error.waive(), _finding(severity="warning")])


def test_findings_are_listed_by_file_line_and_column():
    """Findings without a file come last."""
    rows = [
        _finding(),
        _finding(file="b", line=1),
        _finding(file="a", line=10),
        _finding(file="a", line=9, column=2),
        _finding(file="a", line=9, column=1),
    ]

    places = [(f.file, f.line, f.column) for f in ordered(rows)]

    assert places == [("a", 9, 1), ("a", 9, 2), ("a", 10, None), ("b", 1, None), (None, None, None)]


def test_the_place_is_said_in_chinese():
    """A clerk reads file, line and the column's official title."""
    said = _finding(file="data/x.csv", line=12, field="due_on", title="整改时限").place()

    assert said == "data/x.csv 第12行 “整改时限”列"
