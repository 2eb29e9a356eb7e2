"""What was published then can be built again, byte for byte, from git alone."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from story import EXAMPLE, qingyuan
from test_change_gate import git, rows_of, write

from pipeline import disclosure
from pipeline.disclosure.frozen import from_json, frozen, shown
from pipeline.ledgers import load
from pipeline.terms import VOID

ISSUES = "units/nanzhao/issues.csv"


def site(out: Path) -> dict[str, bytes]:
    """Return every file of the site in force, by address."""
    root = out / "public"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def past(tmp_path_factory) -> tuple[Path, str, dict[str, bytes]]:
    """A repository whose ledgers were published, then changed; returns it and what stood then."""
    top = tmp_path_factory.mktemp("past")
    shutil.copytree(EXAMPLE, top / "data")
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "then")
    then = git(top, "rev-parse", "HEAD").strip()
    done = qingyuan("build", "--data", top / "data", "--out", top.parent / "then")
    assert done.returncode == 0, done.stdout + done.stderr
    rows = rows_of(top / "data" / ISSUES)
    rows[0]["remark"] = "后来写的"
    write(top / "data" / ISSUES, rows)
    git(top, "commit", "-q", "-a", "-m", "now")
    return top, then, site(top.parent / "then")


def test_the_past_is_built_again(past, tmp_path):
    """The same bytes, the manifest included; what is not committed plays no part."""
    top, then, stood = past
    with (top / "data" / ISSUES).open("a", encoding="utf-8") as file:
        file.write("半行\n")
    done = qingyuan("build", "--data", top / "data", "--at", then[:10], "--out", tmp_path / "out")
    git(top, "checkout", "-q", ".")

    assert done.returncode == 0, done.stdout + done.stderr
    assert site(tmp_path / "out") == stood


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD~9", ""])
def test_a_revision_that_is_not_there_is_said(past, revision):
    """Exit 2 and words; never an option of git."""
    done = qingyuan("build", "--data", past[0] / "data", f"--at={revision}")

    assert done.returncode == 2
    assert "没有" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_git_there_is_no_past(tmp_path):
    """A copy from an archive says so."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    done = qingyuan("build", "--data", tmp_path / "data", "--at", "HEAD")

    assert done.returncode == 2
    assert "不在 git 仓库里" in done.stderr


def archived(top: Path, *listed: str) -> None:
    """Have the campaign list archives."""
    path = top / "data" / "campaign.yml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^archives:.*$", f"archives: [{', '.join(listed)}]", text, flags=re.M)
    path.write_text(text, encoding="utf-8")


def test_a_period_is_frozen(past, tmp_path):
    """Its page says so, is in no search, keeps its words; the page of today has the later ones."""
    source, then, _ = past
    top = tmp_path / "top"
    shutil.copytree(source, top, symlinks=True)
    row = rows_of(top / "data" / ISSUES)[0]
    rows = rows_of(top / "data" / ISSUES)
    rows[0]["problem"] = "后来改过的话"
    write(top / "data" / ISSUES, rows)
    archived(top, "2022-08-25", f"2022-09-16@{then[:12]}")
    out = tmp_path / "out"
    done = qingyuan("build", "--data", top / "data", "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    made = site(out)
    page = made["archive/2022-09-16.html"].decode()

    assert "<b>存档</b>这是2022年9月16日的样子" in page
    assert '<meta name="robots" content="noindex">' in page
    assert row["problem"] in page
    assert then[:12] in page
    assert "后来改过的话" in made[f"i/{row['issue_id']}.html"].decode()
    assert "archive/2022-08-25.html" in made["updates.html"].decode()
    assert b"archive/" not in made["sitemap.xml"]
    assert not [p for p in made if p.startswith("lookup") and b"archive/" in made[p]]
    assert len(page.encode()) < 120_000
    for linking in ("index.html", "reports.html", "updates.html"):
        assert 'href="archive/2022-09-16.html"' in made[linking].decode(), linking
    own = made["archive/unit-2022-09-16-nanzhao.html"].decode()
    assert "archive/unit-2022-09-16-nanzhao.html" not in made["sitemap.xml"].decode()
    assert 'href="unit-2022-09-16-nanzhao.html"' in page
    assert row["problem"] in own
    assert "南召县水利局局长" in own
    assert "五.3　水质检测和公示" in own
    with zipfile.ZipFile(io.BytesIO(made["archive/2022-09-16-demo.zip"])) as files:
        sums = dict(
            line.split("  ")[::-1] for line in files.read("SHA256SUMS").decode().split("\n")[:-1]
        )
        assert set(sums) == {"units.csv", "clauses.csv", "persons.csv", "issues.csv"}
        for name, digest in sums.items():
            assert sha256(files.read(name)).hexdigest() == digest
        assert row["problem"] in files.read("issues.csv").decode()

    again = qingyuan("build", "--data", top / "data", "--out", tmp_path / "again")
    assert again.returncode == 0
    assert site(tmp_path / "again") == made


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("2022-12-31", "还没有到"),
        ("2022-08-25@nowhere", "没有“nowhere”这个版本"),
        ("2022-02-30", "archives 的 2022-02-30"),
        ("'2022-08-25@--output=x'", "archives 的"),
        ("2022-08-25, 2022-08-25", "写了两遍"),
    ],
)
def test_an_archive_that_cannot_be_made_is_said(past, tmp_path, listed, said):
    """Which one and why; the standing site is left alone."""
    top = tmp_path / "top"
    shutil.copytree(past[0], top, symlinks=True)
    archived(top, listed)
    done = qingyuan("build", "--data", top / "data", "--out", tmp_path / "out")

    assert done.returncode in (1, 2)
    assert said in done.stdout + done.stderr
    assert not (tmp_path / "out" / "public").exists()


def test_an_issue_that_is_hidden_today_is_in_no_archive(past, tmp_path):
    """What was taken back is only counted, and personal words are not repeated."""
    top = tmp_path / "top"
    shutil.copytree(past[0], top, symlinks=True)
    rows = rows_of(top / "data" / ISSUES)
    named = rows[1]["issue_id"]
    rows[1]["problem"] = "村民王小明电话13912345678"
    write(top / "data" / ISSUES, rows)
    view = disclosure.view(load(top / "data").snapshot, date(2022, 9, 16), "x")
    then = frozen(load(top / "data").snapshot, date(2022, 9, 16), "x")
    less = {**view.tables, "issues": view.tables["issues"][1:]}
    kept = shown(then, less)

    assert kept.hidden == 1
    assert view.tables["issues"][0].id not in [one.issue_id for one in kept.issues]
    assert {one.issue_id: one.problem for one in kept.issues}[named] is None
    assert from_json(then.json) == then


@pytest.mark.parametrize("day", [date(2022, 8, 25), date(2022, 9, 16)])
def test_an_archive_says_what_the_site_said(day):
    """Counts, points, places and states are those of the view of that day."""
    snapshot = load(EXAMPLE).snapshot
    view, then = disclosure.view(snapshot, day, "x"), frozen(snapshot, day, "x")
    said = {one["unit"]: one for one in view.score_data["units"]}

    assert [one.issue_id for one in then.issues] == [row.id for row in view.issues]
    for one in then.issues:
        row, state = view.index("issues")[one.issue_id], view.states[one.issue_id]
        assert (one.problem, one.state) == (row.problem, state.state)
    for unit in then.units:
        total = said[unit.unit_id]["total"]
        states = [view.states[row.id] for row in view.group("issues", "unit_id")[unit.unit_id]]
        standing = [one for one in states if one.state != VOID]
        assert unit.total == (None if total is None else str(total))
        assert unit.rank == said[unit.unit_id]["rank"]
        assert unit.found in (None, len(standing))
        assert unit.overdue == sum(one.is_overdue for one in standing)


def test_a_name_that_was_replaced_is_in_no_archive(past, tmp_path):
    """Who has left or whose row says another name keeps his post in the archive, not his name."""
    top = tmp_path / "top"
    shutil.copytree(past[0], top, symlinks=True)
    then = frozen(load(top / "data").snapshot, date(2022, 9, 16), "x")
    seats = "units/nanzhao/responsibilities.csv"
    rows = rows_of(top / "data" / seats)
    county = [row for row in rows if row["place_type"] == "县" and not row["valid_to"]]
    old = [row["name"] for row in county]
    county[0]["name"] = "欧阳新来"
    county[1]["valid_to"] = "2022-09-15"
    write(top / "data" / seats, rows)
    view = disclosure.view(load(top / "data").snapshot, date(2022, 9, 16), "x")
    kept = {one.resp_id: one for one in shown(then, view.tables).persons}

    assert [kept[row["resp_id"]].name for row in county] == [None, None, *old[2:]]
    assert all(one.post for one in kept.values())


@pytest.mark.parametrize("day", [date(2022, 8, 25), date(2022, 9, 16)])
def test_an_archive_keeps_the_score_sheets(day):
    """Every clause of every unit with the points and the arithmetic of that day."""
    snapshot = load(EXAMPLE).snapshot
    view, then = disclosure.view(snapshot, day, "x"), frozen(snapshot, day, "x")
    said = [
        (one["unit"], line["id"], line["points"], line["because"])
        for one in view.score_data["units"]
        for line in one["clauses"]
    ]

    assert said == [
        (one.unit_id, one.clause, None if one.points is None else float(one.points), one.because)
        for one in then.clauses
    ]
