"""The gates, in order: bytes and characters, schema, records, privacy; and what waivers silence.

All findings of a gate are listed. Later gates see the rows the byte gate read; keys are looked up
among all of them, and records are checked on all of them as far as no refused cell is asked for, so
that one bad cell never makes a hundred findings elsewhere. Where a whole package is checked, an
independent opinion is heard beside these gates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import ledgers, workers
from pipeline.checks import asked_again, keys, opinion, presence, privacy, schema, waivers
from pipeline.checks.collected import collected
from pipeline.checks.doubt import also, refused_cells
from pipeline.checks.elsewhere import units_led_to
from pipeline.checks.hints import Hints
from pipeline.checks.report import Begun, Report
from pipeline.checks.selection import about, below, lies, units_of
from pipeline.findings import Finding, Rule, limited, ordered
from pipeline.ledgers import Loaded, load, with_refused
from pipeline.ledgers.campaign import UNREADABLE
from pipeline.ledgers.ceilings import MAX_FINDINGS
from pipeline.ledgers.schemas import Schemas, load_schemas
from pipeline.ledgers.together import UNFINISHED
from pipeline.personal import mask
from pipeline.store import Store

__all__ = ["Begun", "Report", "assume", "begin", "catalogue", "judged", "proposed", "run"]

FOUNDATIONS = frozenset({presence.MISSING.id, UNREADABLE.id, UNFINISHED.id})
"""Rules about what every file rests on; they are told whichever files are looked at."""


def run(
    data: Path,
    *,
    as_of: date | None = None,
    today: Callable[[], date],
    store: Store | None = None,
    paths: Sequence[Path] = (),
    progress: Callable[[str], None] = lambda _: None,
    schemas: Schemas | None = None,
    also: Callable[[Finding], bool] = lambda _: False,
) -> Report:
    """Check a data folder, or only some shards of it, against everything they depend on.

    `as_of` overrides the campaign's day; `today` is asked only if the campaign says so. With
    `paths` only findings of these files, or about their units, are reported, and no independent
    opinion is asked for; where all of them belong to a few units, only these units are read, and
    such others as an id leads to that is not found in them. `also` names findings that are told
    besides. `schemas` may be others than those of the project.

    Raises:
        UsageTrouble: the data folder or one of the paths does not exist.
    """
    schemas = schemas or load_schemas(store=store)
    chosen = below(data, paths)
    loaded = _concerned(
        data, units_of(chosen), lambda units: load(data, schemas, progress, units, store)
    )
    day = _day(loaded, as_of, today)
    findings = _judge(loaded, day, store or Store(), progress, is_whole=not paths)
    files = [raw for raw in loaded.raw if lies(raw.shard.name, chosen)]
    if paths:
        is_asked = about(chosen, data, loaded.snapshot)
        findings = [f for f in findings if is_asked(f) or f.rule in FOUNDATIONS or also(f)]
    rows = sum(len(raw.cells) for raw in files)
    return Report(loaded, tuple(ordered(findings)), len(files), rows, day)


def begin(
    data: Path,
    *,
    as_of: date | None = None,
    today: Callable[[], date],
    store: Store | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Begun:
    """Begin to check a whole data folder as `run` does: it is read here, judged on another core.

    Raises:
        UsageTrouble: the data folder does not exist.
    """
    below(data, ())
    loaded = load(data, load_schemas(store=store), report=progress, store=store)
    day = _day(loaded, as_of, today)
    wait = workers.beside(
        lambda: _judge(loaded, day, store or Store(), lambda _: None, is_whole=True)
    )

    def report() -> Report:
        return Report(loaded, tuple(ordered(wait())), len(loaded.raw), loaded.row_count, day)

    return Begun(loaded, day, report)


def proposed(
    data: Path,
    contents: Mapping[Path, bytes],
    *,
    as_of: date | None = None,
    today: Callable[[], date],
    store: Store | None = None,
    read: Callable[[frozenset[str] | None], Loaded] | None = None,
) -> Report:
    """Return the report of the units concerned as if some shards had these contents.

    Nothing is written: what is to be entered goes through the same gates, in the same words, as
    what stands. Only what concerns the units in whose folders the shards lie is read and told;
    `read` gives what stands of some units to a caller who has read it already.
    """
    schemas, root = load_schemas(store=store), data.name or data.resolve().name
    below = [path.resolve().relative_to(data.resolve()).as_posix() for path in contents]
    names = [f"{root}/{one}" for one in below]
    units = units_of(names)
    standing = read or (lambda units: load(data, schemas, units=units, store=store))
    loaded = _concerned(
        data,
        units,
        lambda units: ledgers.instead(standing(units), data, contents),
    )
    day = _day(loaded, as_of, today)
    findings = _judge(loaded, day, store or Store(), lambda _: None)
    homes = [name.rpartition("/")[0] if units else root for name in names]
    is_asked = about([*names, *homes], data, loaded.snapshot)
    findings = [f for f in findings if is_asked(f) or f.rule in FOUNDATIONS]
    rows = sum(len(raw.cells) for raw in loaded.raw if raw.shard.name in names)
    return Report(loaded, tuple(ordered(findings)), len(names), rows, day)


def _concerned(
    data: Path,
    units: frozenset[str] | None,
    read: Callable[[frozenset[str] | None], Loaded],
) -> Loaded:
    """Read some units, and such others as an id leads to that is not found in them."""
    loaded = read(units)
    while units and (more := units_led_to(data, loaded, units)):
        units |= more
        loaded = read(units)
    return loaded


def _day(loaded: Loaded, as_of: date | None, today: Callable[[], date]) -> date | None:
    """Return the day of a check; None where the campaign cannot be read."""
    if loaded.snapshot is None:
        return None
    return as_of or loaded.snapshot.campaign.as_of_on or today()


def judged(loaded: Loaded, day: date, store: Store) -> list[Finding]:
    """Run all gates over ledgers that need not stand on the disk: what a file would bring about."""
    return _judge(loaded, day, store, lambda _: None)


def _judge(
    loaded: Loaded,
    day: date | None,
    store: Store,
    progress: Callable[[str], None],
    *,
    is_whole: bool = False,
) -> list[Finding]:
    """Run all gates over what was read; of a whole package hear an independent opinion as well."""
    findings = list(loaded.findings)
    personal = privacy.begin(loaded.raw, loaded.schemas, store)
    objections = opinion.begin(loaded.raw, loaded.schemas, store) if is_whole else None
    progress("核对表结构")
    findings += schema.check(loaded.raw, loaded.schemas, store)
    spoiled = refused_cells(loaded.raw, loaded.schemas, findings)
    progress("核对编号和引用")
    findings += presence.check(loaded, findings)
    absent = presence.absent(loaded)
    astray = _unsaid(keys.check(loaded.raw, loaded.schemas, spoiled, absent), findings)
    snapshot = with_refused(loaded, also(spoiled, loaded.schemas, astray))
    findings += astray
    if snapshot and day:
        progress("核对记录")
        found = asked_again.records(collected(), loaded, snapshot, day, store, is_whole=is_whole)
        findings += limited(_unsaid(found, findings), MAX_FINDINGS)
    progress("查个人信息")
    findings += personal()
    if loaded.snapshot:
        findings += privacy.check_campaign(
            loaded.snapshot.campaign, f"{loaded.folder}/campaign.yml"
        )
    if objections is not None:
        progress("听独立核对的意见")
        findings += _unsaid(objections(spoiled), findings)
    area = snapshot.campaign.area if snapshot else None
    findings = Hints(loaded.raw, loaded.schemas, area).improved(findings)
    findings = _in_files(findings, loaded)
    if snapshot and day:
        findings = waivers.apply(findings, snapshot, day, collected().rules)
    return findings


def catalogue() -> tuple[Rule, ...]:
    """Return every rule of every gate, for the page that prints them."""
    return tuple(collected().rules.values())


def _in_files(findings: list[Finding], loaded: Loaded) -> list[Finding]:
    """Tell the columns of files that lack a later one by their numbers in the file."""
    short = {raw.shard.name: raw for raw in loaded.raw if raw.absent}
    if not short:
        return findings
    return [
        replace(f, column=short[f.file].column_in_file(f.column))
        if f.file in short and f.column
        else f
        for f in findings
    ]


def assume(
    report: Report,
    paths: Sequence[Path],
    store: Store | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Return the report with the rows of some files assumed; its findings are theirs alone.

    Assumed rows go through every gate together with what stands, so nothing is scored that could
    not be registered as well.

    Raises:
        UsageTrouble: a file does not exist or names no ledger.
    """
    snapshot, raws, findings = report.loaded.snapshot, list(report.loaded.raw), []
    if snapshot is None:
        return report
    for path in paths:
        raws, raw, snapshot = ledgers.assume(raws, snapshot, path)
        findings += raw.findings
    loaded = replace(report.loaded, raw=tuple(raws), snapshot=snapshot, findings=tuple(findings))
    files = {mask(str(path)) for path in paths}
    found = [
        f for f in _judge(loaded, report.as_of_on, store or Store(), progress) if f.file in files
    ]
    return replace(report, loaded=loaded, findings=tuple(ordered(found)))


def _unsaid(later: Iterable[Finding], earlier: Sequence[Finding]) -> list[Finding]:
    """Leave out what a later gate says of a cell that an earlier one refused: one fault, once."""
    refused_cells = {
        (f.file, f.line, f.column) for f in earlier if f.severity == "error" and f.column
    }
    return [f for f in later if (f.file, f.line, f.column) not in refused_cells]
