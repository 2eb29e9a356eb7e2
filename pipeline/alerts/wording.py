"""How a digest is said: short enough for a chat or a text message, and whole as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.alerts.digests import Digest, Line
from pipeline.alerts.due import KINDS
from pipeline.dates import in_words

SHOWN = 5
"""Things named of one kind and step; the others are counted, and stand in the data."""


def said(step: int) -> str:
    """Say a step: 还有7天, 今天到期, 过期3天."""
    if step == 0:
        return "今天到期"
    return f"还有{-step}天到期" if step < 0 else f"过期{step}天"


def subject(digest: Digest, *, is_demo: bool) -> str:
    """Return the first line: who, when, how much of what."""
    counts = "，".join(f"{said(step)}{len(lines)}件" for step, lines in digest.groups)
    demo = "（演示数据）" if is_demo else ""
    return f"{digest.name}{in_words(digest.day)}到期提醒{demo}：{counts}"


def text(digest: Digest, units: Mapping[str, str], *, is_demo: bool, whole: bool = False) -> str:
    """Return the digest as plain text; with `whole` every line is named.

    `units` are the names of units, said where the digest is of several.
    """
    parts = [f"【{subject(digest, is_demo=is_demo)}】"]
    is_group = len({line.due.unit_id for line in digest.lines}) > 1
    for step, lines in digest.groups:
        parts.append(f"{said(step)}：")
        for kind in KINDS:
            own = [line for line in lines if line.due.kind == kind]
            shown = own if whole else own[:SHOWN]
            for line in shown:
                place = units.get(line.due.unit_id, "") if is_group else ""
                parts.append(f"· {kind} {place}{_line(line)}")
            if rest := len(own) - len(shown):
                parts.append(f"· {kind} 另有{rest}件，见清单")
    return "\n".join(parts) + "\n"


def _line(line: Line) -> str:
    due = line.due
    more = [in_words(due.due_on, year=False)]
    if due.first_due_on not in (None, due.due_on):
        more.append(f"原定{in_words(due.first_due_on, year=False)}")
    if due.expected_on is not None:
        more.append(f"自己预计{in_words(due.expected_on, year=False)}")
    return f"{due.title}（{'，'.join(more)}）{due.by_org}"


def data(digest: Digest, *, is_demo: bool) -> dict[str, Any]:
    """Return the digest as plain data for a 交办单, with every line."""
    return {
        "kind": "到期提醒",
        "to": digest.key,
        "name": digest.name,
        "for": digest.day.isoformat(),
        "is_demo": is_demo,
        "counts": {said(step): len(lines) for step, lines in digest.groups},
        "items": [
            {
                "unit_id": line.due.unit_id,
                "kind": line.due.kind,
                "ref": line.due.ref,
                "title": line.due.title,
                "due_on": line.due.due_on.isoformat(),
                "first_due_on": _iso(line.due.first_due_on),
                "expected_on": _iso(line.due.expected_on),
                "by_org": line.due.by_org,
                "step": line.step,
                "steps": list(line.steps),
                "said": said(line.step),
            }
            for line in digest.lines
        ],
    }


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()
