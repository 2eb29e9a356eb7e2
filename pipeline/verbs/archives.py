"""Frozen periods that campaign.yml lists: each computed once, from the ledgers it is pinned to.

`archives: [2022-08-25, 2022-09-16@v1]`: as of a day from today's ledgers, or from those of a
revision, which no later correction changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from pipeline import checks, disclosure, workers
from pipeline.disclosure.frozen import Frozen, from_json, frozen, shown
from pipeline.ledgers import Loaded
from pipeline.repository import Repository
from pipeline.store import Store, key_of
from pipeline.trouble import UsageTrouble
from pipeline.verbs.then import laid_out


def begin(
    loaded: Loaded, as_of_on: date, home: Path, store: Store, progress: Callable[[str], None]
) -> Callable[[disclosure.View], disclosure.View]:
    """Begin to compute the archives of a campaign, those of today's ledgers on another core.

    `home` is the folder that is built from where it is under git. Returns what waits for them and
    returns a view with them.

    Raises:
        UsageTrouble: an archive is of a day still to come, or its revision cannot be had.
    """
    snapshot = loaded.snapshot
    named = [one.partition("@") for one in snapshot.campaign.archives] if snapshot else []
    days = {text: date.fromisoformat(text) for text, _, _ in named}
    for text, day in days.items():
        if day > as_of_on:
            raise UsageTrouble(f"campaign.yml 的 archives 里 {text} 还没有到，到了再写")
    keys = {
        text: key_of("archive", loaded.digest, text) for text, _, revision in named if not revision
    }

    def own() -> dict[str, bytes]:
        return {
            text: store.kept(key, partial(_own, loaded, days[text])) for text, key in keys.items()
        }

    wait = workers.beside(own) if keys else dict

    def done(view: disclosure.View) -> disclosure.View:
        found: dict[str, Frozen] = {}
        computed = wait()
        for text, _, revision in named:
            progress(f"存档 {text}")
            made = (
                _pinned(home, revision, days[text], store)
                if revision
                else from_json(computed[text])
            )
            found[text] = shown(made, view.tables)
        return replace(view, archives=found) if found else view

    return done


def _own(loaded: Loaded, day: date) -> bytes:
    """Return a day of the past by the ledgers that are built from."""
    assert loaded.snapshot is not None  # noqa: S101 - it names the archives
    return frozen(loaded.snapshot, day, loaded.digest).json


def _pinned(home: Path, revision: str, day: date, store: Store) -> Frozen:
    """Return a day of the past by the ledgers of a revision, which are checked as any others.

    Raises:
        UsageTrouble: there is no git, no such revision, or its ledgers are refused.
    """
    repository = Repository.around(home)
    if repository is None:
        raise UsageTrouble(
            f"campaign.yml 的 archives 写了 {day}@{revision}，这份副本不在 git 里，做不出来；"
            "在仓库的克隆里建站，或去掉 @ 和后面的版本"
        )
    commit = repository.commit(revision)

    def make() -> bytes:
        with laid_out(home, commit) as then:
            report = checks.run(then.data, as_of=day, today=lambda: day, store=store)
            loaded = report.loaded
            if not report.ok or loaded.snapshot is None:
                raise UsageTrouble(
                    f"campaign.yml 的 archives 里 {day}@{revision} 的台账通不过现在的检查，"
                    "不能公布；换一个版本"
                )
            return frozen(loaded.snapshot, day, loaded.digest, commit[:12]).json

    return from_json(store.kept(key_of("archive", commit, home.name, day.isoformat()), make))
