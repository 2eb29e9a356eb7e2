"""The source of `pipeline/rowtypes/generated.py`: row classes and words, from the schemas.

`python -m pipeline.ledgers.generate` (`make rows`) writes it; a test holds it fresh. Nothing reads
a schema to know a column by name: code that names a column or a word is checked against this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.files import replace_file
from pipeline.ledgers.schemas import PUBLISHED, Field, Schema, Schemas, load_schemas

TARGET = Path(__file__).resolve().parents[1] / "rowtypes" / "generated.py"

_HEAD = '''\
# ruff: noqa: D102, D105, E501, I001
# fmt: off
"""Row classes and words of every ledger. Made by `make rows` from `schemas/`; not edited by hand.

For each ledger: the words of its columns with a fixed choice (a type and a tuple in the order of
the schema), the names of its columns, and the class of its rows. Where some columns are for nobody
outside, the class of what may be shown of a row stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, get_args, overload

from pipeline.rowtypes.row import Index, Row
'''
_TYPES = {"string": "str", "date": "date", "integer": "int", "number": "Decimal", "boolean": "bool"}
_INVARIANT = {"works", "reporting_status"}
"""Names that are the same for one row: a water works, a status."""


def source(schemas: Schemas, published: Schemas) -> str:
    """Return the source of the generated module."""
    parts = [_HEAD]
    for schema in (*schemas.values(), *published.values()):
        parts += ["", *_words(schema), *_columns(schema), "", "", *_rows(schema), ""]
    parts += ["", *_class_of_all(schemas, published), "", "", *_ledgers(schemas)]
    parts += ["", "", *_shown_ledgers(schemas, published)]
    return "\n".join(parts) + "\n"


def singular(ledger: str) -> str:
    """Return the name of one row of a ledger: water_tests -> WaterTest, works -> Works."""
    if ledger.endswith("ies"):
        ledger = ledger[:-3] + "y"
    elif ledger.endswith("s") and ledger not in _INVARIANT:
        ledger = ledger[:-1]
    return _camel(ledger)


def row_name(schema: Schema) -> str:
    """Return the name of the row class of a ledger."""
    return f"{singular(schema.name)}Row"


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _choice(field: Field) -> tuple[str, ...]:
    listed = (field.list_of or {}).get("enum", ())
    return field.enum or tuple(map(str, listed))


def _words(schema: Schema) -> Iterator[str]:
    for field in schema.published.fields:
        if choice := _choice(field):
            alias = f"{singular(schema.name)}{_camel(field.name)}"
            yield f"{alias} = Literal[{_quoted(choice)}]"
            yield f'"""{schema.title}·{field.title}：{field.description}"""'
            yield f"{_constant(schema, field)}: tuple[{alias}, ...] = get_args({alias})"


def _constant(schema: Schema, field: Field) -> str:
    """Return the name of the tuple of words: issues.segment -> ISSUES_SEGMENT."""
    return f"{schema.name}_{field.name}".upper()


def _columns(schema: Schema) -> Iterator[str]:
    yield f"{singular(schema.name)}Column = Literal[{_quoted(schema.published.names)}]"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def shown_name(schema: Schema) -> str | None:
    """Return the name of the class of what may be shown of a row; None if it is never shown.

    Where every column may be shown it is the class of the rows.
    """
    if not set(schema.primary_key) <= {field.name for field in schema.fields if _is_shown(field)}:
        return None
    every = all(map(_is_shown, schema.fields)) and schema.published is schema
    return row_name(schema) if every else f"Shown{row_name(schema)}"


def _is_shown(field: Field) -> bool:
    return field.visibility in "PM"


def _rows(schema: Schema) -> Iterator[str]:
    """Yield the class of the rows, after that of what may be shown of them."""
    base, fields, shown = "Row", schema.fields, shown_name(schema)
    if shown not in (None, row_name(schema)):
        own = {field.name for field in fields}
        there = [f for f in schema.published.fields if _is_shown(f) or f.name not in own]
        told = f"{schema.title}（{schema.name}）里可以公开的列：看得到的行是它。"
        yield from _class(f"{shown}(Row)", told, schema, there)
        yield from ("", "")
        if schema.published is schema:  # it has no column that the ledger has not
            base, fields = str(shown), tuple(f for f in fields if not _is_shown(f))
    told = f"{schema.title}（{schema.name}）：{schema.description}"
    yield from _class(f"{row_name(schema)}({base})", told, schema, fields)


def _class(head: str, told: str, schema: Schema, fields: Iterable[Field]) -> Iterator[str]:
    yield f"class {head}:"
    yield f'    """{told}"""'
    yield ""
    yield "    __slots__ = ()"
    yield f'    table = "{schema.name}"'
    for field in fields:
        yield f"    {field.name}: {_type(schema, field)}"
        yield f'    """{field.title}：{field.description}"""'


def _type(schema: Schema, field: Field) -> str:
    plain = _TYPES[field.type]
    if _choice(field):
        plain = f"{singular(schema.name)}{_camel(field.name)}"
    if field.list_of:
        return f"tuple[{plain}, ...]"
    return plain if field.required else f"{plain} | None"


def _class_of_all(schemas: Schemas, published: Schemas) -> Iterator[str]:
    yield "ROW_CLASSES: Mapping[str, type[Row]] = {"
    for schema in (*schemas.values(), *published.values()):
        yield f'    "{schema.name}": {row_name(schema)},'
    yield "}"
    yield '"""The row class of each ledger by its name."""'


def _ledgers(schemas: Schemas) -> Iterator[str]:
    """Yield what holds all ledgers: each an attribute, and each look-up by its literal name."""
    yield "class Ledgers:"
    yield '    """What holds the rows of every ledger; whoever inherits from it says how."""'
    yield from _look_ups([(schema, row_name(schema)) for schema in schemas.values()])


def _shown_ledgers(schemas: Schemas, published: Schemas) -> Iterator[str]:
    """Yield what holds all that may be seen, as `_ledgers` does."""
    yield "class ShownLedgers:"
    yield '    """What holds of each ledger what may be shown, and the tables computed beside."""'
    named = [(schema, shown_name(schema)) for schema in schemas.values()]
    there = [(schema, name) for schema, name in named if name is not None]
    yield from _look_ups(there + [(schema, row_name(schema)) for schema in published.values()])


def _look_ups(rows: Sequence[tuple[Schema, str]]) -> Iterator[str]:
    """Yield attributes and look-ups of ledgers, each with the name of its row class."""
    yield ""
    for schema, row in rows:
        yield f"    {schema.name}: tuple[{row}, ...]"
        yield f'    """{schema.title}：{schema.description}"""'
    yield ""
    yield "    if TYPE_CHECKING:"
    kinds = (
        ("__getitem__", "", "tuple[{}, ...]"),
        ("index", "", "Index[{}]"),
        ("group", "column", "Mapping[Any, list[{}]]"),
    )
    for method, column, result in kinds:
        for schema, row in rows:
            kind = f", column: {singular(schema.name)}Column" if column else ""
            told = f'self, ledger: Literal["{schema.name}"]{kind}'
            yield "        @overload"
            yield f"        def {method}({told}) -> {result.format(row)}: ..."
        told = "self, ledger: str" + (", column: str" if column else "")
        yield "        @overload"
        yield f"        def {method}({told}) -> {result.format('Row')}: ..."
        yield f"        def {method}({told}) -> Any: ..."


def main() -> None:
    """Write the module from the schemas of the project."""
    replace_file(TARGET, source(load_schemas(), load_schemas(PUBLISHED)).encode())


if __name__ == "__main__":
    main()
