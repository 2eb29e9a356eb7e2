"""Evidence: the digest of a file, whether it is the one cited, and how many rows cite any."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from hashlib import sha256
from random import Random

import pytest

from pipeline import __main__ as command
from pipeline import evidence
from pipeline.evidence.digests import CHUNK
from pipeline.ledgers import load
from pipeline.personal import mask
from pipeline.trouble import UsageTrouble
from tests.story import EXAMPLE

STRUCK = "销号"


def test_the_digest_is_the_one_that_sha256sum_prints(tmp_path):
    """Of a file longer than one piece too; nobody needs this program to check it."""
    file = tmp_path / "现场.jpg"
    file.write_bytes(os.urandom(CHUNK + 17))
    told = subprocess.run(["sha256sum", file], capture_output=True, text=True, check=True).stdout

    found = evidence.measure(file)

    assert found.digest == told.split()[0]
    assert found.size == CHUNK + 17
    assert len(evidence.reference(found.digest)) <= 100


@pytest.mark.parametrize("kind", ["missing", "folder", "link", "pipe", "empty", "bad name"])
def test_what_is_no_file_is_refused_in_chinese(tmp_path, kind):
    """Nothing hangs, nothing is followed."""
    path = tmp_path / "x"
    match kind:
        case "folder":
            path.mkdir()
        case "link":
            (tmp_path / "y").write_text("y")
            path.symlink_to(tmp_path / "y")
        case "pipe":
            os.mkfifo(path)
        case "empty":
            path.touch()
        case "bad name":
            path = tmp_path / "a\0b"

    with pytest.raises(UsageTrouble, match=r"[读目链管空]"):
        evidence.measure(path)


def test_a_digest_is_never_taken_for_a_number_of_a_person():
    """What the verb prints passes the gate of personal data."""
    dice = Random(7)
    for _ in range(20_000):
        said = evidence.reference(dice.randbytes(32).hex())
        assert mask(said) == said


@pytest.mark.parametrize(
    ("cell", "is_cited"),
    [
        ("sha256:" + "a1" * 32, True),
        ("档2022-0815 sha256:" + "a1" * 32, True),
        ("a1" * 32, True),
        ("sha256:" + "a1" * 31, False),
        ("sha256:" + "a1" * 33, False),
        ("档2022-0815", False),
        (None, False),
    ],
)
def test_what_cites_a_file(cell, is_cited):
    """A whole digest, alone or after an archive number; nothing that is cut off."""
    assert (evidence.cited_digest(cell) == "a1" * 32) is is_cited


def test_a_file_is_proved_to_be_the_one_cited(tmp_path, capsys):
    """By the row's id or by its words: the rows are named; another file is refused."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    photo, other = tmp_path / "a.jpg", tmp_path / "b.jpg"
    photo.write_bytes(b"photo")
    other.write_bytes(b"other")
    event = next(
        e
        for e in load(data).snapshot.issue_events
        if e.event == STRUCK and (e.evidence_ref or "").startswith("sha256:")
    )
    path = event.shard.path
    written = path.read_text(encoding="utf-8")
    said = evidence.reference(sha256(b"photo").hexdigest())
    path.write_text(written.replace(event.evidence_ref, said), encoding="utf-8")

    def verify(ref: str, file: object) -> int:
        return command.main(["verify-evidence", ref, str(file), "--data", str(data)])

    assert verify(event.event_id, photo) == 0
    assert event.event_id in capsys.readouterr().out
    assert verify(said, photo) == 0
    assert verify(event.event_id, other) == 1
    assert "不是同一个文件" in capsys.readouterr().out
    assert verify("nanzhao-nobody", photo) == 2


def test_every_kind_of_every_unit_is_counted():
    """What cites is part of what must; the sums are those of the rows."""
    snapshot = load(EXAMPLE).snapshot.as_of(date(2022, 9, 16))
    found = evidence.coverage(snapshot, [u.unit_id for u in snapshot.units])

    assert len(found) == len(snapshot.units) * len(evidence.KINDS)
    assert all(0 <= one.given <= one.due for one in found)
    assert sum(c.due for c in found) == len(list(evidence.needing(snapshot)))


@pytest.mark.parametrize("name", ["现场.JPG", "issues.pdf", "a.b.mp4"])
def test_a_photograph_in_the_ledgers_is_refused(tmp_path, capsys, name):
    """It never enters the repository; the clerk hears what to write instead."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    (data / "units" / "nanzhao" / name).write_bytes(b"\xff\xd8\xff")

    assert command.main(["check", str(data / "units"), "--data", str(data), "--no-cache"]) == 1
    assert "qingyuan evidence" in capsys.readouterr().out
