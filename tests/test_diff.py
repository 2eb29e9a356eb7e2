"""`qingyuan diff`: what a change means, in words of the work; noise is noise; nothing leaks."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from changed import (
    EVENTS,
    ISSUES,
    again,
    both,
    cell,
    git,
    repository_of_story,
    rows_of,
    waived,
    write,
)
from referencing import Registry, Resource
from story import PROJECT, qingyuan

from pipeline.changes.noise import rewritten
from pipeline.findings import Finding
from pipeline.review import Cell, Deed, Found, Review, findings
from pipeline.review.markdown import LIMIT, inert, markdown

CONTRACTS = {
    name: json.loads((PROJECT / f"schemas/contracts/{name}.json").read_text(encoding="utf-8"))
    for name in ("check", "diff")
}
REGISTRY = Registry().with_resources(
    (one["$id"], Resource.from_contents(one)) for one in CONTRACTS.values()
)
SEATS, FUNDS, VILLAGES = (
    f"units/nanzhao/{n}.csv" for n in ("responsibilities", "funds", "villages")
)
RESULTS = "units/nanzhao/water_results.csv"
NASTY = "<img src=x> @mayor #1 [a](http://e.example) | `x` ::error::y"


@pytest.fixture(scope="module")
def committed(tmp_path_factory) -> Path:
    return repository_of_story(tmp_path_factory.mktemp("repository"))


@pytest.fixture
def data(committed, tmp_path) -> Path:
    shutil.copytree(committed, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy" / "data"


def diff(data: Path, *arguments: str, code: int = 0) -> str:
    done = qingyuan("diff", *(arguments or ("HEAD",)), "--data", data)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if code == 0 else done.stderr


def told(data: Path, *arguments: str) -> dict:
    answer = json.loads(diff(data, *(arguments or ("HEAD",)), "--format", "json"))
    jsonschema.Draft202012Validator(CONTRACTS["diff"], registry=REGISTRY).validate(answer)
    return answer


def event(kind: str, number: int, **more: str):
    blank = dict.fromkeys(rows_header(EVENTS), "")
    made = {
        "event_id": f"nanzhao-2022-0001-e{number}", "issue_id": "nanzhao-2022-0001",
        "event": kind, "event_on": "2022-09-14", "by_level": "县", "by_org": "南召县水利局",
    }  # fmt: skip
    return again(EVENTS, **(blank | made | more))


def rows_header(file: str) -> list[str]:
    text = (PROJECT / "tests/example" / file).read_text(encoding="utf-8")
    return text.splitlines()[0].split(",")


def test_a_county_update_is_told_in_words_of_the_work(data):
    """Done, verified, struck off, sent back, postponed, a new person, a posting: each by name."""
    both(
        event("整改完成", 80),
        event("现场核查通过", 81),
        event("销号", 82),
        event("退回", 83, reason="没有修好"),
        event("延期批准", 84, new_due_on="2022-10-30", reason="汛期"),
        cell(SEATS, "valid_to", "2022-09-09", rank="主管领导"),
        again(SEATS, 1, resp_id="nanzhao-r90001", name="赵新生", valid_from="2022-09-10",
              valid_to="", web_posted_on="", board_posted_on=""),
        again(ISSUES, issue_id="nanzhao-2022-0900", seq_no="900", found_on="2022-09-12",
              due_on="2022-10-10", due_text="10月10日前"),
    )(data)  # fmt: skip
    answer = told(data)
    headings = {d["heading"] for d in answer["deeds"]}
    said = " ".join(d["said"] for d in answer["deeds"])

    assert {
        "新发现的问题",
        "报整改完成",
        "现场核查通过",
        "销号",
        "退回重改",
        "批准延期",
    } <= headings
    assert {d["unit"] for d in answer["deeds"]} == {"nanzhao"}
    assert "延到2022年10月30日，首次时限" in said
    assert "留山镇下关二组供水站，水质检测报告没有张贴：" in said
    assert "原因：没有修好" in said
    assert "赵新生任" in said
    assert "个工作日还没有更新" in said
    text = diff(data, "HEAD", "--format", "markdown")
    assert "**销号** 1" in text
    assert "<details><summary>逐格对照" in text


def test_points_that_move_are_told_by_clause(data):
    """A deleted posting of the plan costs points, and the answer says which and how many."""
    git(data.parent, "checkout", "-q", "-b", "county")
    rows = rows_of(data / "units/nanzhao/documents.csv")
    write(data / "units/nanzhao/documents.csv", [])
    git(data.parent, "commit", "-qam", "x")
    answer = told(data, "main", "county")

    assert rows
    assert answer["unsaid"] or (answer["points"] and answer["totals"])
    assert len([d for d in answer["deeds"] if d["heading"] == "删掉的记录"]) == len(rows)


def test_one_unit_alone_gives_the_points_of_a_whole_run(data):
    """What is told from one unit's files equals what two full scores say."""
    cell(VILLAGES, "households", "600")(data)
    before = {c["unit"]: c for c in _scores(data.parent, "HEAD")}
    after = {c["unit"]: c for c in json.loads(
        qingyuan("score", "--data", data, "--audience", "public", "--format", "json").stdout
    )["units"]}  # fmt: skip
    expected = {
        (u, c["id"])
        for u in after
        for c, d in zip(after[u]["clauses"], before[u]["clauses"], strict=True)
        if c["points"] != d["points"]
    }

    assert {(p["unit"], p["clause"]) for p in told(data)["points"]} == expected


def _scores(top: Path, revision: str) -> list[dict]:
    git(top, "worktree", "add", "-q", "../old", revision)
    done = qingyuan("score", "--data", top.parent / "old/data", "--audience", "public",
                    "--format", "json")  # fmt: skip
    units: list[dict] = json.loads(done.stdout)["units"]
    return units


def test_resaving_is_noise_and_said_so(data):
    """Line ends, order of rows and columns, a mark at the front, 2022/7/14: nothing was done."""
    text = (data / FUNDS).read_bytes()
    (data / FUNDS).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    write(data / ISSUES, rows_of(data / ISSUES)[::-1])
    answer = told(data)

    assert answer["deeds"] == []
    assert answer["cells"] == []
    how = {one["file"]: one["how"] for one in answer["rewritten"]}
    assert how == {f"data/{FUNDS}": "文件头（BOM）、换行", f"data/{ISSUES}": "行的次序"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b"a,b\n1,2\n", b"b,a\n2,1\n", "列的次序"),
        (b"a,b\n1,2\n", b'"a","b"\n"1","2"\n', "引号"),
        (b"a,b\n1,2\n", b"a,b,\n1,2,\n", "行尾的逗号或空白"),
        (b"a\n1\n", b"a\n1", "文末的换行"),
        (b"a\n1.0\n", b"a\n1\n", "只是数字、日期或空白的写法不同"),
    ],
    ids=range(5),
)
def test_each_manner_of_writing_has_its_name(before, after, said):
    """What Excel and LibreOffice do to a file is named."""
    assert said in rewritten(before, after)


def test_a_raw_value_is_a_record_as_written(data):
    """0.40 that becomes 0.4 in a raw value is a change; in a sum of money it is none."""
    rows = rows_of(data / RESULTS)
    number = next(n for n, r in enumerate(rows) if "." in r["raw_value"])
    cell(RESULTS, "raw_value", rows[number]["raw_value"] + "0", number)(data)
    amount = rows_of(data / FUNDS)[0]["amount_yuan"]
    cell(FUNDS, "amount_yuan", amount + ".0" if "." not in amount else amount + "0")(data)
    answer = told(data)

    assert [c["before"] + "0" for c in answer["cells"]] == [c["after"] for c in answer["cells"]]
    assert [one["file"] for one in answer["rewritten"]] == [f"data/{FUNDS}"]


def test_findings_that_moved_to_another_line_are_old(data):
    """A new first row moves every finding below it; none of them is told as new."""
    rows = rows_of(data / ISSUES)
    new = rows[0] | {"remark": "先放到最后"}
    write(data / ISSUES, [*rows[1:], new])
    answer = told(data)
    kinds = {one["rule"] for one in answer["findings"]["new"]}

    assert kinds <= {"K09"}
    assert answer["findings"]["standing"] > 0


def test_a_kind_that_is_cut_off_is_compared_by_number():
    """Which of a hundred are listed depends on their order: only how many is compared."""

    def one(line: int, count: int = 1) -> Finding:
        subject = None if count > 1 else f"issues/{line}"
        return Finding("schema", "S01", "error", "", "", file="f", line=line, column=2,
                       subject=subject, count=count)  # fmt: skip

    before = [one(1), one(2), one(3, 8)]
    after = [one(7), one(9), one(3, 8)]

    assert findings(before, after).new == ()
    assert findings(before, after).standing == 10


def test_closed_columns_and_private_numbers_never_appear(data):
    """A telephone in a closed column, a mobile in a public one: masked in every format."""
    both(
        cell(ISSUES, "resp_phone", "13812345678"),
        cell(ISSUES, "measures", "请打13998765432"),
    )(data)
    for form in ("text", "markdown", "json"):
        said = diff(data, "HEAD", "--format", form)
        assert "13812345678" not in said
        assert "13998765432" not in said
    assert ("（不公开）", "（不公开）") in {
        (c["before"] or "（不公开）", c["after"]) for c in told(data)["cells"]
    }


def test_nothing_in_a_cell_acts_in_a_comment(data):
    """No markup, no mention, no link, no reference, no command of a runner."""
    cell(ISSUES, "measures", NASTY)(data)
    text = diff(data, "HEAD", "--format", "markdown")

    for live in ("<img", "@mayor", "#1 ", "](http", "://"):
        assert live not in text
    assert not [line for line in text.splitlines() if line.startswith("::")]
    assert inert("b|c") == "b\\|c"


def test_a_huge_change_stays_within_the_limit_of_forges():
    """Ten thousand long cells, findings and deeds: bounded, and what is left out is counted."""
    long = "长" * 300
    bad = Finding("records", "X01", "error", long, long, file="f", subject="issues/x")
    text = markdown(
        Review(
            base="a" * 40, head="", as_of_on=date(2022, 9, 16), names={},
            deeds=tuple(Deed(f"u{n % 90}", "销号", f"issues/{n}", long) for n in range(10_000)),
            found=Found((bad,) * 10_000, (bad,) * 10_000, 1), gate=(bad,) * 10_000,
            moved=(), stood=(), cells=(Cell("u", "issues/x", "列", long, long),) * 10_000,
            rewritten=(("f", long),) * 1000, others=(long,) * 1000, settings=(), unsaid=(),
        )
    )  # fmt: skip

    assert len(text) <= LIMIT
    assert "没有列出" in text
    assert "没有放进来" in text


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "a;touch y"])
def test_a_missing_base_is_answered_in_words(data, revision):
    """No traceback, nothing run, a sentence."""
    done = qingyuan("diff", "--data", data, "--", revision)

    assert done.returncode == 2
    assert "没有" in done.stderr
    assert not (data.parent / "y").exists()


def test_a_shallow_copy_says_what_to_do(data, tmp_path):
    """What the copy lacks is named with the command that fetches it."""
    cell(ISSUES, "remark", "x")(data)
    git(data.parent, "commit", "-qam", "later")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{data.parent}", "shallow")

    assert "git fetch --unshallow" in diff(tmp_path / "shallow/data", "HEAD~1", code=2)


def test_links_binaries_and_strange_names_are_answered(data):
    """A link that leads outside, bytes that are no text, a name like an option or a command."""
    (data / "units/nanzhao/out").symlink_to("/etc/passwd")
    (data / FUNDS).write_bytes(bytes(range(256)) * 50)
    for name in ("--help", "$(touch z).csv", "::error::x", "a`b|c<d>"):
        (data / "units/nanzhao" / name).write_text("x", encoding="utf-8")
    git(data.parent, "add", "-A")
    git(data.parent, "commit", "-qm", "::error::$(touch z)")

    assert "root:" not in diff(data, "HEAD~1")
    assert "链接" in diff(data, "HEAD~1", "HEAD", code=2)
    assert not (data.parent / "z").exists()


def test_a_renamed_folder_and_a_rewritten_history(data):
    """Everything gone and come elsewhere is told; two histories without a common start as well."""
    git(data.parent, "mv", "data/units/wolong", "data/units/gone")
    assert "CH20" in diff(data, "HEAD")
    git(data.parent, "checkout", "-q", "--orphan", "other")
    git(data.parent, "commit", "-qm", "other")

    assert "共同起点" in diff(data, "main", "other", code=2)


def test_attributes_of_a_commit_hide_nothing(data):
    """A ledger that a change marks as not to be exported is still read; no object is replaced."""
    (data / ".gitattributes").write_text("*.csv export-ignore\n", encoding="utf-8")
    cell(ISSUES, "due_on", "2022-10-30")(data)
    git(data.parent, "add", "-A")
    git(data.parent, "commit", "-qm", "hidden")
    git(data.parent, "replace", "HEAD", "HEAD~1")
    answer = told(data, "HEAD~1", "HEAD")

    assert [(c["before"], c["after"]) for c in answer["cells"]] == [("2022-07-31", "2022-10-30")]
    assert {one["rule"] for one in answer["gate"]} >= {"CH03", "CH21"}
    assert not [one for one in answer["findings"]["gone"] if one["ledger"] == "issues"]


def test_a_change_of_other_files_alone_says_so_at_once(data):
    """Nothing of data differs: no score is computed, the files are named."""
    (data.parent / "README.md").write_text("x", encoding="utf-8")
    git(data.parent, "add", "-A")
    git(data.parent, "commit", "-qm", "readme")
    answer = told(data, "HEAD~1", "HEAD")

    assert answer["others"] == ["README.md"]
    assert answer["unsaid"] == answer["points"] == answer["deeds"] == []


def test_what_is_refused_says_what_to_do_and_how_late_the_work_was(data):
    """Once for each rule, under its table; a completion is set against its first deadline."""
    both(
        cell(ISSUES, "due_on", "2022-10-30"),
        again(EVENTS, event_id="nanzhao-2022-0003-e90", issue_id="nanzhao-2022-0003",
              event="整改完成", event_on="2022-09-14", by_level="乡镇", by_org="城关镇人民政府"),
    )(data)  # fmt: skip
    text = diff(data, "HEAD", "--format", "markdown")

    assert text.count("- CH03 改回原来的时限；批准延期的") == 1
    assert "| 错误 CH03 |" in text
    assert "比首次时限晚 42 天" in text


def test_settings_of_the_campaign_are_told_by_name(data):
    """What the city sets anew is no row, and is told all the same; private numbers are masked."""
    path = data / "campaign.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("as_of_on: 2022-09-16", "as_of_on: 2022-08-01")
    path.write_text(text.replace("name: 清源", "name: 清源13912345678"), encoding="utf-8")
    answer = told(data)

    by_name = {one["name"]: one for one in answer["settings"]}
    assert by_name.keys() == {"as_of_on", "site"}
    assert by_name["as_of_on"]["after"] == "2022-08-01"
    assert "13912345678" not in json.dumps(answer, ensure_ascii=False)
    assert "CH35" in {one["rule"] for one in answer["gate"]}
    assert "| as\\_of\\_on | 2022-09-16 | 2022-08-01 |" in diff(
        data, "HEAD", "--format", "markdown"
    )


def test_a_correction_with_its_reason_is_told_as_one(data):
    """The waiver, the cell, the finding that it silences; scores are compared."""
    both(
        cell(ISSUES, "due_on", "2022-10-30", 1),
        cell(ISSUES, "due_text", "10月30日前", 1),
        waived("CH03", "issues", "nanzhao-2022-0002"),
    )(data)
    answer = told(data)

    assert {(f["rule"], f["waived"]) for f in answer["gate"]} == {("CH03", True)}
    assert answer["unsaid"] == []
    assert {d["heading"] for d in answer["deeds"]} == {"改动的记录", "其他新记录"}
    assert "没有新的错误" in diff(data, "HEAD", "--format", "markdown")
