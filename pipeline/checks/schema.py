"""The schema gate: our own cell checks and Frictionless, the only place that knows it.

Each shard goes to Frictionless as an inline table of the rows the byte gate read, with its schema
less foreign keys, over all cores; results are kept by the digest of shard and schema. Where both
speak of one cell, our own words win.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.checks import cells, wording
from pipeline.findings import Finding
from pipeline.ledgers import RawShard
from pipeline.ledgers.limits import MAX_FINDINGS
from pipeline.ledgers.schemas import Schema, Schemas
from pipeline.ledgers.writer import replace_file

ALONE = 3_000
"""Rows up to which one process is quicker than two."""

_work: list[tuple[RawShard, Schema]] = []


def check(raws: Sequence[RawShard], schemas: Schemas, cache: Path | None) -> list[Finding]:
    """Return what the schema gate finds in all shards; `cache` is a folder, or None for none."""
    global _work  # noqa: PLW0603 - forked workers inherit the rows instead of having them pickled
    found: dict[int, list[Finding]] = {}
    code = _code_digest()
    keys = [_key(raw, schemas[raw.shard.ledger], code) for raw in raws]
    for number, key in enumerate(keys):
        if cache is not None and (kept := _recall(cache, key)) is not None:
            found[number] = kept
    missing = [n for n in range(len(raws)) if n not in found]
    _work = [(raws[n], schemas[raws[n].shard.ledger]) for n in missing]
    for number, findings in zip(missing, _all(), strict=True):
        found[number] = findings
        if cache is not None:
            _keep(cache, keys[number], findings)
    _work = []
    return [finding for n in range(len(raws)) for finding in found[n]]


def _all() -> list[list[Finding]]:
    """Check the shards at hand, by several processes where it pays; largest first."""
    if sum(len(raw.cells) for raw, _ in _work) <= ALONE or (os.cpu_count() or 1) == 1:
        return [check_shard(raw, schema) for raw, schema in _work]
    order = sorted(range(len(_work)), key=lambda n: -len(_work[n][0].cells))
    results: dict[int, list[Finding]] = {}
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        for number, findings in zip(order, pool.map(_by_number, order), strict=True):
            results[number] = findings
    return [results[n] for n in range(len(_work))]


def _by_number(number: int) -> list[Finding]:
    return check_shard(*_work[number])


def check_shard(raw: RawShard, schema: Schema) -> list[Finding]:
    """Check one shard: our own words first, then whatever else Frictionless finds."""
    if not raw.cells or raw.header != schema.names:
        return []
    ours = cells.check(raw, schema)
    said = {(f.line, f.column) for f in ours}
    theirs = [f for f in _frictionless(raw, schema) if (f.line, f.column) not in said]
    return (ours + theirs)[:MAX_FINDINGS]


def _frictionless(raw: RawShard, schema: Schema) -> list[Finding]:
    """Run Frictionless over the rows of one shard and translate what it reports."""
    from frictionless import Checklist, Resource
    from frictionless import Schema as TableSchema

    own = {"fields": schema.descriptor["fields"], "primaryKey": schema.descriptor["primaryKey"]}
    table = [list(schema.names), *raw.cells]
    resource = Resource(data=table, schema=TableSchema.from_descriptor(own))
    report = resource.validate(Checklist(), limit_errors=MAX_FINDINGS)
    return [
        _translated(error, raw, schema)
        for task in report.tasks
        for error in task.errors
        if error.type != "primary-key" or "unique" not in error.note
    ]


def _translated(error: Any, raw: RawShard, schema: Schema) -> Finding:
    rule, sentence = wording.WORDING.get(error.type, wording.UNKNOWN)
    place: dict[str, Any] = {"ledger": raw.shard.ledger, "file": raw.shard.name}
    number = getattr(error, "row_number", None)
    if number is not None:
        place["line"] = raw.lines[number - 2]
    field = schema.by_name.get(getattr(error, "field_name", ""))
    if field is not None:
        place |= {"field": field.name, "title": field.title, "column": schema.column(field.name)}
        place["value"] = getattr(error, "cell", None) or None
        sentence = f"“{field.title}”：{sentence}，例如 {field.example}"
    return rule.at(sentence, **place)


def _code_digest() -> bytes:
    """Digest this room's own code, so that a cache never outlives the rules that made it."""
    total = sha256()
    for module in (cells, wording):
        total.update(Path(module.__file__).read_bytes())
    total.update(Path(__file__).read_bytes())
    return total.digest()


def _key(raw: RawShard, schema: Schema, code: bytes) -> str:
    named = f"{raw.shard.name}\0{raw.digest}\0{json.dumps(dict(schema.descriptor), sort_keys=True)}"
    return sha256(code + named.encode()).hexdigest()


def _recall(cache: Path, key: str) -> list[Finding] | None:
    """Return the kept result, or None; a damaged file counts as none."""
    try:
        kept = json.loads((cache / "schema" / f"{key}.json").read_text(encoding="utf-8"))
        return [Finding(**finding) for finding in kept]
    except (OSError, ValueError, TypeError):
        return None


def _keep(cache: Path, key: str, findings: list[Finding]) -> None:
    text = json.dumps([asdict(f) for f in findings], ensure_ascii=False)
    replace_file(cache / "schema" / f"{key}.json", text.encode())
