"""The command line's voice: results to standard output, progress to a terminal, exit codes.

The only place where text reaches a terminal, so here it is made fit for one: what a terminal would
obey instead of showing (ESC, BEL, controls of writing direction) is spelled out, and what its
encoding lacks is written another way. Nothing said can fail: a reader who has gone away changes
no verdict, and output that was lost is remembered in `lost`.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from typing import TextIO

from pipeline.personal import mask

CLEAN, REFUSED, USAGE, ENVIRONMENT, BUG = 0, 1, 2, 3, 4
"""Exit codes: clean (warnings allowed), data refused, usage, environment, bug."""

GREEN, RED, YELLOW, PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[0m"

_OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Characters a terminal obeys or cannot show; the line break alone is ours."""

_IN_GBK = str.maketrans("✓✗—～", "√×-~")
"""Marks of ours that an older Chinese terminal lacks, and what it has instead."""


def inert(text: str) -> str:
    r"""Spell out what a terminal would obey; in JSON the spelling \u001b means the same."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


@dataclass
class Console:
    """Prints. Colour and progress only where a person is watching, and no NO_COLOR is set."""

    out: TextIO = field(default_factory=lambda: sys.stdout or StringIO())
    err: TextIO = field(default_factory=lambda: sys.stderr or StringIO())
    into: TextIO | None = field(default_factory=lambda: sys.stdin)
    lost: OSError | None = None
    """Why some of the result could not be written; None also where the reader has seen enough."""
    held: list[object] = field(default_factory=list)
    """What a verb made that is as large as a city: to give it back before the end takes time."""
    _gone: set[int] = field(default_factory=set)
    _started: float = field(default_factory=time.monotonic)

    def say(self, text: str = "", colour: str = "") -> None:
        """Print one line of the result."""
        self._write(self.out, text, colour)

    def say_json(self, told: object) -> None:
        """Print an object as JSON, in ASCII where the encoding lacks one of its characters."""
        text = json.dumps(told, ensure_ascii=False, indent=1)
        if not _fits(text, self.out):
            text = json.dumps(told, indent=1)
        self.say(text)

    def complain(self, text: str) -> None:
        """Print one line to standard error; what it repeats of data or arguments is masked."""
        self._write(self.err, mask(text), RED)

    @property
    def is_attended(self) -> bool:
        """Whether somebody sits before it who can be asked."""
        return bool(self.into and self.into.isatty() and self.err.isatty())

    def tell(self, text: str) -> None:
        """Print one line for whoever sits before it, which is no result."""
        self._write(self.err, text)

    def ask(self, question: str) -> str | None:
        """Ask whoever sits before it; returns one line without its ends, None when it is over."""
        self._try(self.err, lambda: self.err.write(_fit(inert(question), self.err)))
        self._flush(self.err)
        try:
            line = self.into.readline() if self.into else ""
        except (OSError, ValueError):  # gone, or bytes that are no text
            return None
        return line.strip() if line else None

    def progress(self, stage: str) -> None:
        """Name the stage that begins, with the seconds since the start; only on a terminal."""
        if self.err.isatty():
            self._write(self.err, f"  {time.monotonic() - self._started:5.1f} 秒  {stage}")
            self._flush(self.err)

    def close(self) -> None:
        """Bring what was said to its reader, as far as there is one."""
        self._flush(self.out)
        self._flush(self.err)

    def _write(self, stream: TextIO, text: str, colour: str = "") -> None:
        line = _fit(inert(text), stream)
        if colour and stream.isatty() and not os.environ.get("NO_COLOR"):
            line = f"{colour}{line}{PLAIN}"
        self._try(stream, lambda: stream.write(f"{line}\n"))

    def _flush(self, stream: TextIO) -> None:
        self._try(stream, stream.flush)

    def _try(self, stream: TextIO, act: Callable[[], object]) -> None:
        """Do something with a stream; once it is gone, nothing more is tried with it."""
        if id(stream) in self._gone:
            return
        try:
            act()
        except (OSError, ValueError) as trouble:
            self._gone.add(id(stream))
            _give_up(stream)
            gone = isinstance(trouble, ValueError) or trouble.errno in (errno.EPIPE, errno.EBADF)
            if stream is self.out and not gone and isinstance(trouble, OSError):
                self.lost = trouble


def _give_up(stream: TextIO) -> None:
    """Let whatever is still held back go nowhere, so that the interpreter does not trip over it."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def _fits(text: str, stream: TextIO) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _fit(text: str, stream: TextIO) -> str:
    """Return a text as the stream can write it: as it is, with other marks, or spelled out."""
    if _fits(text, stream):
        return text
    plain, encoding = text.translate(_IN_GBK), stream.encoding or "utf-8"
    return plain.encode(encoding, "backslashreplace").decode(encoding)
