"""The recipes of CONTRIBUTING for pages, clauses, editions and changed rules, followed.

Those for ledgers and their rules are followed in `test_contributing`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from recipe import Copy

HOURS = '''"""The page of who answers day and night."""

from __future__ import annotations

from pipeline.publication.desk import Desk
from pipeline.publication.kinds import page
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME


@page("hours")
def hours_page(desk: Desk) -> Content:
    """Say how many numbers are answered at any hour."""
    body = desk.render("hours.html", root="", always=desk.people.always())
    return Content("全天有人接", "半夜停水打哪里", (*HOME, ("全天有人接", None)), body)
'''
QUESTION = '''    def always(self) -> int:
        """Return how many numbers are answered at any hour."""
        return sum(row.service_hours == "全天" for row in self.view.phones)

'''


def test_a_page_is_added(following: Callable[[str], Copy]) -> None:
    """Frame, template, function, name: the page stands on the site, in its map and navigation."""
    copy = following("加一个页面")
    frame = copy.path("site/pages/water.md").read_text(encoding="utf-8")

    copy.append("site/pages/hours.md", frame.replace("水质", "全天有人接"))
    copy.replace(
        "mkdocs.yml", "- 监督电话: hotlines.md\n", "- 监督电话: hotlines.md\n- 全天: hours.md\n"
    )
    copy.append("site/templates/hours.html", "<h1>全天有人接</h1>\n<p>{{ always }}个号码</p>\n")
    copy.append("pipeline/publication/pages/hours.py", HOURS)
    copy.replace(
        "pipeline/publication/questions/people.py",
        "    def ladder(\n",
        QUESTION + "    def ladder(\n",
    )
    modules = copy.path("pipeline/publication/pages/__init__.py")
    told = modules.read_text(encoding="utf-8")
    assert told.count("    hotlines,\n") == 2
    modules.write_text(told.replace("    hotlines,\n", "    hotlines,\n    hours,\n"), "utf-8")
    copy.run("qingyuan build")
    copy.run("python -m pytest tests/test_kinds.py")

    site = copy.path("build/public")
    page = (site / "hours.html").read_text(encoding="utf-8")
    assert re.search("<p>[1-9][0-9]*个号码</p>", page)
    assert "hours.html" in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert 'href="hours.html"' in (site / "water.html").read_text(encoding="utf-8")
    assert not copy.missing


EVIDENCE = '''

@query("水源巡查", "次")
def source_visits(scope: Scope) -> Iterator[Fact]:
    """本年到水源的领导督查。"""
    return (fact(row) for row in _acts(scope, "领导督查"))
'''
CLAUSE = '''

@clause(
    "六.4",
    title="看水源",
    full=2,
    source=("附件3 六.4", "G90"),
    why="水源出了事，下游的水厂都要停。",
    examples=[
        ("没有去", {}, "0"),
        ("去过2次，只加一次", {"source_visits": 2}, "1"),
        ("去过2次，口径取“每次都加”", {"source_visits": 2}, "2", {"G90": "each-visit"}),
    ],
)
def sources_are_looked_at(evidence: Queried, readings: Readings) -> Award:
    """领导到水源看过，一次加1分；最多加2分。"""
    visits = evidence.source_visits
    if visits and not readings.says("G90", "each-visit"):
        visits = replace(_first(visits), word="看水源，只加一次，")
    return adjust(0, 2, (1, visits))
'''
READING = """\
G90,each-visit,六.4,看水源几次，加几次没有写明,每次都加,否,,,
G90,one-visit,六.4,看水源几次，加几次没有写明,只加一次,是,,,
"""
SQL = '''
SOURCES = """
SELECT unit_id, CASE WHEN says('G90', 'each-visit') THEN MIN(2, COUNT(*)) ELSE 1 END
FROM activities, run WHERE home = 'U' AND kind = '领导督查' AND held_on BETWEEN year AND d
GROUP BY unit_id
"""
CLAUSES["六.4"] = Clause(SOURCES, "0", high="2")
'''


def written(copy: Copy) -> None:
    """Write a clause of 2022 down, with its evidence, its reading and its SQL."""
    copy.append("pipeline/assessment/evidence/activities.py", EVIDENCE)
    copy.replace("pipeline/annexes.py", '"六.3": (0, 10),', '"六.3": (0, 10), "六.4": (0, 2),')
    for schema in ("judgements", "readings"):
        copy.replace(f"schemas/{schema}.yaml", "六.2, 六.3]", "六.2, 六.3, 六.4]")
    copy.append("pipeline/assessment/editions/y2022/part_6_extras.py", CLAUSE)
    for data in ("data", "tests/example"):
        copy.append(f"{data}/reference/readings.csv", READING)
    copy.replace(
        "pipeline/readings.py",
        '        "G44": ("once", "each-board"),\n',
        '        "G44": ("once", "each-board"),\n        "G90": ("one-visit", "each-visit"),\n',
    )
    copy.replace("pipeline/assessment/editions/y2022/__init__.py", '"G44",', '"G44", "G90",')
    copy.append("tests/second_opinion/part_6.py", SQL)
    copy.replace(
        "tests/second_opinion/readings.py",
        '"G44": "once|each-board",',
        '"G44": "once|each-board", "G90": "one-visit|each-visit",',
    )


def test_a_clause_is_added(following: Callable[[str], Copy]) -> None:
    """Evidence, number, words, reading, SQL; then a further edition that has it beside 2022."""
    copy = following("加一条考评条款、另一版细则")
    copy.commit("起点")

    written(copy)
    copy.run("make rows")
    copy.replace("tests/test_agreement.py", "SETS = 40", "SETS = 4")  # this suite runs them all
    copy.run("python -m pytest tests/test_clauses.py tests/test_agreement.py")
    assert "六.4  没有这一条 → 1" in copy.run("qingyuan impact")

    source = copy.path("tests/editions/y2025.py").read_text(encoding="utf-8")
    paper = re.search(r"Y2025 = Annex\(.*?\n\)\n", source, re.DOTALL)
    assert paper
    copy.replace("pipeline/annexes.py", "\n\ndef by_id(", f"\n{paper[0]}\n\ndef by_id(")
    copy.replace("pipeline/annexes.py", "by_id((Y2022,))", "by_id((Y2022, Y2025))")
    book = source.replace(paper[0], "").replace("import Annex", "import Y2025")
    folder = "pipeline/assessment/editions"
    copy.append(f"{folder}/y2025/__init__.py", book)
    copy.replace(f"{folder}/__init__.py", "import y2022", "import y2022, y2025")
    copy.replace(f"{folder}/__init__.py", "(y2022.EDITION,)", "(y2022.EDITION, y2025.EDITION)")
    copy.replace("data/campaign.yml", "edition: y2022", "edition: y2022\nalso_editions: [y2025]")
    told = copy.ran([sys.executable, "-c", SCORED]).stdout
    assert told.splitlines() == ["y2022 24", "y2025 3"]

    file = f"{folder}/y2025/__init__.py"
    copy.append(file, book[book.index('@BOOK.clause(\n    "七.1"') : book.index("EDITION = ")])
    assert "ValueError: y2025 七.1" in copy.ran([sys.executable, "-c", SCORED]).stderr
    assert not copy.missing


SCORED = """
import datetime, pathlib
from pipeline import assessment
from pipeline.assessment import editions
from pipeline.ledgers import load
snapshot = load(pathlib.Path("data")).snapshot
for edition in editions.of_campaign(snapshot.campaign):
    found = assessment.assess(snapshot, datetime.date(2022, 9, 16), edition=edition)
    print(edition.id, len(found.sheets["nanzhao"].lines))
"""


def test_what_a_changed_rule_does_is_seen(following: Callable[[str], Copy]) -> None:
    """Before it is merged: units and points before and after, as text and for a merge request."""
    copy = following("改了规则，先看影响")
    copy.commit("起点")
    copy.ran(["git", "update-ref", "refs/remotes/origin/main", "HEAD"])

    command = "qingyuan impact --base origin/main"
    assert "✓ 没有影响" in copy.run(command)
    rule = "pipeline/assessment/editions/y2022/part_1_leadership.py"
    copy.replace(rule, "tier([(most, 5)", "tier([(most, 4)")
    copy.commit("一.1 少给1分")
    assert "一.1  5 → 4" in copy.run(command)
    table = copy.ran([*copy.words(command), "--format", "markdown"]).stdout
    assert "| 一.1 | 5 | 4 |" in table
    assert not copy.missing
