"""Progress of the city and of each unit as drawings, kept by what they show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.publication import charts
from pipeline.publication.desk import Desk
from pipeline.publication.progress import Progress, progress

Row = Any
SERIES = (
    ("发现", "found"),
    ("自报完成", "reported"),
    ("核查销号", "verified"),
    ("逾期", "overdue"),
)


def drawn(desk: Desk, folder: Path) -> dict[str, tuple[str, Progress]]:
    """Draw progress of the city ("") and of each unit; drawings are kept by what they show."""
    facts, start = desk.facts, desk.view.campaign.screen_from_on
    sets: dict[str, tuple[str, Sequence[Row]]] = {"": ("全市", facts.issues)}
    sets |= {u.id: (u.short_name, facts.issues_by("unit_id").get(u.id, [])) for u in facts.units}
    made = {}
    for key, (name, issues) in sets.items():
        table = progress(desk.view, issues, start)
        made[key] = (_chart(name, table, folder) if issues else "", table)
    return made


def _chart(name: str, table: Progress, folder: Path) -> str:
    """Draw one progress chart, or take it from the cache of drawings."""
    last = {measure: counts[-1] for measure, counts in table.counts.items()}
    finding = (
        f"{name}发现{last['found']}件，单位报完成{last['reported']}件，"
        f"核查通过{last['verified']}件，逾期{last['overdue']}件。"
    )
    source = Path(charts.__file__).read_bytes()
    key = sha256(
        source + json.dumps([name, finding, table.counts]).encode() + repr(table.days).encode()
    )
    kept = folder / f"{key.hexdigest()}.svg"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    series = [charts.Series(title, dress, table.counts[dress]) for title, dress in SERIES]
    svg = charts.progress(f"{name}整改走势", finding, table.days, series)
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_text(svg, encoding="utf-8")
    return svg
