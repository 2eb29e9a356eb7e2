"""What the verbs of entry share: how what became of a draft is said, and what to do next."""

from __future__ import annotations

import argparse
import json
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline import entry
from pipeline.entry.events import unit_in
from pipeline.findings import Finding
from pipeline.ledgers import load_schemas, together, unit_ids
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.verbs import told
from pipeline.verbs.check import CACHE, settle
from pipeline.verbs.console import CLEAN, GREEN, RED, REFUSED, YELLOW, Console

SHOWN = 20


@dataclass(frozen=True)
class Proposal:
    """What a command of entry comes to: the draft, what it is, what is to be told, what is next."""

    draft: entry.Draft
    what: str
    notes: Sequence[tuple[str, str]] = ()
    """Lines with their colours."""
    next_steps: Sequence[str] = ()

    def tell(self, console: Console) -> None:
        """Say what was filled in and what goes along."""
        for line, colour in self.notes:
            console.say(f"  {line}", colour)
        for name, cell in self.draft.filled.items():
            console.say(f"  补上 {name}：{cell}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that every verb of entry has."""
    parser.add_argument("--unit", metavar="单位", help="哪个单位的台账，写编号或名称")
    parser.add_argument("--try", dest="is_trial", action="store_true", help="只查，不写")


def office_of(
    options: argparse.Namespace, unit: str | None, today: Callable[[], date]
) -> entry.Office:
    """Open the office of a unit, or the city's.

    Raises:
        UsageTrouble: an entry was cut off, so that what stands is not what was meant.
    """
    if options.data.is_dir() and together.pending(options.data) is not None:
        raise UsageTrouble("上次登记停在半路：先把那条登记命令再运行一次（不加 --try），接着写完")
    return entry.open_office(options.data, unit, options.as_of, today, Store(CACHE))


def resumed(options: argparse.Namespace, console: Console) -> bool:
    """Finish an entry that was cut off; whether it was this very one, so that all is done."""
    if getattr(options, "is_trial", False) or not options.data.is_dir():
        return False
    left = together.finish(options.data)
    if left is None:
        return False
    console.say(f"✓ 上次登记停在半路，现在写完了：{left.said}", GREEN)
    if left.asked != asked_of(options):
        return False
    console.say("  就是这一条，没有再登记一次；提交以前运行 qingyuan check")
    return True


def asked_of(options: argparse.Namespace) -> str:
    """Return what a command asks for, as text: two that ask for the same are told by it."""
    told = {name: str(value) for name, value in vars(options).items() if name != "run"}
    return json.dumps(dict(sorted(told.items())), ensure_ascii=False)


def issuer(options: argparse.Namespace, *texts: str) -> str | None:
    """Return the unit that is named, or else issued one of these ids; None where none did."""
    if options.unit is not None:
        return str(options.unit)
    roll = dict.fromkeys(unit_ids(options.data, load_schemas(store=Store(CACHE))) or ())
    return next((unit for text in texts if (unit := unit_in(text, roll))), None)


def finish(
    proposal: Proposal, options: argparse.Namespace, console: Console, today: Callable[[], date]
) -> tuple[int, tuple[Finding, ...]]:
    """Check and write what is proposed and say what became of it; returns what refuses it, too."""
    proposal.tell(console)
    code, errors = entered(proposal.draft, proposal.what, options, console, today)
    if code == CLEAN and not options.is_trial:
        for step in proposal.next_steps:
            console.say(f"  下一步：{step}")
    return code, errors


def entered(
    draft: entry.Draft | entry.Drafts,
    what: str,
    options: argparse.Namespace,
    console: Console,
    today: Callable[[], date],
    placed: Callable[[Finding], str] = lambda _: "",
) -> tuple[int, tuple[Finding, ...]]:
    """Check and write drafts; `what` is the message to commit with, `placed` says whose a fault is.

    Returns the exit code, 1 where a gate refuses them so that nothing is written, and what does.
    """
    store = Store(CACHE)
    done = entry.enter(
        draft, options.as_of, today, store,
        is_trial=options.is_trial, said=what, asked=asked_of(options),
    )  # fmt: skip
    settle(store, console)
    kinds, rest = told.errors_first((*done.errors, *done.reminders), SHOWN)
    for kind in kinds:
        said = f"{placed(kind.first)}{told.said(kind)}"
        console.say(said, RED if kind.is_error else YELLOW)
    if rest:
        console.say(told.left_out(rest))
    if not done.ok:
        console.say(f"✗ 没有登记：{len(done.errors)} 处要改，台账没有动", RED)
        return REFUSED, done.errors
    if options.is_trial:
        console.say(f"✓ 查过了，可以登记：{what}；没有写", GREEN)
        return CLEAN, ()
    console.say(f"✓ 登记了：{what}", GREEN)
    paths = " ".join(shlex.quote(str(path)) for path in done.paths)
    console.say(f"  提交：git add {paths} && git commit -m {shlex.quote(what)}")
    return CLEAN, ()
