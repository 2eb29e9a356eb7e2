"""The voice of the command line: the verdict decides, and a terminal is told nothing to obey."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT, qingyuan

from pipeline.verbs.console import GREEN, Console, inert

ENCODINGS = ["ascii", "gbk", "latin-1", "utf-8", "ascii:strict"]


@pytest.fixture
def refused(tmp_path: Path) -> Path:
    """The story with a wrong word in a choice column."""
    data = Path(shutil.copytree(EXAMPLE, tmp_path / "example"))
    path = data / "units" / "nanzhao" / "phones.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",座机,", ",手机,"), encoding="utf-8")
    return data


def code_of(data: Path, redirection: str, *arguments: str) -> tuple[int, str]:
    """Run `check` in a shell whose output goes somewhere; return its own exit code and errors."""
    command = " ".join([sys.executable, "-m", "pipeline", "check", "--no-cache", *arguments])
    done = subprocess.run(
        ["bash", "-c", f"{command} --data {data} {redirection}; exit ${{PIPESTATUS[0]}}"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize("redirection", ["| true", "| head -n 1 >/dev/null", ">&-", ">&- 2>&-"])
def test_the_verdict_decides_whoever_reads(refused: Path, redirection: str, form: str) -> None:
    """Refused data are refused and clean data clean, also where nobody reads the answer."""
    assert code_of(refused, redirection, "--format", form) == (1, "")
    assert code_of(EXAMPLE, redirection, "--format", form) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device of Linux")
def test_an_answer_that_could_not_be_written_is_no_clean_one(refused: Path) -> None:
    """Refused stays refused; a clean verdict nobody can have read is the machine's trouble."""
    code, said = code_of(refused, ">/dev/full")
    assert code == 1
    assert "没有写完" in said

    code, said = code_of(EXAMPLE, ">/dev/full")
    assert code == 3
    assert "Traceback" not in said


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_terminal_of_any_encoding_is_answered(refused: Path, encoding: str) -> None:
    """What it cannot show is written another way; the verdict is the same, and no JSON is lost."""
    environment = {"PYTHONIOENCODING": encoding, "LANG": "C"}
    for data, code in ((EXAMPLE, 0), (refused, 1)):
        done = _run("check", "--data", data, "--no-cache", environment=environment)
        assert (done.returncode, done.stderr) == (code, b"")

    done = _run(
        "check", "--data", refused, "--no-cache", "--format", "json", environment=environment
    )
    told = done.stdout.decode(encoding.partition(":")[0])
    first, *_ = [f for f in json.loads(told)["findings"] if f["rule"] == "S06"]
    assert first["value"] == "手机"


def test_help_and_usage_are_answered_in_ascii_too() -> None:
    """Argparse speaks through the same voice."""
    environment = {"PYTHONIOENCODING": "ascii"}
    assert _run("--help", environment=environment).returncode == 0
    assert _run("check", "--as-of", "\x1b[31m明天", environment=environment).returncode == 2


def test_a_build_on_such_a_terminal_publishes_and_says_so(tmp_path: Path) -> None:
    """It never publishes first and fails afterwards."""
    done = _run(
        "build", "--data", EXAMPLE, "--out", tmp_path / "out",
        environment={"PYTHONIOENCODING": "gbk"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "√ 建好了" in done.stdout.decode("gbk")
    assert (tmp_path / "out" / "public" / "index.html").is_file()


def _run(*arguments: str | Path, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


class Terminal(io.StringIO):
    """A terminal of a person."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Somebody is watching."""
        return True


@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_colour_only_where_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch, no_colour: str, coloured: bool
) -> None:
    """NO_COLOR is respected, on both streams."""
    monkeypatch.setenv("NO_COLOR", no_colour)
    console = Console(Terminal(), Terminal())
    console.say("好", GREEN)
    console.complain("坏")

    assert ("\x1b" in console.out.getvalue()) == coloured  # type: ignore[attr-defined]
    assert ("\x1b" in console.err.getvalue()) == coloured  # type: ignore[attr-defined]


def test_nothing_that_a_terminal_obeys_is_printed() -> None:
    """It is spelled out, and in JSON the spelling still means the character."""
    obeyed = "\x00\x07\x08\t\x1b\r\x7f\x85\x9b\u061c\u200e\u2028\u202e\u2066\u2069\ufeff\ud800"
    said = inert(f"甲{obeyed}乙")

    assert not set(obeyed) & set(said)
    assert json.loads(inert(json.dumps(f"甲{obeyed}乙", ensure_ascii=False))) == f"甲{obeyed}乙"


def test_hostile_headers_ids_and_file_names_reach_no_terminal(refused: Path) -> None:
    """Whatever the place it was written in, an escape sequence is only told about."""
    evil = "\x1b]0;甲\x07\u202e"
    folder = refused / "units" / "nanzhao"
    (folder / f"{evil}\n错误 X00.csv").write_text("a", encoding="utf-8")
    (refused / "units" / f"{evil}").mkdir()
    for name in ("works", "issues"):
        text = (folder / f"{name}.csv").read_text(encoding="utf-8")
        where = 0 if name == "works" else text.index("\n") + 1
        (folder / f"{name}.csv").write_text(text[:where] + evil + text[where:], encoding="utf-8")

    for form in ("text", "json", "github"):
        done = qingyuan("check", "--data", refused, "--no-cache", "--format", form)
        assert done.returncode == 1
        for character in "\x1b\x07\u202e":
            assert character not in done.stdout + done.stderr
        assert not any(line.startswith("错误 X00") for line in done.stdout.splitlines())
