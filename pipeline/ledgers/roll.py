"""The roll of units: whose folders there may be, as reference/units.csv says.

It is read before anything else is looked for, because the folders of a data set are named by it.
What is wrong with the table is reported when it is read with all the others; here it only means
that the roll is not known, and then no folder is refused for its name.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from pipeline.ledgers.ceilings import MAX_FILE_BYTES
from pipeline.ledgers.reader import read
from pipeline.ledgers.schemas import Schemas
from pipeline.ledgers.shard import Shard

FORM = re.compile(r"(?!city(?![a-z0-9]))[a-z][a-z0-9]{1,31}")
"""How a unit is called in paths and ids: no hyphen, which ends it in an id; `city` is the city."""

LEDGER, COLUMN, ORDER = "units", "unit_id", "sort_no"


def unit_ids(data: Path, schemas: Schemas) -> tuple[str, ...] | None:
    """Return the ids of all units, by `sort_no` as far as it is a number.

    None where the table is missing, or cannot be read to the last id.
    """
    path = data / "reference" / f"{LEDGER}.csv"
    schema = schemas[LEDGER]
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
            return None
        raw = read(Shard(path, path.name, LEDGER, "R"), schema, path.read_bytes())
    except OSError:
        return None
    if raw.is_torn:
        return None
    place, order = schema.names.index(COLUMN), schema.names.index(ORDER)
    found = [(_number(row[order]), row[place]) for row in raw.cells]
    if not all(FORM.fullmatch(unit) for _, unit in found):
        return None
    return tuple(dict.fromkeys(unit for _, unit in sorted(found)))


def _number(cell: str) -> int:
    return int(cell) if re.fullmatch("[0-9]{1,9}", cell) else 0
