"""A site can be built for any day: before the campaign, on its first day, long after it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from story import EXAMPLE, Folder, qingyuan

from pipeline import checks, disclosure, verify
from pipeline.ledgers.schemas import PROJECT
from pipeline.publication import site
from pipeline.publication.desk import Desk
from pipeline.store import Store

BEGINS = date(2022, 7, 14)
DAYS = [
    date(2022, 1, 1), BEGINS - timedelta(days=1), BEGINS, date(2022, 8, 1), date(2022, 8, 26),
    date(2030, 1, 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    """What the builds of this module share."""
    return Store(tmp_path_factory.mktemp("days"))


def built(day: date, root: Path, store: Store) -> Path:
    """Make the story's site as of a day."""
    loaded = checks.run(EXAMPLE, as_of=day, today=lambda: day, store=store).loaded
    view = disclosure.view(loaded.snapshot, day, loaded.digest)
    site.publish(view, PROJECT, Folder(root), store)()
    return root


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_site_of_any_day_is_whole_and_says_where_the_campaign_stands(tmp_path, store, day):
    """Every page parsed: nothing empty, nothing dead; before the first day each page says so."""
    root = built(day, tmp_path, store)
    home = (root / "index.html").read_text(encoding="utf-8")
    pages = [p for p in root.rglob("*.html") if "qy-asof" in p.read_text(encoding="utf-8")]

    assert verify.verify_site(root, full=True, manifest=False) == []
    assert len(pages) > 100
    for page in pages:
        said = "排查还没开始" in page.read_text(encoding="utf-8")
        assert said == (day < BEGINS), page
    assert ("排查2022年7月14日开始" in home) == (day < BEGINS)
    for heading in ("现在整改得怎么样", "各单位核查通过的占比", "考评排名"):
        assert (heading in home) == (day >= BEGINS), heading
    assert not re.search(r"2022年7月14日至20(?:1|20|21|22年[1-6]月)", home)


@pytest.mark.parametrize("verb", ["check", "score"])
@pytest.mark.parametrize("day", ["1990-01-01", "2021-12-31", *map(str, DAYS), "2099-12-31"])
def test_check_and_score_answer_on_any_day(verb, day):
    """Also where no unit was registered yet."""
    done = qingyuan(verb, "--data", EXAMPLE, "--as-of", day)

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_day_without_any_unit_gives_no_site_and_says_which_day_would(tmp_path):
    """Exit 2: the command is wrong, not the data and not the program."""
    done = qingyuan("build", "--data", EXAMPLE, "--out", tmp_path, "--as-of", "2021-12-31")

    assert done.returncode == 2, done.stderr
    assert "2022-01-01" in done.stderr


def test_a_fault_of_a_template_names_page_and_row(tmp_path, monkeypatch, capsys):
    """Exit 4 in Chinese, without a traceback, from whichever process it came."""
    from pipeline import __main__ as command

    render = Desk.render

    def broken(self, template, **values):
        if template == "works.html":
            raise KeyError("x")
        return render(self, template, **values)

    monkeypatch.setattr(Desk, "render", broken)
    ended = command.main(["build", "--data", str(EXAMPLE), "--out", str(tmp_path / "out")])
    said = capsys.readouterr().err

    assert ended == 4
    assert re.search(r"页面 w/[a-z]+-w\d+\.html（example/units/[a-z]+/works\.csv 第\d+行）", said)
    assert "Traceback" not in said
    assert not (tmp_path / "out" / "public").exists()
