"""The source of `queried.py`: every query as an attribute, from the functions that answer them.

`python -m pipeline.assessment.evidence.generate` (`make rows`) writes it; a test holds it fresh.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.assessment.evidence import QUERIES, Query
from pipeline.files import replace_file

TARGET = Path(__file__).resolve().parent / "queried.py"
ROOM = "pipeline.assessment.evidence"

_HEAD = '''\
# ruff: noqa: E501
# fmt: off
"""The evidence that clauses may count. Made by `make rows` from the queries; not edited by hand."""

from __future__ import annotations

from pipeline.assessment.evidence.counted import Counted


class Queried:
    """What a clause is given: each query is an attribute, whoever answers it."""
'''


def source(queries: Iterable[Query]) -> str:
    """Return the source of the generated module; queries of this room only, by their names."""
    own = [one for one in queries if one.find.__module__.startswith(ROOM)]
    lines = [_HEAD]
    for one in sorted(own, key=lambda one: one.name):
        lines += [
            f"    {one.name}: Counted",
            f'    """{one.word}（{one.measure}）：{_said(one)}"""',
        ]
    return "\n".join(lines) + "\n"


def _said(one: Query) -> str:
    return " ".join(one.text.split())


def main() -> None:
    """Write the module from the queries of this room."""
    replace_file(TARGET, source(QUERIES.values()).encode())


if __name__ == "__main__":
    main()
