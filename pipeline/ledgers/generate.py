"""The source of `pipeline/rowtypes/generated.py`: row classes and words, from the schemas.

`python -m pipeline.ledgers.generate` (`make rows`) writes it; a test holds it fresh. Nothing reads
a schema to know a column by name: code that names a column or a word is checked against this.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.files import replace_file
from pipeline.ledgers.schemas import PUBLISHED, Field, Schema, Schemas, load_schemas

TARGET = Path(__file__).resolve().parents[1] / "rowtypes" / "generated.py"

_HEAD = '''\
# ruff: noqa: D102, D105, E501, I001
# fmt: off
"""Row classes and words of every ledger. Made by `make rows` from `schemas/`; not edited by hand.

For each ledger: the words of its columns with a fixed choice (a type and a tuple in the order of
the schema), the names of its columns, and the class of its rows.
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
        parts += ["", *_words(schema), *_columns(schema), "", "", *_row(schema), ""]
    parts += ["", *_class_of_all(schemas, published), "", "", *_ledgers(schemas)]
    parts += ["", "", *_published(published)]
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


def _row(schema: Schema) -> Iterator[str]:
    yield f"class {row_name(schema)}(Row):"
    yield f'    """{schema.title}（{schema.name}）：{schema.description}"""'
    yield ""
    yield "    __slots__ = ()"
    for field in schema.published.fields:
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
    yield ""
    yield from _attributes(schemas)
    yield ""
    yield "    if TYPE_CHECKING:"
    kinds = (
        ("__getitem__", "", "tuple[{}, ...]"),
        ("index", "", "Index[{}]"),
        ("group", "column", "Mapping[Any, list[{}]]"),
    )
    for method, column, result in kinds:
        for schema in schemas.values():
            kind = f", column: {singular(schema.name)}Column" if column else ""
            told = f'self, ledger: Literal["{schema.name}"]{kind}'
            yield "        @overload"
            yield f"        def {method}({told}) -> {result.format(row_name(schema))}: ..."
        told = "self, ledger: str" + (", column: str" if column else "")
        yield "        @overload"
        yield f"        def {method}({told}) -> {result.format('Row')}: ..."
        yield f"        def {method}({told}) -> Any: ..."


def _attributes(schemas: Schemas) -> Iterator[str]:
    for schema in schemas.values():
        yield f"    {schema.name}: tuple[{row_name(schema)}, ...]"
        yield f'    """{schema.title}：{schema.description}"""'


def _published(published: Schemas) -> Iterator[str]:
    yield "class PublishedTables:"
    yield '    """Tables that are computed for those who may not open the rows."""'
    yield ""
    yield from _attributes(published)


def main() -> None:
    """Write the module from the schemas of the project."""
    replace_file(TARGET, source(load_schemas(), load_schemas(PUBLISHED)).encode())


if __name__ == "__main__":
    main()
