"""The only door to Jinja2: templates of `site/templates`, autoescaped; undefined is an error.

Data reaches a template only as values; no text of a ledger is ever part of a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from pipeline import shares
from pipeline.dates import in_words
from pipeline.figures import between, grouped, shown
from pipeline.publication.seats import seat

Renderer = Callable[..., str]


def environment(templates: Path) -> jinja2.Environment:
    """Return the one environment: autoescape on, strict, with the filters pages use."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {
        "day": lambda d: in_words(d) if d else "",
        "short_day": lambda d: in_words(d, year=False) if d else "",
        "between": between,
        "figure": grouped,
        "points": shown,
        "percent": shares.percent,
        "extent": shares.extent,
        "rate": shares.rate,
        "bounds": shares.bounds,
        "tel": lambda number: number.replace("-", ""),
        "word": _word,
        "seat": lambda row: seat(row.org, row.post),
        "seat_of": lambda org: seat(org, ""),
    }
    return env


class Templates:
    """Templates by name, compiled once."""

    def __init__(self, folder: Path, shared: Mapping[str, Any]) -> None:
        """Take the folder and the values every template may use."""
        self._env = environment(folder)
        self._env.globals |= dict(shared)
        self._get = lru_cache(maxsize=None)(self._env.get_template)

    def render(self, name: str, **values: Any) -> str:
        """Render a template to HTML."""
        return self._get(name).render(values)


def _word(text: str) -> str:
    """Write a word for the part of an address behind #; Chinese stays as it is, and short."""
    return re.sub(r"[^\w\-~.]", lambda found: quote(found.group()), text)


def iso(day: date | None) -> str:
    """Write a date for machines."""
    return day.isoformat() if day else ""
