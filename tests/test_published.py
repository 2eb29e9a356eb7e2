"""Editions that are pinned: later data change none; what was wrong is said by a new edition."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from story import EXAMPLE, qingyuan
from test_change_gate import git, rows_of, write
from test_reports import DAY, reports_of, view_of

from pipeline.papers.rendering import code_of
from pipeline.reports import archive, kept

ISSUES = "units/nanzhao/issues.csv"
EDITION = "weekly-07"
NEW = "后来改过的话"


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> tuple[Path, str, Path]:
    """A repository whose ledgers were changed after a site was built, the revision, that site."""
    top = tmp_path_factory.mktemp("published")
    shutil.copytree(EXAMPLE, top / "data")
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "-m", "then")
    then = git(top, "rev-parse", "HEAD").strip()
    done = qingyuan("build", "--data", top / "data", "--out", top / "out")
    assert done.returncode == 0, done.stderr
    old = top / "old"
    shutil.copytree(top / "out" / "public", old)
    rows = rows_of(top / "data" / ISSUES)
    shown = (old / "r" / f"{EDITION}.html").read_text(encoding="utf-8")
    row = next(r for r in rows if f"i/{r['issue_id']}.html" in shown)
    row["problem"] = NEW
    write(top / "data" / ISSUES, rows)
    return top, then, old


def pinned(top: Path, *items: tuple[str, str, str, str]) -> None:
    """Have the campaign pin editions: edition, revision, day of the correction, its reason."""
    path = top / "data" / "campaign.yml"
    text = re.sub(r"^published:\n(- .*\n)*", "", path.read_text(encoding="utf-8"), flags=re.M)
    names = ("edition", "at", "corrected_on", "reason")
    lines = [
        "- {" + ", ".join(f"{n}: '{v}'" for n, v in zip(names, one, strict=True)) + "}\n"
        for one in items
    ]
    path.write_text(text + "published:\n" + "".join(lines), encoding="utf-8")


def body(page: Path) -> str:
    """The words of a report's page, without what leads elsewhere."""
    text = page.read_text(encoding="utf-8")
    return text[text.index('aria-label="正文"') : text.index('<nav class="qy-sec qy-turn"')]


def test_a_published_edition_is_not_changed_and_a_correction_names_it(published):
    """The pinned one has page and paper as they were; the correction has the new words."""
    top, then, old = published
    pinned(top, (EDITION, then, "2022-09-10", "南召县一件写错了"))
    done = qingyuan("build", "--data", top / "data", "--out", top / "out")
    assert done.returncode == 0, done.stdout + done.stderr
    new = top / "out" / "public"

    assert body(new / f"r/{EDITION}.html") == body(old / f"r/{EDITION}.html")
    for name in (f"r/{EDITION}.pdf",):
        assert (new / name).read_bytes() == (old / name).read_bytes()
    assert f'href="{EDITION}-c1.html"' in (new / f"r/{EDITION}.html").read_text(encoding="utf-8")
    correction = (new / f"r/{EDITION}-c1.html").read_text(encoding="utf-8")
    assert NEW in correction
    assert NEW not in body(new / f"r/{EDITION}.html")
    assert "南召县一件写错了" in correction
    assert f'href="{EDITION}.html"' in correction
    assert (new / f"r/{EDITION}-c1.pdf").is_file()
    listed = (new / "reports.html").read_text(encoding="utf-8")
    assert listed.count(f"r/{EDITION}-c1.html") == 1
    feed = (new / "feeds" / "reports.xml").read_text(encoding="utf-8")
    assert feed.count("<entry>") == len(list((new / "r").glob("*.html")))
    assert "2022-09-10T00:00:00" in feed

    done = qingyuan(
        "print", "weekly", "--number", "7", "--data", top / "data", "-o", top / "printed"
    )
    assert done.returncode == 0, done.stderr
    printed = top / "printed" / f"{EDITION}.pdf"
    assert printed.read_bytes() == (old / "r" / f"{EDITION}.pdf").read_bytes()

    for wanted in ((f"{EDITION}-c1",), ("weekly", "--number", "7-c1")):
        place = top / f"printed-{len(wanted)}"
        done = qingyuan("print", *wanted, "--data", top / "data", "-o", place)
        assert done.returncode == 0, done.stderr
        again = (new / "r" / f"{EDITION}-c1.pdf").read_bytes()
        assert (place / f"{EDITION}-c1.pdf").read_bytes() == again

    found = {one["id"]: one for one in listing(top)}
    assert found[EDITION]["state"] == "一致"
    assert found[f"{EDITION}-c1"]["corrects"] == EDITION
    assert found[f"{EDITION}-c1"]["state"] == "一致"


def listing(top: Path) -> list[dict]:
    done = qingyuan(
        "reports", "--list", "--format", "json", "--data", top / "data", "--out", top / "out"
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["editions"]


def test_what_was_published_and_would_now_say_otherwise_is_told(published):
    """Without a pin; the list says which, and what can be done."""
    top, _, old = published
    text = (top / "data" / "campaign.yml").read_text(encoding="utf-8")
    (top / "data" / "campaign.yml").write_text(text.partition("published:")[0], encoding="utf-8")
    site = top / "stood"
    (site).mkdir()
    shutil.copytree(old, site / "public")
    done = qingyuan("reports", "--list", "--data", top / "data", "--out", site)

    assert done.returncode == 0
    assert re.search(rf"{EDITION}　.*已发布，不一致", done.stdout)
    assert "weekly-01　周报第1期　2022-07-14 至 2022-07-20　已发布，一致" in done.stdout
    assert "weekly-10　周报　2022-09-15 至 2022-09-21　还没有到期" in done.stdout
    assert "published" in done.stdout


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([("weekly-07", "nowhere", "", "")], "没有“nowhere”这个版本"),
        ([("weekly-99", "HEAD", "", "")], "没有“weekly-99”这一期"),
        ([("weekly-07", "--output=x", "", "")], "at 写发布时台账的版本"),
        ([("weekly-07", "HEAD", "", "错了")], "corrected_on 和 reason 都要写"),
        ([("weekly-07", "HEAD", "2022-13-01", "错了")], "corrected_on 写更正的日期"),
        (
            [("weekly-07", "HEAD", "", ""), ("weekly-07", "HEAD", "2022-09-10", "错了")],
            "按更正的先后写",
        ),
    ],
)
def test_a_pin_that_cannot_be_kept_is_said(published, items, said):
    """Which one and why; nothing is built."""
    top, _, _ = published
    pinned(top, *items)
    done = qingyuan("build", "--data", top / "data", "--out", top / "none")

    assert done.returncode in (1, 2)
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (top / "none" / "public").exists()


def test_a_second_correction_names_the_first():
    """Each pins the one before it; a correction of a later day is not there yet."""
    view = view_of("story")
    items = [
        {"edition": EDITION, "at": "a", "corrected_on": "2022-09-05", "reason": "甲"},
        {"edition": EDITION, "at": "b", "corrected_on": "2022-09-08", "reason": "乙"},
        {"edition": EDITION, "at": "c", "corrected_on": "2022-09-30", "reason": "丙"},
    ]
    own = archive.due(view)[EDITION].make()
    then = {
        archive.pin(EDITION, at): kept.written(replace(own, title=f"{own.title}{at}"))
        for at in "abc"
    }
    changed = replace(view, campaign=replace(view.campaign, published=tuple(items)), published=then)
    found = archive.editions(changed)
    chain = [one for one in found.values() if one.id.startswith(EDITION)]

    assert [(one.id, one.corrects) for one in chain] == [
        (f"{EDITION}-c2", f"{EDITION}-c1"),
        (f"{EDITION}-c1", EDITION),
        (EDITION, ""),
    ]
    titles = [f"{own.title}{mark}" for mark in ("c（更正）", "b（更正）", "a")]
    assert [one.make().title for one in chain] == titles
    assert "2022年9月5日的更正" in chain[0].make().correction
    assert found[EDITION].on < found[f"{EDITION}-c1"].on


def test_a_report_is_read_as_it_was_written():
    """Every report, to the same value and code."""
    for report in reports_of(view_of("story")):
        again = kept.read(kept.written(report))

        assert again == report
        assert code_of(again) == code_of(report)


def test_what_may_no_longer_be_shown_is_in_no_pinned_edition():
    """An issue that is hidden today keeps its line and loses its words."""
    view = view_of("story", DAY)
    report = archive.due(view)["weekly-09"].make()
    hrefs = [line.href for table in report.tables for line in table.lines if line.href]
    hidden = hrefs[0][2:-5]
    issues = tuple(one for one in view.issues if one.id != hidden)
    less = replace(view, tables={**view.tables, "issues": issues})
    shown = kept.shown(report, less)

    lines = [line for table in shown.tables for line in table.lines if line.key == hidden]
    assert lines
    assert all(kept.WITHHELD in line.cells and not line.href for line in lines)
    others = [line for table in shown.tables for line in table.lines if line.key != hidden]
    assert others == [line for t in report.tables for line in t.lines if line.key != hidden]
