"""The invented world: real places, chance per unit and subject, rows by shard."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from pipeline.demo import names
from pipeline.demo.setting import Setting
from pipeline.files import replace_file
from pipeline.ledgers import load_schemas
from pipeline.ledgers.writer import write_shard

Row = dict[str, Any]
START, END, NOW = date(2022, 7, 14), date(2022, 8, 25), date(2022, 9, 16)
YEAR = date(2022, 1, 1)

SCALES = {"small": (21, 30), "city": (4102, 546), "x10": (41020, 5460)}
"""Works and issues of each scale."""

STORY = {2: 2, 1: 2, 15: 1}
"""Units of the small story, by their place in the roll, and how many townships it has of each."""
STORY_VILLAGES = 5

QUALITY = (
    0.80, 0.88, 0.72, 0.45, 0.95, 0.76, 0.84, 0.55, 0.74, 0.62, 0.70, 0.73, 0.58, 0.69, 0.71, 0.66,
    0.30,
)  # fmt: skip
"""How well units do in the invented city, 0 to 1, dealt out along the roll; it says nothing about
any real unit. The last unit reports almost nothing, so that silence can be seen."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its places: townships and the villages that have rural supply."""

    id: str
    number: int
    name: str
    body: str
    government: str
    group: int
    quality: float
    towns: tuple[Mapping[str, str], ...]
    villages: tuple[Mapping[str, str], ...]
    is_zone: bool
    is_silent: bool
    works: int
    issues: int


@dataclass
class World:
    """All units and every row made so far, by shard."""

    scale: str
    seed: int
    setting: Setting
    units: list[Unit]
    places: dict[str, Mapping[str, str]]
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    counters: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    notes: dict[str, Any] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def from_reference(cls, scale: str, seed: int, reference: Path) -> World:
        """Read the real places and give every unit its share of works and issues."""
        roll = sorted(_table(reference / "units.csv"), key=lambda u: int(u["sort_no"]))
        numbers = {u["unit_id"]: number for number, u in enumerate(roll)}
        quality = {u: QUALITY[number % len(QUALITY)] for u, number in numbers.items()}
        silent = roll[-1]["unit_id"] if len(roll) > 1 else None
        story = {u: STORY[n] for u, n in numbers.items() if n in STORY}
        divisions = _table(reference / "divisions.csv")
        if scale == "small":
            roll = [u for u in roll if u["unit_id"] in story]
        towns = {
            u["unit_id"]: _towns(divisions, u["unit_id"], story if scale == "small" else None)
            for u in roll
        }
        villages = {u["unit_id"]: _villages(divisions, towns[u["unit_id"]], scale) for u in roll}
        works, issues = SCALES[scale]
        shares = _shares({u: len(v) for u, v in villages.items()}, works)
        faults = _shares(
            {
                u: 0 if u == silent else (1.35 - quality[u]) * (len(v) + 25)
                for u, v in villages.items()
            },
            issues,
        )
        made = [
            Unit(
                id=u["unit_id"],
                number=numbers[u["unit_id"]],
                name=u["name"],
                body=u["competent_body"],
                government=u["government_name"],
                group=int(u["group_no"]),
                quality=quality[u["unit_id"]],
                towns=tuple(towns[u["unit_id"]]),
                villages=tuple(villages[u["unit_id"]]),
                is_zone=u["kind"] == "功能区",
                is_silent=u["unit_id"] == silent,
                works=shares[u["unit_id"]],
                issues=faults[u["unit_id"]],
            )
            for u in roll
        ]
        setting = Setting.of(reference.parent)
        return cls(scale, seed, setting, made, {d["division_code"]: d for d in divisions})

    def chance(self, *names_: str) -> Random:
        """Return the chance of a subject of a unit: one never disturbs another."""
        return Random("/".join((str(self.seed), self.scale, *names_)))

    def own(self, unit: Unit, ledger: str, /, **row: Any) -> Row:
        """Add a row to what a unit says of itself."""
        row.setdefault("unit_id", unit.id)
        self.rows[f"units/{unit.id}/{ledger}.csv"].append(row)
        return row

    def outside(self, unit: Unit, ledger: str, /, **row: Any) -> Row:
        """Add a row to what others found about a unit."""
        row.setdefault("unit_id", unit.id)
        self.rows[f"city/checks/{unit.id}/{ledger}.csv"].append(row)
        return row

    def city(self, ledger: str, /, **row: Any) -> Row:
        """Add a row to a ledger of the city."""
        self.rows[f"city/{ledger}.csv"].append(row)
        return row

    def next_id(self, folder: str, letter: str, width: int) -> str:
        """Return the next id a folder issues."""
        key = f"{folder}-{letter}"
        self.counters[key] += 1
        return f"{key}{self.counters[key]:0{width}d}"

    def phone(self, unit: Unit) -> str:
        """Return the next invented number of a unit; no subscriber number begins with 1."""
        self.counters[f"phone {unit.id}"] += 1
        count, width = self.counters[f"phone {unit.id}"], self.setting.phone_digits - 3
        return f"{self.setting.area_code}-1{unit.number:02d}{count:0{width}d}"

    def person(self, random: Random) -> str:
        """Invent a name that is no official's."""
        return names.person(random, self.setting.officials)

    def shards(self) -> dict[str, list[Row]]:
        """Return every shard that has rows."""
        return {path: rows for path, rows in self.rows.items() if rows}

    def write_reference(self, data: Path, out: Path) -> None:
        """Write the reference of the small story: its places only, everything else whole."""
        schemas = load_schemas()
        own = ("divisions", "units")
        whole = [f"reference/{s.name}.csv" for s in schemas.at_home("R") if s.name not in own]
        for name in ("campaign.yml", *whole):
            replace_file(out / name, (data / name).read_bytes())
        ids = {u.id for u in self.units}
        kept = {t["division_code"] for u in self.units for t in u.towns}
        divisions = [
            d
            for d in self.places.values()
            if d["division_code"] in kept or d["parent_code"] in kept
        ]
        units = [
            u | ({} if u["territory_unit_id"] in ids else {"territory_unit_id": ""})
            for u in _table(data / "reference" / "units.csv")
            if u["unit_id"] in ids
        ]
        write_shard(out / "reference" / "divisions.csv", schemas["divisions"], divisions)
        write_shard(out / "reference" / "units.csv", schemas["units"], units)


def between(random: Random, first: date, last: date) -> date:
    """Return a day between two, both included; the first where they are turned round."""
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _towns(
    divisions: list[dict[str, str]], unit: str, story: Mapping[str, int] | None
) -> list[dict[str, str]]:
    towns = [d for d in divisions if d["unit_id"] == unit and d["division_level"] == "乡级"]
    if story is None:
        return towns
    real = [t for t in towns if t["division_kind"] in ("镇", "乡")]
    return real[: story[unit]]


def _villages(
    divisions: list[dict[str, str]], towns: list[dict[str, str]], scale: str
) -> list[dict[str, str]]:
    """Return the villages with rural supply: all committees, or residents' where there are few."""
    codes = {t["division_code"] for t in towns}
    all_ = [d for d in divisions if d["parent_code"] in codes]
    villages = [d for d in all_ if d["division_kind"] == "村委会"]
    if len(villages) < len(towns) * 3:
        villages += [d for d in all_ if d["division_kind"] == "居委会"][: 6 * len(towns)]
    if scale == "small":
        villages = [
            v
            for t in towns
            for v in [v for v in villages if v["parent_code"] == t["division_code"]][
                :STORY_VILLAGES
            ]
        ]
    return sorted(villages, key=lambda v: v["division_code"])


def _shares(weights: Mapping[str, float], total: int) -> dict[str, int]:
    """Divide a total by weights, whole numbers, largest remainders first."""
    whole = sum(weights.values())
    exact = {k: total * w / whole for k, w in weights.items()}
    shares = {k: int(e) for k, e in exact.items()}
    order = sorted(exact, key=lambda k: (shares[k] - exact[k], k))
    for key in order[: total - sum(shares.values())]:
        shares[key] += 1
    return shares
