"""`qingyuan import FILE`: a clerk's workbook becomes rows of ledgers, or an answer to the clerk."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.files import replace_file
from pipeline.findings import Finding
from pipeline.intake.outcome import Outcome
from pipeline.ledgers import load, together
from pipeline.ledgers.ceilings import MAX_SAID
from pipeline.personal import mask
from pipeline.repository import Repository
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.verbs import told
from pipeline.verbs.check import CACHE
from pipeline.verbs.console import CLEAN, GREEN, RED, REFUSED, YELLOW, Console

NAME = "import"
HELP = "把 Excel、WPS 或 CSV 表格读成台账的行；认不出的逐格回话，默认只看不写"

MAX_REPAIRS = 30
"""Repairs that are said on the screen; all of them stand in the annotated copy and in JSON."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("file", type=Path, metavar="表格", help=".xlsx、.xls、.ods、.et 或 .csv")
    parser.add_argument("--unit", default="", metavar="单位", help="哪个单位的；不写就看表里写的")
    parser.add_argument("--ledger", default="", metavar="台账", help="哪个台账；不写就看表头")
    parser.add_argument(
        "--outside", action="store_true", help="是市以上查这个单位的，写进 city/checks"
    )
    parser.add_argument("--found-on", metavar="日期", help="整个文件的发现日期")
    parser.add_argument("--channel", metavar="渠道", help="整个文件的发现渠道")
    parser.add_argument(
        "--set", action="append", default=[], metavar="项=值", help="整个文件都一样的一项，可写几次"
    )
    parser.add_argument(
        "--answers", type=Path, metavar="文件", help="写着“项,值”的 CSV，和 --set 一样"
    )
    parser.add_argument("--write", action="store_true", help="没有错误时写进台账")
    parser.add_argument("--branch", metavar="分支", help="没有错误时在新分支上提交，不动现在的文件")
    parser.add_argument("--annotate", type=Path, metavar="副本.xlsx", help="写一份标了错的副本")
    parser.add_argument(
        "--list", type=Path, metavar="清单.pdf", help="写一份可打印的 A4 错误清单，.pdf 或 .html"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "frictionless"), default="text", help="输出的样子"
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Read the file, answer, and write if asked to.

    Exit 1 where a cell is not understood or a gate refuses the rows.
    """
    from pipeline.intake.process import Wish, take_in

    content = _content(options.file)
    answers = _answers(options)
    if not options.data.is_dir():
        raise UsageTrouble(f"没有 {options.data} 这个目录；用 --data 写台账所在的目录")
    loaded = load(options.data, units=frozenset())  # what all units share; whose file it is shows
    campaign = loaded.snapshot.campaign if loaded.snapshot else None
    day = options.as_of or (campaign.as_of_on if campaign else None) or today()
    if (options.write or options.branch) and (left := together.finish(options.data)):
        console.say(f"✓ 上次登记停在半路，现在写完了：{left.said}", GREEN)
        loaded = load(options.data)
    console.progress("读表格")
    wish = Wish(options.unit, options.ledger, answers, options.outside)
    outcome, standing = take_in(options.file.name, content, loaded, day, wish, Store(CACHE))
    if options.annotate:
        from pipeline.intake.annotated import annotated

        console.progress("写标了错的副本")
        replace_file(
            _target(options.annotate, options.file), annotated(content, outcome), lasting=False
        )
    if options.list:
        console.progress("写错误清单")
        organiser = campaign.organiser if campaign else ""
        replace_file(
            _target(options.list, options.file),
            _error_list(outcome, day, organiser, options.list.suffix.lower()),
            lasting=False,
        )
    if options.format == "json":
        console.say_json(outcome.to_json())
    elif options.format == "frictionless":
        from pipeline.intake.frictionless_shape import report_of

        console.say_json(report_of(outcome))
    else:
        _text(outcome, console)
    if (options.write or options.branch) and standing is not None and outcome.ok:
        from pipeline.intake.judging import shards_after

        _write(shards_after(standing, outcome), options, outcome, console)
    elif (options.write or options.branch) and not outcome.ok:
        console.complain("有错误，一行也没有写；改好再导一次")
    return CLEAN if outcome.ok else REFUSED


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise UsageTrouble(f"没有 {path} 这个文件")
    from pipeline.intake.hostile import MOST_BYTES

    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _error_list(outcome: Outcome, day: date, organiser: str, form: str) -> bytes:
    """Return the list of errors as PDF or as HTML.

    Raises:
        UsageTrouble: it is to be neither.
    """
    from pipeline.intake.error_list import error_list, paper_of

    if form in (".html", ".htm"):
        return error_list(outcome).encode()
    if form != ".pdf":
        raise UsageTrouble("--list 的文件名以 .pdf 或 .html 结尾")
    from pipeline.papers.fonts import fonts
    from pipeline.papers.handed import set_anyway
    from pipeline.papers.rendering import internal

    return set_anyway("errors", {**internal(), **paper_of(outcome, day, organiser)}, fonts())


def _target(path: Path, source: Path) -> Path:
    """Return where to write an answer.

    Raises:
        UsageTrouble: it would take the place of the file that was read.
    """
    if path.resolve() == source.resolve():
        raise UsageTrouble("副本不能写在原来的表格上；换一个文件名")
    return path


def _answers(options: argparse.Namespace) -> dict[str, str]:
    """Return the answers for the whole file, from the command and from a file of them.

    Raises:
        UsageTrouble: one is no pair of item and value.
    """
    found: dict[str, str] = {}
    if options.answers:
        from pipeline.intake.delimited import read_delimited

        for row in read_delimited(_content(options.answers)):
            if len(row) > 1 and row[0].text.strip() not in ("", "项"):
                found[row[0].text.strip()] = row[1].text.strip()
    for pair in options.set:
        name, mark, value = pair.partition("=")
        if not mark or not name.strip():
            raise UsageTrouble(f"--set {pair} 应写成 项=值，如 --set 环节=水源")
        found[name.strip()] = value.strip()
    found |= {n: v for n, v in (("found_on", options.found_on), ("channel", options.channel)) if v}
    return found


def _text(outcome: Outcome, console: Console) -> None:
    for repair in outcome.repairs[:MAX_REPAIRS]:
        shown = repair.to_json()
        change = f"“{shown['old']}” → “{shown['new']}”（{shown['rule']}）"
        said = f"修正 {shown['file']} {shown['cell']}：{change}"
        console.say(said.replace("\n", "⏎"))
    if len(outcome.repairs) > MAX_REPAIRS:
        more = len(outcome.repairs) - MAX_REPAIRS
        console.say(f"还有 {more} 处修正没有列出；用 --annotate 或 --format json 看全部")
    kinds, rest = told.errors_first(outcome.listed, MAX_SAID)
    for kind in kinds:
        console.say(_said(kind), RED if kind.is_error else YELLOW)
    if rest:
        console.say(told.left_out(rest))
    if outcome.asked:
        answers = " ".join(f"--set {title}=…" for title in outcome.asked)
        console.say(f"整个文件一样的，一次写全：{answers}")
        console.say("  不会用命令的：--annotate 写的副本里有“补充信息”表，填好交回来")
    for line in outcome.lines:
        if line.fate == "留下" and line.why != "表头":
            console.say(f"留下 {line.sheet} 第{line.row}行：{line.why}")
    counts = outcome.counts()
    parts = [
        f"{name} {counts[name]}"
        for name in ("新增", "有变化", "相同", "未导入", "并入")
        if counts[name]
    ]
    told_rows = "，".join(parts) or "没有记录"
    if outcome.ok:
        console.say(f"✓ 读了 {outcome.read} 行：{told_rows}；修正 {len(outcome.repairs)} 处", GREEN)
    else:
        errors = sum(f.count for f in outcome.findings if f.severity == "error" and not f.waived)
        console.say(f"✗ 读了 {outcome.read} 行：{told_rows}；{errors} 处要改", RED)


def _said(kind: told.Kind) -> str:
    first: Finding = kind.first
    text = told.said(kind)
    return text.replace("：", f" {first.cell}：", 1) if first.cell else text


def _write(
    files: dict[Path, bytes],
    options: argparse.Namespace,
    outcome: Outcome,
    console: Console,
) -> None:
    if not files:
        console.say("台账没有变化，不用写")
        return
    counts = outcome.counts()
    unit = outcome.unit
    changes = f"新增 {counts['新增']} 行，改 {counts['有变化']} 行"
    message = f"导入 {unit}：{changes}（{mask(options.file.name)}）"
    if options.branch:
        repository = Repository.around(options.data)
        if repository is None:
            raise UsageTrouble(f"{options.data} 不在 git 里，--branch 用不了；用 --write")
        below = {
            p.resolve().relative_to(repository.top.resolve()).as_posix(): c
            for p, c in files.items()
        }
        commit = repository.commit_on(options.branch, below, message)
        console.say(f"✓ 已在分支 {options.branch} 提交 {commit[:12]}：{message}", GREEN)
    if options.write:
        together.write_together(options.data, files, message)
        for path in sorted(files):
            console.say(f"已写 {path}")
        console.say("接着运行：qingyuan check；通过后提交：")
        console.say(f"  git add {shlex.join(str(path) for path in sorted(files))}")
        console.say(f"  git commit -m {shlex.quote(message)}")
