"""`qingyuan diff`: what a change of the ledgers means: deeds, findings, points, then cells.

Both sides are checked and scored by the code of now, as of one and the same day, so whatever
differs comes from the rows. Points are the published ones. Where only units' own files differ, only
these units are read anew; where the others stand is kept from one run to the next.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import assessment, changes, checks, review, workers
from pipeline.assessment.sheets import Sheet, ranked
from pipeline.changes.noise import rewritten
from pipeline.changes.sides import shard_at
from pipeline.dates import Workdays
from pipeline.ledgers import Snapshot, load, load_schemas
from pipeline.ledgers.campaign import load_campaign
from pipeline.ledgers.yaml_file import YamlTrouble, load_yaml
from pipeline.readings import Readings
from pipeline.repository import FILES, Repository
from pipeline.review.markdown import lines, markdown
from pipeline.store import Store, key_of
from pipeline.trouble import UsageTrouble
from pipeline.verbs.check import CACHE, settle
from pipeline.verbs.console import CLEAN, Console
from pipeline.verbs.kept_scores import plain, whole

NAME = "diff"
HELP = "一次改动说的是什么：问题、责任人、检查结果和分数变了哪些"
CAMPAIGN = "campaign.yml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("base", metavar="从前", help="和 git 里的哪个版本比，如 origin/main")
    parser.add_argument(
        "head", nargs="?", metavar="现在", help="git 里的另一个版本；不写就是现在的文件"
    )
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="输出的样子"
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Compare and say; a difference is no fault, so the exit code is clean whatever it is."""
    store = Store(CACHE)
    schemas = load_schemas(store=store)
    change = changes.change_of(options.data, options.base, schemas, options.head)
    git = Repository.around(options.data)
    if git is None:  # change_of has refused that already
        raise UsageTrouble(f"{options.data} 不在 git 仓库里，没有可以比较的从前")
    head = git.commit(options.head) if options.head else ""
    with tempfile.TemporaryDirectory(prefix="qingyuan-") as folder:
        console.progress("取出两边的台账")
        data = options.data.resolve()
        old = _unpacked(git, change.base, Path(folder, "old"), change.folder, data.name)
        new = data
        if head:
            new = _unpacked(git, head, Path(folder, "new"), change.folder, data.name)
        day = options.as_of or _day(new) or today()
        told = _Comparison(change, day, store, console).reviewed(git, old, new, head)
    match options.format:
        case "json":
            console.say_json(told.to_json())
        case "markdown":
            console.say(markdown(told))
        case _:
            for line in lines(told):
                console.say(line)
    settle(store, console)
    return CLEAN


def _unpacked(git: Repository, commit: str, folder: Path, place: str, name: str) -> Path:
    """Put the data folder of a commit aside; a folder that does not exist where it had none.

    It keeps its name, by which findings call its files.

    Raises:
        UsageTrouble: what the commit holds may not be written: links, submodules.
    """
    if git.content(commit, f"{place}/{CAMPAIGN}" if place != "." else CAMPAIGN) is None:
        return folder / "none"
    is_top = place == "."
    if is_top:
        folder.mkdir()
    git.unpack(commit, folder / name if is_top else folder, None if is_top else Path(place))
    return folder / name if is_top else folder / place


def _day(data: Path) -> date | None:
    campaign, _ = load_campaign(data / CAMPAIGN, CAMPAIGN)
    return campaign.as_of_on if campaign else None


@dataclass(frozen=True)
class _Side:
    """One side as checked, and the sheets of the units that were read; none if it is refused."""

    report: checks.Report | None
    sheets: Mapping[str, Sheet] | None


@dataclass(frozen=True)
class _Comparison:
    """One change, to be judged as of one day."""

    change: changes.Change
    day: date
    store: Store
    console: Console

    def reviewed(self, git: Repository, old: Path, new: Path, head: str) -> review.Review:
        """Check and score both sides and say what differs."""
        units = sorted(self.change.alone)
        self.console.progress("查两边的台账")
        others = self._others(git, old) if units else dict[str, Sheet]
        if self.change.data_files:
            before, after = self._side(old, units), self._side(new, units)
        else:  # nothing of data differs: both sides are one
            before = after = _Side(None, {})
        was, now = _ranked(before, after, others)
        reports = [side.report for side in (before, after)]
        snapshot = next((r.loaded.snapshot for r in reversed(reports) if r), None)
        found = review.findings(*((r.findings if r else ()) for r in reports))
        workdays = Workdays.from_rows(snapshot["workdays"] if snapshot else ())
        return review.Review(
            base=self.change.base,
            head=head,
            as_of_on=self.day,
            names={row.id: row.short_name for row in snapshot["units"]} if snapshot else {},
            deeds=tuple(review.deeds(self.change, self.day, workdays, _places(snapshot))),
            found=found,
            gate=tuple(changes.judge(self.change, day=self.day)),
            moved=review.moved(was, now),
            stood=review.stood(was, now),
            cells=tuple(review.cells(self.change)),
            rewritten=tuple(self._rewritten(git, head)),
            others=tuple(f.path for f in self.change.files if not self._is_shard(git, f.path)),
            settings=tuple(review.settings(_campaign(old), _campaign(new))),
            unsaid=tuple(_unsaid(before, after)),
        )

    def _side(self, data: Path, units: list[str]) -> _Side:
        """Check and score a folder, or only what is some units' in it."""
        if not data.is_dir():
            return _Side(None, None)
        places = (data / at / unit for unit in units for at in ("units", "city/checks"))
        paths = [place for place in places if place.is_dir()]
        report = checks.run(
            data,
            as_of=self.day,
            today=lambda: self.day,
            store=self.store,
            paths=paths,
            also=self.change.concerns,
        )
        snapshot = report.loaded.snapshot
        if snapshot is None or not report.ok:
            return _Side(report, None)
        return _Side(report, self._sheets(snapshot, units))

    def _sheets(self, snapshot: Snapshot, units: Sequence[str]) -> dict[str, Sheet]:
        """Return the published sheets of some units, or of all, not yet ranked."""
        there = assessment.units_of(snapshot, self.day)
        wanted = [unit for unit in there if unit in units] if units else there
        if len(wanted) < len(snapshot["units"]):
            snapshot = snapshot.of_units(frozenset(wanted))
        readings = Readings.from_rows(snapshot["readings"])
        scorer = next(assessment.scorers(snapshot, [self.day]))
        return {unit: scorer.sheet(unit, readings) for unit in wanted}

    def _others(self, git: Repository, data: Path) -> Callable[[], Mapping[str, Sheet]]:
        """Begin to compute the sheets of all units as they stood; returns what waits for them.

        They are kept by the tree they are made from. Where points may well move, another process
        begins while the two sides are read; else they are computed when they are asked for.
        """
        if not data.is_dir():
            return dict[str, Sheet]
        tree = git.tree(self.change.base, self.change.folder)
        key = key_of("diff", tree, self.day.isoformat())
        kept = self.store.get(key)
        if kept is not None:
            sheets: dict[str, Sheet] = {u: whole(s) for u, s in json.loads(kept).items()}
            return lambda: sheets

        def compute() -> bytes:
            loaded = load(data, self.change.schemas, store=self.store)
            found = {} if loaded.snapshot is None else self._sheets(loaded.snapshot, ())
            told = {unit: plain(sheet) for unit, sheet in found.items()}
            return json.dumps(told, ensure_ascii=False).encode()

        computed = workers.beside(compute) if self._may_move_points() else compute

        def wait() -> Mapping[str, Sheet]:
            self.console.progress("算其他单位的分")
            told = computed()
            self.store.put(key, told)
            return {unit: whole(sheet) for unit, sheet in json.loads(told).items()}

        return wait

    def _may_move_points(self) -> bool:
        """Whether anything but cells that are free to be reworded differs."""
        return any(
            not row.cells or any(row.schema.by_name[c].change != "free" for c in row.cells)
            for row in self.change.rows
        )

    def _is_shard(self, git: Repository, path: str) -> bool:
        return shard_at(git.top, self.change.folder, path, self.change.schemas) is not None

    def _rewritten(self, git: Repository, head: str) -> Iterable[tuple[str, str]]:
        """Yield the ledgers that differ though every row says what it said, and how."""
        spoken = {row.before.file for row in self.change.rows if row.before}
        spoken |= {row.after.file for row in self.change.rows if row.after}
        for file in self.change.data_files:
            both = file.mode_before in FILES and file.mode_after in FILES
            if both and file.path not in spoken and self._is_shard(git, file.path):
                old = git.content(self.change.base, file.path) or b""
                now = git.content(head, file.path) if head else (git.top / file.path).read_bytes()
                if old != now:
                    yield file.path, rewritten(old, now or b"")


def _campaign(data: Path) -> Mapping[str, Any]:
    """Return the settings of a campaign as they are written; none where they cannot be read."""
    try:
        told = load_yaml(data / CAMPAIGN)
    except YamlTrouble:
        return {}
    return told if isinstance(told, Mapping) else {}


def _places(snapshot: Snapshot | None) -> dict[str, str]:
    """Return the names of divisions and works by id; none where nothing could be read."""
    if snapshot is None:
        return {}
    divisions = {row.division_code: row.name for row in snapshot["divisions"]}
    return divisions | {row.works_id: row.name for row in snapshot["works"]}


def _ranked(
    before: _Side, after: _Side, others: Callable[[], Mapping[str, Sheet]]
) -> tuple[Mapping[str, Sheet], Mapping[str, Sheet]]:
    """Return the sheets of both sides among all units; nothing where one side has none.

    Where the units that were read stand as they stood, so do all.
    """
    if before.sheets is None or after.sheets is None or before.sheets == after.sheets:
        return {}, {}
    known = others()
    return ranked({**known, **before.sheets}), ranked({**known, **after.sheets})


def _unsaid(before: _Side, after: _Side) -> Iterable[str]:
    """Say what could not be compared."""
    for side, whose in ((before, "改动以前"), (after, "改动以后")):
        if side.sheets is not None:
            continue
        if side.report is None:
            yield f"{whose}没有这个数据目录，检查结果和分数没有比"
        else:
            yield f"{whose}的台账有 {side.report.count('error')} 处错误，没有算分，分数没有比"
