"""Processes that share the work of one, and end with it: a killed build leaves no lock behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from story import PROJECT

from pipeline import workers

CHILD = """
import os, sys, time
from pipeline import workers
with workers.pool(1) as pool:
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""
LEFT = """
import sys, time
from pipeline import __main__ as command, workers
def run(*_):
    workers.beside(lambda: time.sleep(600))
    return 1
command._run = run
command.program()
"""
STAYS = """
import os, time
from multiprocessing import util
from pipeline import workers
def slow():
    util.Finalize(None, time.sleep, (600,), exitpriority=1)
    return 1
with workers.pool(1) as pool:
    print(pool.submit(slow).result())
with workers.pool(1) as pool:
    job = pool.submit(time.sleep, 0.2)
print(job.done(), flush=True)
workers.stop()
os._exit(0)
"""
NESTED = """
from pipeline import workers
def whole():
    return sum(wait() for wait in [workers.beside(int) for _ in range(3)])
for _ in range(60):
    assert workers.beside(whole)() == 0
print("ended", flush=True)
"""
KILLED = """
import os
from pipeline import __main__ as command, workers
from pipeline.verbs import doctor
def run(*_):
    with workers.pool(1) as pool:
        pool.submit(os.kill, os.getpid(), 0).result()
        pool.submit(os._exit, 1).result()
doctor.run = run
command.program()
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


def test_what_is_made_beside_comes_back():
    """As if it had been made here, in another process."""
    wait = workers.beside(lambda: (os.getpid(), ["南召"]))
    process, told = wait()

    assert told == ["南召"]
    assert (process != os.getpid()) == ((os.cpu_count() or 1) > 1 and workers.CAN_FORK)


def test_nobody_waits_for_a_worker_that_has_nothing_left_to_do():
    """The system takes its memory back meanwhile; but work that goes on is waited for."""
    done = subprocess.run(
        [sys.executable, "-c", STAYS], cwd=PROJECT, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["1", "True"], "")


def test_the_program_waits_for_nobody():
    """It ends with its own verdict, silently, whatever it had begun beside and never asked for."""
    done = subprocess.run(
        [sys.executable, "-c", LEFT],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_workers_of_workers_are_all_told_to_go():
    """One that is not keeps its parent from ending, and that one the program: for ever."""
    done = subprocess.run(
        [sys.executable, "-c", NESTED], cwd=PROJECT, capture_output=True, text=True, timeout=100
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "ended\n", "")


def test_a_worker_that_the_system_stops_is_no_fault_of_the_program():
    """Where memory lacks the system takes a process away; the user is told what he can do."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, "doctor"],
        cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 3
    assert done.stdout == ""
    assert "内存不够" in done.stderr
    assert "程序自己出错" not in done.stderr
