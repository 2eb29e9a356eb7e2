"""Every record rule is held by its own examples, and its words are fit for a clerk."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pipeline.checks import records
from pipeline.checks.collected import collected
from pipeline.checks.examples import book_of
from pipeline.checks.rulebook import Check
from pipeline.findings import Finding
from pipeline.ledgers import load_schemas

CATALOGUE = collected()
ALL = [pytest.param(check, id=name) for name, check in sorted(CATALOGUE.checks.items())]
_ENGLISH_FIELD = re.compile(r"[a-z]+_[a-z_]+")


def found_in(check: Check, example: dict) -> list[Finding]:
    return [f for f in check.find(book_of(example, CATALOGUE.rules)) if f.rule == check.rule.id]


@pytest.mark.parametrize("check", ALL)
def test_a_rule_has_examples_both_ways(check: Check):
    """A rule without a passing and a failing example says nothing checkable."""
    assert check.rule.passes
    assert check.rule.fails


@pytest.mark.parametrize("check", ALL)
def test_what_passes_passes(check: Check):
    """No passing or unconcerned example is found fault with."""
    for example in (*check.rule.passes, *check.rule.skips):
        assert found_in(check, example) == []


@pytest.mark.parametrize("check", ALL)
def test_what_fails_is_found(check: Check):
    """Every failing example is found, with a place a person can go to."""
    for example in check.rule.fails:
        findings = found_in(check, example)
        assert findings, example
        for finding in findings:
            assert finding.line is not None or finding.subject, finding
            assert not _ENGLISH_FIELD.search(finding.message), finding.message


@pytest.mark.parametrize("check", ALL)
def test_words_are_chinese_and_name_no_english_column(check: Check):
    """Sentence and remedy speak to a clerk: no English header, no full stop at the end."""
    headers = {name for schema in load_schemas().values() for name in schema.names}
    for words in (check.rule.sentence, check.rule.remedy):
        assert re.search(r"[\u4e00-\u9fff]", words)
        assert not words.endswith("。")
        assert not _ENGLISH_FIELD.search(words)
        assert not set(re.findall(r"[a-z_]{4,}", words)) & headers


def test_an_empty_book_breaks_no_rule():
    """Where nothing is recorded nothing is wrong: silence is shown as not reported, elsewhere."""
    for check in CATALOGUE.checks.values():
        assert found_in(check, {}) == [], check.rule.id


def test_every_check_that_is_written_runs():
    """None is hidden by another of the same name: every decorator's check is collected."""
    for module in records.MODULES:
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        written = [
            node.args[0].value
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and getattr(node.func, "id", "") in ("row_check", "book_check")
            and isinstance(node.args[0], ast.Constant)
        ]

        assert set(written) <= set(CATALOGUE.checks), module.__name__
