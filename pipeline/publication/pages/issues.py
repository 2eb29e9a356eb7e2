"""Pages of issues: the whole ledger, and one issue with everything that happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.publication.desk import Desk
from pipeline.publication.kinds import DRAWINGS, page, pages
from pipeline.publication.long_lists import long_list
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME
from pipeline.terms import VOID


def _issues(desk: Desk) -> Iterator[str]:
    yield from (issue.id for issue in desk.view.issues)


@page("issues", after=DRAWINGS)
def issues_page(desk: Desk) -> Content:
    """Make the whole ledger of issues, overdue first."""
    cards = long_list(desk, "issues", "issues_rows.html", desk.issues.cards(desk.issues.standing))
    body = desk.render(
        "issues.html",
        root="",
        list=cards,
        tallies={
            u.id: desk.issues.tally(desk.issues.of_unit.get(u.id, ())) for u in desk.places.units
        },
        tally=desk.issues.tally(desk.issues.standing),
        ages=desk.issues.ages(desk.issues.standing),
        ages_of={
            u.id: desk.issues.ages(desk.issues.of_unit.get(u.id, ()))
            for u in desk.places.units
            if not desk.issues.is_silent(u.id)
        },
        channels=Counter(i.channel for i in desk.issues.standing).most_common(),
        units={u.id: u for u in desk.places.units},
        void=sum(state.state == VOID for state in desk.view.states.values()),
    )
    return Content(
        "整改台账",
        "全市每一个问题：状态、时限、责任单位",
        (*HOME, ("整改台账", None)),
        body,
        beside=cards.beside,
    )


@pages("issue", at="i/{}.html", keys=_issues, row="issues")
def issue_page(desk: Desk, key: str) -> Content:
    """Make the page of one issue: where it stands, and everything that happened to it."""
    view, issue = desk.view, desk.view.index("issues")[key]
    unit, town = desk.places.unit(issue.unit_id), desk.places.division(issue.town_code)
    until = view.objections.get(key)
    works = view.index("works").get(issue.works_id)
    ladder = desk.people.ladder(unit.id, town.id, issue.village_code, [works] if works else ())
    body = desk.render(
        "issue.html",
        until=until,
        is_open_to_objection=until is not None and until >= view.as_of_on,
        numbers=desk.people.phones("县级监督", "县", unit.id),
        provable=desk.issues.provable(key),
        issue=issue,
        turn=desk.issues.beside[key],
        card=desk.issues.card(issue),
        title=desk.issues.title(issue),
        unit=unit,
        town=town,
        village=issue.village_code and desk.places.division(issue.village_code),
        works=works,
        ladder=ladder,
        slab=next((rung for rung in ladder if rung.number), None),
        steps=tuple(reversed(view.histories.get(issue.id, ()))),
        events=view.index("issue_events"),
        twins=[view.index("issues")[one] for one in view.possible_twins.get(key, ())],
        recurs_of=view.index("issues").get(issue.recurs_of_id),
        assignment=view.index("assignments").get(issue.assignment_id),
        findings=[
            view.index("findings")[f] for f in issue.finding_ids if f in view.index("findings")
        ],
        sample=view.index("water_tests").get(issue.sample_id),
    )
    return Content(
        f"问题 {issue.id}：{issue.problem}",
        f"{unit.name}{desk.issues.title(issue)}：整改状态、时限、责任人和经过",
        (*desk.places.crumbs(unit, town), (f"问题 {issue.id}", None)),
        body,
        town=town.id,
    )
