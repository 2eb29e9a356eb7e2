"""Pages of the screening say what the view says, and nothing the view withholds."""

from __future__ import annotations

import re
from datetime import date

import pytest
from story import EXAMPLE

from pipeline import disclosure
from pipeline.ledgers import load

DAY = date(2022, 9, 16)
HEAVIEST = 120_000


@pytest.fixture(scope="module")
def seen():
    """The screening of the story as the public may see it."""
    snapshot = load(EXAMPLE).snapshot
    assert snapshot is not None
    return disclosure.view(snapshot, DAY, "").screening


def words(page) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))


def test_the_register_answers_in_one_sentence(example_site, seen):
    """How many works were due, in time, late, by a lower tier, never: the sums of the view."""
    rows = [row for row in seen.city if row.grain == "工程"]
    due, in_time, late, lower, never = (
        sum(getattr(row, part) for row in rows)
        for part in ("due", "in_time", "late", "lower", "never")
    )
    said = words(example_site / "screening.html")

    assert f"在供水的 {due} 处工程，按期查过 {in_time} 处" in said
    assert f"逾期才查的 {late} 处，只有下一级查过的 {lower} 处，没有查过的 {never} 处" in said


def test_every_cell_of_the_matrix_is_a_sum_of_the_view(example_site, seen):
    """Done and due, by unit and column; no number without what it is part of."""
    table = (example_site / "screening.html").read_text(encoding="utf-8")
    for unit in ("nanzhao", "wolong", "yahe"):
        row = re.search(rf'<tr><th scope="row"><a href="u/{unit}-screening.html">.*?</tr>', table)
        told = dict(
            re.findall(r'data-l="([^"]+)"><a href="[^"]+">([\d,]+/<wbr>[\d,]+)</a>', row[0])
        )
        found: dict[str, tuple[int, int]] = {}
        for one in (one for one in seen.coverage if one.unit_id == unit and one.due):
            if one.grain == "工程":
                name = f"{one.tier}查工程"
            elif one.grain == "村":
                name = "村"
            else:
                name = one.kind if one.kind.startswith("其他") else "三类户"
            done, due = found.get(name, (0, 0))
            found[name] = done + one.done, due + one.due

        assert told == {name: f"{done:,}/<wbr>{due:,}" for name, (done, due) in found.items()}


def test_what_is_missing_is_listed_with_who_must_act(example_site, seen):
    """Each works and village, its page, and the page of the body that has to go."""
    count = 0
    for unit, missing in seen.missing.items():
        page = (example_site / "u" / f"{unit}-screening.html").read_text(encoding="utf-8")
        for one in missing:
            folder = "w" if one.place_type == "工程" else "v"
            row = re.search(
                rf'<tr><th scope="row"><a href="\.\./{folder}/{one.place_id}.html">.*?</tr>', page
            )
            count += 1

            assert one.outcome in row[0]
            assert all(f"/{place}.html" in row[0] for place in one.actor.place_ids[:3])
    assert count


def test_weak_works_are_listed(example_site, seen):
    """Idle works and who must act; whether a risk point lists them is not told."""
    assert seen.weak
    for one in seen.weak:
        said = words(example_site / "u" / f"{one.unit_id}-screening.html")

        assert one.owner in said.partition("闲置和作用不明显的工程在不在")[2]


def test_a_village_says_who_was_there_and_when(example_site, seen):
    """The last visit to it and to each works; of a household check the day alone."""
    at_doors = 0
    for code, visits in seen.visits.items():
        text = (example_site / "v" / f"{code}.html").read_text(encoding="utf-8")
        line = re.search(r"<dt>排查</dt><dd>(.*?)</dd>", text)[1]
        for _, _, visit in visits:
            day = f"{visit.on.month}月{visit.on.day}日"
            at_doors += visit.visit_id is None

            if visit.visit_id is None:
                assert f"本村：{day}，村里入户核查过" in line
            else:
                assert f"{day}，{visit.org}查过{'、'.join(visit.looked_at)}" in line
    assert at_doors


def test_the_pages_are_light(example_site):
    """No page of the screening is heavier than a slow connection bears."""
    found = [example_site / "screening.html", *(example_site / "u").glob("*-screening.html")]

    assert len(found) > 1
    assert all(page.stat().st_size < HEAVIEST for page in found)


def test_the_home_page_leads_to_the_register(example_site, seen):
    """One figure, with what it is part of."""
    rows = [row for row in seen.city if row.grain == "工程"]
    due, done = sum(row.due for row in rows), sum(row.done for row in rows)
    home = (example_site / "index.html").read_text(encoding="utf-8")

    assert f"排查：{due} 处工程，该查的一级去过 {done} 处" in home
    assert 'href="screening.html#byunit"' in home
