"""The only door to Typst: a template and plain data become a PDF, the same bytes every time.

Data is handed over as JSON and never as markup: a cell that looks like markup is printed as it is.
Every paper is tagged (PDF/UA-1) and made to last (PDF/A-2a); a glyph that no font has stops it.

Typst sets with threads of its own. A process that is forked after they began does not have them
and would wait for them for ever: who forks to set papers asks `has_begun` first.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.papers.fonts import Fonts

TEMPLATES = Path(__file__).resolve().parents[2] / "site" / "print"

_MISSING = re.compile('the text `?"(.+?)"`? could not be displayed')
_SPELLED = re.compile(r"\\u\{([0-9a-f]+)\}")


_begun: list[int] = []
"""The process in which Typst's threads began, if they did."""


def has_begun() -> bool:
    """Whether Typst's threads began in this process, or in one that it was forked from."""
    return bool(_begun)


@dataclass(frozen=True)
class Unprintable(Exception):
    """A character of the data that no font of the job can show."""

    text: str

    def __str__(self) -> str:
        """Say which."""
        return f"字体里没有“{self.text}”"


class Typesetter:
    """Sets papers of one template; fonts are read once."""

    def __init__(self, template: str, fonts: Fonts, root: Path = TEMPLATES) -> None:
        """Take the name of a template in `site/print`, without its ending."""
        import typst

        self._error = typst.TypstError
        self._families = json.dumps(fonts.families)
        self._compiler = typst.Compiler(
            str(root / f"{template}.typ"), root=str(root), font_paths=fonts.read
        )

    def pdf(self, data: Mapping[str, Any]) -> bytes:
        """Return a paper.

        Raises:
            Unprintable: a character that no font has.
            RuntimeError: the template is wrong, or this process was forked after Typst's threads
                began; nothing in the data can cause this.
        """
        return self._set(data, format="pdf", pdf_standards=["ua-1", "a-2a"])

    def png(self, data: Mapping[str, Any], dots: int) -> bytes:
        """Return a paper of one page as a picture of so many dots an inch; raises as `pdf`."""
        return self._set(data, format="png", ppi=dots)

    def _set(self, data: Mapping[str, Any], **how: Any) -> bytes:
        inputs = {
            "data": json.dumps(data, ensure_ascii=False),
            "fonts": self._families,
        }
        if _begun and _begun[0] != os.getpid():
            raise RuntimeError("forked after the threads of Typst began: this would never end")
        _begun[:] = [os.getpid()]
        try:
            made = self._compiler.compile(sys_inputs=inputs, **how)
        except self._error as error:
            if lost := _MISSING.search(str(error)):
                text = _SPELLED.sub(lambda found: chr(int(found[1], 16)), lost[1])
                raise Unprintable(text) from None
            raise RuntimeError(f"{error}") from error
        assert isinstance(made, bytes)  # noqa: S101 - one file is asked for
        return made
