"""Releases: whole or not at all, whatever happens on the way."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pipeline import release, verify
from pipeline.release import Target
from pipeline.trouble import EnvironmentTrouble

PAGE = (
    '<!doctype html><html lang="zh-CN"><head><title>{0}</title>'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    '<meta name="data-date" content="2022-09-16"><meta name="page-digest" content="{0}">'
    "</head><body><h1>{0}</h1><p>文</p></body></html>"
)
FACTS = {"as_of": "2022-09-16", "input": "x"}
STAGES = ("腾出地方", "填", "核验", "写清单", "换上新站")


def site(*words: str):
    """Return a fill that writes one page a word, the first as the home page."""

    def fill(target: Target) -> None:
        for number, word in enumerate(words):
            path = f"v/{number}.html" if number else "index.html"
            target.write(path, PAGE.format(word).encode())

    return fill


def publish(build: Path, *words: str, **more):
    """Publish a small site."""
    return release.publish(build, site(*words), facts=FACTS, **more)


def standing(build: Path) -> dict[str, bytes]:
    """Return the content of the site in force."""
    root = build / "public"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_site_is_put_in_force_with_its_manifest(tmp_path):
    """After publishing, the link leads to a verified site."""
    published = publish(tmp_path, "甲", "乙")

    assert published.pages == 2
    assert verify.verify_site(tmp_path / "public", full=True) == []


def test_the_same_input_gives_the_same_release(tmp_path):
    """Publishing again changes neither name nor bytes."""
    first = publish(tmp_path, "甲", "乙")
    before = standing(tmp_path)
    second = publish(tmp_path, "甲", "乙")

    assert first.name == second.name
    assert standing(tmp_path) == before


def test_unchanged_files_are_the_same_file(tmp_path):
    """What did not change is a hard link to the release before."""
    publish(tmp_path, "甲", "乙")
    before = (tmp_path / "public" / "v" / "1.html").stat().st_ino
    publish(tmp_path, "丙", "乙")

    assert (tmp_path / "public" / "v" / "1.html").stat().st_ino == before
    assert "丙" in (tmp_path / "public" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["../x.html", "/x.html", "a/../../x", "a\\b.html", ""])
def test_no_file_leaves_the_site(tmp_path, path):
    """An address outside the root is a bug, not a file."""
    with pytest.raises(ValueError, match="outside"):
        Target(tmp_path).write(path, b"x")


@pytest.mark.parametrize(("one", "other"), [("v/A.html", "v/a.html"), ("é.html", "e\u0301.html")])
def test_addresses_that_only_look_different_are_refused(tmp_path, one, other):
    """Two files that one file system would take for one never both pass."""
    target = Target(tmp_path)
    target.write(one, b"x")

    with pytest.raises(ValueError, match="collide"):
        target.write(other, b"y")


def test_a_site_with_troubles_never_stands(tmp_path):
    """Verification that fails leaves the site in force alone."""
    publish(tmp_path, "甲")
    before = standing(tmp_path)

    def broken(target: Target) -> None:
        page = PAGE.format("乙").replace("<p>文</p>", '<p><a href="no.html">断</a></p>')
        target.write("index.html", page.encode())

    with pytest.raises(release.Refused) as refusal:
        release.publish(tmp_path, broken, facts=FACTS)

    assert refusal.value.troubles
    assert standing(tmp_path) == before


def test_a_bug_in_the_making_never_stands(tmp_path):
    """Any exception on the way leaves the site in force alone."""
    publish(tmp_path, "甲")
    before = standing(tmp_path)

    def bug(target: Target) -> None:
        target.write("index.html", b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        release.publish(tmp_path, bug, facts=FACTS)

    assert standing(tmp_path) == before


WRITES = ("write_bytes", "write_text", "rename", "replace", "link", "symlink_to", "mkdir")


def _failing(monkeypatch: pytest.MonkeyPatch, nth: int) -> list[int]:
    """Let the nth operation that writes fail as on a full disk; returns the counter."""
    count = [0]

    def guard(original):
        def act(*args, **kwargs):
            count[0] += 1
            if count[0] == nth:
                raise OSError(errno.ENOSPC, "No space left on device")
            return original(*args, **kwargs)

        return act

    for name in WRITES:
        for owner in (Path, os):
            if hasattr(owner, name):
                monkeypatch.setattr(owner, name, guard(getattr(owner, name)))
    return count


def test_a_full_disk_at_any_write_leaves_the_site_standing(tmp_path, monkeypatch):
    """The N-th write fails, for every N, until none is left to fail."""
    publish(tmp_path, "甲", "乙")
    before = standing(tmp_path)
    failed, words = 0, set()
    for nth in range(1, 60):
        with monkeypatch.context() as patch:
            count = _failing(patch, nth)
            try:
                publish(tmp_path, "丙", "丁")
            except EnvironmentTrouble as trouble:
                failed += 1
                words.add(str(trouble)[:9])
            reached = count[0]
        if reached < nth:
            break
        assert standing(tmp_path) == before or "丙".encode() in standing(tmp_path)["index.html"]
        assert verify.verify_site(tmp_path / "public", full=True) == []

    assert failed > 4
    assert words == {"没有建成：磁盘满了"}
    assert "丙".encode() in standing(tmp_path)["index.html"]


DRIVER = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    sys.path[:0] = [sys.argv[3], sys.argv[4]]
    from test_release import publish, site
    from pipeline import release
    import test_release
    stage = sys.argv[2]
    def die(said):
        if said == stage:
            os.kill(os.getpid(), signal.SIGKILL)
    def fill(target):
        site("丙")(target)
        die("填")
    release.publish(Path(sys.argv[1]), fill, facts=test_release.FACTS, report=die)
    """
)


@pytest.mark.parametrize("stage", STAGES)
def test_a_kill_at_any_stage_leaves_the_site_standing(tmp_path, stage):
    """SIGKILL: no handler runs, and still the site in force is whole; the next build succeeds."""
    publish(tmp_path, "甲", "乙")
    before = standing(tmp_path)
    here = Path(__file__).resolve().parent
    killed = subprocess.run(
        [sys.executable, "-c", DRIVER, str(tmp_path), stage, str(here), str(here.parent)],
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    assert standing(tmp_path) == before
    publish(tmp_path, "丙")
    assert "丙".encode() in standing(tmp_path)["index.html"]


def test_a_second_build_at_once_is_told_to_wait(tmp_path):
    """One lock; who comes second is refused in Chinese, and nothing is touched."""
    publish(tmp_path, "甲")
    before = standing(tmp_path)
    with (tmp_path / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        with pytest.raises(EnvironmentTrouble, match="另一个构建正在进行"):
            publish(tmp_path, "乙")

    assert standing(tmp_path) == before


def test_rollback_puts_the_last_good_site_back(tmp_path):
    """One command, and the release before is in force again."""
    publish(tmp_path, "甲")
    before = standing(tmp_path)
    publish(tmp_path, "乙")
    release.rollback(tmp_path)

    assert standing(tmp_path) == before


def test_there_is_nothing_to_roll_back_to_at_first(tmp_path):
    """The first release has none before it."""
    publish(tmp_path, "甲")

    with pytest.raises(EnvironmentTrouble, match="没有更早的"):
        release.rollback(tmp_path)


def test_without_any_build_rollback_says_what_to_do(tmp_path):
    """And makes no folder."""
    with pytest.raises(EnvironmentTrouble, match="make site"):
        release.rollback(tmp_path / "build")

    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("how", ["append", "replace", "remove", "add"])
def test_building_again_mends_a_release_that_somebody_changed(tmp_path, how):
    """Whatever was done to its files, the site in force is again what was built."""
    publish(tmp_path, "一", "二")
    whole = standing(tmp_path)
    page = tmp_path / "public" / "v" / "1.html"
    match how:
        case "append":
            with page.open("a") as file:
                file.write("x")
        case "replace":
            page.unlink()
            page.write_text("x")
        case "remove":
            page.unlink()
        case "add":
            page.with_name("9.html").write_text("x")

    publish(tmp_path, "一", "二")

    assert standing(tmp_path) == whole


def test_only_two_releases_are_kept(tmp_path):
    """The one in force and the last good one."""
    for word in "甲乙丙丁":
        publish(tmp_path, word)

    kept = [p for p in (tmp_path / "releases").iterdir() if not p.name.startswith(".")]
    assert len(kept) == release.KEPT


def test_an_unchanged_page_is_looked_at_again_when_its_goal_is_gone(tmp_path):
    """Trust in what did not change never hides a link that died."""
    linked = PAGE.format("甲").replace("<p>文</p>", '<p><a href="v/1.html">乙</a></p>').encode()

    def both(target: Target) -> None:
        target.write("index.html", linked)
        target.write("v/1.html", PAGE.format("乙").encode())

    def only_home(target: Target) -> None:
        target.write("index.html", linked)

    release.publish(tmp_path, both, facts=FACTS)

    with pytest.raises(release.Refused, match="1"):
        release.publish(tmp_path, only_home, facts=FACTS)


def test_a_changed_page_is_looked_at_although_the_rest_is_trusted(tmp_path):
    """Only the very same file is trusted."""
    publish(tmp_path, "甲", "乙")

    def spoiled(target: Target) -> None:
        target.write("index.html", PAGE.format("甲").encode())
        page = PAGE.format("乙").replace("<p>文</p>", '<p onclick="x()">文</p>')
        target.write("v/1.html", page.encode())

    with pytest.raises(release.Refused):
        release.publish(tmp_path, spoiled, facts=FACTS)


def test_a_signature_may_be_laid_beside_the_manifest(tmp_path):
    """Signed afterwards a release is still whole: verified, kept by a rebuild, rolled back to."""
    publish(tmp_path, "甲")
    signature = tmp_path / "public" / "manifest.json.sig"
    signature.write_bytes(b"signed")
    name = release.in_force(tmp_path).name

    assert verify.verify_site(tmp_path / "public", full=True) == []
    assert publish(tmp_path, "甲").name == name
    assert signature.read_bytes() == b"signed"
    publish(tmp_path, "乙")
    assert release.rollback(tmp_path) == name


def look_again(target: Target) -> None:
    """Take over a page of the release before and write the other."""
    if not target.keep("v/1.html"):
        target.write("v/1.html", PAGE.format("乙").encode())
    target.write("index.html", PAGE.format("甲").encode())


def test_what_was_seen_whole_before_is_not_read_again(tmp_path, monkeypatch):
    """Of the files of a release only those are read that nobody has looked at meanwhile."""
    publish(tmp_path, "甲", "乙", "丙")
    whole = standing(tmp_path)
    seen = release.look(tmp_path)
    read = []
    monkeypatch.setattr(Target, "read", lambda _, path: read.append(path) or b"")

    release.publish(tmp_path, look_again, facts=FACTS, standing=seen)

    assert read == []
    assert {path for path in whole if path != "manifest.json"} == {
        "index.html", "v/1.html", "v/2.html"
    }  # fmt: skip
    assert verify.verify_site(tmp_path / "public", full=True) == []


@pytest.mark.parametrize("when", ["before it was looked at", "after", "after, as long as before"])
def test_a_page_changed_around_the_look_is_made_again(tmp_path, when):
    """Its digest tells, or that it was written since; other bytes are never put in force."""
    release.publish(tmp_path, look_again, facts=FACTS)
    whole = standing(tmp_path)
    page = tmp_path / "public" / "v" / "1.html"
    other = PAGE.format("假").encode()
    if when.startswith("before"):
        page.write_bytes(other)
    begun = release.look(tmp_path)
    seen = begun()
    if when.startswith("after"):
        page.write_bytes(other if when.endswith("before") else other + b" ")

    release.publish(tmp_path, look_again, facts=FACTS, standing=lambda: seen)

    assert standing(tmp_path) == whole


def test_what_was_seen_of_another_release_says_nothing(tmp_path):
    """Another build came in between: the release in force is read itself."""
    publish(tmp_path, "甲", "乙")
    seen = release.look(tmp_path)()
    publish(tmp_path, "甲", "假")

    published = release.publish(tmp_path, look_again, facts=FACTS, standing=lambda: seen)

    assert seen.root != release.in_force(tmp_path)
    assert published.files == 2
    assert verify.verify_site(tmp_path / "public", full=True) == []


def test_where_no_release_stands_nothing_is_looked_at(tmp_path):
    """A first build begins no process for it."""
    assert release.look(tmp_path) is release.Standing
