"""The kinds of pages, each declared on the function that makes it, by what the pages show."""

from __future__ import annotations

from pipeline.publication.kinds import Kinds
from pipeline.publication.pages import (
    archive,
    campaign,
    data,
    documents,
    groups,
    home,
    hotlines,
    issues,
    places,
    reports,
    risks,
    scores,
    screening,
    updates,
    visits,
    water,
    works,
)

KINDS = Kinds.of(
    home,
    places,
    works,
    issues,
    screening,
    scores,
    groups,
    visits,
    water,
    hotlines,
    reports,
    risks,
    campaign,
    documents,
    updates,
    archive,
    data,
)
"""Every kind of page that the site has; a new module is named here once."""
