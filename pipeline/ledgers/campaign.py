"""The campaign: its period, cut-off, as-of date, and who publishes (data/campaign.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import annexes
from pipeline.dates import parse_iso
from pipeline.findings import Finding, Rule
from pipeline.ledgers.yaml_file import YamlTrouble, load_yaml
from pipeline.telephones import Area, holds_made_up

UNREADABLE = Rule(
    "B90",
    "bytes",
    "error",
    "campaign.yml 读得出来，该有的项都有",
    "对照 data/README.md 补齐；日期写成 2022-08-25 这样",
    "先查后发",
    "时间、主办单位和数据日期都在这里，缺了就不能判断逾期，也不能发布",
)
TODAY = "today"

_ITEMS = {
    "site": ("name", "subtitle", "code", "icp", "police", "report_channel"),
    "team": ("name", "task", "source"),
    "hotlines": ("level", "name", "when", "hours", "number", "source", "is_verified"),
    "goals": ("goal", "target", "result", "source"),
    "basis": ("number", "title", "role"),
    "other_lines": ("topic", "name", "number", "source", "is_verified"),
    "published": ("edition", "at", "corrected_on", "reason"),
}
"""What the items of a setting say; an item that has nothing to say writes ''."""

OPTIONAL = (
    "phone_digits", "other_lines", "tiles", "edition_sources", "objection_workdays", "archives",
    "published",
)  # fmt: skip
"""Settings that may be left out, or empty."""

_REVISION = "[0-9A-Za-z][0-9A-Za-z._/-]*"
_ARCHIVE = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:@{_REVISION})?"
_WEB = r"https?://[^\s\"'<>]+"
FORMS = {
    "city": (r"\S{2,20}", "城市的全名，如某某市"),
    "city_code": ("[1-8][0-9]{3}", "行政区划代码的前四位，加引号"),
    "area_code": ("0[1-9][0-9]{1,2}", "电话区号，3位或4位，0开头，加引号"),
    "site_url": (_WEB, "网址，以 https:// 或 http:// 开头"),
}
"""How some settings look, and how that is said."""

MOST_WORKDAYS = 60
"""A window for objections longer than a season settles nothing."""

_RESERVED = re.compile(
    r"(?:^|://|@)(?:[^\s/@]+\.)?(?:example(?:\.(?:com|net|org))?|invalid|test)(?=[/:?#\s]|$)", re.I
)
"""Names that no host ever has (RFC 2606): good for demonstrations, dead on a board."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the campaign is. Dates are days; `as_of_on` None means: today, said by the caller.

    `edition` names the rules it is assessed by, `also_editions` those shown beside them;
    `edition_sources` cites the document that each of them is printed in.
    `city_code` are the first four digits of the city's division codes; `phone_digits` how many
    digits its landlines have after `area_code`, None where both seven and eight occur. `tiles` are
    the lines of the tile map: ids of units, `.` for a gap. `objection_workdays` are the days
    of work after a 销号 in which anybody may object to it. `archives` are the frozen periods: a
    day, and after an @ the revision of the ledgers that it is pinned to. `published` pins editions
    of reports to the revision (`at`) that they were published from; with a `reason` there is a
    correction of it, issued on `corrected_on`, which the next item of the same edition pins.
    """

    document_number: str
    document_on: date
    title: str
    screen_from_on: date
    screen_to_on: date
    assess_from_on: date
    year_from_on: date
    cut_off_on: date
    as_of_on: date | None
    is_demo: bool
    site_url: str
    organiser: str
    site: dict[str, Any]
    hotlines: tuple[dict[str, Any], ...]
    goals: tuple[dict[str, Any], ...]
    basis: tuple[dict[str, Any], ...]
    team: dict[str, Any]
    city: str
    city_code: str
    area_code: str
    edition: str
    also_editions: tuple[str, ...] = ()
    edition_sources: dict[str, str] = field(default_factory=dict)
    phone_digits: int | None = None
    other_lines: tuple[dict[str, Any], ...] = ()
    tiles: tuple[str, ...] = ()
    objection_workdays: int = 5
    repository_url: str | None = None
    archives: tuple[str, ...] = ()
    published: tuple[dict[str, Any], ...] = ()

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of the rules, the campaign's own first."""
        return self.edition, *self.also_editions

    def source_of(self, edition: str, printed: str) -> str:
        """Return the document to cite for an edition, else where it says itself it is printed."""
        return self.edition_sources.get(edition, printed)

    @property
    def area(self) -> Area:
        """Where its telephones stand."""
        return Area(self.city, self.area_code, self.phone_digits)


def load_campaign(path: Path, name: str) -> tuple[Campaign | None, list[Finding]]:
    """Read campaign.yml; `name` is the path as people write it.

    Returns the campaign, or None with the findings that say what is missing.
    """
    try:
        raw = load_yaml(path)
    except YamlTrouble as trouble:
        return None, [UNREADABLE.at(str(trouble), file=name)]
    if not isinstance(raw, dict):
        return None, [UNREADABLE.at("campaign.yml 应当是“项: 值”的清单", file=name)]
    values, findings = {}, []
    for setting in fields(Campaign):
        try:
            values[setting.name] = _value(setting.name, str(setting.type), raw)
        except (KeyError, ValueError):
            if setting.name in OPTIONAL and raw.get(setting.name) is None:
                continue
            text = raw.get(setting.name)
            findings.append(
                UNREADABLE.at(
                    f"campaign.yml 的 {setting.name} " + ("没有写" if text is None else "写得不对"),
                    file=name,
                    field=setting.name,
                    value=None if text is None else str(text),
                )
            )
    findings += [UNREADABLE.at(f"campaign.yml 的 {said}", file=name) for said in _misshapen(values)]
    findings += list(_invented(values, name))
    return (None, findings) if findings else (Campaign(**values), [])


def _invented(values: dict[str, Any], file: str) -> Iterator[Finding]:
    """Report what was made up for demonstrations where people would dial or open it."""
    if values.get("is_demo", True):
        return
    for setting, place, text in _texts(values):
        said = "号码，打不通" if holds_made_up(text) else "网址，打不开"
        if said[0] == "号" or _RESERVED.search(text):
            remedy = "，或删掉这一项" if "项" in place else ""
            message = f"{place}是演示{said}；换成真的{remedy}"
            yield UNREADABLE.at(message, file=file, field=setting, value=text)


def _texts(values: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield every text of the settings: which setting it is, how that is said, the text."""
    for name, value in values.items():
        if isinstance(value, str):
            yield name, f"{name} ", value
        items = [value] if isinstance(value, dict) else value if isinstance(value, tuple) else ()
        for number, item in enumerate(items, 1):
            where = "" if isinstance(value, dict) else f"第{number}项的 "
            for key, text in item.items() if isinstance(item, dict) else ():
                if isinstance(text, str):
                    yield f"{name}.{key}", f"{name} {where}{key} ", text


def _misshapen(values: dict[str, Any]) -> Iterator[str]:
    """Say what pages could not be made of: an item that lacks a word, an address that is none."""
    if (url := values.get("repository_url")) and not re.fullmatch(_WEB, url):
        yield "repository_url 不是网址，要以 https:// 或 http:// 开头"
    yield from _unknown_editions(values)
    yield from _no_archives(values.get("archives", ()))
    yield from _of_wrong_form(values)
    for name, wanted in _ITEMS.items():
        value = values.get(name, ())
        for number, item in enumerate([value] if isinstance(value, dict) else value, 1):
            place = name if isinstance(value, dict) else f"{name} 第{number}项"
            said = list(_lacking(place, item, wanted))
            yield from said or (_no_pin(place, item) if name == "published" else ())
    yield from _out_of_turn(values.get("published", ()))


def _no_archives(listed: tuple[Any, ...]) -> Iterator[str]:
    """Say which of the frozen periods are no days, or stand twice."""
    days = [str(one).partition("@")[0] for one in listed]
    for one, day in zip(listed, days, strict=True):
        if not re.fullmatch(_ARCHIVE, str(one)) or parse_iso(day) is None:
            yield f"archives 的 {one} 要写成 2022-08-25，或 2022-08-25@版本"
        elif days.count(day) > 1:
            yield f"archives 里 {day} 写了两遍"


def _no_pin(place: str, item: dict[str, str]) -> Iterator[str]:
    """Say what is wrong with an edition that is pinned."""
    if not re.fullmatch("[a-z0-9-]+", item["edition"]):
        yield f"{place}的 edition 写报告的编号，如 weekly-07"
    if not re.fullmatch(_REVISION, item["at"]):
        yield f"{place}的 at 写发布时台账的版本（git 的提交或标签）"
    if bool(item["corrected_on"]) != bool(item["reason"]):
        yield f"{place}：出了更正的，corrected_on 和 reason 都要写；没有更正，都写 ''"
    if item["corrected_on"] and parse_iso(item["corrected_on"]) is None:
        yield f"{place}的 corrected_on 写更正的日期，如 2022-08-25"


def _out_of_turn(listed: tuple[Any, ...]) -> Iterator[str]:
    """Say of which editions the corrections do not follow one another."""
    told = [one for one in listed if isinstance(one, dict)]
    for edition in dict.fromkeys(str(one.get("edition")) for one in told):
        days = [str(one.get("corrected_on")) for one in told if str(one.get("edition")) == edition]
        dated = [day or "9999" for day in days]
        if dated != sorted(set(dated)):
            yield f"published 里 {edition} 的几项要按更正的先后写，没有更正的写在最后，只写一项"


def _lacking(place: str, item: Any, wanted: tuple[str, ...]) -> Iterator[str]:
    """Say what an item of a setting lacks."""
    if not isinstance(item, dict):
        yield f"{place} 应当是“项: 值”的清单"
        return
    for key in wanted:
        if key not in item:
            yield f"{place} 没有写 {key}"
        elif not isinstance(item[key], bool if key == "is_verified" else str):
            want = "true 或 false" if key == "is_verified" else "文字，数字要加引号"
            yield f"{place} 的 {key} 要写{want}"


def _of_wrong_form(values: dict[str, Any]) -> Iterator[str]:
    """Say which settings of the city are not written as they should be."""
    for name, (form, said) in FORMS.items():
        if name in values and not re.fullmatch(form, values[name]):
            yield f"{name} 要写{said}"
    if values.get("phone_digits") not in (None, 7, 8):
        yield "phone_digits 写 7 或 8；两种都有的不写"
    if not 1 <= values.get("objection_workdays", 1) <= MOST_WORKDAYS:
        yield f"objection_workdays 写公示几个工作日，1 到 {MOST_WORKDAYS}"
    if not all(isinstance(line, str) for line in values.get("tiles", ())):
        yield "tiles 每项写一行单位编号，用空格隔开，空位写一个点"


def _unknown_editions(values: dict[str, Any]) -> Iterator[str]:
    """Say which editions of the rules nobody has written, and which stand twice."""
    also = values.get("also_editions", ())
    named = [*([values["edition"]] if "edition" in values else ()), *also]
    for edition in dict.fromkeys(map(str, named)):
        name = "edition" if edition == values.get("edition") else "also_editions"
        if edition not in annexes.ANNEXES:
            yield f"{name} 没有“{edition}”这一版考评细则；现有的版：{'、'.join(annexes.ANNEXES)}"
        elif named.count(edition) > 1:
            yield f"also_editions 又写了一遍 {edition}；同一版只写一次"
    for edition, source in values.get("edition_sources", {}).items():
        if edition not in annexes.ANNEXES or not isinstance(source, str):
            yield f"edition_sources 的 {edition} 要是现有的一版，后面写文号和附件"


def _value(name: str, kind: str, raw: dict[str, Any]) -> Any:
    if name == "repository_url":
        return raw.get(name) or None
    if name == "also_editions" and raw.get(name) is None:
        return ()
    value = raw[name]
    if name == "as_of_on" and value == TODAY:
        return None
    if kind.startswith("date"):
        day = parse_iso(str(value))
        if day is None:
            raise ValueError(value)
        return day
    kinds = {"bool": bool, "str": str, "int": int, "dict": dict, "tuple": list}
    expected = kinds[re.split(r"\W", kind)[0]]
    if not isinstance(value, expected):
        raise ValueError(value)
    return tuple(raw[name]) if expected is list else value
