"""What of a site rests on no ledger: made and kept while the ledgers are still being read."""

from __future__ import annotations

from pathlib import Path

from pipeline.publication import shells
from pipeline.publication.templating import Templates
from pipeline.store import Store


def make(project: Path, store: Store) -> None:
    """Have the store keep the frames and the compiled templates.

    Raises:
        EnvironmentTrouble: MkDocs failed; its own words are shown.
    """
    shells.build(project, store)
    Templates(project / "site" / "templates", {}, store).ready("")
