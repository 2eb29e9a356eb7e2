"""Files packed into one: at once or one by one, now or from what is kept: the same bytes."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.publication.archive import archive, archive_of
from pipeline.publication.packing import joined, packed
from pipeline.store import Store

files = st.lists(
    st.tuples(st.sampled_from(["表.csv", "a.xlsx", "b.json", "夹/c.csv"]), st.binary(max_size=300)),
    unique_by=lambda one: one[0],
)
FILES = {"data/问题.csv": "漏水,".encode() * 500, "data/a.xlsx": b"PK", "data/schemas/b.json": b""}


@given(files, st.integers(0, 4))
def test_archives_joined_are_their_files_packed(told: list[tuple[str, bytes]], cut: int) -> None:
    """In their order, to the last byte, and any program can open it."""
    made = joined([packed(told[:cut]), packed([]), packed(told[cut:])])

    assert made == packed(told)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.testzip() is None
        assert [(name, opened.read(name)) for name in opened.namelist()] == told


def test_what_was_packed_before_is_not_read_again(tmp_path: Path) -> None:
    """Only a file of another sum is."""
    sums = {path: sha256(content).hexdigest() for path, content in FILES.items()}
    read: list[str] = []

    def reader(path: str) -> bytes:
        read.append(path)
        return FILES[path]

    first = archive_of(sums, reader, Store(tmp_path))
    assert sorted(read) == sorted(FILES)
    assert archive_of(sums, reader, Store(tmp_path)) == first == archive(FILES)
    assert sorted(read) == sorted(FILES)

    archive_of({**sums, "data/a.xlsx": "0" * 64}, reader, Store(tmp_path))
    assert read[len(FILES) :] == ["data/a.xlsx"]


def test_a_file_that_is_not_what_its_sum_says_is_not_kept(tmp_path: Path) -> None:
    """It was taken over unread, and somebody had altered it: the next archive has the good one."""
    sums = {path: sha256(content).hexdigest() for path, content in FILES.items()}
    archive_of(sums, {**FILES, "data/a.xlsx": b"altered"}.__getitem__, Store(tmp_path))

    assert archive_of(sums, FILES.__getitem__, Store(tmp_path)) == archive(FILES)
