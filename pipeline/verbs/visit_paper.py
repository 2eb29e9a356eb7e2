"""The forms of a draw on paper: a sheet for each place that is visited, a list of calls.

For the office, like the list they are made from: with room to tick, to write and to sign, and with
seed, digest of the frame and command, so that anybody can draw the same places again.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline import sampling
from pipeline.dates import in_words
from pipeline.ledgers import Snapshot
from pipeline.papers.rendering import DEMO, Sheets, internal
from pipeline.trouble import UsageTrouble
from pipeline.verbs.drawn_sample import SAMPLES, Sample, read
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
        kinds = "、".join(kind for kind in OF if OF[kind] == form)
        raise UsageTrouble(
            f"{SAMPLES} 里没有抽好的名单：先用 qingyuan sample 抽（--kind {kinds}），"
            "或用 --sample 写名单的目录"
        )
    return [partial(paper, rows, one) for one in mine]


def paper(rows: Snapshot, sample: Sample) -> Sheets:
    """Return the form of a draw; `rows` are all that are known, the day of the draw is taken."""
    batch, day = sample.batch, sample.batch.drawn_on
    told = rows.as_of(day)
    form = OF[batch.kind]
    title = f"第{batch.group_no}督导组{WORDS[batch.kind]}"
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
        "left_out": "、".join(left_out(sample.drawn, sample.frame)),
        "again": _again(sample),
        "stops": [_stop(one) for one in stops(told, batch, sample.drawn)],
    }
    return Sheets(f"{form}-{batch.batch_id}", title, form, data)


def _again(sample: Sample) -> list[dict[str, str]]:
    """Say what it takes to draw again."""
    batch = sample.batch
    command = (
        f"qingyuan sample --group {batch.group_no} --n {sample.count} --kind {batch.kind}"
        f" --seed {shlex.quote(batch.seed)} --frame frame.csv --as-of {batch.drawn_on}"
        f" --batch {batch.batch_id} --out 新目录"
    )
    return [
        {"name": name, "text": text}
        for name, text in (
            ("种子", batch.seed),
            ("名册摘要（frame.csv 的 SHA-256）", sampling.digest(sample.frame)),
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
