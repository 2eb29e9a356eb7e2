"""All rules of all gates, collected from the modules that apply them.

A module states a rule, or a check with its rule, as a value of its own; families of alike ones
stand in a tuple. Nothing enters by being imported: what is not in a module named here does not run,
and two rules of one id are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType, ModuleType

from pipeline.checks import (
    cell_rules,
    change_rules,
    keys,
    opinion,
    presence,
    privacy,
    records,
    references,
    rulebook,
    waivers,
    workbook_rules,
)
from pipeline.checks.rulebook import Check
from pipeline.findings import Rule
from pipeline.ledgers import byte_rules, campaign, discovery, together

GATES: tuple[ModuleType, ...] = (
    discovery,
    together,
    byte_rules,
    campaign,
    cell_rules,
    opinion,
    keys,
    references,
    presence,
    privacy,
    rulebook,
    waivers,
    change_rules,
    workbook_rules,
    *records.MODULES,
)
"""Every module that states rules."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules by id, and of those of the records gate that are asked of a book, their checks."""

    rules: Mapping[str, Rule]
    checks: Mapping[str, Check]


def collect(modules: Iterable[ModuleType]) -> Catalogue:
    """Return the rules and checks that modules state, in their order.

    Raises:
        ValueError: two rules have one id.
    """
    rules: dict[str, Rule] = {}
    checks: dict[str, Check] = {}
    for one in (stated for module in modules for stated in _stated(module)):
        rule = one.rule if isinstance(one, Check) else one
        if rules.setdefault(rule.id, rule) is not rule:
            raise ValueError(f"rule {rule.id} is stated twice")
        if isinstance(one, Check):
            checks[rule.id] = one
    return Catalogue(MappingProxyType(rules), MappingProxyType(checks))


@cache
def collected() -> Catalogue:
    """Return the catalogue of all gates."""
    return collect(GATES)


def _stated(module: ModuleType) -> Iterator[Rule | Check]:
    for value in vars(module).values():
        several = value if isinstance(value, tuple) else (value,)
        yield from (one for one in several if isinstance(one, Rule | Check))
