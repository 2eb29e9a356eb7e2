"""The campaign: its period, cut-off, as-of date, and who publishes (data/campaign.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import annexes
from pipeline.dates import parse_iso
from pipeline.findings import Finding, Rule
from pipeline.ledgers.yaml_file import YamlTrouble, load_yaml

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
}
"""What the items of a setting say; an item that has nothing to say writes ''."""

_WEB = re.compile(r"https?://[^\s\"'<>]+")


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the campaign is. Dates are days; `as_of_on` None means: today, said by the caller.

    `edition` names the rules it is assessed by, `also_editions` those shown beside them.
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
    edition: str
    also_editions: tuple[str, ...] = ()
    repository_url: str | None = None

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of the rules, the campaign's own first."""
        return self.edition, *self.also_editions


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
    for field in fields(Campaign):
        try:
            values[field.name] = _value(field.name, str(field.type), raw)
        except (KeyError, ValueError):
            text = raw.get(field.name)
            findings.append(
                UNREADABLE.at(
                    f"campaign.yml 的 {field.name} " + ("没有写" if text is None else "写得不对"),
                    file=name,
                    field=field.name,
                    value=None if text is None else str(text),
                )
            )
    findings += [UNREADABLE.at(f"campaign.yml 的 {said}", file=name) for said in _misshapen(values)]
    return (None, findings) if findings else (Campaign(**values), [])


def _misshapen(values: dict[str, Any]) -> Iterator[str]:
    """Say what pages could not be made of: an item that lacks a word, an address that is none."""
    for name in ("site_url", "repository_url"):
        if (url := values.get(name)) and not _WEB.fullmatch(url):
            yield f"{name} 不是网址，要以 https:// 或 http:// 开头"
    yield from _unknown_editions(values)
    for name, wanted in _ITEMS.items():
        value = values.get(name, ())
        for number, item in enumerate([value] if isinstance(value, dict) else value, 1):
            place = name if isinstance(value, dict) else f"{name} 第{number}项"
            if not isinstance(item, dict):
                yield f"{place} 应当是“项: 值”的清单"
                continue
            for key in wanted:
                if key not in item:
                    yield f"{place} 没有写 {key}"
                elif not isinstance(item[key], bool if key == "is_verified" else str):
                    want = "true 或 false" if key == "is_verified" else "文字，数字要加引号"
                    yield f"{place} 的 {key} 要写{want}"


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
    expected = {"bool": bool, "str": str, "dict": dict, "tuple": list}[kind.split("[")[0]]
    if not isinstance(value, expected):
        raise ValueError(value)
    return tuple(raw[name]) if expected is list else value
