"""Editions that `campaign.yml` pins to the ledgers they were published from.

    published:
    - {edition: weekly-07, at: v2022-09-01, corrected_on: '2022-09-10', reason: 漏登三件}

Each is made once from the ledgers of that revision, as of its own last day, and kept; whatever is
registered or mended later does not change it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import checks, disclosure
from pipeline.pivots import Pivots
from pipeline.reports import archive, kept
from pipeline.repository import Repository
from pipeline.store import Store, key_of
from pipeline.trouble import UsageTrouble
from pipeline.verbs.then import laid_out


def with_published(
    view: disclosure.View, home: Path, store: Store, progress: Callable[[str], None]
) -> disclosure.View:
    """Return a view with the editions that its campaign pins; `home` is the data under git.

    Raises:
        UsageTrouble: an edition is not due, or its revision cannot be had or is refused.
    """
    pins = {(one["edition"], one["at"]) for one in view.campaign.published}
    if not pins:
        return view
    due, found = archive.due(view), {}
    for edition, revision in sorted(pins):
        if edition not in due:
            raise UsageTrouble(
                f"campaign.yml 的 published 里没有“{edition}”这一期，或还没有到期；"
                "编号用 qingyuan reports --list 看"
            )
        progress(f"照发布时的台账做 {edition}")
        found[archive.pin(edition, revision)] = _made(
            home, edition, revision, due[edition].last, store
        )
    return replace(view, published=found)


def _made(home: Path, edition: str, revision: str, last: date, store: Store) -> str:
    """Return an edition by the ledgers of a revision, which are checked as any others."""
    repository = Repository.around(home)
    if repository is None:
        raise UsageTrouble(
            f"campaign.yml 的 published 把 {edition} 钉在 {revision}，这份副本不在 git 里，"
            "做不出来；在仓库的克隆里运行，或去掉这一项"
        )
    commit = repository.commit(revision)

    def make() -> bytes:
        with laid_out(home, commit) as then:
            report = checks.run(then.data, as_of=last, today=lambda: last, store=store)
            snapshot = report.loaded.snapshot
            if not report.ok or snapshot is None:
                raise UsageTrouble(
                    f"campaign.yml 的 published 里 {edition} 那个版本（{revision}）的台账"
                    "通不过现在的检查，不能公布；换一个版本"
                )
            view = disclosure.view(snapshot, last, report.loaded.digest, pivots=Pivots(store))
            found = archive.due(view)
            if edition not in found:
                raise UsageTrouble(f"{revision} 这个版本的台账里没有 {edition} 这一期；换一个版本")
            return kept.written(found[edition].make()).encode()

    return store.kept(key_of("edition", commit, home.name, edition), make).decode()
