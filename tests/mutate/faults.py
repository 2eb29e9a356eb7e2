"""Every small fault that can be put into a module: one change each, found by reading its syntax.

Comparisons turned, conditions negated or left out, constants off by one, words changed, returns
emptied, arguments and calls dropped. Knows nothing of tests. The same source gives the same faults
in the same order.
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Edit = Callable[[ast.AST], None]
Choice = tuple[str, Edit]
"""What is changed, as it reads, and how a copy of the node is changed in place."""

TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SWAPPED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {"max": "min", "min": "max", "any": "all", "all": "any"}
GUARD = "strict"
"""The argument of zip that tells of a slip of ours and never of data."""
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
SIGNS = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One fault: what it is called, whatever line it stands in; its line; all the faulty code."""

    name: str
    line: int
    code: str


def faults(source: str) -> Iterator[Fault]:
    """Yield every fault of a module's source, from top to bottom."""
    tree = ast.parse(source)
    lines = source.splitlines()
    nodes = list(ast.walk(tree))
    order = {id(node): number for number, node in enumerate(nodes)}
    seen: Counter[str] = Counter()
    for place, node in _places(tree):
        for change, edit in _choices(node):
            changed = copy.deepcopy(tree)
            twin = next(t for n, t in enumerate(ast.walk(changed)) if n == order[id(node)])
            edit(twin)
            code = ast.unparse(ast.fix_missing_locations(changed))
            line = next(n.lineno for n in ast.walk(node) if hasattr(n, "lineno"))
            name = f"{place}: {lines[line - 1].strip()} → {change}"
            seen[name] += 1
            yield Fault(name if seen[name] == 1 else f"{name} （{seen[name]}）", line, code)


def _places(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield the nodes that run, with the name of the function or class they stand in."""

    def below(node: ast.AST, place: str) -> Iterator[tuple[str, ast.AST]]:
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_comment", "bases"):
                continue
            for child in value if isinstance(value, list) else (value,):
                if not isinstance(child, ast.AST) or _is_silent(child):
                    continue
                inner = place
                if isinstance(child, ast.FunctionDef | ast.ClassDef):
                    inner = f"{place}.{child.name}".lstrip(".")
                yield inner, child
                yield from below(child, inner)

    yield from below(tree, "")


def _is_silent(node: ast.AST) -> bool:
    """Whether a node never runs, only speaks or only guards: imports, docstrings, zip's strict."""
    if isinstance(node, ast.keyword):
        return node.arg == GUARD
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr)


def _choices(node: ast.AST) -> list[Choice]:
    """Return what can be done wrong at a node."""
    found = CHOICES.get(type(node))
    return found(node) if found else []


def _compared(node: ast.Compare) -> list[Choice]:
    return [*_turned(node), *_words(node)]


def _turned(node: ast.Compare) -> list[Choice]:
    def turn(place: int, sign: type[ast.cmpop]) -> Edit:
        return lambda n: n.ops.__setitem__(place, sign())

    return [
        (f"{SIGNS[type(op)]} 改成 {SIGNS[sign]}", turn(place, sign))
        for place, op in enumerate(node.ops)
        for sign in TURNED[type(op)]
    ]


def _words(node: ast.Compare) -> list[Choice]:
    """Change a word that something is compared with, also one of several."""
    found: list[Choice] = []
    for place, side in enumerate((node.left, *node.comparators)):
        for number, word in enumerate(side.elts if isinstance(side, ast.Tuple) else (side,)):
            if isinstance(word, ast.Constant) and isinstance(word.value, str):
                found.append((f"改词“{word.value}”", _reworded(place, number)))
    return found


def _reworded(place: int, number: int) -> Edit:
    def edit(n: ast.AST) -> None:
        side = (n.left, *n.comparators)[place]
        word = side.elts[number] if isinstance(side, ast.Tuple) else side
        word.value += "？"

    return edit


def _joined(node: ast.BoolOp) -> list[Choice]:
    other = ast.And if isinstance(node.op, ast.Or) else ast.Or
    found: list[Choice] = [
        ("and 改 or" if other is ast.Or else "or 改 and", lambda n: setattr(n, "op", other()))
    ]

    def drop(place: int) -> Edit:
        def edit(n: ast.AST) -> None:
            kept = [value for number, value in enumerate(n.values) if number != place]
            n.values = kept if len(kept) > 1 else [kept[0], copy.deepcopy(kept[0])]

        return edit

    found += [(f"不看第{n + 1}个条件", drop(n)) for n in range(len(node.values))]
    return found


def _not(node: ast.UnaryOp) -> list[Choice]:
    return [("不取反", _negated("operand"))] if isinstance(node.op, ast.Not) else []


def _conditions(node: ast.If | ast.IfExp | ast.While) -> list[Choice]:
    """Negate a condition, unless turning its only comparison is the same."""
    test = node.test
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return []
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return []
    return [("条件取反", _negated("test"))]


def _negated(field: str) -> Edit:
    return lambda n: setattr(n, field, ast.UnaryOp(ast.Not(), getattr(n, field)))


def _filters(node: ast.comprehension) -> list[Choice]:
    def drop(place: int) -> Edit:
        return lambda n: n.ifs.pop(place)

    return [(f"不看第{n + 1}个筛选条件", drop(n)) for n in range(len(node.ifs))]


def _guard(node: ast.match_case) -> list[Choice]:
    return [("不看条件", lambda n: setattr(n, "guard", None))] if node.guard else []


def _case(node: ast.MatchValue) -> list[Choice]:
    word = node.value
    if not (isinstance(word, ast.Constant) and isinstance(word.value, str)):
        return []
    return [(f"改词“{word.value}”", lambda n: setattr(n.value, "value", f"{word.value}？"))]


def _operator(node: ast.BinOp | ast.AugAssign) -> list[Choice]:
    other = SWAPPED.get(type(node.op))
    return [("改运算符", lambda n: setattr(n, "op", other()))] if other else []


def _returned(node: ast.Return) -> list[Choice]:
    is_nothing = node.value is None or getattr(node.value, "value", "") is None
    return [] if is_nothing else [("返回空", lambda n: setattr(n, "value", ast.Constant(None)))]


def _stated(node: ast.Expr) -> list[Choice]:
    if not isinstance(node.value, ast.Call):
        return []
    return [("不做这一句", lambda n: setattr(n, "value", ast.Constant(None)))]


def _constant(node: ast.Constant) -> list[Choice]:
    value = node.value
    if isinstance(value, bool):
        return [(f"{value} 改成 {not value}", lambda n: setattr(n, "value", not value))]
    if isinstance(value, int):
        return [(f"{value} 改成 {value + 1}", lambda n: setattr(n, "value", value + 1))]
    if isinstance(value, str) and NUMBER.fullmatch(value):
        more = value[:-1] + str((int(value[-1]) + 1) % 10)
        return [(f"“{value}”改成“{more}”", lambda n: setattr(n, "value", more))]
    return []


def _called(node: ast.Call) -> list[Choice]:
    found: list[Choice] = []
    if isinstance(node.func, ast.Name) and node.func.id in NAMES:
        other = NAMES[node.func.id]
        found.append((f"{node.func.id} 改成 {other}", lambda n: setattr(n.func, "id", other)))

    def drop(place: int) -> Edit:
        return lambda n: n.keywords.pop(place)

    found += [
        (f"不写 {keyword.arg}", drop(place))
        for place, keyword in enumerate(node.keywords)
        if keyword.arg not in (None, GUARD)
    ]
    return found


CHOICES: dict[type[ast.AST], Callable[..., list[Choice]]] = {
    ast.Compare: _compared,
    ast.BoolOp: _joined,
    ast.UnaryOp: _not,
    ast.If: _conditions,
    ast.IfExp: _conditions,
    ast.While: _conditions,
    ast.comprehension: _filters,
    ast.match_case: _guard,
    ast.MatchValue: _case,
    ast.Constant: _constant,
    ast.BinOp: _operator,
    ast.AugAssign: _operator,
    ast.Return: _returned,
    ast.Expr: _stated,
    ast.Call: _called,
}
"""Kind of node -> what can be done wrong there."""
