"""The command line's voice: results to standard output, progress to a terminal, exit codes."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

from pipeline.personal import mask

CLEAN, REFUSED, USAGE, ENVIRONMENT, BUG = 0, 1, 2, 3, 4
"""Exit codes: clean (warnings allowed), data refused, usage, environment, bug."""

GREEN, RED, YELLOW, PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[0m"


@dataclass
class Console:
    """Prints. Colour and progress only where a person is watching."""

    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    _started: float = field(default_factory=time.monotonic)

    def say(self, text: str = "", colour: str = "") -> None:
        """Print one line of the result."""
        coloured = f"{colour}{text}{PLAIN}" if colour and self.out.isatty() else text
        print(coloured, file=self.out)

    def complain(self, text: str) -> None:
        """Print one line to standard error; what it repeats of data or arguments is masked."""
        text = mask(text)
        print(f"{RED}{text}{PLAIN}" if self.err.isatty() else text, file=self.err)

    def progress(self, stage: str) -> None:
        """Name the stage that begins, with the seconds since the start; only on a terminal."""
        if self.err.isatty():
            print(
                f"  {time.monotonic() - self._started:5.1f} 秒  {stage}", file=self.err, flush=True
            )
