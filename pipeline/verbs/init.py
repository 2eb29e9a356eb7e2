"""`qingyuan init DIR`: start a city's own data set: reference tables, campaign, empty ledgers.

What every city has in common is taken over; what one city says of itself is taken from no other.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pipeline.files import replace_file
from pipeline.ledgers import Shard, load_schemas
from pipeline.ledgers.campaign import load_campaign
from pipeline.ledgers.reader import read
from pipeline.ledgers.schemas import PROJECT, Schema
from pipeline.ledgers.writer import write_shard
from pipeline.ledgers.yaml_file import dumped, load_yaml
from pipeline.trouble import UsageTrouble
from pipeline.verbs import owners, wanted
from pipeline.verbs.console import CLEAN, GREEN, Console

NAME = "init"
HELP = "给一个城市新开一套数据：参考表、行动设置、空台账"

OWN = frozenset({"units", "divisions"})
"""Reference tables that are each city's own; the others begin as they are in the project."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("folder", type=Path, metavar="目录", help="放在哪里；必须还没有或是空的")
    wanted.arguments(parser)


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Write what is the same for every city, the city's own settings, and empty ledgers."""
    folder, source = options.folder, PROJECT / "data"
    if folder.exists() and any(folder.iterdir()):
        raise UsageTrouble(f"{folder} 里已经有东西了；换一个空目录")
    units = wanted.answered(options, console)
    standing, schemas = load_yaml(source / "campaign.yml"), load_schemas()
    replace_file(folder / "campaign.yml", dumped(_settings(standing, options)))
    if troubles := load_campaign(folder / "campaign.yml", "campaign.yml")[1]:
        (folder / "campaign.yml").unlink()
        raise UsageTrouble("；".join(finding.message for finding in troubles))
    for schema in schemas.at_home("R"):
        rows = units if schema.name == "units" else ()
        if schema.name not in OWN:
            rows = list(_neutral(source, schema, standing, options.city))
        write_shard(folder / "reference" / f"{schema.name}.csv", schema, rows)
    for unit in units:
        for schema in schemas.at_home("U"):
            path = folder / "units" / unit["unit_id"] / f"{schema.name}.csv"
            write_shard(path, schema, ())
    for schema in schemas.values():
        if schema.home == "C":
            write_shard(folder / "city" / f"{schema.name}.csv", schema, ())
    _name_owners(folder, [unit["unit_id"] for unit in units], console)
    console.say(
        f"✓ {folder} 建好了。先改 campaign.yml 的文号、日期和电话，补全 reference/units.csv，"
        f"再运行 qingyuan divisions 和 qingyuan check --data {folder}",
        GREEN,
    )
    return CLEAN


def _name_owners(folder: Path, units: list[str], console: Console) -> None:
    """Begin the list of who may approve changes, beside the data; one that is there stays."""
    path = folder.resolve().parent / owners.PLACE
    if path.exists():
        return
    replace_file(path, owners.skeleton(units))
    console.say(f"✓ {path} 也建好了：谁能代表哪一方同意改动，账号填进去才能合并")


def _settings(standing: dict[str, object], options: argparse.Namespace) -> dict[str, object]:
    """Return the settings of a new city: nothing that another city said of itself is kept."""
    hotlines = [line for line in _items(standing, "hotlines") if line["level"] == "国家"]
    dropped = {"phone_digits", "tiles", "other_lines", "also_editions", "edition_sources"}
    return {k: v for k, v in standing.items() if k not in dropped} | {
        "document_number": "待填",
        "city": options.city,
        "city_code": options.code,
        "area_code": options.area_code,
        "title": f"{options.city}农村饮水工程运行管护问题“回头看”排查整改",
        "is_demo": False,
        "organiser": options.organiser,
        "site_url": options.site_url,
        "repository_url": "",
        "site": dict.fromkeys(("code", "icp", "police", "report_channel"), "")
        | {"name": "清源", "subtitle": f"{options.city.removesuffix('市')}农村供水公开"},
        "hotlines": hotlines,
        "goals": [],
        "basis": [],
        "team": {"name": "", "task": "", "source": ""},
    }


def _items(standing: dict[str, object], name: str) -> list[dict[str, object]]:
    found = standing.get(name)
    return found if isinstance(found, list) else []


def _neutral(
    source: Path, schema: Schema, standing: dict[str, object], city: str
) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of the project, without what one city's papers and bureau said."""
    number = str(standing["document_number"])
    other, own = (name.removesuffix("市") for name in (str(standing["city"]), city))
    path = source / "reference" / f"{schema.name}.csv"
    raw = read(Shard(path, path.name, schema.name, "R"), schema, path.read_bytes())
    for cells in raw.cells:
        row = dict(zip(schema.names, cells, strict=True))
        for column, value in row.items():
            row[column] = value.replace(number, "本市方案").replace(other, own)
        if schema.name == "readings":
            row |= {"authority": "", "decided_on": ""}
        yield row
