"""Pages of places and works: whose water comes from where, also across a township's border."""

from __future__ import annotations

import json
import re

import pytest
from story import EXAMPLE

from pipeline.demo.particulars import EXEMPLARY
from pipeline.ledgers import load, load_schemas

FAR = "nanzhao-w0002"
"""A works of 城关镇 that serves a part of a village of 留山镇."""


@pytest.fixture(scope="module")
def works():
    """The works of the story by id."""
    return load(EXAMPLE).snapshot.index("works")


def words(site, address: str) -> str:
    """Return the words of a page, without its marks."""
    text = (site / address).read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


def test_a_works_is_listed_in_every_township_it_serves(example_site, works):
    """In the other one told apart from the works that stand there."""
    far = works[FAR]
    towns = {code[:9] for code in far.village_codes}

    assert towns == {"411321100", "411321101"}
    assert far.name in words(example_site, "t/411321100.html")
    assert f"{far.name}供水来自城关镇的工程" in words(example_site, "t/411321101.html")
    assert "供水来自" not in words(example_site, "t/411321100.html")
    assert "另有 1 处外乡镇的工程供水到这里" in words(example_site, "t/411321101.html")


def test_a_village_says_what_reaches_only_a_part_of_it(example_site, works):
    """And from which township the water comes; the works of the whole village comes first."""
    page = words(example_site, "v/411321101200.html")

    assert f"{works[FAR].name}（供到本村一部分，供水来自城关镇）" in page
    assert f"日常供水由{works['nanzhao-w0001'].name}管" in page


def test_a_works_says_its_sources_reserve_owner_and_parts(example_site, works):
    """Everything that was recorded; what was not is called not reported."""
    page = words(example_site, f"w/{FAR}.html")

    assert "城关镇：沙坪村（部分）；留山镇：大沟村（部分）" in page
    assert "水源地下水、地表水" in page
    assert "备用水源地下水" in page
    assert "产权单位沙坪村民委员会" in page
    assert "管护类型用水者协会" in page
    assert "备用水源没有" in words(example_site, "w/nanzhao-w0001.html")
    assert "产权单位未报告" in words(example_site, "w/nanzhao-w0001.html")


def test_the_look_up_finds_a_works_by_either_township(example_site, works):
    """Both names stand in its place."""
    index = (example_site / "assets" / "lookup-index.js").read_text(encoding="utf-8")

    _, _, _, _, groups = json.loads(index.removeprefix("window.qyIndex=").rstrip(";\n"))
    kinds = {kind: rows for kind, _, rows in groups}
    towns = [text.split("\n")[0] for _, told in kinds["乡镇"] for text in told[::2]]
    (place,) = (place for place, told in kinds["工程"] if "~沙坪供水站" in told)

    assert [towns[n] for n in place[1:]] == ["城关镇", "留山镇"]


@pytest.mark.parametrize(
    "column", ["partly_served_codes", "other_sources", "backup_source", "owner_name"]
)
def test_downloads_carry_what_works_may_have(example_site, works, column):
    """In the public file, for the exemplary works of every unit."""
    header, *lines = (
        (example_site / "data" / "works-demo.csv").read_text(encoding="utf-8").splitlines()
    )
    at = header.split(",").index(column)
    filled = {line.split(",")[0] for line in lines if line.split(",")[at]}

    assert {f"{unit}-w{EXEMPLARY:04d}" for unit in ("nanzhao", "wolong", "yahe")} <= filled


def test_every_kind_of_operator_can_be_recorded():
    """Users' associations, and whoever is none of the kinds named."""
    kinds = load_schemas()["works"].by_name["operator_kind"].enum

    assert {"用水者协会", "其他"} <= set(kinds)
