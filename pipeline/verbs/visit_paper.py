"""The forms of a draw on paper: a sheet for each place that is visited, a list of calls.

For the office, like the list they are made from: with room to tick, to write and to sign, and with
seed, digest of the frame and command, so that anybody can draw the same places again.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline import sampling
from pipeline.dates import in_words
from pipeline.ledgers import Snapshot
from pipeline.papers.rendering import DEMO, Sheets, internal
from pipeline.trouble import UsageTrouble
from pipeline.verbs import recorded_sample
from pipeline.verbs.drawn_sample import SAMPLES, Sample, read
from pipeline.verbs.recorded_sample import Recorded
from pipeline.verbs.sample_entry import ROWS
from pipeline.verbs.visit_list import CALLS, TITLES, Item, Stop, left_out, stops

SPOT_CHECK, CALL_LIST = "spot-check", "call-list"
OF: Mapping[str, str] = {"works": SPOT_CHECK, "households": SPOT_CHECK, "phones": CALL_LIST}
"""The form of each kind of draw."""
WORDS = {"works": "工程现场检查表", "households": "入户核查表", "phones": "电话抽查单"}
HOME = ("水量够", "水质好", "取水方便", "不常停", "有明白卡", "有水质报告")
"""What is asked in a household; who it is stays with the village's own roster."""


def jobs(rows: Snapshot, form: str, folders: Sequence[Path] | None) -> list[Callable[[], Sheets]]:
    """Return the forms of some draws, or of all that lie where draws are left.

    Raises:
        UsageTrouble: there is none, or a folder holds no draw of this kind.
    """
    found = folders or sorted(path.parent for path in SAMPLES.glob(f"*/{ROWS}"))
    drawn = [(folder, read(folder, rows.schemas["spot_checks"])) for folder in found]
    if folders:
        for folder, one in drawn:
            if OF[one.batch.kind] != form:
                raise UsageTrouble(f"{folder} 是{TITLES[one.batch.kind]}，用 {OF[one.batch.kind]}")
    mine = [one for _, one in drawn if OF[one.batch.kind] == form]
    if not mine:
        raise UsageTrouble(
            f"{SAMPLES} 里没有抽好的名单：先用 qingyuan sample 抽"
            f"（--kind {'、'.join(kinds_of(form))}），用 --sample 写名单的目录，"
            "或用 --batch 写台账里已经登记的批次"
        )
    return [partial(paper, rows, one) for one in mine]


def again(
    rows: Snapshot, day: date, form: str, batch: str, group: int | None
) -> list[Callable[[], Sheets]]:
    """Return the forms of a batch that is in the ledger, one for each group that visits part of it.

    Raises:
        UsageTrouble: there is no such batch by that day, or it has nothing for this form or group.
    """
    found = recorded_sample.read(rows, day, batch, group)
    mine = [one for one in found if OF[one.batch.kind] == form]
    if not mine:
        raise UsageTrouble(
            f"{batch} 是{TITLES[found[0].batch.kind]}，用 {OF[found[0].batch.kind]}；"
            f"这种表可以印的：{'、'.join(recorded_sample.batches(rows, day, kinds_of(form)))}"
        )
    return [partial(paper, rows, one) for one in mine]


def kinds_of(form: str) -> list[str]:
    """Return the kinds of draws that a form is for."""
    return [kind for kind in OF if OF[kind] == form]


def paper(rows: Snapshot, sample: Sample | Recorded) -> Sheets:
    """Return the form of a draw; `rows` are all that are known, the day of the draw is taken."""
    batch, day = sample.batch, sample.batch.drawn_on
    told = rows.as_of(day)
    form = OF[batch.kind]
    who = f"第{batch.group_no}督导组" if batch.group_no else ""
    title = f"{who}{WORDS[batch.kind]}"
    recorded = sample if isinstance(sample, Recorded) else None
    own = recorded.rows if recorded else ()
    why = {row.draw_id: row.not_done_reason or "" for row in own}
    data = {
        **internal(),
        "title": title,
        "list": TITLES[batch.kind],
        "kind": batch.kind,
        "organiser": told.campaign.organiser,
        "demo": DEMO if told.campaign.is_demo else "",
        "on": [day.year, day.month, day.day],
        "day": in_words(day),
        "batch": batch.batch_id,
        "calls": CALLS,
        "asked": list(HOME),
        "recorded": recorded.said if recorded else "",
        "left_out": "、".join(left_out(sample.drawn, sample.frame)),
        "again": _again(sample),
        "stops": [
            _stop(one) | {"undone": why.get(one.draw_id, "")}
            for one in stops(told, batch, sample.drawn, [row.draw_id for row in own])
        ],
    }
    name = f"{form}-{batch.batch_id}"
    if recorded and not recorded.is_whole:
        name += f"-g{batch.group_no:02d}"
    return Sheets(name, title, form, data)


def _again(sample: Sample | Recorded) -> list[dict[str, str]]:
    """Say what it takes to draw again; what was only recorded says that it was not."""
    batch = sample.batch
    frame = (
        ("名册摘要（frame.csv 的 SHA-256）", sampling.digest(sample.frame))
        if sample.frame
        else ("名册", batch.frame_version)
    )
    command = (
        f"qingyuan sample --group {batch.group_no} --n {sample.count} --kind {batch.kind}"
        f" --seed {shlex.quote(batch.seed)} --frame frame.csv --as-of {batch.drawn_on}"
        f" --batch {batch.batch_id} --out 新目录"
    )
    if not sample.count:
        command = "抽的时候的名册不在台账里，这张表没有重抽，是照登记的行印的"
    return [
        {"name": name, "text": text}
        for name, text in (
            ("种子", batch.seed),
            frame,
            ("承诺码（rows.csv 的 SHA-256）", sample.promise),
            ("照名册重抽", command),
        )
    ]


def _stop(stop: Stop) -> dict[str, Any]:
    drawn = stop.drawn
    return {
        "id": stop.draw_id,
        "unit": stop.unit,
        "name": stop.name,
        "order": "备用" if drawn.is_reserve else str(drawn.number),
        "stratum": drawn.entry.stratum,
        "size": drawn.frame_size,
        "chance": stop.chance,
        "reasons": "、".join(drawn.entry.reasons),
        "facts": [{"name": name, "text": text} for name, text in stop.facts if text],
        "lists": [
            {"name": name, "items": [{"code": one.code, "label": one.label} for one in items]}
            for name, items in groupby(stop.items, key=_checklist)
        ],
        "homes": None
        if stop.homes is None
        else {
            "roster": stop.homes.roster,
            "size": stop.homes.size,
            "places": list(stop.homes.places),
        },
    }


def _checklist(item: Item) -> str:
    return item.checklist
