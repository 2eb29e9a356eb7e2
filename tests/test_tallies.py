"""Drawn figures count what the pages beside them count."""

from __future__ import annotations

import json
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
        for row in re.findall(r"<tr.*?</tr>", table[0].partition("<tbody")[2], re.S)
    ]
    overdue = re.search(r"逾期没改完 (\d+) 件", ledger)

    assert sum(whole) == int(table[1])
    assert sum(whole[1:]) == int(overdue[1])
    assert [sum(column) for column in zip(*filter(None, units), strict=True)] == whole


def test_the_parts_of_a_score_are_those_of_its_sheet(example_site):
    """五 of every unit on the ranking stands at the head of part 五 of its sheet."""
    ranking = (example_site / "scores.html").read_text(encoding="utf-8")
    table = re.search(r"各单位各部分的得分<.*?</table>", ranking, re.S)[0]
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.S):
        unit = re.search(r"s/([a-z]+)\.html", row)[1]
        sheet = (example_site / "s" / f"{unit}.html").read_text(encoding="utf-8")
        cells = re.findall(r'<td class="num" data-l="\S+ 满分 (\S+)">(.*?)</td>', row)
        points = [f"{re.sub('<[^>]+>', '', cell)} / {full}" for full, cell in cells]
        shown = re.findall(r'class="qy-part"><h3>[^六]+?</h3><p>(.*?) 分</p>', sheet)
        heads = [re.sub(r"<[^>]+>", "", head) for head in shown]

        assert points == heads
        assert all(re.fullmatch(r"(未报告|[0-9.]+(～[0-9.]+)?) / [0-9]+", cell) for cell in points)


def test_a_place_is_the_same_range_wherever_it_is_shown(example_site):
    """Home, ranking, chart, sheet, unit page and the JSON; a range says how many are open."""
    (path,) = example_site.glob("data/scores*.json")
    units = json.loads(path.read_text(encoding="utf-8"))["units"]
    home, ranking = (
        (example_site / name).read_text(encoding="utf-8") for name in ("index.html", "scores.html")
    )
    count = sum(one["total"] is None for one in units)
    assert count
    for one in units:
        pages = [
            (example_site / folder / f"{one['unit']}.html").read_text(encoding="utf-8")
            for folder in "su"
        ]
        if one["rank_range"] is None:
            assert all("不排名" in page for page in pages)
            continue
        first, last = one["rank_range"]
        said = f"{first}" if first == last else f"{first}～{last}"
        assert f'<span>{said}</span><a href="s/{one["unit"]}.html">' in home
        row = re.search(rf'<a href="s/{one["unit"]}.html">[^<]+</a></th>(.*?)</tr>', ranking)[1]
        assert f'data-l="名次">{said}<' in row
        for page in pages:
            assert f"第 <b>{said}</b> 名" in page
            assert (f"{len(units)} 个单位中 {count} 个有条款没有报告" in page) == (first != last)


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
