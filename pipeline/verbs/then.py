"""The ledgers as a revision had them, laid out aside, so that what was published is built again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.history import History, history_at
from pipeline.ledgers import load_schemas
from pipeline.repository import Repository
from pipeline.store import Store
from pipeline.trouble import UsageTrouble


@dataclass(frozen=True, slots=True)
class Then:
    """A data folder of the past: where it is laid out, its full commit, and the commit's day.

    `folder` is the data folder of today, in `repository`.
    """

    data: Path
    commit: str
    day: date
    repository: Repository
    folder: Path

    def past(self, out: Path) -> History | None:
        """Return the history up to then; what is made of it is kept where the site is built."""
        store = Store(out / "cache")
        return history_at(self.repository, self.folder, self.commit, load_schemas(), store)


@contextmanager
def laid_out(data: Path, revision: str) -> Iterator[Then]:
    """Lay out the data folder as a revision has it, as long as it is needed.

    Raises:
        UsageTrouble: no repository, no such revision, or no such folder in it.
    """
    if not data.is_dir():
        raise UsageTrouble(f"没有 {data} 这个目录；用 --data 写台账所在的目录")
    repository = Repository.around(data)
    if repository is None:
        raise UsageTrouble(f"{data} 不在 git 仓库里，没有从前的版本；去掉 --at 再运行")
    commit = repository.commit(revision)
    place = data.resolve().relative_to(repository.top.resolve())
    if not repository.has_folder(commit, place):
        raise UsageTrouble(f"{revision} 这个版本里没有 {place.as_posix()} 这个目录")
    with tempfile.TemporaryDirectory(prefix="qingyuan-") as aside:
        top = Path(aside) / "then"
        repository.unpack(commit, top, place)
        yield Then(top / place, commit, repository.day(commit), repository, data)
