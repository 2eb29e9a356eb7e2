"""A rebuild takes over what has not changed and is, byte for byte, a build from nothing."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from story import EXAMPLE, PROJECT, site_of

from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication import downloads, site
from pipeline.publication.answers import Ask
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import DRAWINGS, FILES, PAPERS, Kinds, PageKind, pages
from pipeline.publication.page import Content
from pipeline.publication.pages import KINDS
from pipeline.publication.questions.places import HOME
from pipeline.release import Target
from pipeline.store import Store

DAY = date(2022, 9, 16)


def files(public) -> dict[str, bytes]:
    """Return every file by address."""
    root = public.resolve()
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def edit(path, **changes) -> None:
    """Change cells of the first row of a ledger."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= changes
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def text(path, old: str, new: str) -> None:
    """Change the first place of a text in a file."""
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8", newline="\n")


CHANGES = {
    "an issue of one county": lambda d: edit(
        d / "units/nanzhao/issues.csv", problem="换了一种说法的问题"
    ),
    "a works of one county": lambda d: edit(d / "units/nanzhao/works.csv", name="云阳镇新供水站"),
    "an event that the city saw": lambda d: edit(
        d / "city/checks/nanzhao/issue_events.csv", reason="又说了一句"
    ),
    "an assignment of the city": lambda d: edit(
        d / "city/assignments.csv", subject="换了说法的任务"
    ),
    "the campaign": lambda d: text(d / "campaign.yml", "（演示）", "（示范）"),
    "a day later": lambda d: text(
        d / "campaign.yml", "as_of_on: 2022-09-16", "as_of_on: 2022-09-17"
    ),
}


ONE_ISSUE = "an issue of one county"


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """The story built once: its data and its build folder, to be copied."""
    root = tmp_path_factory.mktemp("start")
    shutil.copytree(EXAMPLE, root / "data")
    site_of(root / "data", root / "out")
    return root


def copied(start: Path, root: Path) -> Path:
    """Copy the story with its build folder, as if it had been built here; return its site."""
    shutil.copytree(start / "data", root / "data")
    shutil.copytree(start / "out", root / "out", symlinks=True)
    return (root / "out" / "public").resolve()


@pytest.fixture(scope="module")
def from_nothing(tmp_path_factory):
    """Return what a build from nothing makes of the story after a change, built once for each."""
    made: dict[str, dict[str, bytes]] = {}

    def build(what: str) -> dict[str, bytes]:
        if what not in made:
            root = tmp_path_factory.mktemp("cold")
            shutil.copytree(EXAMPLE, root / "data")
            CHANGES[what](root / "data")
            made[what] = files(site_of(root / "data", root / "out"))
        return made[what]

    return build


@pytest.mark.parametrize("what", CHANGES)
def test_a_rebuild_is_what_a_build_from_nothing_makes(start, from_nothing, tmp_path, what):
    """Whatever changed: a county, the city, the campaign, the day."""
    copied(start, tmp_path)
    CHANGES[what](tmp_path / "data")

    warm = files(site_of(tmp_path / "data", tmp_path / "out"))
    cold = from_nothing(what)

    assert warm.keys() == cold.keys()
    assert [name for name in warm if warm[name] != cold[name]] == []


def taken_over(before: Path, after: Path) -> set[str]:
    """Return the addresses whose file is the very one of the release before."""
    inodes = {n: (before / n).stat().st_ino for n in files(before)}
    return {n for n in files(after) if inodes.get(n) == (after / n).stat().st_ino}


def test_only_what_asked_for_the_changed_row_is_made_again(start, tmp_path):
    """One word of one issue: its page, the lists that show it, and nothing of other counties."""
    before = copied(start, tmp_path)
    CHANGES[ONE_ISSUE](tmp_path / "data")
    after = site_of(tmp_path / "data", tmp_path / "out").resolve()

    again = {name for name in files(after) if name.endswith(".html")} - taken_over(before, after)
    changed = {n for n in again if (before / n).read_bytes() != (after / n).read_bytes()}
    assert {n.split("/")[0] for n in changed} >= {"i", "u", "issues.html"}
    assert not {n for n in again if n.startswith(("v/411303", "w/wolong", "i/wolong", "u/wolong"))}
    assert len(again) < 40
    assert "data/phones-demo.csv" in taken_over(before, after)


def test_the_day_after_only_what_counts_days_is_written_again(start, tmp_path):
    """Every other page keeps its file, its digest and its data date; both orders agree."""
    days = ("2022-09-16", "2022-09-17")
    before, after = (
        site_of(start / "data", tmp_path / "out", "--as-of", day).resolve() for day in days
    )

    told = re.compile(rb'name="(?:data-date|page-digest)" content="([^"]+)"')
    kept = taken_over(before, after)
    for name in files(after):
        if not name.endswith(".html") or name == "404.html":
            continue
        (old, mark), (day, now) = (told.findall((r / name).read_bytes()) for r in (before, after))
        assert (old == day) is (name in kept), name
        assert mark == now or name not in kept, name
        assert name in kept or day.decode() == days[1], name
    again = [n for n in files(after) if n.endswith(".html") and n not in kept]
    assert len(again) < 110, sorted(again)  # groups, campaign and what is late count days
    assert not {n for n in again if n.startswith(("method", "hotlines", "units"))}


def test_a_page_that_somebody_changed_is_not_taken_over(start, from_nothing, tmp_path):
    """The release before is only trusted as far as its manifest says what it holds."""
    public = copied(start, tmp_path)
    page = next((public / "v").glob("*.html"))
    name = f"v/{page.name}"
    whole = page.read_bytes()
    page.unlink()
    page.write_bytes(whole + b"<!-- changed -->")
    CHANGES[ONE_ISSUE](tmp_path / "data")

    again = files(site_of(tmp_path / "data", tmp_path / "out"))

    assert again[name] == from_nothing(ONE_ISSUE)[name]
    assert b"changed" not in again[name]


@pytest.mark.parametrize("lost", ["data/phones-demo.json", "data/phones-demo.csv", "v/*.html"])
def test_a_file_that_somebody_deleted_is_made_again(start, from_nothing, tmp_path, lost):
    """And nothing is written through a link into the release that still stands."""
    public = copied(start, tmp_path)
    next(public.glob(lost)).unlink()
    stood = files(public)
    CHANGES[ONE_ISSUE](tmp_path / "data")

    warm, cold = files(site_of(tmp_path / "data", tmp_path / "out")), from_nothing(ONE_ISSUE)

    assert sorted(name for name in cold if warm.get(name) != cold[name]) == []
    assert files(public) == stood


def _far(desk: Desk, code: str) -> Content:
    """Say of a village what nobody would think it depends on, in every way a page can ask."""
    view = desk.view
    works = sorted(view.index("works"))[-1]
    ids = [w.id for w in desk.supply.of_unit["yahe"]]
    told = [
        view.index("works")[works].name,  # a row of another unit
        view.index("phones").get("nanzhao-t99999") is not None,  # that there is none
        "nanzhao-t99998" in view.index("phones"),
        len(view.group("phones", "role")["没有这样的用途"]),  # an empty group
        [view.states[i.id].state for i in desk.issues.of_unit.get("yahe", ())],
        view.standings.get(("工程", ids[0])) and view.standings["工程", ids[0]].outcome,
        sum(len(sheet.lines) for sheet in view.assessment.sheets.values()),
        [person.row.name for person in desk.people.seats["县", "wolong"]],
        view.outages[-1].cause if view.outages else "",
        desk.issues.progress["yahe"].counts["found"][-1],
    ]
    return Content(f"{code}的远处", "远处", HOME, f"<p>{told}</p>")


FAR = pages(
    "far",
    at="far/{}.html",
    frame="village",
    after=DRAWINGS,
    keys=lambda desk: [v.id for vs in desk.places.villages.values() for v in vs][:3],
)(_far)
"""A kind of page that somebody adds, following links that no other page follows."""

FAR_CHANGES: dict[str, Callable[[disclosure.View], disclosure.View]] = {
    "a row of another unit": lambda v: with_rows(
        v, "works", lambda r: r.id == last(v), name="新名"
    ),
    "a row that was not there": lambda v: more(v, "phones", phone_id="nanzhao-t99999"),
    "another that was not there": lambda v: more(v, "phones", phone_id="nanzhao-t99998"),
    "a group that was empty": lambda v: more(v, "phones", role="没有这样的用途"),
    "a state": lambda v: replace(
        v,
        states={
            key: replace(one, state="整改中" if one.state != "整改中" else "待核查")
            for key, one in v.states.items()
        },
    ),
    "what was never tested": lambda v: replace(v, standings={}),
    "a sheet": lambda v: replace(
        v, assessment=replace(v.assessment, sheets=dict(list(v.assessment.sheets.items())[:-1]))
    ),
    "a name": lambda v: with_rows(
        v, "responsibilities", lambda r: r.place_id == "wolong", name="欧阳清源"
    ),
    "the last outage": lambda v: with_rows(v, "outages", lambda _: True, cause="另一个原因"),
}


def last(view: disclosure.View) -> str:
    """Return the greatest id of a works."""
    return max(row.id for row in view.works)


def with_rows(view: disclosure.View, ledger: str, which: Callable[..., bool], **cells: object):
    """Return a view with cells of some rows changed."""
    rows = tuple(row._replace(**cells) if which(row) else row for row in view[ledger])
    assert rows != view[ledger]
    return replace(view, tables={**view.tables, ledger: rows})


def more(view: disclosure.View, ledger: str, **cells: object):
    """Return a view with a row more: the last one again, under other cells."""
    rows = (*view[ledger], view[ledger][-1]._replace(**cells))
    return replace(view, tables={**view.tables, ledger: rows})


def answers(desk: Desk, asked: Iterable[Ask]) -> list[bytes]:
    """Return the digests of the answers to some questions."""
    return [desk.recorder.answer(ask) for ask in asked]


def far_pages(view: disclosure.View) -> dict[str, tuple[str, list[bytes]]]:
    """Return for each page of the new kind its body, and the digests of what it asked."""
    desk, found = Desk(view, PROJECT / "site" / "templates"), {}
    for key in FAR.keys(desk):
        with desk.recorder.recording() as asked:
            body = FAR.page(desk, key).content.body
        found[key] = (body, answers(desk, asked))
    return found


@pytest.fixture(scope="module")
def view() -> disclosure.View:
    """The story's view, which may be changed behind everybody's back."""
    return disclosure.view(load(EXAMPLE).snapshot, DAY, "x")


@pytest.mark.parametrize("what", FAR_CHANGES)
def test_a_page_that_follows_an_unusual_link_is_never_stale(view, what):
    """Whatever it read has another digest when it changes; nobody told the page's links."""
    before, after = far_pages(view), far_pages(FAR_CHANGES[what](view))

    for key, (body, digest) in before.items():
        assert (after[key][0] != body) <= (after[key][1] != digest), key
    assert any(after[key][1] != digest for key, (_, digest) in before.items())


@pytest.mark.parametrize("ledger", ["works", "water_tests", "units"])
def test_a_download_asks_for_its_own_ledger_and_not_for_all_data(view, ledger):
    """Whoever asked for the digest of all data would be written again whatever changed."""
    one = replace(view, parts={f"ledger/{ledger}": "d" * 64})
    desk = Desk(one, PROJECT / "site" / "templates")
    with desk.recorder.recording() as asked:
        made = dict(downloads.files(desk.view, ledger, Store()))

    assert ("view.values", "digest") not in asked
    assert ("view.values", "as_of_on") in asked
    assert any(b"d" * 64 in content for content in made.values())


def test_asking_changes_no_answer(view):
    """The digests of the same view are the same, however often, in whatever order it is asked."""
    first, second = (
        Desk(view, PROJECT / "site" / "templates"),
        Desk(view, PROJECT / "site" / "templates"),
    )
    asks = {}
    for kind in KINDS.values():
        for key in [] if kind.after == FILES else list(kind.keys(first))[:3]:
            with first.recorder.recording() as asked:
                kind.page(first, key)
            asks[kind.path(key)] = first.recorder.whole(asked)

    for path, told in reversed(asks.items()):
        assert told, path
        assert answers(first, told) == answers(second, told), path


def test_a_page_that_should_have_waited_is_a_fault(view):
    """What is not there yet is no empty answer: the kind says what its pages come after."""
    desk = Desk(view, PROJECT / "site" / "templates")
    desk.expect(DRAWINGS, PAPERS)
    for name in ("index", "reports"):
        assert KINDS[name].after
        with pytest.raises(KeyError):
            KINDS[name].page(desk, "")


def test_a_page_of_a_new_kind_is_made_again_when_what_it_read_changes(view, tmp_path):
    """Registered once; built, something far away changed, built again: as from nothing."""
    kinds: Kinds = Kinds([*KINDS.values(), FAR])
    assert isinstance(FAR, PageKind)
    store = Store(tmp_path / "cache")
    changed = FAR_CHANGES["a row of another unit"](view)

    one = _release(view, tmp_path / "one", None, store, kinds)
    two = _release(changed, tmp_path / "two", one, store, kinds)
    cold = _release(changed, tmp_path / "cold", None, Store(), kinds)

    assert files(two) == files(cold)
    far = {name for name in files(two) if name.startswith("far/")}
    assert len(far) == 3
    assert not far & taken_over(one, two)
    assert len(taken_over(one, two)) > 50


def _release(view, root: Path, before: Path | None, store: Store, kinds: Kinds) -> Path:
    """Publish a view into a folder as a release would, over a release before."""
    root.mkdir()
    target = _Target(root, before)
    site.publish(view, PROJECT, target, store, kinds=kinds)()
    return root


class _Target(Target):
    """A target whose release before has no manifest: it lists itself."""

    @property
    def before(self):
        """What the release before holds."""
        from hashlib import sha256

        if self.previous is None:
            return {}
        return {
            "files": {
                name: {"bytes": len(content), "sha256": sha256(content).hexdigest()}
                for name, content in files(self.previous).items()
            }
        }
