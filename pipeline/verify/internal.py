"""Papers for the office, told by what they say of themselves: none may lie in a site."""

from __future__ import annotations

import re

from pipeline.terms import INTERNAL_MARK

_SAID = re.compile(rb"<pdf:Keywords>[^<]*" + INTERNAL_MARK.encode())


def is_internal(pdf: bytes) -> bool:
    """Whether a paper names itself internal in its metadata, which are never compressed."""
    return _SAID.search(pdf) is not None
