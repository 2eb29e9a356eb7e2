"""The campaign: its period, cut-off, as-of date, and who publishes (data/campaign.yml)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.dates import parse_iso
from pipeline.findings import Finding, declare
from pipeline.ledgers.yaml_file import YamlTrouble, load_yaml

UNREADABLE = declare(
    "B90",
    "bytes",
    "error",
    "campaign.yml 读得出来，该有的项都有",
    "对照 data/README.md 补齐；日期写成 2022-08-25 这样",
)
TODAY = "today"


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the campaign is. Dates are days; `as_of_on` None means: today, said by the caller."""

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
    repository_url: str | None = None


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
    return (None, findings) if findings else (Campaign(**values), [])


def _value(name: str, kind: str, raw: dict[str, Any]) -> Any:
    if name == "repository_url":
        return raw.get(name) or None
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
