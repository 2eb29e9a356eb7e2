"""What a new city must say of itself: taken from the arguments, or asked for on a terminal.

Every answer is looked at as it is given, so that whoever answers learns at once what is wrong with
it. Where nobody sits before a terminal nothing is asked: what is missing is named, all of it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.ledgers.campaign import FORMS
from pipeline.ledgers.roll import FORM
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import Console

_UNIT = re.compile(r"(?P<id>[^=]+)=(?P<name>[^:：]+)[:：]?(?P<code>[0-9]{6})?")
_KINDS = (("县", "县"), ("市", "县级市"), ("区", "区"))
_RETRIES = 5
"""Wrong answers after which it is no slip: something else than a person is answering."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something a new city must say: its option, what it is, an example, its setting if any."""

    option: str
    said: str
    like: str
    setting: str = ""

    def fault(self, text: str) -> str | None:
        """Say what is wrong with an answer, or None."""
        form = FORMS[self.setting][0] if self.setting else r".*\S.*"
        return None if re.fullmatch(form, text) else f"“{text}”不像{self.said}；如 {self.like}"


WANTED = {
    "city": Wanted("--city", "城市全名", "某某市", "city"),
    "code": Wanted("--code", "行政区划代码的前四位", "8901", "city_code"),
    "area_code": Wanted("--area-code", "电话区号", "0300", "area_code"),
    "organiser": Wanted("--organiser", "主办单位", "某某市水利局"),
    "site_url": Wanted("--site-url", "网站的正式网址（印在公示牌上）", "https://…", "site_url"),
}
UNIT = Wanted("--unit", "单位（编号=名称:六位代码）", "jiaxian=甲县:890121；没有六位代码的不写")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add an option for everything that is wanted."""
    for name, one in WANTED.items():
        parser.add_argument(one.option, dest=name, metavar="值", help=f"{one.said}，如 {one.like}")
    said = f"{UNIT.said}，如 {UNIT.like}；几个单位写几次"
    parser.add_argument(UNIT.option, dest="unit", metavar="值", action="append", help=said)


def answered(options: argparse.Namespace, console: Console) -> list[Row]:
    """Fill what is missing in the options by asking, and return the units as rows of units.csv.

    Raises:
        UsageTrouble: something is missing and nobody can be asked, or an answer is wrong.
    """
    for name, one in WANTED.items():
        if (given := getattr(options, name)) and (fault := one.fault(given)):
            raise UsageTrouble(fault)
    missing = [name for name in WANTED if not getattr(options, name)]
    if (missing or not options.unit) and not console.is_attended:
        lacking = [WANTED[name] for name in missing] + ([] if options.unit else [UNIT])
        said = "、".join(f"{one.option}（{one.said}）" for one in lacking)
        raise UsageTrouble(f"还没有写{said}")
    for name in missing:
        one = WANTED[name]
        setattr(options, name, _ask(console, one, one.fault))
    if options.unit:
        return units_of(options.unit, options.code)
    return units_of(_units_asked(options.code, console), options.code)


def units_of(texts: list[str], code: str) -> list[Row]:
    """Return the rows of units as given: 编号=名称:六位代码.

    Raises:
        UsageTrouble: one cannot be read, is of another city, or has the id or name of another.
    """
    units = [_unit(text, number, code) for number, text in enumerate(texts, 1)]
    for column, said in (("unit_id", "编号"), ("name", "名称"), ("short_name", "简称")):
        values = [unit[column] for unit in units]
        if twice := [value for value in values if values.count(value) > 1]:
            raise UsageTrouble(f"{UNIT.option} 里有两个单位的{said}一样：{twice[0]}")
    return units


def _units_asked(code: str, console: Console) -> list[str]:
    console.tell(f"{UNIT.said}，一行写一个，写完了空一行；如 {UNIT.like}")
    texts: list[str] = []

    def fault(text: str) -> str | None:
        if not text:
            return None if texts else "至少写一个单位"
        try:
            units_of([*texts, text], code)
        except UsageTrouble as trouble:
            return str(trouble).removeprefix(f"{UNIT.option} ")
        return None

    while text := _ask(console, Wanted("", f"第{len(texts) + 1}个单位", ""), fault):
        texts.append(text)
    return texts


def _ask(console: Console, one: Wanted, fault: Callable[[str], str | None]) -> str:
    """Ask until the answer is right.

    Raises:
        UsageTrouble: nobody answers any more.
    """
    like = f"（如 {one.like}）" if one.like else ""
    for _ in range(_RETRIES):
        answer = console.ask(f"{one.said}{like}：")
        if answer is None:
            raise UsageTrouble(f"没有写完，停在“{one.said}”；什么也没有建")
        if (wrong := fault(answer)) is None:
            return answer
        console.complain(wrong)
    raise UsageTrouble(f"“{one.said}”答了{_RETRIES}次都不对；什么也没有建")


def _unit(text: str, number: int, code: str) -> Row:
    """Return the row of a unit as given; whoever knows better mends it in units.csv."""
    found = _UNIT.fullmatch(text)
    if not found or not FORM.fullmatch(found["id"]):
        raise UsageTrouble(
            f"{UNIT.option} {text} 读不懂；写成 编号=名称:六位代码，编号用小写字母和数字"
        )
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
