"""What a household is called never leaves the program: not by any gate, format, place or hint."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.checks import Report, assume, keys, privacy, run, schema
from pipeline.checks.examples import cells_of
from pipeline.findings import Finding
from pipeline.ledgers import load
from pipeline.verbs import beside
from pipeline.verbs import check as verb
from pipeline.verbs.console import Console
from tests.shards_of import SCHEMAS, file_of, line_of, read_of

EXAMPLE = Path(__file__).parent / "example"
TODAY = date(2022, 9, 16)
LOADED = load(EXAMPLE)

PLANTED = {
    "户主张三丰家断水": ("三丰",),
    "四组王建国家断水": ("建国",),
    " 五保老人李秀英断水 ": ("秀英",),
    "村民赵小虎13900001234": ("小虎", "13900001234"),
    "户主张\u200b三丰": ("三丰", "\u200b三"),
    "脱贫户孙大圣、孙小圣": ("大圣", "小圣"),
    "证号411321199003071290": ("19900307",),
    "张三丰（户主），微信abc_12345": ("三丰", "abc_12345"),
    "密码：hunter2222": ("hunter2222",),
}
"""A text, and the pieces of it that nobody may be shown."""


def planted(ledger: str, text: str) -> list[dict[str, str]]:
    """Return a row for every column of a ledger, with the text in it."""
    return [{name: text} for name in SCHEMAS[ledger].names]


def told(findings: list[Finding]) -> str:
    """Return everything that is said of findings, in every format."""
    out = io.StringIO()
    console = Console(out=out, err=out)
    report = Report(LOADED, tuple(findings), 1, 1, TODAY)
    verb._text(report, console)
    console.say_json(report.to_json())
    for line in beside.lines(report.findings, EXAMPLE, frozenset()):
        console.say(line)
    return out.getvalue()


@pytest.mark.parametrize("text", PLANTED)
def test_no_gate_repeats_a_household_wherever_it_stands(text: str) -> None:
    """Every column of every ledger, a header and a torn row; and each text is refused."""
    for ledger in SCHEMAS:
        whole = file_of(ledger, *planted(ledger, text))
        header, first, *_ = whole.splitlines(keepends=True)
        torn = [line_of([text, *SCHEMAS[ledger].names[1:]]) + first, header + line_of([text])]
        torn.append(header + first.rstrip("\n") + f",{text}\n")
        for content in (whole, *torn):
            raw = read_of(ledger, content)
            found = [
                *raw.findings,
                *schema.check([raw], SCHEMAS, None),
                *keys.check([raw], SCHEMAS),
                *privacy.check([raw], SCHEMAS),
            ]

            assert found
            assert [piece for piece in PLANTED[text] if piece in told(found)] == [], ledger


@pytest.mark.parametrize("text", list(PLANTED)[:4])
def test_a_whole_check_repeats_no_household(tmp_path: Path, text: str) -> None:
    """In the rows of a campaign, in the names of files and folders, and in what is assumed."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    for path in sorted(data.rglob("*.csv")):
        rows = "".join(
            line_of(cells_of(SCHEMAS[path.stem], row, 900 + n))
            for n, row in enumerate(planted(path.stem, text))
        )
        path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    (data / "units" / "nanzhao" / f"{text.strip()}.csv").write_text("x\n", encoding="utf-8")
    (data / "units" / text.strip()).mkdir()
    report = run(data, today=lambda: TODAY)
    said = told(list(report.findings))

    assert not report.ok
    assert [piece for piece in PLANTED[text] if piece in said] == []

    plan = tmp_path / f"{text.strip()}-works.csv"
    plan.write_text(file_of("works", {"name": text}), encoding="utf-8")
    supposed = assume(run(EXAMPLE, today=lambda: TODAY), [plan])

    assert any(f.rule.startswith("PR") for f in supposed.findings)
    assert [piece for piece in PLANTED[text] if piece in told(list(supposed.findings))] == []


def test_only_the_register_of_phones_shows_a_mobile() -> None:
    """What is published may be given back in its right form; a private number is starred."""
    (shown,) = schema.check(
        [read_of("phones", file_of("phones", {"number": "138-0013-8000"}))], SCHEMAS, None
    )
    (hidden,) = schema.check(
        [read_of("issues", file_of("issues", {"resp_phone": "138-0013-8000"}))], SCHEMAS, None
    )

    assert "应写成 13800138000" in shown.message
    assert "13800138000" not in told([hidden])
    assert "138****8000" in hidden.message


def test_what_is_complained_of_on_the_command_line_is_masked() -> None:
    """An argument or an exception may repeat a name as well."""
    err = io.StringIO()
    Console(err=err).complain("没有 户主张三丰.csv 这个文件")

    assert "三丰" not in err.getvalue()
