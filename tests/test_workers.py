"""Workers end with their parent: a killed build leaves no lock behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

CHILD = """
import os, sys, time
from pipeline import workers
with workers.pool(1) as pool:
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""
LOOKS = 100


def test_a_worker_leaves_when_its_parent_is_killed():
    """Even where the parent had no chance to say so."""
    parent = subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(LOOKS):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        with open(f"/proc/{worker}/stat", encoding="ascii") as stat:
            if stat.read().rpartition(")")[2].split()[0] == "Z":  # ended, waits to be reaped
                return
        time.sleep(0.1)
    raise AssertionError("the worker outlived its parent")
