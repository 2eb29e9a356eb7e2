"""`qingyuan reports`: every edition that is due or published, and whether it still says the same.

An edition and its files carry one code of all that they say. Where the code on a file is not that
of the edition as the ledgers have it now, either the ledgers were changed since, and the edition is
to be pinned or corrected, or the program was, and it is to be made again.
"""

from __future__ import annotations

import argparse
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from pipeline import checks, disclosure
from pipeline.ledgers.fingerprints import parts_of
from pipeline.papers.rendering import CODE, CODE_MARK, code_of
from pipeline.pivots import Pivots
from pipeline.publication.questions.editions import page_of, paper_of, word_of
from pipeline.release import PUBLIC
from pipeline.reports import archive
from pipeline.reports.archive import Edition
from pipeline.store import Store
from pipeline.verbs import kept_scores
from pipeline.verbs.check import CACHE, settle, verdict
from pipeline.verbs.console import CLEAN, GREEN, YELLOW, Console
from pipeline.verbs.published import with_published

NAME = "reports"
HELP = "列出全部报告：种类、期号、时间，发布了没有，有哪些文件，和现在的台账是不是一致"
BUILD, PRINTED = Path("build"), Path("build/print")
SAME, OTHER, NONE = "一致", "不一致", "没有发布"

_CODE = re.compile(f"{CODE_MARK}([0-9a-f]{{{CODE}}})".encode())


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition as it is listed; `files` are those that there are, with what they say of it."""

    id: str
    kind: str
    number: int | None
    first: str
    last: str
    corrects: str
    code: str
    state: str
    files: dict[str, str]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--list", action="store_true", help="列出来（不写也是列出来）")
    parser.add_argument(
        "--out", type=Path, default=BUILD, metavar="目录", help="网站建在哪里，默认 build"
    )
    parser.add_argument(
        "--printed",
        type=Path,
        default=PRINTED,
        metavar="目录",
        help="印好的在哪里，默认 build/print",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """List the editions, the latest first; refused data have none."""
    store = Store(CACHE)
    report = checks.run(
        options.data, as_of=options.as_of, today=today, store=store, progress=console.progress
    )
    snapshot, day = report.loaded.snapshot, report.as_of_on
    if not report.ok or snapshot is None or day is None:
        console.complain("✗ 没有列：台账有错误，改好再列；qingyuan check 看全部")
        return verdict(report)
    console.progress("算每一期")
    parts = parts_of(report.loaded.raw, options.data / "campaign.yml", report.loaded.schemas)
    apart = kept_scores.begin(snapshot, day, parts, store)
    pivots = Pivots(store)
    view = disclosure.view(
        snapshot, day, report.loaded.digest, parts=parts, apart=apart, pivots=pivots
    )
    view = with_published(view, options.data, store, console.progress)
    listed = [
        _listed(one, options.out / PUBLIC, options.printed)
        for one in archive.editions(view).values()
    ]
    settle(store, console)
    if options.format == "json":
        console.say_json({"as_of": day.isoformat(), "editions": [asdict(one) for one in listed]})
    else:
        _say(listed, archive.coming(view), day, console)
    return CLEAN


def _listed(edition: Edition, site: Path, printed: Path) -> Listed:
    report = edition.make()
    code = code_of(report)
    files = dict(_files(edition.id, code, site, printed))
    there = [said for name, said in files.items() if name.startswith("r/")]
    state = NONE if not there else SAME if set(there) == {SAME} else OTHER
    return Listed(
        edition.id,
        edition.name,
        report.number,
        edition.first.isoformat(),
        edition.last.isoformat(),
        edition.corrects,
        code,
        state,
        files,
    )


def _files(edition: str, code: str, site: Path, printed: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of an edition, of the site and printed, with what each says of its code."""
    for name in (page_of(edition), paper_of(edition), word_of(edition)):
        if (site / name).is_file():
            yield name, SAME if _code(site / name) == code else OTHER
    for ending in ("pdf", "docx"):
        path = printed / f"{edition}.{ending}"
        if path.is_file():
            yield path.as_posix(), SAME if _code(path) == code else OTHER


def _code(path: Path) -> str:
    """Return the code that a page, a PDF or a Word document carries; blank if it has none."""
    content = path.read_bytes()
    if path.suffix == ".docx":
        try:
            with zipfile.ZipFile(BytesIO(content)) as parts:
                content = parts.read("docProps/core.xml")
        except (zipfile.BadZipFile, KeyError):
            return ""
    found = _CODE.search(content)
    return found[1].decode() if found else ""


def _say(
    listed: list[Listed], coming: Iterable[tuple[str, str, date, date]], day: date, console: Console
) -> None:
    for one in listed:
        number = f"第{one.number}期" if one.number else ""
        again = f"（更正 {one.corrects}）" if one.corrects else ""
        said = NONE if one.state == NONE else f"已发布，{one.state}"
        console.say(
            f"{one.id}　{one.kind}{number}{again}　{one.first} 至 {one.last}　{said}",
            {SAME: "", OTHER: YELLOW, NONE: YELLOW}[one.state],
        )
        for name, state in one.files.items():
            console.say(f"    {name}" if state == SAME else f"    {name}　{state}")
    for name, kind, first, last in coming:
        console.say(f"{name}　{kind}　{first} 至 {last}　还没有到期")
    console.say(f"✓ 到期的报告 {len(listed)} 份，数据日期 {day}", GREEN)
    if any(one.state == OTHER for one in listed):
        console.say(
            "  不一致的，发布以后改了台账或程序：不想让它跟着变的，在 campaign.yml 的 published 里"
            "钉在发布时的版本；有错的，在那里写更正；别的重新 qingyuan build",
            YELLOW,
        )
