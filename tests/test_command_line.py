"""The command line: Chinese, one exit code each, the JSON contract, no traceback ever."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
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


def test_annotations_stand_at_paths_of_the_repository(spoiled):
    """Whatever --data says, a forge finds the file: its path begins at the top."""
    top = spoiled.parent / "top"
    (top / "tests").mkdir(parents=True)
    shutil.move(spoiled, top / "tests" / "example")
    subprocess.run(["git", "init", "-q", str(top)], check=True)
    done = qingyuan(
        "check", "--data", top / "tests" / "example", "--format", "github", "--no-cache"
    )

    assert "::error file=tests/example/units/nanzhao/issues.csv,line=3" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [(("chekc",), "check"), (("new_unti",), "new-unit"), (("biuld", "--out", "x"), "build"),
     (("score", "--unit", "nanzao", "--data", EXAMPLE), "nanzhao"),
     (("score", "--unit", "南召", "--data", EXAMPLE), "南召县"),
     (("new-unit", "nanzho", "--data", EXAMPLE), "nanzhao"),
     (("alerts", "--for", "2022-08-20", "--unit", "nanzaho", "--data", EXAMPLE), "nanzhao")],
)  # fmt: skip
def test_a_slip_of_the_pen_is_answered_by_what_was_meant(arguments, meant):
    """Verbs and units that do not exist: the nearest is offered, nothing is guessed."""
    done = qingyuan(*arguments)

    assert done.returncode in (0, 2)
    assert done.returncode == 0 or f"是不是 {meant}？" in done.stderr


def test_the_version_is_told():
    """Name, version as in pyproject.toml, and a digest of the code that ran."""
    done = qingyuan("--version")
    stated = re.search(r'^version = "(.+)"', (PROJECT / "pyproject.toml").read_text(), re.M)

    assert done.returncode == 0
    assert re.fullmatch(
        rf"qingyuan {re.escape(stated[1])}（Python [0-9.]+，代码 [0-9a-f]{{12}}）\n", done.stdout
    )


def test_fmt_leaves_canonical_files_alone():
    """The story is canonical."""
    done = qingyuan("fmt", "--check", "--data", EXAMPLE)

    assert done.returncode == 0, done.stdout


def campaign_of(tmp_path, *changes, is_demo=False):
    """Return the story's campaign.yml with all that is invented in it replaced, then changed."""
    text = (EXAMPLE / "campaign.yml").read_text(encoding="utf-8")
    text = text.replace("0377-10000026", "0377-60000026").replace("qingyuan.example", "slj.gov.cn")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = tmp_path / "campaign.yml"
    path.write_text(text if is_demo else text.replace("is_demo: true", "is_demo: false"), "utf-8")
    return load_campaign(path, "data/campaign.yml")


INVENTED = [
    ("hotlines.number", "0377-60000026", "0376-10000026", "hotlines 第1项的 number 是演示号码"),
    ("other_lines.number", "'12369'", "0377-1000123", "other_lines 第1项的 number 是演示号码"),
    ("hotlines.hours", "号码待核", "没人接就打0371-10000001", "hotlines 第2项的 hours 是演示号码"),
    ("site_url", "https://slj.gov.cn/", "https://water.example/qy", "site_url 是演示网址"),
    ("repository_url", "repository_url: ''", "repository_url: http://git.test", "是演示网址"),
    ("site.report_channel", "report_channel: ''", "report_channel: a@b.invalid", "是演示网址"),
    ("organiser", "organiser: 南阳市水利局", "organiser: 电话010-12345678", "是演示号码"),
]
"""Settings, what stands there, something that nobody can dial or open, what is said of it."""


@pytest.mark.parametrize(("setting", "old", "new", "said"), INVENTED)
def test_what_is_made_up_is_refused_outside_demonstrations(tmp_path, setting, old, new, said):
    """File, setting, value and what to do; in demo mode the same may stand."""
    _, fine = campaign_of(tmp_path, (old, new), is_demo=True)
    _, findings = campaign_of(tmp_path, (old, new))

    assert fine == []
    (one,) = findings
    assert (one.file, one.field) == ("data/campaign.yml", setting)
    assert said in one.message
    assert "换成真的" in one.message


@pytest.mark.parametrize("address", ["https://slj.gov.cn/example/", "http://10.1.2.3:8000/test"])
def test_a_real_address_stands(tmp_path, address):
    """An address is judged by its host; an empty one could not be printed on a board."""
    assert campaign_of(tmp_path, ("https://slj.gov.cn/", address))[1] == []
    assert "site_url 要写网址" in campaign_of(tmp_path, ("https://slj.gov.cn/", "''"))[1][0].message


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
