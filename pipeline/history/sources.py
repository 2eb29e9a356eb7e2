"""Where a history is taken from: git, or where there is none the small file beside the ledgers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.history.index import History, from_json
from pipeline.history.walk import walked
from pipeline.ledgers.schemas import Schemas
from pipeline.repository import Repository
from pipeline.store import Store
from pipeline.trouble import EnvironmentTrouble, UsageTrouble

NAME = "history.json"
"""The file beside the data folder that carries the history into copies without git."""


def history_of(data: Path, schemas: Schemas, store: Store) -> History | None:
    """Return the history of a data folder as committed; None if nobody knows any.

    What is not committed is no history. A shallow clone knows less than the file beside the
    ledgers, if there is one.
    """
    try:
        repository = Repository.around(data)
        commit = repository.commit("HEAD") if repository else ""
    except (EnvironmentTrouble, UsageTrouble):
        repository = None
    found = None
    if repository is not None:
        found = history_at(repository, data, commit, schemas, store)
    if found is None or found.source == "shallow":
        return _beside(data) or found
    return found


def history_at(
    repository: Repository, data: Path, commit: str, schemas: Schemas, store: Store
) -> History | None:
    """Return the history of a data folder up to a commit, with what the gates said by then.

    That is taken from the file beside the ledgers as the commit has it.
    """
    place = data.resolve().relative_to(repository.top.resolve())
    found = walked(repository, place.as_posix(), commit, schemas, store)
    written = repository.content(commit, (place.parent / NAME).as_posix())
    told = from_json(written) if written else None
    return replace(found, quality=told.quality) if found and told else found


def _beside(data: Path) -> History | None:
    path = data.resolve().parent / NAME
    try:
        return None if path.is_symlink() else from_json(path.read_bytes())
    except OSError:
        return None
