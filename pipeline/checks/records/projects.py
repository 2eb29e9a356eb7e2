"""Record checks of projects and milestones (工程项目, 项目节点)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import gathered
from pipeline.dates import in_words, is_late
from pipeline.rowtypes import MilestoneRow, ProjectRow

PROJECT = {"project_id": "jiaxian-p0003", "plan_year": "2022"}


@row_check(
    "G01",
    ledger=ProjectRow,
    severity="error",
    sentence="项目的工程是本单位的工程",
    remedy="核对工程编号",
    source="二.2",
    why="项目挂到别的单位的工程，进度就算错了单位",
    where=lambda row: row.works_ids,
    passes=[{"works": [{}], "projects": [PROJECT | {"works_ids": "jiaxian-w0001"}]}],
    fails=[
        {
            "works@yixian": [{"works_id": "yixian-w0001", "unit_id": "yixian"}],
            "projects": [PROJECT | {"works_ids": "yixian-w0001"}],
        }
    ],
    skips=[{"projects": [PROJECT]}],
)
def project_works_of_unit(row: ProjectRow, book: Book) -> Iterator[Breach]:
    """A unit spends on its own works."""
    works = book.index("works")
    for code in row.works_ids:
        if code in works and works[code].unit_id != row.unit_id:
            yield breach("works_ids", f"“{works[code].name}”是别的单位的工程", value=code)


@row_check(
    "G02",
    ledger=MilestoneRow,
    severity="error",
    sentence="节点和它的项目在同一个单位",
    remedy="把节点移到项目所在单位的目录，或核对项目编号",
    source="台账约定",
    why="节点和项目分在两个单位，完成的比例没有办法算",
    passes=[{"projects": [PROJECT], "milestones": [{}]}],
    fails=[{"projects@yixian": [PROJECT | {"unit_id": "yixian"}], "milestones": [{}]}],
    skips=[{"milestones": [{}]}],
)
def milestone_beside_its_project(row: MilestoneRow, book: Book) -> Breach | None:
    """Who keeps the project keeps its nodes."""
    project = book.index("projects").get(row.project_id)
    return breach("project_id") if project and project.shard.unit != row.shard.unit else None


@row_check(
    "G03",
    ledger=MilestoneRow,
    severity="warning",
    sentence="节点的计划完成、实际完成不早于项目年度",
    remedy="核对年度和日期",
    source="常理",
    why="项目还没有立，节点就完成，年度或日期有错",
    passes=[{"projects": [PROJECT], "milestones": [{"met_on": "2022-01-01"}]}],
    fails=[
        {"projects": [PROJECT], "milestones": [{"met_on": "2021-12-31"}]},
        {"projects": [PROJECT], "milestones": [{"due_on": "2021-12-31"}]},
    ],
    skips=[{"milestones": [{"met_on": "2021-12-31"}]}],
)
def milestone_not_before_its_year(row: MilestoneRow, book: Book) -> Iterator[Breach]:
    """Work of a year's plan begins in that year."""
    project = book.index("projects").get(row.project_id)
    if project is None:
        return
    for field in ("due_on", "met_on"):
        day = getattr(row, field)
        if day is not None and day.year < project.plan_year:
            yield breach(field, f"项目是{project.plan_year}年的，写的是{in_words(day)}")


@book_check(
    "G04",
    ledger=MilestoneRow,
    severity="warning",
    sentence="到期的节点已经完成",
    remedy="完成了的填实际完成；没有完成的，公布时写明",
    source="二.2",
    why="到期没有完成，这一条按比例少得分",
    passes=[
        {"projects": [PROJECT], "milestones": [{"met_on": "2022-09-01"}]},
        {"milestones": [{"due_on": "2022-09-16"}]},
    ],
    fails=[
        {"milestones": [{"due_on": "2022-09-15"}]},
        {"milestones": [{"due_on": "2022-09-15", "met_on": "2022-09-17"}]},
    ],
)
def milestone_met(book: Book) -> Iterator[Breach]:
    """What was due is done (附件3 二.2)."""
    poor = [
        row
        for row in book.today.milestones
        if row.met_on is None and is_late(row.due_on, book.as_of_on)
    ]
    yield from gathered(poor, "met_on", lambda row: row.milestone_id, "个节点", "到期没有完成")


@row_check(
    "G05",
    ledger=ProjectRow,
    severity="warning",
    sentence="维修养护项目列出节点",
    remedy="在项目节点里登记每个节点和计划完成日期",
    source="二.2、G3",
    why="没有节点，就看不出按时完成了没有",
    where=lambda row: row.kind == "维修养护",
    passes=[{"projects": [PROJECT], "milestones": [{}]}],
    fails=[{"projects": [PROJECT]}],
    skips=[{"projects": [PROJECT | {"kind": "新建"}]}],
)
def maintenance_has_milestones(row: ProjectRow, book: Book) -> Breach | None:
    """Maintenance is judged by its nodes (附件3 二.2)."""
    nodes = book.group("milestones", "project_id")[row.project_id]
    return breach("project_id", f"“{row.name}”没有节点") if not nodes else None
