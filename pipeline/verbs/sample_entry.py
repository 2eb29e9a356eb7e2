"""What becomes of a draw after the visits: its rows enter the ledger, or are compared with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pipeline import sampling
from pipeline.ledgers import load
from pipeline.ledgers.schemas import Schema
from pipeline.ledgers.writer import shard_bytes, write_shard
from pipeline.rowtypes import SpotCheckRow
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, REFUSED, Console

ROWS, PROMISE = "rows.csv", "承诺码.txt"
"""The rows of a draw, and their digest, in the folder of the list."""
SHOWN = 20
"""Ids that are named in one sentence."""


def compare(
    told: Sequence[Mapping[str, object]], entered: Sequence[SpotCheckRow], console: Console
) -> int:
    """Say whether a draw made again is the one that is in the ledger."""
    standing = {row.draw_id: row for row in entered}
    differing = [
        str(row["draw_id"])
        for row in told
        if (kept := standing.pop(str(row["draw_id"]), None)) is None
        or any(getattr(kept, name) != value for name, value in row.items())
    ]
    if differing or standing:
        console.complain(
            f"✗ 重抽的和登记的不同：{_some([*differing, *standing])}；"
            "核对组号、个数、种子，名册要用抽的那天的（--frame）"
        )
        return REFUSED
    console.say(f"✓ 重抽了一遍，和登记的 {len(told)} 行一样", GREEN)
    return CLEAN


def enter(data: Path, path: Path, released: date | None, day: date, console: Console) -> int:
    """Put the rows of a draw into the ledger, once every drawn place is answered.

    They are released on the day that is named, or the data date, or today.

    Raises:
        UsageTrouble: they are not the rows that were drawn, or the visits are not done.
    """
    loaded = load(data)
    if loaded.snapshot is None:
        raise UsageTrouble(f"{data} 里没有能读的 campaign.yml")
    schema = loaded.schemas["spot_checks"]
    rows = drawn_rows(path, schema)
    promised(path, schema, rows)
    drawn_on = rows[0]["drawn_on"]
    released = released or loaded.snapshot.campaign.as_of_on or day
    if released.isoformat() < drawn_on:
        raise UsageTrouble(f"公布日期 {released} 早于抽取日期 {drawn_on}")
    left = sampling.unanswered(rows, sampling.answered(loaded.snapshot))
    if left:
        raise UsageTrouble(
            f"还有 {len(left)} 个没有查完：{_some(left)}。先登记检查结果并填抽查编号；"
            f"查不成的在 {path.name} 里写未查原因（not_done_reason）"
        )
    standing = [
        dict(zip(schema.names, cells, strict=True))
        for raw in loaded.raw
        if raw.shard.ledger == schema.name
        for cells in raw.cells
    ]
    taken = {row["draw_id"] for row in standing}
    if again := [row["draw_id"] for row in rows if row["draw_id"] in taken]:
        raise UsageTrouble(f"{again[0]} 已经登记过")
    new = [row | {"released_on": row["released_on"] or released.isoformat()} for row in rows]
    ledger = data / "city" / f"{schema.name}.csv"
    write_shard(ledger, schema, [*standing, *new])
    console.say(f"✓ 登记了 {len(new)} 行到 {ledger}；再运行 qingyuan check", GREEN)
    return CLEAN


def _some(ids: Sequence[str]) -> str:
    more = f" 等{len(ids)}个" if len(ids) > SHOWN else ""
    return "、".join(ids[:SHOWN]) + more


def drawn_rows(path: Path, schema: Schema) -> list[dict[str, str]]:
    """Read the rows of a draw.

    Raises:
        UsageTrouble: they cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        head, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    except OSError as trouble:
        raise UsageTrouble(f"{path} 读不出来") from trouble
    except (UnicodeDecodeError, csv.Error, ValueError) as trouble:
        raise UsageTrouble(f"{path} 不是抽样时写的 {ROWS}") from trouble
    if tuple(head) != schema.names or not lines or any(len(c) != len(head) for c in lines):
        raise UsageTrouble(f"{path} 不是抽样时写的 {ROWS}：列和抽查样本的不同")
    return [dict(zip(head, cells, strict=True)) for cells in lines]


def promised(path: Path, schema: Schema, rows: Sequence[Mapping[str, str]]) -> str:
    """Return the promise, once nothing was exchanged: without what the visits told, they keep it.

    Raises:
        UsageTrouble: they do not, or there is no promise to keep.
    """
    try:
        kept = (path.parent / PROMISE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as trouble:
        raise UsageTrouble(f"{path} 旁边没有能读的 {PROMISE}，不能证明名单没有换过") from trouble
    blank = [dict(row) | dict.fromkeys(sampling.AFTERWARDS, "") for row in rows]
    if sampling.promise(shard_bytes(schema, blank)) != kept:
        raise UsageTrouble(
            f"{path} 和 {PROMISE} 对不上：除了未查原因和公布日期，抽到的一个字都不能改；照原样重抽"
        )
    return kept
