"""Two editions of the rules: scored on the same rows, shown on one site, never mixed."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from story import EXAMPLE

from pipeline import annexes, assessment
from pipeline.__main__ import main
from pipeline.annexes import Y2022, Annex
from pipeline.assessment import editions, sensitivity
from pipeline.assessment.edition import Pool, Scaling
from pipeline.assessment.editions.y2022 import EDITION
from pipeline.checks.collected import collected
from pipeline.checks.examples import CAMPAIGN, book_of
from pipeline.checks.rulebook import run_records
from pipeline.ledgers import load
from pipeline.ledgers.campaign import load_campaign
from pipeline.readings import SETTLED, SWITCHES, Readings
from tests.editions import y2025

DAY = date(2022, 9, 16)
OTHER = y2025.EDITION


@pytest.fixture(autouse=True)
def two_editions(monkeypatch):
    """Let campaigns name the made-up edition, as if it had its line in both places."""
    monkeypatch.setattr(annexes, "ANNEXES", annexes.by_id((Y2022, y2025.Y2025)))
    monkeypatch.setattr(editions, "EDITIONS", editions.by_id((EDITION, OTHER)))


def campaign_with(folder: Path, *lines: str) -> Path:
    """Copy the story, with other lines in place of the edition of its campaign."""
    data = folder / "data"
    shutil.copytree(EXAMPLE, data)
    text = (data / "campaign.yml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in text if not line.startswith("edition:")]
    (data / "campaign.yml").write_text("\n".join([*kept, *lines, ""]), encoding="utf-8")
    return data


def test_both_score_the_same_rows_and_neither_knows_the_other():
    """A number that both have gives other points; what 2022 gives is what it gave alone."""
    snapshot = load(EXAMPLE).snapshot

    first = assessment.assess(snapshot, DAY)
    second = assessment.assess(snapshot, DAY, edition=OTHER)

    assert (first.edition.id, second.edition.id) == ("y2022", "y2025")
    assert list(second.clauses) == ["一.1", "二.1", "七.1"]
    for unit, sheet in second.sheets.items():
        old, new = first.sheets[unit].line("一.1"), sheet.line("一.1")
        assert (old.full, new.full) == (5, 40)
        assert old.rows == new.rows
        low, high = second.bands[unit]
        assert low <= sheet.span[0] <= sheet.span[1] <= high
        assert {win.clause for win in second.wins[unit]} <= set(second.clauses)
    assert {c for e in second.effects for p in e.points.values() for c in p} <= set(second.clauses)


def test_the_band_of_the_other_edition_holds_under_other_readings():
    """Its own pool, its own fixed reading, no scaling: every option of each reading is within."""
    snapshot = load(EXAMPLE).snapshot
    scorer = next(assessment.scorers(snapshot, [DAY], edition=OTHER))
    bands = {unit: sensitivity.band(scorer, unit, Readings()) for unit in scorer.units}

    for reading, known in SWITCHES.items():
        for option in known:
            for unit, sheet in scorer.sheets(Readings({reading: option})).items():
                assert bands[unit][0] <= sheet.span[0] <= sheet.span[1] <= bands[unit][1]


def test_a_final_judgement_counts_in_its_own_edition_only():
    """Both have a 一.1; the city decided the one of 2022."""
    final = {"judgements@C": [
        {"edition": "2022", "clause_id": "一.1", "stage": "终评", "kind": "分值", "points": "4"}
        | {"reason": "复核", "signed_on": "2022-09-15", "judged_on": "2022-09-14"}
    ]}  # fmt: skip
    snapshot = book_of({"units": [{"unit_id": "jiaxian"}]} | final).snapshot

    old, new = (
        next(assessment.scorers(snapshot, [DAY], edition=one)).sheet("jiaxian", Readings())
        for one in (EDITION, OTHER)
    )

    assert (old.line("一.1").status, old.line("一.1").points) == ("judged", 4)
    assert new.line("一.1").status == "not_reported"


def build(data: Path, out: Path) -> Path:
    """Build the site of some data in this process, which knows both editions."""
    assert main(["build", "--data", str(data), "--out", str(out)]) == 0
    return out / "public"


def points_of(path: Path) -> Mapping[tuple[str, str], str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {(row["单位"], row["条款"]): row["得分"] for row in csv.DictReader(stream)}


def test_one_site_shows_both(tmp_path, example_site):
    """The campaign's own at its addresses for life and unchanged, the other in its folder."""
    data = campaign_with(tmp_path, "edition: y2022", "also_editions: [y2025]")

    site = build(data, tmp_path / "build")

    pages = {path.name for path in (site / "y2025").iterdir()}
    assert {"scores.html", "readings.html", "c-1.1.html", "c-2.1.html", "c-7.1.html"} <= pages
    assert {f"s-{unit}.html" for unit in ("nanzhao", "wolong", "yahe")} <= pages
    own = (site / "scores.html").read_text(encoding="utf-8")
    assert 'href="y2025/scores.html"' in own
    assert "2022版考评细则" in own
    other = (site / "y2025" / "scores.html").read_text(encoding="utf-8")
    assert "试算〔2025〕1号 附件" in other
    assert 'href="../scores.html"' in other
    clause = (site / "y2025" / "c-1.1.html").read_text(encoding="utf-8")
    assert "领导到过2次得40分" in clause
    assert "领导去过，才知道难在哪里。" in clause
    assert 'href="../y2025/s-nanzhao.html#c1.1"' in clause
    assert "3次以上得5分" in (site / "c" / "1.1.html").read_text(encoding="utf-8")
    told = json.loads((site / "data" / "scores-y2025-demo.json").read_text(encoding="utf-8"))
    assert told["edition"] == "2025"
    found = points_of(site / "data" / "scores-y2025-demo.csv")
    assert {clause for _, clause in found} == {"一.1", "二.1", "七.1"}
    same = "data/scores-demo.csv"
    assert (site / same).read_bytes() == (example_site / same).read_bytes()
    assert "y2025/c-7.1.html" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_a_campaign_may_be_assessed_by_the_other_edition(tmp_path):
    """Then the addresses for life are that edition's, and 2022 stands beside it in full."""
    data = campaign_with(tmp_path, "edition: y2025", "also_editions: [y2022]")

    site = build(data, tmp_path / "build")

    assert "2025版考评细则" in (site / "scores.html").read_text(encoding="utf-8")
    assert "领导到过2次得40分" in (site / "c" / "1.1.html").read_text(encoding="utf-8")
    assert len(list((site / "c").glob("*.html"))) == 3
    assert len(list((site / "y2022").glob("c-*.html"))) == 23
    assert (site / "data" / "scores-y2022-demo.csv").is_file()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["edition: y1999"], "edition 没有“y1999”这一版考评细则；现有的版：y2022、y2025"),
        (["edition: y2022", "also_editions: [y1]"], "also_editions 没有“y1”这一版"),
        (["edition: y2022", "also_editions: [y2022]"], "also_editions 又写了一遍 y2022"),
        (["edition: y2022", "also_editions: y2025"], "also_editions 写得不对"),
        ([], "edition 没有写"),
    ],
)
def test_a_campaign_names_an_edition_that_exists(tmp_path, lines, said):
    """Or is told which there are."""
    data = campaign_with(tmp_path, *lines)

    campaign, findings = load_campaign(data / "campaign.yml", "data/campaign.yml")

    assert campaign is None
    assert [f.rule for f in findings] == ["B90"]
    assert said in findings[0].message


@pytest.mark.parametrize(
    ("judgement", "rules"),
    [
        ({"edition": "2025", "clause_id": "一.1", "points": "40"}, set()),
        ({"edition": "2022", "clause_id": "一.1", "points": "40"}, {"M03"}),
        ({"edition": "2025", "clause_id": "一.2", "points": "5"}, {"M10"}),
        ({"edition": "2024", "clause_id": "一.1", "points": "5"}, {"M10"}),
    ],
)
def test_judgements_are_held_to_the_edition_they_name(judgement, rules):
    """Its clauses and its points, if the campaign is assessed by it."""
    book = book_of({"judgements": [judgement | {"stage": "自评", "kind": "分值"}]})
    campaign = replace(CAMPAIGN, also_editions=("y2025",))
    book = replace(book, snapshot=replace(book.snapshot, campaign=campaign))

    found = {
        f.rule for f in run_records(book, collected().checks.values()) if f.ledger == "judgements"
    }

    assert found & {"M03", "M10"} == rules


def test_an_id_stands_once():
    """Two editions under one id or one year would be one for whoever names them."""
    with pytest.raises(ValueError, match="y2025"):
        editions.by_id((OTHER, EDITION, OTHER))
    with pytest.raises(ValueError, match="y2025"):
        annexes.by_id((y2025.Y2025, y2025.Y2025))
    with pytest.raises(ValueError, match="2022"):
        annexes.by_id((Y2022, replace(y2025.Y2025, year="2022")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"clauses": EDITION.clauses},
        {"pool": Pool(("五.4①",), "G14", "pooled")},
        {"scaling": Scaling(("一.1",), "G3", "rescale")},
        {"fixed": ("G99",)},
    ],
    ids=["clauses", "pool", "scaling not fixed", "fixed"],
)
def test_an_edition_that_contradicts_itself_is_refused(wrong):
    """Before anything is scored by it."""
    with pytest.raises(ValueError, match="y2025"):
        replace(OTHER, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"bounds": {"八.1": (0, 1)}},
        {"bounds": {"一.1": (0, 1)}},
        {"bounds": {"一.1": (2, 1), "二.1": (0, 1), "七.1": (0, 1)}},
        {"facts": {"机构落实": "四.1"}},
    ],
    ids=["no part", "empty part", "upside down", "fact"],
)
def test_a_paper_that_contradicts_itself_is_refused(wrong):
    """Parts, numbers and facts belong together."""
    with pytest.raises(ValueError, match="y2025"):
        replace(y2025.Y2025, **wrong)


def test_a_clause_that_asks_a_reading_its_edition_does_not_name_is_a_bug():
    """Its bands and effects would be silent about it."""
    few = {name: known for name, known in SWITCHES.items() if name != "G33"}
    edition = replace(OTHER, readings=few, fixed=())
    scorer = next(assessment.scorers(load(EXAMPLE).snapshot, [DAY], edition=edition))

    with pytest.raises(ValueError, match="G33"):
        sensitivity.band(scorer, "nanzhao", Readings())


def test_editions_and_papers_are_the_same_both_ways():
    """Every edition that can be named can be computed, and every reading is about one of them."""
    assert {one.id for one in editions.EDITIONS.values()} == set(annexes.ANNEXES)
    assert {r for one in (EDITION,) for r in one.readings} == set(SWITCHES)
    assert {r for one in (EDITION,) for r in one.settled} == set(SETTLED)
    assert isinstance(EDITION.annex, Annex)
    assert EDITION.full == Decimal(100)
