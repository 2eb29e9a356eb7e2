"""A question that stands by what its answers are made of is answered as before."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from typing import ClassVar

import pytest
from story import EXAMPLE, PROJECT

from pipeline import disclosure, ledgers
from pipeline.ledgers import Loaded, load
from pipeline.ledgers.fingerprints import parts_of
from pipeline.publication.answers import Ask
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import DRAWINGS, FILES, PAPERS
from pipeline.publication.origins import NO_ORIGINS, Origins, Standing
from pipeline.publication.pages import KINDS
from pipeline.publication.questions.subject import Subject, by_key, single

DAY = date(2022, 9, 16)
TEMPLATES = PROJECT / "site" / "templates"
LOADED = load(EXAMPLE)
LEDGERS = sorted({raw.shard.ledger for raw in LOADED.raw if raw.cells})


def seen(loaded: Loaded, day: date = DAY) -> disclosure.View:
    """Return what the public may see."""
    assert loaded.snapshot is not None
    parts = parts_of(loaded.raw, EXAMPLE / "campaign.yml", loaded.schemas)
    return disclosure.view(loaded.snapshot, day, loaded.digest, parts=parts)


Asked = tuple[dict[Ask, bytes], Origins]
"""Questions with the digests of their answers, and what these were made of."""


@pytest.fixture(scope="module")
def asked() -> Asked:
    """All that the pages of the story ask, some pages of each kind."""
    desk, asks = Desk(seen(LOADED), TEMPLATES), set()
    for kind in KINDS.values():
        for key in [] if kind.after in (FILES, DRAWINGS, PAPERS) else [*kind.keys(desk)][:80]:
            with desk.recorder.recording() as found:
                kind.page(desk, key)
            asks |= found.keys()
    answers = {ask: desk.recorder.answer(ask) for ask in asks}
    return answers, Standing(desk.recorder, NO_ORIGINS).noted(asks)


def standing(view: disclosure.View, asked: Asked) -> set[Ask]:
    """Return what stands by its origins, and hold it to what is answered now."""
    answers, before = asked
    recorder = Desk(view, TEMPLATES).recorder
    now = Standing(recorder, before)
    found = {ask for ask in answers if now.stands(ask)}
    assert [ask for ask in found if recorder.answer(ask) != answers[ask]] == []
    return found


def content(ledger: str, way: str) -> tuple[Path, bytes]:
    """Return a file of a ledger, and what stands in it when its rows are changed."""
    raw = next(one for one in LOADED.raw if one.shard.ledger == ledger and one.cells)
    schema, rows = LOADED.schemas[ledger], [list(cells) for cells in raw.cells]
    if way == "a row less":
        rows.pop()
    elif way == "in another order":
        rows.reverse()
    else:
        texts = [
            number
            for number, field in enumerate(schema.fields)
            if field.type == "string"
            and field.name not in schema.primary_key
            and not field.enum
            and field.pattern is None
            and field.name not in {key.field for key in schema.foreign_keys}
        ]
        for row in rows:
            for number in texts:
                row[number] = f"{row[number]}改" if row[number] else ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([schema.names, *rows])
    return raw.shard.path, out.getvalue().encode()


def changed(ledger: str, way: str) -> Loaded:
    """Return the story with the rows of a file of a ledger changed."""
    return ledgers.instead(LOADED, EXAMPLE, dict([content(ledger, way)]))


def changes() -> list[tuple[str, str]]:
    """Return every ledger with every way that changes it; without a unit nothing is seen at all."""
    every = product(LEDGERS, ("other words", "a row less", "in another order"))
    told = ((*one, *content(*one)) for one in every if one != ("units", "a row less"))
    return [(ledger, way) for ledger, way, path, new in told if path.read_bytes() != new]


def test_nothing_changed_and_all_stands(asked):
    """But for what may have read anything, and what lies on the desk."""
    left = asked[0].keys() - standing(seen(load(EXAMPLE)), asked)

    assert len(asked[0]) > 2_000
    assert {ask[0].partition(".")[0] for ask in left} <= {"editions", "freshness", "desk"}


@pytest.mark.parametrize(("ledger", "way"), changes())
def test_what_stands_is_answered_as_before(asked, ledger, way):
    """Whichever ledger changed, and however: and what reads its rows does not stand."""
    found = standing(seen(changed(ledger, way)), asked)

    assert ("view.rows", ledger) not in found


def test_one_issue_leaves_most_standing(asked):
    """Else nothing would be gained by it."""
    found = standing(seen(changed("issues", "other words")), asked)

    assert len(found) > 0.6 * len(asked[0])
    assert ("view.rows", "issues") not in found
    assert any(ask[0].startswith("people.") for ask in found)


@pytest.mark.parametrize("days", [1, -7])
def test_another_day_is_another_answer(asked, days):
    standing(seen(LOADED, DAY + timedelta(days=days)), asked)


class Planted(Subject):
    """Questions that read in every way there is; each answer is how many words there are."""

    NAME: ClassVar = "planted"

    @by_key
    def attribute(self) -> Mapping[str, str]:
        """By a ledger named as an attribute."""
        return {"": "".join(row.name for row in self.view.works)}

    @by_key
    def item(self) -> Mapping[str, str]:
        """By a ledger named in brackets."""
        return {"": "".join(row.name for row in self.view["works"])}

    @by_key
    def index(self) -> Mapping[str, str]:
        """By a row found by its id."""
        return {"": self.view.index("works")[self._first].name}

    @by_key
    def group(self) -> Mapping[str, str]:
        """By rows found by a column."""
        unit = self.view.index("works")[self._first].unit_id
        return {"": "".join(row.name for row in self.view.group("works", "unit_id")[unit])}

    @by_key
    def late(self) -> Mapping[str, str]:
        """When somebody asks."""
        return self.lazy("late", ["", "x"], lambda key: key + self.item[""])

    @by_key
    def of_another(self) -> Mapping[str, str]:
        """By an answer that is made late."""
        return {"": self.late["x"]}

    @by_key
    def of_one(self) -> Mapping[str, str]:
        """By an answer that is the only one."""
        return {"": self.one}

    @by_key
    def anything(self) -> Mapping[str, str]:
        """By the view itself."""
        return {"": "".join(row.name for row in self.recorder.bare.works)}

    @single
    def one(self) -> str:
        """The only answer."""
        return self.attribute[""]

    @property
    def _first(self) -> str:
        return LOADED.snapshot.works[0].id


DOORS = ("attribute", "item", "index", "group", "late", "of_another", "of_one", "anything")


def planted(view: disclosure.View) -> Planted:
    """Return the planted questions at a desk of their own."""
    return Planted(Desk(view, TEMPLATES).recorder)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("ledger", ["works", "issues"])
def test_whatever_an_answer_read_is_among_its_origins(door, ledger):
    """The works change, and every planted question falls; the issues, and they stand."""
    first, ask = planted(seen(LOADED)), (f"planted.{door}", "")
    told = first.recorder.answer(ask)
    before = Standing(first.recorder, NO_ORIGINS).noted([ask])
    second = planted(seen(changed(ledger, "other words")))

    stands = Standing(second.recorder, before).stands(ask)

    assert stands is (ledger == "issues" and door != "anything")
    assert (second.recorder.answer(ask) == told) is (ledger == "issues")


def test_a_page_never_reads_the_bare_view():
    """Nothing of what it reads there would be noted."""
    recorder = Desk(seen(LOADED), TEMPLATES).recorder
    with recorder.recording(), pytest.raises(RuntimeError, match="note"):
        _ = recorder.bare
    assert recorder.bare.works


def test_sources_come_from_every_process_that_made_an_answer():
    """Two that made an answer each: the origins have what both read."""
    one, other = planted(seen(LOADED)), planted(seen(LOADED))
    one.recorder.answer(("planted.late", ""))
    other.recorder.answer(("planted.index", ""))
    one.recorder.add_sources(other.recorder.new_sources())

    found = Standing(one.recorder, NO_ORIGINS).noted([("planted.late", "")])

    assert set(found.sources["planted.index"]) == {"view.index works"}
    assert set(found.sources["planted.late"]) == {"planted.item"}
    assert found.ground[("view.rows", "works")]
    assert other.recorder.new_sources() == {}


def test_a_ledger_whose_rows_were_changed_by_another_is_looked_at_itself():
    """A row that named one shut in hangs on more than its own file."""
    view = seen(LOADED)
    assert {"works", "issues", "units"} <= view.sources.keys()
    assert all(str(DAY) in one for one in view.sources.values())

    recorder = Desk(replace(view, sources={}), TEMPLATES).recorder
    answer = partial(recorder.answer, ("view.rows", "works"))
    found = Standing(recorder, NO_ORIGINS).noted([("view.rows", "works")])

    assert found.ground == {("view.rows", "works"): answer()}
