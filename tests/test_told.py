"""Findings are told once a kind, bounded, with their count; causes come before consequences."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from story import EXAMPLE, PROJECT, qingyuan

from pipeline import checks
from pipeline.checks import Report, keys
from pipeline.findings import Finding, limited
from pipeline.ledgers import ceilings
from pipeline.verbs import told
from tests.shards_of import SCHEMAS, file_of, read_of
from tests.test_refused_cells import write

CONTRACT = json.loads((PROJECT / "schemas/contracts/check.json").read_text(encoding="utf-8"))
AROUND = [-1, 0, 1]


def finding(line: int | None = 2, **values: object) -> Finding:
    base: dict[str, object] = {
        "gate": "schema", "rule": "S06", "severity": "error", "message": "错", "remedy": "改",
        "file": "data/units/nanzhao/phones.csv", "field": "number_kind", "column": 7,
    }  # fmt: skip
    return Finding(line=line, **base | values)  # type: ignore[arg-type]


def report_of(*findings: Finding) -> Report:
    return Report(None, findings, 1, 1, None)  # type: ignore[arg-type]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The story, free to be spoiled."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


@pytest.mark.parametrize("over", AROUND)
def test_few_of_a_kind_are_said_one_by_one_and_many_once(over: int) -> None:
    """The limit of what is said one by one."""
    count = ceilings.MAX_ALIKE + over
    kinds = told.kinds([finding(line) for line in range(2, count + 2)])

    assert len(kinds) == (count if over <= 0 else 1)
    assert sum(kind.count for kind in kinds) == count


@pytest.mark.parametrize("over", AROUND)
def test_the_first_places_are_named(over: int) -> None:
    """The limit of lines named."""
    count = ceilings.MAX_PLACES + over
    (kind,) = told.kinds([finding(line) for line in range(2, count + 3)])
    where = told.said(kind).splitlines()[1]

    assert f"还有 {count} 处" in where
    assert f"{ceilings.MAX_PLACES + min(over, 0) + 2} 行" in where
    assert where.endswith("等") == (over > 0)


@pytest.mark.parametrize("over", AROUND)
def test_kinds_said_are_limited_errors_first(over: int) -> None:
    """The limit of kinds said; the last warning gives way to the error behind it."""
    count = ceilings.MAX_SAID + over
    many = [finding(column=n, severity="warning") for n in range(count - 1)]
    kinds, rest = told.errors_first([*many, finding(rule="S07")], ceilings.MAX_SAID)

    assert len(kinds) == min(count, ceilings.MAX_SAID)
    assert len(rest) == max(0, over)
    assert kinds[-1].first.rule == "S07"


@pytest.mark.parametrize("over", AROUND)
def test_the_json_is_limited_and_says_what_is_cut(over: int) -> None:
    """The limit of findings in the JSON; counts are of all."""
    count = ceilings.MAX_REPORTED + over
    answer = report_of(*[finding(n) for n in range(1, count + 1)]).to_json()

    assert len(answer["findings"]) == min(count, ceilings.MAX_REPORTED)
    assert answer["cut"] == max(0, over)
    assert answer["counts"] == {"error": count, "warning": 0}


@pytest.mark.parametrize("over", AROUND)
def test_findings_of_any_gate_are_limited_by_kind(over: int) -> None:
    """What a record rule says of ten thousand rows is listed so often, and the rest counted."""
    found = limited([finding(n) for n in range(1, 11 + over)], 10)

    assert len(found) == min(10 + over, 10) + (over > 0)
    assert sum(f.count for f in found) == 10 + over


def test_ten_thousand_wrong_rows_are_a_handful_of_lines(data: Path) -> None:
    """In text and beside a pull request they are one kind; the JSON lists a thousand of them."""
    path = data / "units" / "nanzhao" / "phones.csv"
    rows = [{"phone_id": f"nanzhao-t{n:05d}", "number_kind": "手机"} for n in range(1, 10_001)]
    path.write_text(file_of("phones", *rows), encoding="utf-8")

    for form in ("text", "github"):
        done = qingyuan("check", "--data", data, "--no-cache", "--format", form)
        assert done.returncode == 1
        assert len(done.stdout.splitlines()) < 120
        assert "同样的还有 9999 处：第 3、4、" in done.stdout.replace("%0A", "\n")
    done = qingyuan("check", "--data", data, "--no-cache", "--format", "json")
    answer = json.loads(done.stdout)
    listed = [f for f in answer["findings"] if f["rule"] == "S06"]

    jsonschema.validate(answer, CONTRACT)
    assert len(listed) == ceilings.MAX_FINDINGS + 1
    assert sum(f["count"] for f in listed) == 10_000
    assert answer["cut"] >= 9_000
    assert answer["counts"]["error"] >= 10_000


def test_the_check_of_a_county_never_answers_about_others(data: Path) -> None:
    """Also where everything is read, because one wrong id leads out of the county."""
    path = data / "units" / "nanzhao" / "phones.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",nanzhao-w0001,", ",nanzhao-w0999,", 1), encoding="utf-8")
    for chosen in (data / "units" / "nanzhao", path):
        report = checks.run(data, today=lambda: date(2022, 9, 16), paths=[chosen])

        assert [f.rule for f in report.errors] == ["K03"]
        assert {f.file or f.subject for f in report.findings} <= {
            "units/nanzhao",
            *(f"example/units/nanzhao/{name}.csv" for name in SCHEMAS),
        }


def spoil(data: Path, name: str, how: str) -> None:
    """Do to a ledger of the story what happens to files."""
    path = data / "units" / "nanzhao" / name
    text = path.read_text(encoding="utf-8")
    header, *rows = text.splitlines(keepends=True)
    width = header.count(",") + 1
    match how:
        case "链接":
            path.rename(data.parent / name)
            path.symlink_to(data.parent / name)
        case "没有了":
            path.unlink()
        case "清空":
            path.write_text("", encoding="utf-8")
        case "没有表头":
            path.write_text("".join(rows), encoding="utf-8")
        case "登记日期写错":
            path.write_text(text.replace(",登记,2022-0", ",登记,2022-9", 1), encoding="utf-8")
        case "先后颠倒":
            first = next(row for row in rows if ",登记," in row)
            place = first.index(",登记,") + len(",登记,")
            later = first[:place] + "2022-09-15" + first[place + 10 :]
            path.write_text(text.replace(first, later), encoding="utf-8")
        case _:
            cells = how.split(",") + [""] * width
            path.write_text(text + ",".join(cells[:width]) + "\n", encoding="utf-8")


FAULTS = [
    ("issues.csv", "链接", ["B01", "K11"]),
    ("issues.csv", "清空", ["B13", "K11"]),
    ("issues.csv", "没有表头", ["B49", "K11"]),
    ("works.csv", "链接", ["B01", "K11"]),
    ("issue_events.csv", "登记日期写错", ["S02"]),
    ("issue_events.csv", "先后颠倒", ["E01"]),
    ("issues.csv", "合计,,3", ["B47"]),
    ("issues.csv", ",合计,3", ["B47"]),
    ("issues.csv", "填表人：张测一,,审核：李测二", ["B47"]),
    ("issues.csv", ",单位（盖章）,,2022年8月25日", ["B47"]),
    ("issues.csv", "注：本表一式两份", ["B47"]),
    ("issues.csv", "第 1 页 共 1 页", ["B47"]),
    ("issues.csv", ",,,,,,,,李测三", ["B47"]),
]


@pytest.mark.parametrize(("name", "how", "rules"), FAULTS, ids=[f"{a} {b}" for a, b, _ in FAULTS])
def test_one_fault_is_told_once_and_the_cause_first(
    data: Path, name: str, how: str, rules: list[str]
) -> None:
    """What follows from it is counted, not told again at every row."""
    day = lambda: date(2022, 9, 16)  # noqa: E731
    before = {(f.rule, f.file, f.subject) for f in checks.run(data, today=day).findings}
    spoil(data, name, how)
    report = checks.run(data, today=day)
    new = [f for f in report.findings if (f.rule, f.file, f.subject) not in before]

    assert [f.rule for f in new] == rules
    assert not report.ok
    assert report.findings[0].rule == rules[0] or rules[0][0] != "B"


def test_a_ledger_that_is_gone_is_told_once_for_each_column_that_names_it(data: Path) -> None:
    """Not once for every reference: the file is missing, and so many cells lead into it."""
    spoil(data, "issues.csv", "没有了")
    report = checks.run(data, today=lambda: date(2022, 9, 16))

    assert {f.rule for f in report.errors} == {"K12"}
    assert len(report.errors) == len({(f.file, f.field) for f in report.errors}) < 5
    assert report.count("error") > 10
    assert all("issues.csv" in f.message for f in report.errors)


@pytest.mark.parametrize(
    ("name", "field", "value", "said"),
    [
        ("works", "unit_id", "卧龙区", "卧龙区是 wolong"),
        ("works", "unit_id", "卧龙", "卧龙是 wolong"),
        ("works", "unit_id", "卧龙县水利局", "应当像 wolong"),
        ("works", "works_id", "1号厂", "应当像 wolong-w0001"),
        ("works", "town_code", "石桥镇", "石桥镇是 411303101"),
        ("issues", "village_code", "龙窝村民委员会", "龙窝村民委员会是 411303101205"),
    ],
)
def test_a_name_in_place_of_a_code_is_answered_with_the_code(
    data: Path, name: str, field: str, value: str, said: str
) -> None:
    """And no example is another unit's."""
    path = data / "units" / "wolong" / f"{name}.csv"
    write(path, 2, {field: value})
    (fault,) = checks.run(data, today=lambda: date(2022, 9, 16)).errors

    assert said in fault.message
    assert "nanzhao" not in fault.message + fault.remedy


def test_a_number_given_out_twice_is_answered_with_a_free_one(data: Path) -> None:
    """The next after all that were given out, of any unit's rows."""
    path = data / "units" / "wolong" / "activities.csv"
    header, first, *_ = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{header}\n{first}\n{first}\n{first}\n", encoding="utf-8")
    messages = [f.message for f in checks.run(data, today=lambda: date(2022, 9, 16)).errors]

    assert len(messages) == 2
    assert messages[0].endswith("没用过的下一个是 wolong-a0002")
    assert messages[1].endswith("没用过的下一个是 wolong-a0003")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xef\xbb\xbf" + file_of("activities", {}).encode(), "文件开头有 BOM 标记"),
        (file_of("activities", {}).rstrip("\n").encode(), "最后一行末尾没有换行"),
        (file_of("activities", {}, {}).replace("\n", "\r\n", 1).encode(), "有 1 行用 CRLF 换行"),
        ((file_of("activities", {}) + "合计" + "," * 16 + "\n").encode(), "第3行是合计行"),
    ],
)
def test_messages_say_what_is_there(content: bytes, said: str) -> None:
    """Not what should be."""
    messages = [f.message for f in read_of("activities", content).findings]

    assert any(said in message for message in messages), messages


def test_the_order_of_rows_is_told_by_two_lines() -> None:
    """Which row stands before which."""
    raws = [read_of("activities", file_of("activities", {"activity_id": "nanzhao-a0009"}, {}))]
    (order,) = [f for f in keys.check(raws, SCHEMAS) if f.rule == "K09"]

    assert order.message == "第3行的编号排在第2行前面"
