"""Which style and script old phones do not understand: WebViews from Chrome 64 on.

What a browser does not know it drops: a whole declaration for one unknown function, a whole rule
for one unknown selector. `old_browsers.csv` lists every property, function, keyword, selector and
condition that our style sheets use, with the first Chrome that knows it; what came after BASELINE
is allowed only with a plain declaration of the same property before it in the same rule, or where
the table says what a reader without it sees.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BASELINE = 64
TABLE = Path(__file__).with_name("old_browsers.csv")

Declaration = tuple[str, str]


@dataclass(frozen=True)
class Feature:
    """A feature of style: first Chrome that knows it, and what is seen without it, if harmless."""

    chrome: int
    without: str


@dataclass(frozen=True)
class Rule:
    """Selectors and declarations in order; `inside` is the condition of the block around it."""

    inside: str
    selector: str
    declarations: tuple[Declaration, ...]


def table() -> dict[tuple[str, str], Feature]:
    """Return every feature by kind and name."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["kind"], row["name"]): Feature(int(row["chrome"]), row["without"])
            for row in csv.DictReader(file)
        }


def rules(style: str) -> Iterator[Rule]:
    """Yield the rules of a style sheet, those of conditional blocks with their condition."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    yield from _rules(style, "")


def _rules(style: str, inside: str) -> Iterator[Rule]:
    at = 0
    while (opens := style.find("{", at)) >= 0:
        selector, closes = style[at:opens].strip(), _end(style, opens)
        body = style[opens + 1 : closes]
        if selector.startswith("@") and "{" in body:
            yield from _rules(body, selector)
        else:
            yield Rule(inside, selector, tuple(_declarations(body)))
        at = closes + 1


def _end(style: str, opens: int) -> int:
    """Return where the block that opens here closes."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(style, opens):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    raise ValueError(style[opens : opens + 80])


def _declarations(body: str) -> Iterator[Declaration]:
    for part in re.split(r";(?![^(\"]*[)\"][^;]*$)", body):
        name, is_one, value = part.partition(":")
        if is_one:
            yield name.strip(), value.strip()


def used(name: str, value: str) -> set[tuple[str, str]]:
    """Return the features of one declaration."""
    if name.startswith("--"):
        return {("property", "--*")}
    bare = re.sub(r"\"[^\"]*\"", '""', value)
    found = {("property", name)} | {("function", f) for f in re.findall(r"([a-z-]+)\(", bare)}
    if name == "content" and "/" in bare:
        found.add(("value", "content: a / b"))
    if any(len(LENGTH.findall(stop)) > 1 for stop in _stops(bare)):
        found.add(("value", "gradient: colour a b"))
    words = set(re.findall(r"(?<![\w.-])[a-z][a-z-]+", bare))
    return found | {("value", f"{name}: {word}") for word in words} & SPECIAL


def _stops(value: str) -> Iterator[str]:
    """Yield the stops of the gradients of a value."""
    flat = re.sub(r"(?<!gradient)\([^()]*\)", "", value)
    for inside in re.findall(r"gradient\(([^()]*)\)", flat):
        yield from inside.split(",")


LENGTH = re.compile(r"\s\d[\d.]*(?:px|%|rem|em)?(?=\s|$)")
SPECIAL = {
    ("value", "break-after: avoid"), ("value", "break-inside: avoid"),
    ("value", "display: contents"), ("value", "display: flow-root"),
    ("value", "line-break: strict"), ("value", "overflow-wrap: anywhere"),
    ("value", "overflow: clip"), ("value", "place-items: center"), ("value", "position: sticky"),
    ("value", "text-decoration: dotted"), ("value", "text-wrap: balance"),
    ("value", "width: fit-content"), ("value", "width: max-content"),
    ("value", "width: min-content"),
}  # fmt: skip
"""Keywords that are younger than their property, or may be."""


def selected(selector: str) -> set[tuple[str, str]]:
    """Return the features of a selector, or of the condition of a block."""
    if selector.startswith("@"):
        return {("at", name) for name in re.findall(r"^@[a-z-]+|\([a-z-]+", selector)} | (
            {("at", "range")} if re.search(r"[<>]", selector) else set()
        )
    found = {("selector", p) for p in re.findall(r"::?[a-z-]+\(?", selector)}
    return found | ({("selector", ":not(list)")} if re.search(r":not\([^)]*,", selector) else set())


def lost(style: str, features: Mapping[tuple[str, str], Feature]) -> list[str]:
    """Return what an old phone would lose of a style sheet, and what the table does not list.

    Style for paper is left out: whoever prints sits at a desk.
    """
    found = [rule for rule in rules(style) if not re.search(r"@media print|@page", rule.inside)]
    found = [rule for rule in found if not rule.selector.startswith("@page")]
    shown = _displays(found)
    told: list[str] = []
    for rule in found:
        around = selected(rule.selector) | (selected(rule.inside) if rule.inside else set())
        told += [f"{rule.selector}: {why}" for why in _unknown(around, features)]
        before: set[str] = set()
        for name, value in rule.declarations:
            why = _unknown(used(name, value), features)
            if not why:
                before.add(name)
            elif name not in before:
                told += [f"{rule.selector} {{ {name}: {value} }}: {one}" for one in why]
            if name.endswith("gap") and any(
                shown.get(part, shown.get(part.split()[-1])) != {"grid"}
                for part in _parts(rule.selector)
            ):
                told.append(f"{rule.selector}: a gap parts nothing but grids before Chrome 84")
    return told


def scripted(script: str, features: Mapping[tuple[str, str], Feature]) -> list[str]:
    """Return the features of a script that an old phone does not know; names are patterns."""
    bare = re.sub(r"/\*.*?\*/", "", script, flags=re.S)
    bare = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', bare)
    return [
        f"{match[0]} needs Chrome {feature.chrome}"
        for (kind, name), feature in features.items()
        if kind == "script" and feature.chrome > BASELINE
        for match in re.finditer(name, bare)
    ]


def _unknown(found: set[tuple[str, str]], features: Mapping[tuple[str, str], Feature]) -> list[str]:
    told = []
    for kind, name in sorted(found):
        feature = features.get((kind, name))
        if feature is None:
            told.append(f"{kind} {name} is not in {TABLE.name}")
        elif feature.chrome > BASELINE and not feature.without:
            told.append(f"{name} needs Chrome {feature.chrome}")
    return told


def _parts(selector: str) -> list[str]:
    """Split a list of selectors at its commas, not at those in brackets."""
    return [part.strip() for part in re.split(r",(?![^(]*\))", selector)]


def _displays(found: Sequence[Rule]) -> dict[str, set[str]]:
    """Return whether what is selected is a grid or flexed, by selector and by its end alone."""
    shown: dict[str, set[str]] = {}
    for rule in found:
        kinds = {v.removeprefix("inline-") for n, v in rule.declarations if n == "display"}
        for part in _parts(rule.selector):
            for name in (part, part.split()[-1]):
                shown.setdefault(name, set()).update(kinds & {"grid", "flex"})
    return {name: kinds for name, kinds in shown.items() if kinds}
