"""How findings are said to a person: each kind once, with its count and its first places.

Ten thousand rows that are wrong in one way are one thing to mend. Findings of one rule in one
column of one file are of one kind; what has no file is said by itself. Knows no gate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.findings import SEVERITIES, Finding
from pipeline.ledgers.ceilings import MAX_ALIKE, MAX_PLACES


@dataclass(frozen=True, slots=True)
class Kind:
    """Findings that say the same of one column of one file, the first of them foremost."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all."""
        return self.findings[0]

    @property
    def is_error(self) -> bool:
        """Whether it refuses the data."""
        return self.first.severity == "error" and not self.first.waived

    @property
    def count(self) -> int:
        """How many breaches there are, listed or not."""
        return sum(finding.count for finding in self.findings)


def kinds(findings: Iterable[Finding]) -> list[Kind]:
    """Gather findings, in their order, into kinds; few of a kind stay apart, with all they say."""
    alike: dict[object, list[Finding]] = defaultdict(list)
    for number, finding in enumerate(findings):
        place = (finding.file, finding.field, finding.column) if finding.file else number
        alike[finding.rule, finding.severity, finding.waived, place].append(finding)
    return [kind for members in alike.values() for kind in _kinds(members)]


def _kinds(members: list[Finding]) -> Iterator[Kind]:
    members.sort(key=lambda finding: finding.count > 1)  # what only counts stands for nobody
    if sum(finding.count for finding in members) > MAX_ALIKE:
        yield Kind(tuple(members))
    else:
        yield from (Kind((finding,)) for finding in members)


def errors_first(findings: Iterable[Finding], most: int) -> tuple[list[Kind], list[Kind]]:
    """Return the kinds that are said, in the order given, and those for which there is no room."""
    found = kinds(findings)
    kept = {id(kind) for kind in islice(sorted(found, key=lambda k: not k.is_error), most)}
    return [k for k in found if id(k) in kept], [k for k in found if id(k) not in kept]


def said(kind: Kind) -> str:
    """Say a kind in a few lines: where, what, the value, where else, and what to do."""
    first = kind.first
    mark = "豁免" if first.waived else SEVERITIES[first.severity]
    value = f"（现为“{first.value}”）" if first.value else ""
    subject = f" [{first.subject}]" if first.subject else ""
    head = f"{mark} {first.rule} {first.place()}{subject}：{first.message}{value}"
    lines = [head, *_elsewhere(kind), f"    怎么改：{first.remedy}"]
    return "\n".join(lines)


def _elsewhere(kind: Kind) -> Iterator[str]:
    more = kind.count - kind.first.count
    if more:
        lines = [f.line for f in kind.findings[1:] if f.line is not None]
        named = "、".join(str(line) for line in lines[:MAX_PLACES])
        tail = "等" if more > MAX_PLACES else ""
        yield f"    同样的还有 {more} 处" + (f"：第 {named} 行{tail}" if named else "")


def left_out(rest: Sequence[Kind]) -> str:
    """Say how much there was no room for."""
    count = sum(kind.count for kind in rest)
    return f"还有 {len(rest)} 类 {count} 处没有列出；改好前面的再查，或用 --format json 看全部"
