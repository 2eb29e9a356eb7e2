"""From the draw to the page: what a group draws, sees and enters is shown with its interval."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from icalendar import Calendar
from story import EXAMPLE, PROJECT, qingyuan, site_of

from pipeline import disclosure, estimates, shares
from pipeline.inspection import Feedback
from pipeline.ledgers import load
from pipeline.publication.desk import Desk

DAY = date(2022, 9, 16)
GROUP = "7"
UNITS = ("nanzhao", "yahe")
HEAVIEST = 120_000


def words(text: str) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"<[^>]+>", "", text)


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a ledger as text; none where there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add(path: Path, rows: list[dict[str, str]], like: Path) -> None:
    """Add rows to a ledger, under its header or that of another shard."""
    head = (path if path.exists() else like).read_text(encoding="utf-8").splitlines()[0].split(",")
    standing = rows_of(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, head, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows([*standing, *rows])


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> tuple[Path, list[dict[str, str]], str]:
    """Draw, print, visit, enter: the data folder, the rows drawn, the list as printed.

    The first place of each unit cannot be reached, so a reserve of its stratum is visited, if there
    is one; every third visit finds something.
    """
    folder = tmp_path_factory.mktemp("supervision")
    data, out = folder / "data", folder / "out"
    shutil.copytree(EXAMPLE, data)
    done = qingyuan(
        "sample", "--data", data, "--as-of", "2022-09-02", "--group", GROUP, "--n", "4",
        "--seed", "摇号 8 3 27 14 9 2 31 5", "--out", out,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    printed = (out / "名单.html").read_text(encoding="utf-8")
    rows = rows_of(out / "rows.csv")

    missed: set[tuple[str, str]] = set()
    for row in rows:
        stratum = (row["unit_id"], row["stratum"])
        has_reserve = any(
            (other["unit_id"], other["stratum"]) == stratum and other["is_reserve"] == "是"
            for other in rows
        )
        if has_reserve and not missed & {stratum}:
            row["not_done_reason"] = "山洪冲断道路"
            missed.add(stratum)
    with (out / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)

    like = EXAMPLE / "city" / "checks"
    visited = [
        row
        for row in rows
        if not row["not_done_reason"]
        and (row["is_reserve"] == "否" or (row["unit_id"], row["stratum"]) in missed)
    ]
    for number, row in enumerate(visited):
        visit = f"city-v009{number:02d}"
        own = data / "city" / "checks" / row["unit_id"]
        add(
            own / "inspections.csv",
            [
                {
                    "visit_id": visit,
                    "unit_id": row["unit_id"],
                    "visited_on": "2022-09-06",
                    "mode": "暗访",
                    "place_type": row["place_type"],
                    "place_id": row["place_id"],
                    "checklists": "厂站管理|消毒",
                    "feedback_on": "2022-09-09" if number else "",
                    "checker_level": "市",
                    "checker_org": "南阳市水利局",
                    "group_no": GROUP,
                    "draw_id": row["draw_id"],
                }
            ],
            like / "yahe" / "inspections.csv",
        )
        if number % 3 == 1:
            finding = {"finding_id": f"{visit}-f01", "visit_id": visit, "item_code": "ZJ1"}
            finding["detail"] = "院里堆着杂物"
            add(own / "findings.csv", [finding], like / "yahe" / "findings.csv")
    entered = qingyuan(
        "sample", "--data", data, "--enter", out / "rows.csv", "--released", "2022-09-14"
    )
    assert entered.returncode == 0, entered.stderr
    return data, rows, printed


@pytest.fixture(scope="module")
def site(drawn, tmp_path_factory) -> Path:
    """The site of the story with the draw."""
    return site_of(drawn[0], tmp_path_factory.mktemp("supervision site") / "build").resolve()


def results(data: Path, unit: str) -> list[tuple[bool, Decimal]]:
    """Return for each drawn and visited works that was fed back: any fault, its probability."""
    own = data / "city" / "checks" / unit
    visits = {
        r["draw_id"]: r["visit_id"] for r in rows_of(own / "inspections.csv") if r["feedback_on"]
    }
    failed = {r["visit_id"] for r in rows_of(own / "findings.csv")}
    return [
        (
            visits[row["draw_id"]] in failed,
            Decimal(row["inclusion_probability"] or 0)
            or Decimal(row["sample_size"]) / Decimal(row["frame_size"]),
        )
        for row in rows_of(data / "city" / "spot_checks.csv")
        if row["unit_id"] == unit and row["draw_id"] in visits
    ]


def test_the_list_names_every_place_and_the_way_to_check_it(drawn):
    """Printed before anybody went."""
    data, rows, printed = drawn
    names = {
        row["works_id"]: row["name"]
        for unit in UNITS
        for row in rows_of(data / "units" / unit / "works.csv")
    }

    assert {row["unit_id"] for row in rows} == set(UNITS)
    for row in rows:
        assert names[row["place_id"]] in printed
        assert row["draw_id"] in printed


def test_what_was_drawn_and_seen_is_shown_with_its_interval(drawn, site):
    """The page says what the ledgers give: counted, weighted, and between which shares."""
    data, _, _ = drawn
    page = words((site / "samples.html").read_text(encoding="utf-8"))
    names = {row["unit_id"]: row["name"] for row in rows_of(data / "reference" / "units.csv")}
    for unit in UNITS:
        found = estimates.weighted(results(data, unit))

        assert found is not None
        line = rf"{names[unit]}{found.looked} 处中 {found.found} 处"
        assert line + shares.within(found.low, found.high) in page


def test_the_draw_stands_on_the_page_of_its_group(drawn, site):
    """Seed and frame, what was drawn, what could not be visited and why."""
    _, rows, _ = drawn
    page = words((site / "g" / f"{GROUP}.html").read_text(encoding="utf-8"))

    assert rows[0]["batch_id"] in page
    assert f"{rows[0]['seed']}，{rows[0]['frame_version']}" in page
    assert "山洪冲断道路" in page


def test_a_visit_that_was_not_fed_back_is_nowhere(drawn, site):
    """Only its being owed is counted, once the time is over."""
    data, _, _ = drawn
    untold = [
        row
        for unit in UNITS
        for row in rows_of(data / "city" / "checks" / unit / "inspections.csv")
        if not row["feedback_on"]
    ]

    assert untold
    for row in untold:
        for name in ("visits.html", f"g/{GROUP}.html", "data/inspections-演示数据.csv"):
            path = site / name
            assert not path.exists() or row["visit_id"] not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("day", "owed"), [(date(2022, 9, 16), 0), (date(2022, 9, 17), 1)])
def test_feedback_that_is_owed_is_counted_from_the_day_after(drawn, day, owed):
    """Ten days are in time, the tenth included."""
    view = disclosure.view(load(drawn[0]).snapshot, day, "")

    assert sum(view.feedback.get(unit, Feedback()).overdue for unit in UNITS) == owed


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The desk of the story."""
    view = disclosure.view(load(EXAMPLE).snapshot, DAY, "0" * 64)
    return Desk(view, PROJECT / "site" / "templates")


def test_every_visit_from_outside_is_listed_once(desk, example_site):
    """With who went, how, what was found; the unit's own screening is not among them."""
    page = (example_site / "visits.html").read_text(encoding="utf-8")
    outside = [v for v in desk.view.inspections if v.checker_level in ("市", "省", "国家")]

    assert outside
    assert page.count('data-l="谁查的"') == len(outside)
    assert desk.visits.tours[""].visits == len(outside)
    assert sum(desk.visits.tours[u.id].visits for u in desk.places.units) == len(outside)


def test_numbers_of_the_city_are_sums_of_the_units(desk):
    """Of visits, calls and contradictions alike."""
    units = [unit.id for unit in desk.places.units]
    tours, found = desk.visits.tours, desk.agreement.of_unit
    for part in ("visits", "open", "unannounced", "works", "wanting", "calls", "answered", "knows"):
        assert getattr(tours[""], part) == sum(getattr(tours[u], part) for u in units)
    for name, pairs in found[""].items():
        assert pairs.looked == sum(found[u][name].looked for u in units)
        assert pairs.contradicted == sum(found[u][name].contradicted for u in units)
        assert 0 <= pairs.contradicted <= pairs.looked


def test_the_calendar_of_a_group_holds_all_that_is_ahead(desk, example_site):
    """Issues, problems handed down and returns, on their days, and what the page lists is in it."""
    calendar = Calendar.from_ical((example_site / "deadlines" / f"g{GROUP}.ics").read_bytes())
    events = {str(e["uid"]).split("@")[0]: e["dtstart"].dt for e in calendar.walk("VEVENT")}
    ahead = [one for unit in UNITS for one in desk.deadlines.of_unit.get(unit, [])]
    page = (example_site / "g" / f"{GROUP}.html").read_text(encoding="utf-8")

    assert ahead
    assert all(one.on >= DAY for one in ahead)
    assert {one.row_id: one.on for one in ahead}.items() <= events.items()
    assert all(one.what in words(page) for one in ahead)
    assert f'href="../deadlines/g{GROUP}.ics"' in page


def test_clauses_that_rest_on_few_looks_say_so(desk, example_site):
    """On the sheet of every unit, and in one table on the ranking."""
    ranking = (example_site / "scores.html").read_text(encoding="utf-8")
    clauses = {thin.clause for thin in desk.scores.thin}
    for unit, sheet in desk.view.assessment.sheets.items():
        page = (example_site / "s" / f"{unit}.html").read_text(encoding="utf-8")
        few = [line for line in sheet.lines if line.thin is not None]

        assert page.count("只看了") == len(few)
        assert {line.clause for line in few} <= clauses
    assert clauses
    assert f"{len(clauses)} 条靠少数抽查" in ranking


def test_the_pages_are_light(example_site):
    """No page of supervision is heavier than a slow connection bears."""
    found = [example_site / "visits.html", example_site / "samples.html"]
    found += (example_site / "g").glob("*.html")

    assert all(page.stat().st_size < HEAVIEST for page in found)


def test_a_second_look_is_compared_with_what_was_said_before(desk):
    """Counted again from the files: same questions, the unit's last visit before, nothing found."""
    lists = {
        r["item_code"]: r["checklist"] for r in rows_of(EXAMPLE / "reference/checklist_items.csv")
    }
    for unit in ("wolong", *UNITS):
        folders = (EXAMPLE / "units" / unit, EXAMPLE / "city" / "checks" / unit)
        visits = [row for folder in folders for row in rows_of(folder / "inspections.csv")]
        failed = {
            (row["visit_id"], row["item_code"])
            for folder in folders
            for row in rows_of(folder / "findings.csv")
        }
        looked = contradicted = 0
        for outside in visits:
            told = outside["checker_level"] == "市" and outside["feedback_on"]
            before = [
                row
                for row in visits
                if row["checker_level"] in ("村", "乡镇", "县")
                and row["place_id"] == outside["place_id"]
                and row["visited_on"] <= outside["visited_on"]
            ]
            if not told or outside["place_type"] != "工程" or not before:
                continue
            own = max(before, key=lambda row: row["visited_on"])
            both = set(own["checklists"].split("|")) & set(outside["checklists"].split("|"))
            asked = {code for code, name in lists.items() if name in both}
            asked -= {code for code in asked if (own["visit_id"], code) in failed}
            looked += bool(asked)
            contradicted += any((outside["visit_id"], code) in failed for code in asked)

        found = desk.agreement.of_unit[unit]["厂站外查"]
        assert (found.looked, found.contradicted) == (looked, contradicted)
