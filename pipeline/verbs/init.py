"""`qingyuan init DIR`: start a city's own data set: reference tables, campaign, empty ledgers."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import yaml

from pipeline.files import replace_file
from pipeline.ledgers import Shard, load_schemas
from pipeline.ledgers.campaign import load_campaign
from pipeline.ledgers.reader import read
from pipeline.ledgers.roll import FORM
from pipeline.ledgers.schemas import PROJECT, Schema
from pipeline.ledgers.writer import write_shard
from pipeline.ledgers.yaml_file import load_yaml
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, Console

NAME = "init"
HELP = "给一个城市新开一套数据：参考表、行动设置、空台账"

NEEDED = {
    "city": ("--city", "城市全名"),
    "code": ("--code", "行政区划代码前四位"),
    "area_code": ("--area-code", "电话区号"),
    "organiser": ("--organiser", "主办单位"),
    "unit": ("--unit", "编号=名称:六位代码，几个单位写几次"),
}
OWN = frozenset({"units", "divisions"})
"""Reference tables that are each city's own; the others begin as they are in the project."""

_UNIT = re.compile(r"(?P<id>[^=]+)=(?P<name>[^:：]+)[:：]?(?P<code>[0-9]{6})?")
_KINDS = (("县", "县"), ("市", "县级市"), ("区", "区"))


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("folder", type=Path, metavar="目录", help="放在哪里；必须还没有或是空的")
    for name, (option, said) in NEEDED.items():
        action = "append" if name == "unit" else "store"
        parser.add_argument(option, dest=name, metavar="值", action=action, help=said)


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Write what is the same for every city, the city's own settings, and empty ledgers."""
    folder, source = options.folder, PROJECT / "data"
    _require(options)
    units = [_unit(text, number, options.code) for number, text in enumerate(options.unit, 1)]
    if len({unit["unit_id"] for unit in units}) < len(units):
        raise UsageTrouble("--unit 里有两个单位编号一样")
    settings = _settings(load_yaml(source / "campaign.yml"), options)
    schemas = load_schemas()
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    replace_file(folder / "campaign.yml", text.encode())
    if troubles := load_campaign(folder / "campaign.yml", "campaign.yml")[1]:
        (folder / "campaign.yml").unlink()
        raise UsageTrouble("；".join(finding.message for finding in troubles))
    for schema in schemas.at_home("R"):
        rows = units if schema.name == "units" else ()
        if schema.name not in OWN:
            rows = list(_neutral(source, schema, options.city))
        write_shard(folder / "reference" / f"{schema.name}.csv", schema, rows)
    for unit in units:
        for schema in schemas.at_home("U"):
            path = folder / "units" / unit["unit_id"] / f"{schema.name}.csv"
            write_shard(path, schema, ())
    for schema in schemas.values():
        if schema.home == "C":
            write_shard(folder / "city" / f"{schema.name}.csv", schema, ())
    console.say(
        f"✓ {folder} 建好了。先改 campaign.yml 的文号、日期和电话，补全 reference/units.csv，"
        f"再运行 qingyuan divisions 和 qingyuan check --data {folder}",
        GREEN,
    )
    return CLEAN


def _require(options: argparse.Namespace) -> None:
    """Refuse to guess whose city it is, or to write over what is there."""
    missing = [f"{o}（{said}）" for n, (o, said) in NEEDED.items() if not getattr(options, n)]
    if missing:
        raise UsageTrouble(f"还没有写{'、'.join(missing)}")
    if options.folder.exists() and any(options.folder.iterdir()):
        raise UsageTrouble(f"{options.folder} 里已经有东西了；换一个空目录")


def _unit(text: str, number: int, code: str) -> dict[str, str]:
    """Return the row of a unit as given; whoever knows better mends it in units.csv."""
    found = _UNIT.fullmatch(text)
    if not found or not FORM.fullmatch(found["id"]):
        raise UsageTrouble(f"--unit {text} 读不懂；写成 编号=名称:六位代码，编号用小写字母和数字")
    name, gb_code = found["name"], found["code"] or ""
    if gb_code and not gb_code.startswith(code):
        raise UsageTrouble(f"{name}的代码 {gb_code} 不是 {code} 开头")
    kind = next((k for end, k in _KINDS if name.endswith(end)), "功能区") if gb_code else "功能区"
    is_zone = kind == "功能区"
    return {
        "unit_id": found["id"],
        "name": name,
        "short_name": name[:-1] if len(name) > 2 else name,
        "kind": kind,
        "gb_code": gb_code,
        "stats_code": gb_code,
        "competent_body": f"{name}{'农办' if is_zone else '水利局'}",
        "competent_body_kind": "农办" if is_zone else "水利局",
        "government_name": f"{name}{'管委会' if is_zone else '人民政府'}",
        "government_kind": "管委会" if is_zone else "人民政府",
        "group_no": str(number),
        "sort_no": str(number),
        "valid_from": "2022-01-01",
        "source": "建库时登记，待核",
        "is_verified": "否",
    }


def _settings(standing: dict[str, object], options: argparse.Namespace) -> dict[str, object]:
    """Return the settings of a new city: nothing that another city said of itself is kept."""
    hotlines = [line for line in _items(standing, "hotlines") if line["level"] == "国家"]
    dropped = {"phone_digits", "tiles", "other_lines", "also_editions"}
    return {k: v for k, v in standing.items() if k not in dropped} | {
        "document_number": "待填",
        "city": options.city,
        "city_code": options.code,
        "area_code": options.area_code,
        "title": f"{options.city}农村饮水工程运行管护问题“回头看”排查整改",
        "is_demo": False,
        "organiser": options.organiser,
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


def _neutral(source: Path, schema: Schema, city: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of the project, without what one city's papers and bureau said."""
    path = source / "reference" / f"{schema.name}.csv"
    raw = read(Shard(path, path.name, schema.name, "R"), schema, path.read_bytes())
    for cells in raw.cells:
        row = dict(zip(schema.names, cells, strict=True))
        for column, value in row.items():
            plain = re.sub(r"宛[^〔]{1,4}〔[0-9]{4}〕[0-9]+号", "本市方案", value)
            row[column] = plain.replace("南阳", city.removesuffix("市"))
        if schema.name == "readings":
            row |= {"authority": "", "decided_on": ""}
        yield row
