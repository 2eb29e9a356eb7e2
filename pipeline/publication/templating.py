"""The only door to Jinja2: templates of `site/templates`, autoescaped; undefined is an error.

Data reaches a template only as values; no text of a ledger is ever part of a template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from pipeline import shares
from pipeline.dates import in_words
from pipeline.figures import between, grouped, shown, yuan
from pipeline.seats import seat
from pipeline.store import Store, key_of
from pipeline.telephones import is_made_up

Renderer = Callable[..., str]


@lru_cache(maxsize=50_000)
def _escaped(text: str) -> str:
    return str(escape(text))


class _Generator(CodeGenerator):
    """Puts texts out escaped, but not as `Markup`: they are joined at once, two hundred a page."""

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Context(Context):
    """Calls macros of the templates directly: nothing else of ours wants the context."""

    def call(self, called: Any, /, *values: Any, **named: Any) -> Any:
        """Call something from a template."""
        if type(called) is Macro:
            if named:
                named.pop("_loop_vars", None)
                named.pop("_block_vars", None)
            return called(self.eval_ctx, *values, **named)
        return super().call(called, *values, **named)


class _Environment(jinja2.Environment):
    """Jinja for pages made by ten thousands of parts that stand still.

    Three of its offers are ours: what is put out, how macros are called, and globals as a plain
    dict, for they never change once a template is loaded.
    """

    code_generator_class = _Generator
    context_class = _Context

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def escaped(value: Any) -> str:
        """Return a value as it is put out."""
        kind = type(value)
        if kind is str:
            return _escaped(value)
        return value if kind is Markup else escape(value)


class _Compiled(jinja2.BytecodeCache):
    """Templates as Python compiled them, kept from one build to the next."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Take what is kept of a template of this name and text."""
        found = self._store.get(self._key(bucket))
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled."""
        self._store.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: jinja2.bccache.Bucket) -> str:
        return key_of("templates", bucket.key, bucket.checksum)


def environment(templates: Path, store: Store | None = None) -> jinja2.Environment:
    """Return the one environment: autoescape on, strict, with the filters pages use."""
    env = _Environment(
        bytecode_cache=_Compiled(store or Store()),
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
        "yuan": yuan,
        "percent": shares.percent,
        "extent": shares.extent,
        "rate": shares.rate,
        "bounds": shares.bounds,
        "within": shares.within,
        "in_address": in_address,
        "tel": lambda number: number.replace("-", ""),
        "seat": lambda row: seat(row.org, row.post),
        "seat_of": lambda org: seat(org, ""),
    }
    env.tests["made_up"] = is_made_up
    return env


def in_address(word: str) -> str:
    """Write a word into an address: Chinese stands as it is, which takes a third of the bytes."""
    return "".join(quote(c, safe="") if c.isascii() else c for c in word)


class Templates:
    """Templates by name, compiled once; what every template may use stands in `shared`.

    Parts that pages import are run once for each way to the root and not once a page: they see what
    is shared and the way, and nothing else of the page that imports them.
    """

    def __init__(self, folder: Path, shared: Mapping[str, Any], store: Store | None = None) -> None:
        """Take the folder and the values every template may use."""
        self._folder, self._shared, self._store = folder, shared, store
        self._get = lru_cache(maxsize=None)(lambda name, root: self._of(root).get_template(name))
        self._of = lru_cache(maxsize=None)(self._environment)

    def _environment(self, root: str) -> jinja2.Environment:
        env = environment(self._folder, self._store)
        env.globals |= {**self._shared, "root": root}
        return env

    def ready(self, *roots: str) -> None:
        """Compile every template for some ways to the root: forked processes share them."""
        for root in roots:
            for name in self._of(root).list_templates():
                self._get(name, root)

    def render(self, name: str, root: str = "", **values: Any) -> str:
        """Render a template to HTML; `root` is the way from the page to the site's root."""
        return self._get(name, root).render(values)


def iso(day: date | None) -> str:
    """Write a date for machines."""
    return day.isoformat() if day else ""
