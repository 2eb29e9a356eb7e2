"""Writing ledgers: whichever moment is the last, a file is the old one or the new one, whole."""

from __future__ import annotations

import errno
import itertools
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT, qingyuan

from pipeline import __main__ as command
from pipeline.files import PART, replace_file
from pipeline.trouble import advice
from pipeline.verbs import fmt

SMALL = 8
"""Bytes a process may still write in a file: less than any ledger holds."""


def held(root: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder, by address."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def turned_round(data: Path, *without: str) -> Path:
    """Copy the story without some units, the rows of the others turned round."""
    shutil.copytree(EXAMPLE, data, ignore=shutil.ignore_patterns(*without))
    for path in sorted(data.glob("units/*/*.csv")):
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8", newline="\n")
    return data


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    """One unit of the story, out of order."""
    return turned_round(tmp_path / "data", "wolong", "yahe")


WRITING: dict[str, Callable[[Path], tuple[str | Path, ...]]] = {
    "fmt": lambda data: ("fmt", "--data", data),
    "demo": lambda data: ("demo", "--seed", "7", "--data", data, "--out", data),
    "new-unit": lambda data: ("new-unit", "yahe", "--data", data),
    "init": lambda data: (
        "init",
        data.parent / "mine",
        "--city",
        "某市",
        "--code",
        "4115",
        "--area-code",
        "0376",
        "--organiser",
        "某市水利局",
        "--site-url",
        "https://slj.gov.cn/",
        "--unit",
        "one=甲县:411521",
    ),
}
"""Verbs that write ledgers, each over the same folder of data."""

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.chmod", "os.link", "os.truncate"}
"""What Python tells an audit hook before it changes the file system; an open comes on top."""


def killed(last: int, below: Path, arguments: tuple[str | Path, ...]) -> int:
    """Run a verb that kills itself as it is about to make its n-th change below a folder."""
    child = os.fork()
    if child == 0:
        count = itertools.count(1)

        def seen(event: str, told: tuple[object, ...]) -> None:
            opens = event == "open" and isinstance(told[2], int) and told[2] & os.O_ACCMODE
            is_change = (opens or event in CHANGES) and str(told[0]).startswith(str(below))
            if is_change and next(count) == last:
                os.kill(os.getpid(), signal.SIGKILL)

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.addaudithook(seen)
        os._exit(command.main([str(one) for one in arguments]))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def numbers(verb: str) -> list[int]:
    """Return at which changes to kill: each of the first two files, then ever more rarely."""
    return [*range(1, 10), 14, 29, 50] if verb == "fmt" else [2, 3, 4, 7, 40]


@pytest.mark.parametrize("verb", WRITING)
def test_a_kill_at_any_write_leaves_every_ledger_whole(untidy, tmp_path, verb):
    """SIGKILL at one change after another: the old file or the new one, and the rest is swept."""
    before = held(untidy)
    assert killed(0, tmp_path, WRITING[verb](untidy)) == 0
    whole = held(untidy)
    after = whole | held(tmp_path)
    for number in numbers(verb):
        shutil.rmtree(untidy)
        shutil.rmtree(tmp_path / "mine", ignore_errors=True)
        for name, content in before.items():
            (untidy / name).parent.mkdir(parents=True, exist_ok=True)
            (untidy / name).write_bytes(content)
        ended = killed(number, tmp_path, WRITING[verb](untidy))
        now = {n: c for n, c in held(untidy).items() if not n.endswith(PART)}

        assert ended in (-signal.SIGKILL, 0), ended
        assert all(content in (before.get(name), after.get(name)) for name, content in now.items())
        assert verb == "demo" or before.keys() <= now.keys()
        for name, content in held(tmp_path / "mine").items():
            assert name.endswith(PART) or content == after[f"mine/{name}"]
    if verb != "init":  # it asks for a folder that is empty
        assert qingyuan(*WRITING[verb](untidy)).returncode == 0
        assert held(untidy) == {
            n: c for n, c in after.items() if not n.startswith(("mine", "data"))
        }


@pytest.mark.parametrize("verb", WRITING)
def test_a_full_disk_leaves_every_ledger_whole_and_says_what_to_do(untidy, verb):
    """No room for a single ledger: exit 3 in Chinese, nothing said to be done, nothing changed."""
    before = held(untidy)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, WRITING[verb](untidy))],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL)),
    )

    assert done.returncode == 3, done.stderr
    assert "文件大小受了限制" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "已整理" not in done.stdout
    assert "✓" not in done.stdout
    assert held(untidy) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
@pytest.mark.parametrize("verb", ["fmt", "build", "check"])
def test_a_disk_that_is_full_or_read_only_is_the_machines_fault(tmp_path, verb):
    """A real small disk: what must be written says so (exit 3); a check still gives its verdict."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["/usr/bin/mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this machine does not let a test mount a disk")
    arguments = ("--out", disk / "build") if verb == "build" else ()
    try:
        before = held(turned_round(disk / "data"))
        (disk / "filler").write_bytes(b"x" * shutil.disk_usage(disk).free)
        full = qingyuan(verb, "--data", disk / "data", *arguments)
        subprocess.run(["/usr/bin/mount", "-o", "remount,ro", str(disk)], check=True)
        frozen = qingyuan(verb, "--data", disk / "data", *arguments)

        assert held(disk / "data") == before
    finally:
        subprocess.run(["/usr/bin/umount", str(disk)], check=True)

    for done, word in ((full, "磁盘满了"), (frozen, "只读")):
        assert "Traceback" not in done.stderr + done.stdout
        assert done.returncode == (0 if verb == "check" else 3), done.stderr
        if verb != "check":
            assert word in done.stderr


def test_a_check_that_can_keep_nothing_still_gives_its_verdict(tmp_path):
    """A cache that cannot be written is a note, never another verdict."""
    tree = tmp_path / "project"
    tree.mkdir()
    (tree / "build").write_text("not a folder")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "check", "--data", str(EXAMPLE)],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("✓ 通过")
    assert "不受影响" in done.stderr


def test_a_file_keeps_its_mode(tmp_path):
    """What others may read they may still read, and no more."""
    path = tmp_path / "a.csv"
    path.write_text("x")
    path.chmod(0o640)
    replace_file(path, b"y")

    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_nothing_is_written_behind_a_link(tmp_path):
    """The file a link leads to stays as it is, and so does the link."""
    (tmp_path / "there").write_text("x")
    (tmp_path / "a.csv").symlink_to("there")

    with pytest.raises(OSError, match=r"a\.csv") as refused:
        replace_file(tmp_path / "a.csv", b"y")

    assert "链接" in advice(refused.value)
    assert (tmp_path / "there").read_text() == "x"
    assert (tmp_path / "a.csv").is_symlink()


def test_no_ledger_is_written_into_a_folder_behind_a_link(untidy, tmp_path):
    """A unit's folder that is a link is none; exit 3, and nothing appears behind it."""
    (tmp_path / "there").mkdir()
    (untidy / "units" / "yahe").symlink_to(tmp_path / "there")
    done = qingyuan("new-unit", "yahe", "--data", untidy)

    assert done.returncode == 3
    assert "链接" in done.stderr
    assert list((tmp_path / "there").iterdir()) == []


def test_what_a_killed_writer_left_is_swept_and_a_living_ones_is_not(tmp_path):
    """A part names its process."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name in (f".a.csv.{gone.pid}.x{PART}", f".a.csv.{os.getpid()}.x{PART}", f".mine{PART}"):
        (tmp_path / name).write_text("")
    replace_file(tmp_path / "b.csv", b"y")

    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"b.csv", f".a.csv.{os.getpid()}.x{PART}", f".mine{PART}"}


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_whatever_a_machine_refuses_is_said_in_chinese(number):
    """No English of the system's own, and the file is named."""
    said = advice(OSError(number, os.strerror(number), "data/x.csv"))

    assert os.strerror(number) not in said
    assert said.endswith("（data/x.csv）")


def test_a_ledger_that_changes_while_it_is_put_in_order_is_left_alone(untidy, monkeypatch, capsys):
    """What somebody saved a moment ago is never overwritten with what was read before."""
    path = untidy / "units" / "nanzhao" / "works.csv"
    load = fmt.load

    def late(data: Path):
        loaded = load(data)
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return loaded

    monkeypatch.setattr(fmt, "load", late)
    saved = path.read_text(encoding="utf-8") + "\n"

    assert command.main(["fmt", "--data", str(untidy)]) == 1
    assert path.read_text(encoding="utf-8") == saved
    assert "刚才有人改动" in capsys.readouterr().out
