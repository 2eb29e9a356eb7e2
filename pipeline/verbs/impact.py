"""`qingyuan impact`: what a changed rule, reading or clause does to the committed ledgers.

The ledgers of a revision are checked and scored twice: by the code and the rules of that revision,
and by those of the work tree. Whatever differs comes from the rules, because the rows are the same.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.files import replace_file
from pipeline.ledgers.campaign import load_campaign
from pipeline.ledgers.schemas import PROJECT
from pipeline.repository import Repository
from pipeline.trouble import Bug, EnvironmentTrouble, UsageTrouble
from pipeline.verbs.comparison import Impact, Side, compared
from pipeline.verbs.console import CLEAN, GREEN, RED, Console

NAME = "impact"
HELP = "改了规则、口径、条款，同一份台账的检查结果和分数会变多少"
CAMPAIGN = "campaign.yml"
PLACES = ("units.csv", "divisions.csv")
"""Reference tables that say which places there are; all others say how rows are judged."""
SAID = 500
"""Characters of a program's last words that are repeated."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "--base",
        default="HEAD",
        metavar="版本",
        help="和 git 里的哪个版本比，如 origin/main；默认 HEAD。台账用那个版本的，"
        "规则（代码、表结构、campaign.yml、单位和区划以外的参考表）两边各用各的；只比本次考评的那一版细则",
    )
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="输出的样子"
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Compare and say; a difference is no fault, so the exit code is clean whatever it is."""
    git, data = Repository.around(PROJECT), options.data.resolve()
    if git is None:
        raise EnvironmentTrouble(f"{PROJECT} 不是 git 仓库，没有原来的规则可比")
    commit = git.commit(options.base)
    try:
        place = data.relative_to(git.top)
    except ValueError as outside:
        raise UsageTrouble(f"{options.data} 不在这个 git 仓库里，没有可比的版本") from outside
    day = options.as_of or _day(data, today)
    with tempfile.TemporaryDirectory(prefix="qingyuan-") as folder:
        old, new = Path(folder, "old"), Path(folder, "new")
        console.progress(f"取出 {commit[:7]}")
        git.unpack(commit, old)
        if not (old / place / CAMPAIGN).is_file():
            raise UsageTrouble(f"{options.base} 里没有 {place}/{CAMPAIGN}，没有可比的台账")
        git.unpack(commit, new, place)
        _take_rules(data, new / place)
        console.progress("两套规则各查一遍、各算一遍分")
        code = old / PROJECT.relative_to(git.top)
        with ThreadPoolExecutor(2) as pool:
            before = pool.submit(_side, old, code, place, day, "原来的")
            after = pool.submit(_side, new, PROJECT, place, day, "现在的")
            found = compared(commit, day, before.result(), after.result())
    _say(found, options.format, console)
    return CLEAN


def _say(found: Impact, form: str, console: Console) -> None:
    match form:
        case "json":
            console.say_json(found.to_json())
        case "markdown":
            console.say(found.to_markdown())
        case _:
            for line in found.lines():
                console.say(line, RED if line.startswith("✗") else "")
            if not found:
                console.say(found.nothing, GREEN)


def _day(data: Path, today: Callable[[], date]) -> date:
    """Return the day both sides are computed for: that of the work tree's campaign."""
    campaign, findings = load_campaign(data / CAMPAIGN, CAMPAIGN)
    if campaign is None:
        raise UsageTrouble("；".join(f.message for f in findings))
    return campaign.as_of_on or today()


def _take_rules(data: Path, aside: Path) -> None:
    """Put the work tree's campaign and tables of rules in the place of the revision's."""
    tables = {*data.glob("reference/*.csv"), *aside.glob("reference/*.csv")}
    for name in (CAMPAIGN, *sorted(f"reference/{table.name}" for table in tables)):
        if name.endswith(PLACES):
            continue
        if (data / name).is_file():
            replace_file(aside / name, (data / name).read_bytes(), lasting=False)
        else:
            (aside / name).unlink(missing_ok=True)


def _side(folder: Path, code: Path, place: Path, day: date, whose: str) -> Side:
    """Check and score the ledgers below a folder by some code; refused data have no scores."""
    ask = ["--data", str(place), "--as-of", day.isoformat(), "--format", "json"]
    checked = _answer(["check", *ask], folder, code, whose, (0, 1))
    scored = _answer(["score", *ask], folder, code, whose, (0,)) if checked["ok"] else None
    return Side(checked, scored)


def _answer(
    verb: Sequence[str], folder: Path, code: Path, whose: str, expected: Sequence[int]
) -> dict[str, Any]:
    """Run a verb of some code in a process of its own; returns the JSON that it prints."""
    environment = os.environ | {"PYTHONPATH": str(code), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603 - our own verbs, of the work tree or of a commit
        [sys.executable, "-B", "-m", "pipeline", *verb],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode in expected:
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            answer = None
        if isinstance(answer, dict):
            return answer
    words = (done.stderr or done.stdout).strip()[-SAID:]
    said = f"{whose}规则没有跑完 {verb[0]}：{words}"
    raise EnvironmentTrouble(said) if whose == "原来的" else Bug(said)
