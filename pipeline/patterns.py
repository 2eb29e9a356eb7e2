"""Regular expressions that are compiled when they are first asked: a run asks few of the many."""

from __future__ import annotations

import re
from typing import Any, cast


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled on first use; for those that take long to compile."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Stands for the pattern; what was asked of it once is its own from then on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith(
            "__"
        ):  # how to copy or pickle it is asked of the class, not of a pattern
            raise AttributeError(name)
        asked = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, asked)
        return asked
