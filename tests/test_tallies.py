"""Drawn figures count what the pages beside them count."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def ledger(example_site) -> str:
    """The page of all issues of the story."""
    return (example_site / "issues.html").read_text(encoding="utf-8")


def test_the_ages_of_open_issues_add_up(ledger):
    """Every issue that is not reported done has one age; the late ones are the overdue ones."""
    table = re.search(r"还没有报完成的 (\d+) 件.*?</table>", ledger, re.S)
    whole, *units = [
        [int(n) for n in re.findall(r'<td class="num">(\d+)</td>', row)]
        for row in re.findall(r"<tr.*?</tr>", table[0].partition("<tbody>")[2], re.S)
    ]
    overdue = re.search(r"逾期没改完 (\d+) 件", ledger)

    assert sum(whole) == int(table[1])
    assert sum(whole[1:]) == int(overdue[1])
    assert [sum(column) for column in zip(*filter(None, units), strict=True)] == whole


def test_the_parts_of_a_score_are_those_of_its_sheet(example_site):
    """五 of every unit on the ranking stands at the head of part 五 of its sheet."""
    ranking = (example_site / "scores.html").read_text(encoding="utf-8")
    table = re.search(r"各单位五个部分的得分.*?</table>", ranking, re.S)[0]
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.S):
        unit = re.search(r"s/([a-z]+)\.html", row)[1]
        points = re.findall(r'<td class="num">([0-9.]+)', row)
        sheet = (example_site / "s" / f"{unit}.html").read_text(encoding="utf-8")
        heads = re.findall(r'class="qy-part"><h3>[^<]+</h3><p>([0-9.]+) /', sheet)

        assert points == heads


def test_every_place_leads_to_the_next_and_back(example_site):
    """Following 'next' from the first village of a township visits each once; 'prev' returns."""
    for folder in ("v", "w", "t", "i"):
        pages = {
            p.name: p.read_text(encoding="utf-8") for p in (example_site / folder).glob("*.html")
        }
        following = {
            name: found[1]
            for name, text in pages.items()
            if (found := re.search(r'href="([^"]+)" rel="next"', text))
        }

        assert len(set(following.values())) == len(following)
        for name, after in following.items():
            assert re.search(r'href="([^"]+)" rel="prev"', pages[after])[1] == name
