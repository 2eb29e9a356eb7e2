"""What pages say, draw, count and give away of water: five things everywhere, and what to do."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from story import EXAMPLE
from test_water import values, verdict_of

from pipeline.disclosure import view
from pipeline.ledgers import load
from pipeline.publication.questions.water import Water
from pipeline.publication.questions.water_words import brief, relaxations, summary, water_lines
from pipeline.publication.recording import Recorder
from pipeline.seats import seat

FIVE = ("达标", "放宽达标", "不达标", "判不了", "未检测")


@pytest.fixture(scope="module")
def story() -> Any:
    """What the public may see of the story."""
    return view(load(EXAMPLE).snapshot, date(2022, 9, 16), "0" * 64)


@pytest.fixture(scope="module")
def waters(story) -> Water:
    """The answers about water of the story."""
    return Water(Recorder(story))


def page(site, kind: str, key: str) -> str:
    """Return a page of the site as text."""
    return (site / kind / f"{key}.html").read_text(encoding="utf-8")


def of_outcome(story, outcome: str) -> list[str]:
    """Return the works whose water stands so."""
    found = story.standings.items()
    return [key for (kind, key), s in found if kind == "工程" and s.outcome == outcome]


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([("fluoride", "0.5"), ("ph", "7")], "2 项都达标"),
        ([("fluoride", "<1.5"), ("turbidity", "<5"), ("ph", "7")],
         "1 项达标，2 项判不了（检出限高于限值）"),
        ([("fluoride", "1.1"), ("ph", "7")], "2 项都达标（氟化物按放宽限值）"),
        ([("fluoride", "1.5"), ("ph", "7"), ("turbidity", ">0.5")],
         "1 项不达标（氟化物），1 项达标，1 项判不了（报告的写法看不出）"),
        ([], "报告结论达标，数值未报告"),
    ],
)  # fmt: skip
def test_a_test_is_said_with_what_cannot_be_judged(results, said):
    """Never "all pass" where something is open."""
    assert summary(verdict_of(*results, conclusion="达标"), "化验") == said


@settings(max_examples=60)
@given(values, values, values)
def test_no_mark_count_or_word_of_a_pass_is_made_from_what_is_open(first, second, third):
    """Lines, sentence and word of any report whatever."""
    verdict = verdict_of(("fluoride", first), ("turbidity", second), ("ph", third))
    lines = Counter(line.kind for line in water_lines(verdict))
    said = re.search(r"(\d+) 项都?达标", summary(verdict, "化验"))

    assert all(line.position is None for line in water_lines(verdict) if line.kind == "open")
    assert int(said[1] if said else 0) == lines["passed"] + lines["relaxed"]
    assert not (
        lines["open"] and ("都达标" in summary(verdict, "化验") or brief(verdict) in FIVE[:2])
    )


def test_every_relaxed_limit_is_named_beside_the_ordinary_one():
    """Two values by relaxed limits are two sentences, each with its own limit."""
    verdict = verdict_of(("fluoride", "1.1"), ("turbidity", "4"), place_id="nanzhao-w0003")

    assert len(relaxations(verdict)) == 2
    assert "氟化物按放宽限值判：不超过 1.2（" in relaxations(verdict)[0]
    assert relaxations(verdict)[0].endswith("，一般不超过 1")
    assert "不超过 5" in relaxations(verdict)[1]
    assert "水源与净水技术受限" in relaxations(verdict)[1]


def test_the_five_parts_make_up_the_works_in_supply(story, waters):
    """Nothing is counted twice, nothing is left out."""
    in_supply = [w for w in story.works if w.status in ("正常", "间歇", "作用不明显")]
    counted = waters.counted(story.works)
    by_outcome = Counter(waters.outcome("工程", w.id) for w in in_supply)

    assert counted.works == len(in_supply) == sum(by_outcome[name] for name in FIVE)
    assert counted.kept == by_outcome["达标"] + by_outcome["放宽达标"]
    assert min(counted.relaxed, counted.failed, counted.unjudged) > 0


def test_a_works_that_cannot_be_judged_is_not_said_to_pass(story, example_site):
    """No 达标 in the lead but the count, no dot in the rows that are open."""
    (works,) = of_outcome(story, "判不了")
    text = page(example_site, "w", works)
    lead = re.search(r'class="qy-lead">(.*?)</p>', text, re.S)[1]
    rows = re.findall(r'<li class="open">(.*?)</li>', text, re.S)

    assert "6 项达标，2 项判不了（检出限高于限值）" in lead
    assert "不能算达标" in lead
    assert len(rows) == 2
    assert not any("<circle" in row or 'class="ok"' in row for row in rows)


def test_a_failing_works_says_what_fails_since_when_what_to_do_and_who_mends_it(
    story, waters, example_site
):
    """Before anything else on the page; one works is being mended, others are not."""
    mended = Counter()
    for works in of_outcome(story, "不达标"):
        answer = waters.answer("工程", works)
        text = page(example_site, "w", works)
        box = text.partition('class="qy-alert"')[2].partition("</div>")[0]

        assert text.index("qy-alert") < text.index("qy-lead")
        for fault in answer.faults:
            assert fault.what in box
            assert fault.measured in box
            assert fault.advice in box
            assert f"{fault.since_on.year}年{fault.since_on.month}月" in box
        for issue in answer.issues:
            assert f"{seat(issue.resp_org, '')}在改" in box
            assert f"i/{issue.id}.html" in box
        assert ("还没有登记整改" in box) == (not answer.issues and not answer.struck)
        mended[bool(answer.issues)] += 1

    assert mended[True]
    assert mended[False]


@pytest.mark.parametrize("name", ["fluoride", "nitrate", "arsenic", "tds"])
def test_nobody_is_told_to_boil_what_boiling_concentrates(story, name):
    """Boiling takes away neither fluoride nor nitrate nor metals nor salts."""
    (advice,) = [row.advice for row in story.water_advice if name in row.indicators]

    assert "去不掉" in advice
    assert "烧开再喝" not in advice


def test_a_village_hears_of_every_works_that_it_drinks_from(story, waters, example_site):
    """A good sample of one works does not hide a bad one of another."""
    for works in of_outcome(story, "不达标"):
        fault = waters.answer("工程", works).faults[0]
        for village in story.index("works")[works].village_codes:
            text = page(example_site, "v", village)

            assert fault.what in text.partition('class="qy-lead"')[0]
            assert fault.advice in text


def test_the_pages_of_the_city_count_the_same_five(waters, story, example_site):
    """Home, water page and chart are of one counting."""
    city = waters.counted(story.works)
    home = (example_site / "index.html").read_text(encoding="utf-8")
    text = (example_site / "water.html").read_text(encoding="utf-8")
    said = f"最近一次检测达标 {city.kept} 处"
    rest = (
        f"不达标、还没治好的 {city.failed} 处；判不了的 {city.unjudged} 处；"
        f"没有报来检测的 {city.untested} 处"
    )

    for one in (home, text):
        assert said in one
        assert rest in one
    assert f"{city.kept}处最近一次达标；不达标{city.failed}处" in text
    table = text.partition('id="byunit"')[2].partition("</table>")[0]
    cell = r'data-l="(?:达标|没治好|判不了|未检测)">(?:<a[^>]*>)?(\d+)'
    parts = [int(n) for n in re.findall(cell, table)]
    assert sum(parts) == city.works


def test_the_verdicts_are_given_away_beside_what_reports_state(story, example_site):
    """Who counts passes from the open data counts what the pages count."""
    path = example_site / "data" / "water_verdicts-demo.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    assert [row["outcome"] for row in rows] == [
        story.verdicts[test.id].outcome for test in story.water_tests
    ]
    assert [list(row.values()) for row in rows] == told["rows"]
    assert any(row["stated"] == "达标" and row["outcome"] == "判不了" for row in rows)
    for row in rows:
        if row["outcome"] in ("达标", "放宽达标"):
            assert not row["failed"]
            assert not row["unjudged"]


def test_history_and_evidence_name_what_makes_the_verdict(story, example_site):
    """The line of time and the list of tests say 判不了 with the indicators, never 达标."""
    (works,) = of_outcome(story, "判不了")
    text = page(example_site, "w", works)
    history = text.partition('id="history"')[2]

    assert "判不了（氟化物、浑浊度）" in history
    assert "：达标" not in history.partition("</section>")[0]
