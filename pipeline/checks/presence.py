"""Whether the tables that everything rests on are there; without them meanings change silently."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.findings import Finding, Rule
from pipeline.ledgers import Loaded

MISSING = Rule(
    "K13",
    "records",
    "error",
    "参考表都在，每张至少有一行",
    "从版本库取回这张表（git checkout -- 文件）；新开一套数据的，区划用 qingyuan divisions 生成",
    "先查后发",
    "少了参考表，限值、区划和口径会悄悄变成没有，结果就变了意思",
)


def absent(loaded: Loaded) -> frozenset[str]:
    """Return the reference tables of which no row could be read, for whatever reason."""
    there = {raw.shard.ledger for raw in loaded.raw if raw.cells}
    return frozenset(s.name for s in loaded.schemas.values() if s.needed_for) - there


def check(loaded: Loaded, said: Iterable[Finding]) -> list[Finding]:
    """Return one finding for each reference table without a row, naming what rests on it.

    A table of which something is `said` already, because it cannot be read, is not missing.
    """
    told = {finding.file for finding in said if finding.severity == "error"}
    found = []
    for name in sorted(absent(loaded)):
        file = f"{loaded.folder}/reference/{name}.csv"
        if file not in told:
            schema, has_file = loaded.schemas[name], any(r.shard.name == file for r in loaded.raw)
            state = "一行也没有" if has_file else "没有这个文件"
            message = f"参考表“{schema.title}”{state}；靠它的有：{schema.needed_for}"
            found.append(MISSING.at(message, file=file, ledger=name))
    return found
