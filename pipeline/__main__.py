"""The command line `qingyuan VERB`: the only clock, the only printer, the only exit code.

The verdict of the verb decides the exit code, whatever becomes of the output: a reader who has
gone away (`| head`, `| true`) changes nothing. Where the disk took only part of the result, a
clean verdict becomes 3, since nobody can have read it; refused data stay refused.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from pipeline import workers
from pipeline.dates import parse_iso
from pipeline.store import PROJECT, code_digest
from pipeline.trouble import Bug, EnvironmentTrouble, UsageTrouble, advice
from pipeline.verbs import words
from pipeline.verbs.chinese import speak_chinese
from pipeline.verbs.console import BUG, CLEAN, ENVIRONMENT, USAGE, Console
from pipeline.verbs.nearest import hint

VERBS = (
    "check", "score", "diff", "approvals", "newest", "mine", "impact", "sample", "build",
    "print", "reports", "verify", "serve", "rollback", "fmt", "merge_driver", "renumber", "history",
    "demo", "divisions", "new_unit", "init", "doctor", "evidence", "verify_evidence",
    "alerts", "standing", "import", "add", "event", "handover", "batch", "next_id", "export",
)  # fmt: skip
"""Modules under `pipeline.verbs`, in the order of the help."""

PLACE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""One offset since 1991; a bare machine has no table of time zones."""

KILLED = (
    "没有做完：一起干活的进程被系统停掉了，多半是内存不够；已经发布的网站没有动。"
    "关掉别的程序，再运行一次。"
)


def today() -> date:
    """Return today's date in China: the only place where a clock is read."""
    return datetime.now(PLACE).date()


class _Parser(words.Parser):
    """A parser whose help and complaints go through the console as everything else does."""

    def _print_message(self, message: str, file: object = None) -> None:
        console = Console()
        (console.complain if file is sys.stderr else console.say)(message.rstrip("\n"))
        console.close()


def parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Build the parser of the whole command line, or of the one verb that is called.

    Only that verb's module is imported: `doctor` must run before anything is installed, and no verb
    waits for the libraries of another.
    """
    speak_chinese()
    called = arguments[0].replace("-", "_") if arguments else ""
    top = _Parser(prog="qingyuan", description="清源：农村供水“回头看”台账的检查、计算和公示")
    top.add_argument("--version", action="version", version="", help="说明是哪一版")
    verbs = top.add_subparsers(dest="verb", metavar="命令", title="命令", required=True)
    for name in (called,) if called in VERBS else VERBS:
        module = importlib.import_module(f"pipeline.verbs.{name}")
        sub = verbs.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        sub.add_argument(
            "--data", type=Path, default=Path("data"), metavar="目录", help="台账目录，默认 data"
        )
        sub.add_argument(
            "--as-of",
            type=_day,
            metavar="日期",
            help="数据日期，如 2022-08-25；默认照 campaign.yml",
        )
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run one verb and return its exit code; nothing else in the package exits or prints."""
    console = console or Console()
    code = _run(arguments, console)
    console.close()
    if console.lost is None:
        return code
    why = console.lost.strerror or str(console.lost)
    console.complain(f"结果没有写完：{why}；清出地方再运行一次。")
    return ENVIRONMENT if code == CLEAN else code


def _run(arguments: Sequence[str] | None, console: Console) -> int:
    """Run one verb; whatever goes wrong becomes a sentence and a code."""
    collects = gc.isenabled() and arguments is not None  # a program ends: nothing to collect for
    gc.disable()  # a verb makes a million rows and ends; collecting them again and again costs 40 %
    try:
        given = sys.argv[1:] if arguments is None else arguments
        if list(given[:1]) == ["--version"]:
            console.say(_version())
            return CLEAN
        _require_verb(given)
        options = parser(given).parse_args(given)
        code: int = options.run(options, console, today)
        return code
    except UsageTrouble as trouble:
        console.complain(str(trouble))
        return USAGE
    except EnvironmentTrouble as trouble:
        console.complain(str(trouble))
        return ENVIRONMENT
    except OSError as trouble:
        console.complain(f"没有做完：{advice(trouble)}。")
        console.complain("已经写好的都是完整的；运行 qingyuan doctor 看这台机器缺什么。")
        return ENVIRONMENT
    except KeyboardInterrupt:
        console.complain("已停下，已经发布的网站没有动。")
        return ENVIRONMENT
    except Exception as bug:  # noqa: BLE001 - the last door: no traceback ever reaches a user
        if workers.was_killed(bug):
            console.complain(KILLED)
            return ENVIRONMENT
        _report_bug(console, bug)
        return BUG
    finally:
        if collects:
            gc.enable()


def _require_verb(given: Sequence[str]) -> None:
    """Say which verb was probably meant where there is none of that name.

    Raises:
        UsageTrouble: there is none.
    """
    if given and not given[0].startswith("-") and given[0].replace("-", "_") not in VERBS:
        near = hint(given[0], (verb.replace("_", "-") for verb in VERBS))
        raise UsageTrouble(f"没有 {given[0]} 这个命令{near}；看全部命令：qingyuan --help")


def _version() -> str:
    """Return name and version, with the digest of code by which two machines are compared."""
    import tomllib  # no other verb waits for it

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python, code = sys.version.split()[0], code_digest()[:12]
    return f"qingyuan {project['version']}（Python {python}，代码 {code}）"


def _report_bug(console: Console, bug: Exception) -> None:
    """Say that the program is wrong, not the data; the traceback only where it is asked for."""
    said = str(bug) if isinstance(bug, Bug) else f"{type(bug).__name__}：{bug}"
    console.complain(f"程序自己出错了（不是您的数据有错）：{said}")
    console.complain("请把这句话和刚才的命令发给维护人员；设 QINGYUAN_DEBUG=1 再运行可看到详情。")
    if os.environ.get("QINGYUAN_DEBUG"):
        sys.excepthook(type(bug), bug, bug.__traceback__)


def _day(text: str) -> date:
    day = parse_iso(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text} 不是日期，请写成 2022-08-25 这样")
    return day


def program() -> None:
    """Be the program: run the verb that was called, and end at once with its exit code.

    A city is millions of objects; to give them back one by one before the system takes all of it
    would take a second.
    """
    console = Console()  # holds what the verb made until then
    code = main(console=console)
    workers.stop()
    os._exit(code)


if __name__ == "__main__":
    program()
