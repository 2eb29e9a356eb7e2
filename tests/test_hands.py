"""Rows entered by hand: ids by themselves, checked at once, all written or nothing."""

from __future__ import annotations

import csv
import io
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT, qingyuan
from terminal import KEYS, played
from test_round_trip import ANSWERS
from test_round_trip import _messy as messy
from week import ISSUE, TEST, cells, week

from pipeline import __main__ as command
from pipeline import entry
from pipeline.checks.ids import form_of
from pipeline.entry.places import place_named
from pipeline.intake.places import Gazetteer
from pipeline.ledgers import load_schemas, together
from pipeline.trouble import UsageTrouble

DAY = date(2022, 9, 16)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The story, to be written in."""
    place = tmp_path / "data"
    shutil.copytree(EXAMPLE, place)
    return place


def _files(data: Path) -> dict[str, bytes]:
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*.csv")}


def _rows(data: Path, name: str) -> list[dict[str, str]]:
    text = (data / "units" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _run(data: Path, capsys, verb: str, *words: str) -> tuple[int, str]:
    """Run a verb in this process; returns its code and what it said."""
    code = command.main([verb, "--data", str(data), *words])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_an_issue_is_entered_without_an_id(data, capsys):
    """Id, number, township and the 登记 event come by themselves; one row more in each file."""
    before = _files(data)
    code, said = _run(data, capsys, "add", "整改台账", "--unit", "南召县", *cells(ISSUE))

    assert code == 0, said
    assert "nanzhao-2022-0011" in said
    assert "git add" in said
    issue = _rows(data, "nanzhao/issues.csv")[-1]
    event = _rows(data, "nanzhao/issue_events.csv")[-1]
    assert (issue["issue_id"], issue["seq_no"]) == ("nanzhao-2022-0011", "11")
    assert (issue["town_code"], issue["village_code"]) == ("411321101", "411321101204")
    assert (issue["found_on"], issue["due_on"]) == ("2022-09-14", "2022-09-30")
    assert (event["event_id"], event["event"]) == ("nanzhao-2022-0011-e01", "登记")
    changed = {name for name, content in _files(data).items() if before[name] != content}
    assert changed == {"units/nanzhao/issues.csv", "units/nanzhao/issue_events.csv"}


def test_what_fails_a_check_is_not_written(data, capsys):
    """The words are those of `check`, the row's file and line too; nothing is touched."""
    before = _files(data)
    for wrong in ({"整改时限": "2022-09-01"}, {"联系电话": "1380000"}, {"环节": "水管"}):
        code, said = _run(data, capsys, "add", "issues", "--unit", "nanzhao", *cells(ISSUE | wrong))

        assert code == 1, said
        assert re.search(r"错误 \w+ data/units/nanzhao/issues.csv 第12行", said), said
        assert "怎么改：" in said
        assert _files(data) == before


def test_old_errors_do_not_hinder_an_entry(data, capsys):
    """What was wrong before is told by `check`; it refuses no new row."""
    path = data / "units" / "nanzhao" / "issues.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",公示,公示,2022-07-17", ",公示栏,公示,2022-07-17"), "utf-8")

    code, said = _run(data, capsys, "add", "issues", "--unit", "nanzhao", *cells(ISSUE))

    assert code == 0, said


def test_what_is_missing_is_named(data, capsys):
    """Without a terminal nobody is asked: the columns that lack are named with their choices."""
    code, said = _run(data, capsys, "add", "issues", "--unit", "nanzhao", "村=下关村")

    assert code == 2
    assert "问题类别（category：水量、水质" in said


def test_a_name_of_two_places_is_asked_about(data, capsys):
    """Never guessed: the places are named with their codes; a name nobody has is refused."""
    villages = data / "reference" / "divisions.csv"
    text = villages.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("411321101204,"))
    villages.write_text(text + row.replace("411321101204", "411321101299", 1) + "\n", "utf-8")

    code, said = _run(data, capsys, "add", "issues", "--unit", "nanzhao", *cells(ISSUE))
    assert code == 2
    assert "411321101204" in said
    assert "411321101299" in said

    code, said = _run(
        data, capsys, "add", "issues", "--unit", "nanzhao", *cells(ISSUE | {"村": "没有村"})
    )
    assert code == 2
    assert "没有叫“没有村”的村" in said


@pytest.mark.parametrize(
    "name",
    ["下关村", "下关村委会", "下关行政村", "留山镇下关村", "下 关 村", "下關村", "411321101204"],
)
def test_a_place_is_known_by_every_name_that_import_knows(data, capsys, name):
    """One list of forms: what a workbook may say, a command may say."""
    office = entry.open_office(data, "nanzhao", DAY, lambda: DAY)
    found = place_named(office, "村", name)

    assert found == "411321101204"
    assert Gazetteer.of(office.snapshot, "nanzhao").read_village(name).value == found


def test_an_event_is_entered_by_the_number_in_the_list(data, capsys):
    """Who did it follows from the issue; what may come next is said; a wrong order is refused."""
    _run(data, capsys, "add", "issues", "--unit", "nanzhao", *cells(ISSUE))
    code, said = _run(data, capsys, "event", "11", "整改完成", "--unit", "南召")

    assert code == 0, said
    assert "接下来可以登记：申请销号" in said
    event = _rows(data, "nanzhao/issue_events.csv")[-1]
    assert event["event_id"] == "nanzhao-2022-0011-e02"
    assert (event["by_level"], event["by_org"]) == ("村", "下关村民委员会")

    before = _files(data)
    code, said = _run(data, capsys, "event", "nanzhao-2022-0011", "销号")
    assert code == 1
    assert "E02" in said
    assert _files(data) == before


def test_a_test_brings_its_results(data, capsys):
    """Values stay as the report has them, 0.40 too; form, number and measure follow."""
    code, said = _run(
        data, capsys, "add", "水质检测", "--unit", "nanzhao", "对象=nanzhao-w0001",
        "采样日期=2022-09-10", "报告编号=NZ-1", *cells(TEST),
    )  # fmt: skip

    assert code == 0, said
    result = _rows(data, "nanzhao/water_results.csv")[-1]
    assert result == {
        "sample_id": "nanzhao-s00011", "indicator": "fluoride", "raw_value": "0.40",
        "qualifier": "等于", "value_low": "", "value": "0.40", "unit_of_measure": "mg/L",
    }  # fmt: skip


def test_a_post_is_handed_over(data, capsys):
    """The old term ends the day before; phone and open issues go along, and are named."""
    issue = next(
        row for row in _rows(data, "nanzhao/issues.csv") if row["issue_id"] == "nanzhao-2022-0002"
    )
    term = next(
        row
        for row in _rows(data, "nanzhao/responsibilities.csv")
        if row["org"] == issue["resp_org"] and not row["valid_to"]
    )
    path = data / "units" / "nanzhao" / "issues.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f",{issue['resp_person']},", f",{term['name']},"), "utf-8")
    code, said = _run(
        data, capsys, "handover", term["resp_id"], "--to", "李新民", "--from-date", "2022-09-10",
        "--source", "留政任〔2022〕3号",
    )  # fmt: skip

    assert code == 0, said
    terms = {row["resp_id"]: row for row in _rows(data, "nanzhao/responsibilities.csv")}
    new = terms[max(terms)]
    assert terms[term["resp_id"]]["valid_to"] == "2022-09-09"
    assert (new["name"], new["valid_from"], new["phone_id"]) == (
        "李新民", "2022-09-10", term["phone_id"],
    )  # fmt: skip
    assert (new["web_posted_on"], new["board_posted_on"]) == ("", "")
    moved = {r["issue_id"]: r["resp_person"] for r in _rows(data, "nanzhao/issues.csv")}
    assert moved["nanzhao-2022-0002"] == "李新民"
    assert "没办结的" in said


def test_the_city_enters_its_own(data, capsys):
    """A row of the city has the city's id and stands in the city's file."""
    code, said = _run(
        data, capsys, "add", "交办问题", "--unit", "南召县", "来源渠道=监督检查", "交办层级=市",
        "交办日期=2022-09-12", "整改期限=2022-10-12", "问题=供水站没有加药记录",
        "文号或单号=宛水督〔2022〕9号", "可公开=是",
    )  # fmt: skip

    assert code == 0, said
    text = (data / "city" / "assignments.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (rows[-1]["assignment_id"][:6], rows[-1]["unit_id"]) == ("city-u", "nanzhao")
    before = (EXAMPLE / "city" / "assignments.csv").read_text(encoding="utf-8")
    assert text.startswith(before)


@pytest.mark.parametrize("word", ["问题", "=漏水", "没有这列=1"])
def test_words_that_are_no_cells_are_named(data, capsys, word):
    """Usage, in Chinese; nothing is written."""
    before = _files(data)
    code, said = _run(data, capsys, "add", "issues", "--unit", "nanzhao", word)

    assert code == 2
    assert word.split("=")[0] in said
    assert _files(data) == before


def test_a_new_number_ends_the_old_one(data, capsys):
    """A number once registered stays: the new one is a row of its own."""
    code, said = _run(
        data, capsys, "handover", "nanzhao-r00001", "--to", "李新民", "--from-date", "2022-09-10",
        "--source", "宛政任〔2022〕9号", "--phone", "0377-10209999",
    )  # fmt: skip

    assert code == 0, said
    phones = {row["phone_id"]: row for row in _rows(data, "nanzhao/phones.csv")}
    new = phones[max(phones)]
    assert phones["nanzhao-t00004"]["valid_to"] == "2022-09-09"
    assert (new["number"], new["valid_from"]) == ("0377-10209999", "2022-09-10")
    assert _rows(data, "nanzhao/responsibilities.csv")[-1]["phone_id"] == new["phone_id"]


def test_a_trial_writes_nothing(data, capsys):
    """`--try` says what would be entered."""
    before = _files(data)
    code, said = _run(data, capsys, "add", "issues", "--unit", "nanzhao", "--try", *cells(ISSUE))

    assert code == 0
    assert "没有写" in said
    assert _files(data) == before


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_full_disk_leaves_every_file_as_it_was(data, monkeypatch, step):
    """An issue and its event are written together or not at all; no note is left."""
    office = entry.open_office(data, "nanzhao", DAY, lambda: DAY)
    draft = entry.draft_row(office, office.schemas["issues"], ISSUE)
    before, done = _files(data), []
    real = together.replace_file

    def fails(path: Path, content: bytes) -> None:
        done.append(path)
        if len(done) == step:
            raise OSError(28, "full", str(path))
        real(path, content)

    monkeypatch.setattr(together, "replace_file", fails)
    with pytest.raises(OSError, match="full"):
        entry.enter(draft, DAY, lambda: DAY)

    assert _files(data) == before
    assert together.pending(data) is None


KILLED = """
import os, pathlib, sys
from pipeline import __main__ as command
left = [int(sys.argv[1])]
def step():
    left[0] -= 1
    if left[0] == 0:
        os._exit(137)
def killing(real):
    def call(*args, **more):
        step()
        done = real(*args, **more)
        step()
        return done
    return call
os.replace = killing(os.replace)
pathlib.Path.unlink = killing(pathlib.Path.unlink)
command.main(sys.argv[2:])
"""
"""Runs a verb and dies, as by kill -9, before or after one of the steps in which it writes."""


def _killed(data: Path, step: int, *words: str) -> int:
    """Run a verb that is killed at a step; returns its code, 137 where it came to that."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(step), words[0], "--data", str(data), *words[1:]],
        cwd=PROJECT, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode


HANDOVER = (
    "handover", "nanzhao-r00001", "--to", "李新民", "--from-date", "2022-09-10",
    "--source", "宛政任〔2022〕9号", "--phone", "0377-10209999",
)  # fmt: skip


IMPORT = ("import", *ANSWERS, "--write")


@pytest.mark.parametrize(
    "words", [("add", "issues", "--unit", "nanzhao", *cells(ISSUE)), HANDOVER, IMPORT]
)
def test_a_kill_at_any_step_loses_and_doubles_nothing(data, tmp_path, capsys, words):
    """Before the note nothing was entered; from then on a rerun completes it, once."""
    if words[0] == "import":
        path = tmp_path / "台账.xlsx"
        messy(path, "0377-10200015")
        words = ("import", str(path), *words[1:])
    before, whole = _files(data), tmp_path / "whole"
    shutil.copytree(data, whole)
    assert _run(whole, capsys, *words)[0] == 0
    after = _files(whole)
    step, torn = 0, 0
    while True:
        step += 1
        copy = tmp_path / f"copy{step}" / "data"
        shutil.copytree(data, copy)
        if _killed(copy, step, *words) != 137:
            break
        halfway = _files(copy)
        if together.pending(copy) is None:
            assert halfway in (before, after), step
        else:
            torn += 1
            code, said = _run(copy, capsys, "check")
            assert (code, "B06" in said) == (1, True), step
            assert "再运行一次" in said
            code, said = _run(copy, capsys, "next-id", "issues", "--unit", "nanzhao")
            assert code == 2
            assert "停在半路" in said
        if halfway != after or together.pending(copy):
            code, said = _run(copy, capsys, *words)
            assert code == 0, said
        assert _files(copy) == after, step
        assert together.pending(copy) is None
        assert _run(copy, capsys, "check")[0] == 0
    assert torn >= 2 * len([n for n in after if after[n] != before[n]])


def test_what_was_cut_off_is_finished_before_anything_else(data, capsys):
    """Another command first finishes what was begun; a file changed since is not overwritten."""
    words = ("add", "issues", "--unit", "nanzhao", *cells(ISSUE))
    step = next(n for n in range(1, 20) if _torn(data, n, words))
    assert step
    code, said = _run(data, capsys, "event", "nanzhao-2022-0011", "整改完成", "--try")
    assert code == 2
    assert "停在半路" in said
    code, said = _run(data, capsys, "event", "nanzhao-2022-0011", "整改完成")
    assert code == 0, said
    assert "现在写完了：南召：登记整改台账 nanzhao-2022-0011" in said
    assert _rows(data, "nanzhao/issue_events.csv")[-1]["event_id"] == "nanzhao-2022-0011-e02"


def test_what_was_changed_since_is_not_overwritten(data, capsys):
    """Somebody mended the file by hand meanwhile: he is told, and his work stays."""
    words = ("add", "issues", "--unit", "nanzhao", *cells(ISSUE))
    next(n for n in range(1, 20) if _torn(data, n, words))
    path = data / "units" / "nanzhao" / "issues.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    before = _files(data)

    code, said = _run(data, capsys, *words)

    assert code == 2
    assert "后来又改过" in said
    assert _files(data) == before


def _torn(data: Path, step: int, words: tuple[str, ...]) -> bool:
    """Whether a verb killed at this step leaves a note; if not, nothing was changed."""
    _killed(data, step, *words)
    return together.pending(data) is not None


@pytest.mark.parametrize("ledger", [s.name for s in load_schemas().at_home("U")])
def test_every_ledger_of_a_unit_counts(ledger):
    """An id of the form that the gates ask for; where rows are not numbered, that is said."""
    office = entry.open_office(EXAMPLE, "nanzhao", DAY, lambda: DAY)
    schema = office.schemas[ledger]
    parents = {
        "issue_id": "nanzhao-2022-0001", "visit_id": "nanzhao-v00001",
        "project_id": "nanzhao-p0001",
    }  # fmt: skip
    if ledger in ("villages", "water_results"):
        with pytest.raises(UsageTrouble):
            entry.next_id(office, schema, {})
        return
    found = entry.next_id(office, schema, parents)

    form = form_of(schema)
    assert form is None or form.fullmatch(found)
    assert found not in set(office.ids(schema))


def _add(data: Path, *lacking: str, **other: str) -> list[str]:
    """Return the command of an issue that lacks some cells."""
    given = {n: t for n, t in (ISSUE | other).items() if n not in lacking}
    return ["add", "issues", "--data", str(data), "--unit", "nanzhao", *cells(given)]


def test_a_clerk_is_asked_field_by_field(data):
    """On a terminal the row is asked for in Chinese; an answer that cannot stand is asked again."""
    code, said = played(
        _add(data, "整改时限", "台账层级", "联系电话"),
        ["", "不知道", "村", "138", "0377-10200015", "明天", "2022/9/30"],
    )

    assert code == 0, said
    for words in ("按 Ctrl-C", "这一项要填", "没有“不知道”这个取值", "像手机号"):
        assert words in said
    assert said.count("整改时限（如 ") == 2
    assert _rows(data, "nanzhao/issues.csv")[-1]["due_on"] == "2022-09-30"


def test_places_are_asked_for_by_name(data):
    """The townships are named; nobody has to know a code; a wrong name is asked again."""
    code, said = played(_add(data, "村", 台账层级="工程"), ["没有镇", "留山镇", "留山镇下关供水站"])

    assert code == 0, said
    assert "乡镇（城关镇、留山镇）：" in said
    assert "没有叫“没有镇”的乡镇" in said
    assert "9位" not in said
    row = _rows(data, "nanzhao/issues.csv")[-1]
    assert (row["town_code"], row["works_id"]) == ("411321101", "nanzhao-w0001")


def test_what_the_gates_refuse_is_asked_again_and_nothing_else(data):
    """The answers of a whole row are not lost by one of them."""
    code, said = played(_add(data, 整改时限="2022-09-01"), ["2022-09-10", "2022-09-30"])

    assert code == 0, said
    assert said.count("只改这几项，其余照旧") == 2
    assert "回车就是“2022-09-01”" in said
    assert "登记了：南召：登记整改台账 nanzhao-2022-0011" in said


@pytest.mark.parametrize("key", ["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("answers", [[], ["村", "明天"]])
def test_whoever_goes_away_leaves_nothing(data, key, answers):
    """Ctrl-C and Ctrl-D, at the first question or later: a sentence, no trace, nothing written."""
    before = _files(data)
    code, said = played(_add(data, "整改时限", "台账层级"), [*answers, KEYS[key]])

    assert code == 2
    assert "没有答完，什么都没有写" in said
    assert "Traceback" not in said
    assert _files(data) == before


@pytest.mark.parametrize("junk", ["no text", "up", "=1+1"])
def test_junk_from_a_keyboard_is_asked_again(data, junk):
    """Bytes that are no text, arrow keys, formulas: shown harmless, asked again."""
    code, said = played(_add(data, "台账层级"), [KEYS.get(junk, junk), "村"])

    assert code == 0, said
    assert "取值" in said


def test_a_week_of_a_county_needs_no_id(data, capsys):
    """12 issues, 20 events, 2 handovers, 15 tests: no id is written, and check is green after."""
    words = week(data)
    assert len(words) == 49
    assert not any(re.search("nanzhao-[a-z0-9]", word) for line in words for word in line)

    for verb, *rest in words:
        code, said = _run(data, capsys, verb, "--unit", "南召县", *rest)
        assert code == 0, f"{verb} {rest}\n{said}"

    done = qingyuan("check", "--data", data, "--no-cache")
    assert done.returncode == 0, done.stdout
    assert len(_rows(data, "nanzhao/issues.csv")) == 22


def test_a_week_in_one_go_is_the_same_week(data, tmp_path, capsys):
    """The very same rows from a file of lines, checked and written once."""
    alone, words = tmp_path / "alone", week(data)
    shutil.copytree(data, alone)
    for verb, *rest in words:
        assert _run(alone, capsys, verb, "--unit", "南召县", *rest)[0] == 0
    path = tmp_path / "week.txt"
    lines = ["# 九月第二周", "", *map(shlex.join, words)]
    path.write_text("\n".join(lines), encoding="utf-8-sig")

    code, said = _run(data, capsys, "batch", str(path), "--unit", "南召县", "--try")
    assert code == 0, said
    assert "没有写" in said
    code, said = _run(data, capsys, "batch", str(path), "--unit", "南召县")

    assert code == 0, said
    assert "登记 27 条，流转 20 条，交接 2 条" in said
    assert _files(data) == _files(alone)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("event 11 销号", "第3行：错误 E02"),
        ("event 99 整改完成", "第3行：没有“99”这个问题"),
        ("add issues 村=下关村", "第3行：整改台账还缺"),
        ("check", "第3行：“check”不是 add、event、handover"),
        ("add issues '村=下关村", "第3行：引号没有成对"),
        ("event 11 整改完成 --unit 卧龙", "第3行：--unit、--try 写在 batch 后面"),
        ("event", "第3行："),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(data, tmp_path, capsys, line, said):
    """All of a batch or none: the line, what is wrong with it, what was not done."""
    before, path = _files(data), tmp_path / "week.txt"
    path.write_text(f"# 一周\n{shlex.join(week(data)[0])}\n{line}\n", encoding="utf-8")
    code, told = _run(data, capsys, "batch", str(path), "--unit", "南召县")

    assert code in (1, 2), told
    assert said in told
    assert _files(data) == before


def test_a_file_that_is_no_batch_is_answered(data, tmp_path, capsys):
    """Not there, empty, or in another encoding."""
    path = tmp_path / "week.txt"
    for content, said in (
        (None, "没有"),
        (b"# x\n", "一条也没有"),
        ("问题".encode("gbk"), "UTF-8"),
    ):
        if content is not None:
            path.write_bytes(content)
        code, told = _run(data, capsys, "batch", str(path), "--unit", "南召县")
        assert code == 2
        assert said in told
