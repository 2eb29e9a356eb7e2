"""A clerk at a terminal: a verb on a pty, answered question by question."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
from collections.abc import Sequence

from story import PROJECT

KEYS = {"Ctrl-C": b"\x03", "Ctrl-D": b"\x04", "up": b"\x1b[A\n", "no text": b"\xff\xfe\n"}
PATIENCE = 60
"""Seconds without a word after which whoever waits gives up."""


def played(words: Sequence[str], answers: Sequence[str | bytes]) -> tuple[int, str]:
    """Run a verb on a terminal and answer each of its questions; returns its code and its words.

    A question ends with a colon and no line break. Bytes are keys as they are; text is a line.
    """
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(PROJECT)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background inherits it ignored
        os.execv(sys.executable, [sys.executable, "-m", "pipeline", *words])  # noqa: S606 - ours
    said, left = b"", list(answers)
    while select.select([terminal], [], [], PATIENCE)[0]:
        try:
            got = os.read(terminal, 4096)
        except OSError:
            got = b""
        if not got:
            break
        said += got
        if said.endswith("：".encode()) and left:
            answer = left.pop(0)
            os.write(terminal, answer if isinstance(answer, bytes) else f"{answer}\n".encode())
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    assert not left, f"never asked for {left}: {said.decode(errors='replace')}"
    return os.waitstatus_to_exitcode(status), said.decode(errors="replace")
