"""The short run of the sweep: nothing crashes, nothing is silent, nothing leaks."""

from __future__ import annotations

import pytest

from pipeline.checks import schema
from tests.shards_of import SCHEMAS, file_of, read_of
from tests.sweep import damage, oracle, pool
from tests.sweep.trials import Count, run

MUTATIONS = 2_000
TOGETHER = 3
"""Changes checked in one go, so that the short run takes a minute; `make fuzz` takes one by one."""
ALL = [column for columns in oracle.columns().values() for column in columns]


@pytest.mark.parametrize("column", ALL, ids=lambda c: f"{c.ledger}.{c.name}")
def test_impossible_value_of_a_column_is_refused_at_its_cell(column: oracle.Column) -> None:
    """Each word that the schema rules out is an error on its line, in its column or whole."""
    words = [w for w in pool.WORDS if oracle.must_refuse(column, w) and not set(w) & {"\r", "\n"}]
    content = file_of(column.ledger, *({column.name: word} for word in words))

    raw = read_of(column.ledger, content)
    found = [*raw.findings, *schema.check([raw], SCHEMAS, None)]

    errors = [f for f in found if f.severity == "error"]
    answered = {f.line for f in errors if f.column in (None, column.number)}
    missing = [word for line, word in enumerate(words, 2) if line not in answered]
    assert not missing or any(f.line is None for f in errors)


def clean(count: Count) -> bool:
    assert not count.faults, "\n".join(count.faults[:30])
    return count.tried > 0


def test_damaged_file_is_answered() -> None:
    """Every file deleted, emptied, cut, or replaced by a link or a folder: no crash, no silence."""
    assert clean(run(list(damage.whole_files())))


def test_wrong_word_in_any_column_leaves_the_check_standing() -> None:
    """One word of the pool in every column of the story, the whole check run each time."""
    words = len(pool.WORDS)

    assert clean(run(list(damage.columns_in_place())[:: words + 1], TOGETHER))


def test_secret_in_any_column_is_never_repeated() -> None:
    """A household's text in every column: no finding in any format says the name or number."""
    assert clean(run(list(damage.secrets_in_place())[:: len(pool.SECRETS) + 1], TOGETHER))


def test_random_damage_never_crashes_and_is_never_silent() -> None:
    """Two thousand seeded changes of cells, rows, headers and bytes."""
    assert clean(run([damage.at_random(seed) for seed in range(MUTATIONS)], TOGETHER))
