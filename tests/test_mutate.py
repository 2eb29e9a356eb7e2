"""The mutation run: what it changes, what it takes for noticed, and what it lets pass."""

from __future__ import annotations

import ast

import pytest

from pipeline import dates
from tests.mutate.__main__ import PROJECT, TARGETS, equivalents, noticed, path_of
from tests.mutate.faults import Fault, faults

SOURCE = '''
"""Words that only speak are left alone, 3 of them too."""
from somewhere import max

STEPS = (1, "0.5", True)


def chosen(rows: list[int], *, least: int = 2) -> bool:
    """Nor these."""
    if not rows and least > 3:
        rows.append(max(4, least))
    match rows:
        case "一" if least:
            return None
    return [row for row in rows if row.kind in ("甲", "乙")] == sorted(rows, key=5)
'''
FOUND = [
    "1 改成 2", "“0.5”改成“0.6”", "True 改成 False", "2 改成 3", "条件取反", "and 改 or",
    "不看第1个条件", "不看第2个条件", "不取反", "> 改成 >=", "> 改成 <=", "3 改成 4", "不做这一句",
    "max 改成 min", "4 改成 5", "改词“一”", "不看条件", "返回空", "== 改成 !=",
    "不看第1个筛选条件", "in 改成 not in", "改词“甲”", "改词“乙”", "不写 key", "5 改成 6",
]  # fmt: skip


def test_every_small_fault_is_made_once():
    """Comparisons, conditions, constants, words, returns, statements, arguments."""
    changes = [fault.name.rpartition(" → ")[2] for fault in faults(SOURCE)]

    assert sorted(changes) == sorted(FOUND)


def test_each_fault_is_another_program_that_can_be_read():
    """No two are the same, none is the source, and the same source gives the same faults."""
    made = list(faults(SOURCE))

    assert len({fault.code for fault in made}) == len(made)
    assert ast.unparse(ast.parse(SOURCE)) not in {fault.code for fault in made}
    assert made == list(faults(SOURCE))
    for fault in made:
        ast.parse(fault.code)


def test_two_faults_of_one_name_are_told_apart():
    """By their number, so that a reason for one does not cover the other."""
    names = [fault.name for fault in faults("x = 1 < 2 < 3")]

    assert len(set(names)) == len(names)
    assert any(name.endswith("（2）") for name in names)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("day.month", "day.day", "发现"), ("SATURDAY = 5", "SATURDAY = 10 // 2", "漏过")],
)
def test_a_fault_is_noticed_or_it_survives(old, new, word):
    """In a process of its own: this one keeps the sound module."""
    sound = path_of("pipeline.dates").read_text(encoding="utf-8")
    assert old in sound

    fault = Fault("", 0, sound.replace(old, new))
    assert noticed("pipeline.dates", fault, TARGETS["pipeline.dates"].tests, 120) == word
    assert dates.SATURDAY == 5


def test_what_takes_too_long_is_ended():
    """A fault may loop for ever."""
    assert noticed("pipeline.dates", Fault("", 0, "while True: pass"), (), 0.5) == "超时"


def test_every_target_has_its_module_and_its_tests():
    """And asks for at least 95 of a hundred."""
    for module, target in TARGETS.items():
        assert path_of(module).is_file()
        assert all((PROJECT / test).is_file() for test in target.tests)
        assert target.least >= 95


def test_what_nobody_could_notice_is_named_with_its_reason():
    """Each of them is still there, and they are few."""
    known = equivalents()
    names = {
        module: {fault.name for fault in faults(path_of(module).read_text(encoding="utf-8"))}
        for module in TARGETS
    }

    assert all(len(reason) > 4 for reason in known.values())
    for module, name in known:
        assert name in names[module], name
    for module, made in names.items():
        assert sum(one == module for one, _ in known) <= len(made) // 20
