"""`qingyuan export UNIT --form 2-2|1|template`: the official forms and ledgers as workbooks."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pipeline import checks, disclosure
from pipeline.assessment import INTERNAL
from pipeline.dates import in_force
from pipeline.disclosure import View
from pipeline.entry.office import unit_named
from pipeline.files import replace_file
from pipeline.intake.standing import CHECKS, CITY, CITY_NAMES
from pipeline.ledgers import Loaded, Snapshot
from pipeline.ledgers.schemas import CITY_ALSO, Schema
from pipeline.reports import forms
from pipeline.store import Store
from pipeline.trouble import UsageTrouble
from pipeline.verbs import told
from pipeline.verbs.check import CACHE, settle, verdict
from pipeline.verbs.console import CLEAN, GREEN, RED, YELLOW, Console
from pipeline.workbooks import Origin, forms_workbook, ledger_workbook
from pipeline.workbooks.choices import places_of, units_of

NAME = "export"
HELP = "导出 Excel/WPS 工作簿：附表2-2、表1、各台账的空表或现有的行；改好用 import 交回来"

OUT = Path("build/export")
FORMS = {"2-2": forms.LEDGER_FORM, "1": forms.LIST_FORM}
TEMPLATE = "template"
SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "unit",
        nargs="?",
        metavar="单位",
        help="单位编号或名称；市里的台账写 市 或不写；用 --group 就不写",
    )
    parser.add_argument(
        "--form",
        choices=(*FORMS, TEMPLATE),
        help="2-2 整改台账（十列）；1 排查问题汇总表；template 空表，下拉可选",
    )
    parser.add_argument("--ledger", metavar="台账", help="哪个台账；不写 --form 就导出现有的行")
    parser.add_argument(
        "--outside", action="store_true", help="市以上查这个单位的（city/checks），不是它自己报的"
    )
    parser.add_argument("--town", metavar="乡镇", help="只导出一个乡镇的，写名称或代码")
    parser.add_argument(
        "--group", type=int, metavar="组号", help="一个督导组的各单位，一个单位一张"
    )
    parser.add_argument(
        "-o", "--out", type=Path, metavar="文件", help="写到哪个文件；不写就放在 build/export"
    )


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Check what is exported, make the workbook, write it."""
    _understood(options)
    store = Store(CACHE)
    is_unit_s = options.unit is not None and options.unit not in CITY_NAMES
    own = [options.data / "units" / _unit_id(options)] if is_unit_s else []
    paths = [] if options.outside else own
    report = checks.run(
        options.data, as_of=options.as_of, today=today, store=store, paths=paths,
        progress=console.progress,
    )  # fmt: skip
    settle(store, console)
    loaded, day = report.loaded, report.as_of_on
    if loaded.snapshot is None or day is None or (not report.ok and options.form != TEMPLATE):
        return _refuse(report, console)
    make = _forms if options.form in FORMS else _ledgers
    written = 0
    for name, content in make(loaded, loaded.snapshot, day, options):
        path = options.out if options.out and options.out.suffix else (options.out or OUT) / name
        replace_file(path, content)
        console.say(f"✓ 写好 {path}", GREEN)
        written += 1
    console.say(f"  共 {written} 个文件，数据日期 {day}；改好以后用 qingyuan import 文件")
    if options.form != TEMPLATE:
        console.say("  内部使用（有姓名和电话），不要放到网上", YELLOW)
    return CLEAN


def _understood(options: argparse.Namespace) -> None:
    """See that what is asked for goes together.

    Raises:
        UsageTrouble: it does not.
    """
    if options.form is None and options.ledger is None:
        raise UsageTrouble("写 --form 2-2、--form 1、--form template，或写 --ledger 台账")
    is_form = options.form in FORMS
    if options.unit is not None and options.group is not None:
        raise UsageTrouble("写一个单位，或写 --group 督导组，两样写一样")
    if is_form and (options.group is None) == (options.unit in (None, *CITY_NAMES)):
        raise UsageTrouble("写一个单位，或写 --group 督导组，两样写一样")
    if options.form in FORMS and options.ledger is not None:
        raise UsageTrouble("附表2-2和表1都出自整改台账，不写 --ledger")
    if options.form not in FORMS and options.group is not None:
        raise UsageTrouble("--group 只和 --form 2-2、--form 1 一起用")
    if options.outside and (is_form or options.unit in (None, *CITY_NAMES)):
        raise UsageTrouble("--outside 和一个单位一起用：导出市以上查这个单位的台账")
    if options.town is not None and (options.form not in FORMS or options.group is not None):
        raise UsageTrouble("--town 和一个单位、--form 2-2 或 --form 1 一起用")


def _unit_id(options: argparse.Namespace) -> str:
    return unit_named(options.data, options.unit)


def _forms(
    loaded: Loaded, snapshot: Snapshot, day: date, options: argparse.Namespace
) -> Iterator[tuple[str, bytes]]:
    """Yield the official form of a unit, of a township of it, or of every unit of a group."""
    view = disclosure.view(snapshot, day, loaded.digest, INTERNAL)
    make, schema = forms.FORMS[FORMS[options.form]], loaded.schemas["issues"]
    if options.group is not None:
        units = [unit.id for unit in view.units if unit.group_no == options.group]
        if not units:
            groups = "、".join(str(n) for n in sorted({unit.group_no for unit in view.units}))
            raise UsageTrouble(f"没有第{options.group}督导组；有：{groups}")
        found = [make(view, unit, None) for unit in units]
        name, whose = f"{FORMS[options.form]}-group{options.group}-{day}", "|".join(units)
    else:
        whose = _unit_id(options)
        found = [make(view, whose, _town(view, whose, options.town))]
        name = found[0].id
    origin = Origin("issues", schema.version, whose, day.isoformat())
    yield f"{name}.xlsx", forms_workbook(found, origin)


def _town(view: View, unit: str, text: str | None) -> str | None:
    if text is None:
        return None
    towns = {
        row.division_code: row.name
        for row in view.divisions
        if row.unit_id == unit and row.division_level == "乡级" and in_force(row, view.as_of_on)
    }
    found = [code for code, name in towns.items() if text in (code, name)]
    if len(found) != 1:
        raise UsageTrouble(f"没有“{text}”这个乡镇；有：{'、'.join(towns.values())}")
    return found[0]


def _ledgers(
    loaded: Loaded, snapshot: Snapshot, day: date, options: argparse.Namespace
) -> Iterator[tuple[str, bytes]]:
    """Yield the sheets of ledgers, empty or with the rows that stand in one's own folder."""
    is_city = options.unit in (None, *CITY_NAMES)
    unit_id = CITY if is_city else _unit_id(options)
    whose = snapshot.campaign.city if is_city else snapshot.index("units")[unit_id].name
    places = units_of(snapshot) if is_city else places_of(snapshot, unit_id)
    home = CHECKS if options.outside else ""
    for schema in _schemas(loaded, options.ledger, home, is_city=is_city):
        rows = [] if options.form == TEMPLATE else _rows(loaded, schema, unit_id, home)
        origin = Origin(schema.name, schema.version, unit_id, day.isoformat(), home)
        kind = "空表" if options.form == TEMPLATE else "台账"
        name = f"{schema.name}-{unit_id}-{f'{home}-' if home else ''}{kind}.xlsx"
        yield name, ledger_workbook(schema, whose, places, origin, rows)


def _schemas(loaded: Loaded, name: str | None, home: str, *, is_city: bool) -> list[Schema]:
    """Return the ledgers of a unit, of what was found about it, or of the city.

    The reference tables are the city's, and only where named.
    """
    ledgers = loaded.schemas
    city = [s for s in ledgers.values() if s.home == "C" or s.name in CITY_ALSO]
    own = city if is_city else ledgers.at_home("U")
    own = [ledgers[one] for one in ledgers.outside] if home else own
    if name is None:
        return own
    found = [schema for schema in ledgers.values() if name in (schema.name, schema.title)]
    if not found:
        known = "、".join(f"{s.title}（{s.name}）" for s in own)
        raise UsageTrouble(f"没有“{name}”这个台账；有：{known}")
    if is_city and found[0] not in (*city, *ledgers.at_home("R")):
        raise UsageTrouble(f"{found[0].title}是各单位的台账，写是哪个单位的")
    if not is_city and found[0] not in own:
        said = "没有市以上查的一份，不写 --outside" if home else "是市里的台账，不写单位"
        raise UsageTrouble(f"{found[0].title}{said}")
    return found


def _rows(loaded: Loaded, schema: Schema, unit_id: str, home: str) -> list[dict[str, str]]:
    """Return the rows of a unit's own file, of what was found about it, or of the city's."""
    city = ("R" if schema.home == "R" else "C"), None
    place = city if unit_id == CITY else ("C" if home else "U", unit_id)
    return [
        dict(zip(schema.names, cells, strict=True))
        for raw in loaded.raw
        if raw.shard.ledger == schema.name and (raw.shard.home, raw.shard.unit) == place
        for cells in raw.cells
    ]


def _refuse(report: checks.Report, console: Console) -> int:
    kinds, _ = told.errors_first(report.errors, SHOWN)
    for kind in kinds:
        console.say(told.said(kind), RED)
    console.say(f"✗ 没有导出：台账有 {report.count('error')} 处错误，先按 qingyuan check 改好", RED)
    return verdict(report)
