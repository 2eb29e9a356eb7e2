"""Record checks of people against households: counts that cannot be, and counts hardly anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, book_check, breach, row_check
from pipeline.checks.sums import gathered
from pipeline.rowtypes import IssueRow, VillageRow, WorksRow

MOST_PEOPLE = 10
"""People of a household on average, above which a count is doubted; the countryside has 2 to 5."""


def crowded(households: int, people: int) -> bool:
    """Whether so many people hardly live in so few households."""
    return people > MOST_PEOPLE * households


@row_check(
    "L16",
    ledger=IssueRow,
    severity="error",
    sentence="影响人数不少于影响户数",
    remedy="核对影响户数和影响人数，看两列是不是填反了；人数不知道的空着",
    source="常理",
    why="一户至少一个人，人数不会比户数少",
    where=lambda row: None not in (row.affected_households, row.affected_people),
    passes=[{"issues": [{"affected_households": "3", "affected_people": "3"}]}],
    fails=[{"issues": [{"affected_households": "3", "affected_people": "2"}]}],
    skips=[{"issues": [{"affected_households": "3"}]}],
)
def people_of_an_issue(row: IssueRow, _book: Book) -> Breach | None:
    """A household has somebody in it."""
    households, people = row.affected_households, row.affected_people
    if households is None or people is None or people >= households:
        return None
    return breach("affected_people", f"影响{households}户，却只有{people}人")


@row_check(
    "L17",
    ledger=IssueRow,
    severity="warning",
    sentence=f"影响人数平均每户不超过{MOST_PEOPLE}人",
    remedy="核对影响户数和影响人数，看是不是多写、少写了一位",
    source="常理",
    why="每户人数太多，多半是户数和人数填反了或错了位",
    where=lambda row: None not in (row.affected_households, row.affected_people),
    passes=[{"issues": [{"affected_households": "3", "affected_people": "12"}]}],
    fails=[{"issues": [{"affected_households": "3", "affected_people": "120"}]}],
    skips=[{"issues": [{"affected_people": "120"}]}],
)
def few_people_in_a_household(row: IssueRow, _book: Book) -> Breach | None:
    """So many people in so few households is a slip of the hand."""
    households, people = row.affected_households, row.affected_people
    if households is None or people is None or not crowded(households, people):
        return None
    return breach("affected_people", f"影响{households}户、{people}人，每户人太多")


@book_check(
    "W12",
    ledger=WorksRow,
    severity="warning",
    sentence=f"受益人口平均每户不超过{MOST_PEOPLE}人",
    remedy="核对受益户数和受益人口，看是不是多写、少写了一位",
    source="常理",
    why="每户人数太多，多半是户数和人数填反了或错了位",
    passes=[{"works": [{"households": "170", "population": "665"}]}],
    fails=[{"works": [{"households": "2", "population": "665"}]}],
)
def works_people_in_households(book: Book) -> Iterator[Breach]:
    """Works serve whole households."""
    poor = [row for row in book.works if crowded(row.households, row.population)]
    yield from gathered(
        poor,
        "households",
        lambda row: f"{row.name} {row.works_id}（{row.households}户{row.population}人）",
        "处工程",
        "每户人太多",
    )


@book_check(
    "V07",
    ledger=VillageRow,
    severity="warning",
    sentence=f"总人口、分散供水人数平均每户不超过{MOST_PEOPLE}人",
    remedy="核对户数和人数，看是不是多写、少写了一位",
    source="常理",
    why="每户人数太多，多半是户数和人数填反了或错了位",
    passes=[{"villages": [{"households": "312", "population": "1286"}]}],
    fails=[
        {"villages": [{"households": "31", "population": "1286"}]},
        {"villages": [{"dispersed_households": "3", "dispersed_people": "301"}]},
    ],
)
def village_people_in_households(book: Book) -> Iterator[Breach]:
    """Villages of crowded households are counts mixed up."""
    for households, people in (
        ("households", "population"),
        ("dispersed_households", "dispersed_people"),
    ):
        poor = [
            row for row in book.villages if crowded(getattr(row, households), getattr(row, people))
        ]
        yield from gathered(poor, people, lambda row: row.village_code, "个村", "每户人太多")
