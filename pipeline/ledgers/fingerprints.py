"""Which part of the input a thing rests on, as digests: so that only what changed is made again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from pipeline.ledgers.schemas import Schemas
from pipeline.ledgers.shard import RawShard


def parts_of(raws: Iterable[RawShard], campaign: Path, schemas: Schemas) -> Mapping[str, str]:
    """Return digests of parts of the input by name.

    "unit/<id>" covers what stands in the folders of one unit, and "shared" what every unit rests
    on: reference, the city's own ledgers, campaign and schemas. "ledger/<name>" covers one ledger
    with all ledgers its rows refer to, because they may decide what of it is shown.
    """
    shared = sha256(repr([dict(s.descriptor) for s in schemas.values()]).encode())
    shared.update(campaign.read_bytes() if campaign.is_file() else b"")
    head = shared.digest()
    of_unit: dict[str, list[str]] = defaultdict(list)
    of_ledger: dict[str, list[str]] = defaultdict(list)
    for raw in sorted(raws, key=lambda r: r.shard.name):
        line = f"{raw.shard.name} {raw.digest}\n"
        of_ledger[raw.shard.ledger].append(line)
        if raw.shard.unit is None:
            shared.update(line.encode())
        else:
            of_unit[raw.shard.unit].append(line)
    found = {f"unit/{unit}": _digest(lines) for unit, lines in of_unit.items()}
    found["shared"] = shared.hexdigest()
    for name in schemas:
        lines = [line for one in sorted(_reached(name, schemas)) for line in of_ledger[one]]
        found[f"ledger/{name}"] = sha256(head + "".join(lines).encode()).hexdigest()
    return found


def _digest(lines: Iterable[str]) -> str:
    return sha256("".join(lines).encode()).hexdigest()


def _reached(name: str, schemas: Schemas) -> set[str]:
    """Return a ledger and every ledger that its foreign keys lead to, directly or not."""
    found, todo = set(), [name]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += [key.ledger or one for key in schemas[one].foreign_keys]
    return found
