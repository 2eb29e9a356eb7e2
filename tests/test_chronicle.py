"""What happened is told in order, in the ledgers' own dates, and nothing taken back is hidden."""

from __future__ import annotations

import csv
import re
import shutil

import pytest
from story import EXAMPLE, site_of


def _times(text: str) -> list[str]:
    section = text.partition('id="history"')[2].partition("</section>")[0]
    return re.findall(r'<time datetime="([0-9-]+)"', section)


def test_every_works_tells_its_history_latest_first(example_site):
    """Visits, tests, outages and issues on one line of time."""
    told = [_times(p.read_text(encoding="utf-8")) for p in (example_site / "w").glob("*.html")]

    assert any(len(times) > 2 for times in told)
    assert all(times == sorted(times, reverse=True) for times in told)


def test_a_test_names_the_standard_it_was_judged_by(example_site):
    """Limits change; the page says which ones were in force."""
    pages = [p.read_text(encoding="utf-8") for p in (example_site / "w").glob("*.html")]
    judged = [text for text in pages if 'class="qy-water"' in text]

    assert judged
    assert all("竖线是限值（GB 5749-2006）" in text for text in judged)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """The story with one water sample withdrawn."""
    data = tmp_path_factory.mktemp("corrected") / "data"
    shutil.copytree(EXAMPLE, data)
    path = data / "city" / "checks" / "nanzhao" / "water_tests.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= {"withdrawn_on": "2022-09-10", "withdrawn_reason": "对象认错，属邻村工程"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return site_of(data, tmp_path_factory.mktemp("corrected-site"))


def test_what_is_withdrawn_is_told_with_its_reason(corrected):
    """On the page of corrections, with the day."""
    text = (corrected / "updates.html").read_text(encoding="utf-8")
    row = re.search(r"<tr>(?:(?!</tr>).)*对象认错，属邻村工程.*?</tr>", text, re.S)[0]

    assert "2022-09-10" in row
    assert "撤回" in row


def test_what_is_void_is_told_with_its_reason(example_site):
    """An issue found void says why, in the words of the event that made it so."""
    text = (example_site / "updates.html").read_text(encoding="utf-8")
    void = []
    for path in (EXAMPLE / "units").glob("*/issue_events.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            void += [row for row in csv.DictReader(file) if row["event"] == "作废"]

    assert void
    for row in void:
        assert f"（{row['issue_id']}）。作废原因：{row['reason']}" in text


def test_a_change_of_person_is_told_once_with_both_names(example_site):
    """Who held the duty, who holds it now."""
    text = (example_site / "updates.html").read_text(encoding="utf-8")
    section = text.partition('id="handovers"')[2].partition("</section>")[0]
    told = re.findall(r"<a [^>]+>([^<]+)</a>", section)

    assert told
    assert len(told) == len(set(told))
    assert any("改为" in words for words in told)
