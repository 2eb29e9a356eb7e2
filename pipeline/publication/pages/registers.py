"""Pages that list: units, issues, water, groups, hotlines, risks and outages, documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from pipeline.publication import tallies
from pipeline.publication.desk import Desk
from pipeline.publication.page import Page

Row = Any


def units_page(desk: Desk) -> Page:
    """Make the list of the 17 units: who answers, whom to call, how the mending stands."""
    facts = desk.facts
    body = desk.render(
        "units.html",
        root="",
        units=facts.units,
        leaders={u.id: facts.duties([("县", u.id)]) for u in facts.units},
        numbers={u.id: facts.phones("县级监督", "县", u.id) for u in facts.units},
        tallies={u.id: facts.tally(facts.issues_by("unit_id").get(u.id, [])) for u in facts.units},
        towns=facts.townships,
    )
    return _page(
        desk, "units", "三个责任：各单位谁负责", "17个单位的政府、水利责任人和监督电话", body
    )


def issues_page(desk: Desk) -> Page:
    """Make the whole ledger of issues, overdue first."""
    facts = desk.facts
    body = desk.render(
        "issues.html",
        root="",
        cards=desk.cards(facts.issues),
        tally=facts.tally(facts.issues),
        ages=tallies.ages(desk, facts.issues),
        ages_of={
            u.id: tallies.ages(desk, facts.issues_by("unit_id").get(u.id, ()))
            for u in facts.units
            if not desk.is_silent(u.id)
        },
        channels=Counter(i.channel for i in facts.issues).most_common(),
        units={u.id: u for u in facts.units},
        void=sum(state.state == "已作废" for state in desk.view.states.values()),
    )
    return _page(desk, "issues", "整改台账", "全市每一个问题：状态、时限、责任单位", body)


def water_page(desk: Desk) -> Page:
    """Make the water page: the five things that may be known, by unit; what fails, what is open."""
    facts, view = desk.facts, desk.view
    answers = sorted(
        (desk.waters.answer(*place) for place in view.standings),
        key=lambda a: a.when,
        reverse=True,
    )
    body = desk.render(
        "water.html",
        root="",
        units=facts.units,
        water={
            u.id: desk.waters.counted(view.group("works", "unit_id")[u.id]) for u in facts.units
        },
        city=desk.waters.counted(view.works),
        works=view.index("works"),
        failing=[a for a in answers if a.outcome == "不达标"],
        open=[a for a in answers if a.outcome == "判不了"],
    )
    return _page(
        desk,
        "water",
        "水质",
        "全市供水工程水质检测：达标多少、哪里不达标、哪里判不了、哪里没有检测",
        body,
    )


def groups_page(desk: Desk) -> Page:
    """Make the list of the 13 supervision groups."""
    facts, people = desk.facts, defaultdict(list)
    for person in desk.view.supervision:
        people[person.group_no].append(person)
    body = desk.render(
        "groups.html",
        root="",
        numbers=sorted(people),
        people=people,
        units={n: [u for u in facts.units if u.group_no == n] for n in people},
        tallies={u.id: facts.tally(facts.issues_by("unit_id").get(u.id, [])) for u in facts.units},
    )
    return _page(desk, "groups", "督导分工", "13个督导组的组长、联络人和分包单位（附件1）", body)


def hotlines_page(desk: Desk) -> Page:
    """Make the list of public numbers: county, township, and the ladder above."""
    facts = desk.facts
    body = desk.render(
        "hotlines.html",
        root="",
        units=facts.units,
        towns=facts.townships,
        county={u.id: facts.phones("县级监督", "县", u.id) for u in facts.units},
        service={u.id: facts.phones("供水服务", "县", u.id) for u in facts.units},
        town=lambda code: facts.phones("乡镇监督", "乡镇", code),
        ladder=facts.hotlines,
        unsure=[h for h in desk.view.campaign.hotlines if not h.get("is_verified")],
    )
    return _page(desk, "hotlines", "监督电话", "县、乡镇监督电话和供水服务电话，往上怎么打", body)


def risks_page(desk: Desk) -> Page:
    """Make the page of risks and outages: risks as counts by unit and hazard only."""
    view, facts = desk.view, desk.facts
    standing = [r for r in view.risk_points if r.closed_on is None]
    hazards = list(view.schemas["risk_points"].by_name["hazard"].enum)
    counts = Counter((r.unit_id, r.hazard) for r in standing)
    outages = sorted(view.outages, key=lambda o: (o.started_on, o.id), reverse=True)
    body = desk.render(
        "risks.html",
        root="",
        units=facts.units,
        hazards=[h for h in hazards if any(r.hazard == h for r in standing)],
        counts=counts,
        totals=Counter(r.unit_id for r in standing),
        outages=outages,
        reporting=view.reporting,
        works=view.index("works"),
    )
    return _page(desk, "risks", "风险与应急", "停水风险点的个数和停水记录", body)


def documents_page(desk: Desk) -> Page:
    """Make the list of public papers by unit and kind."""
    view, facts = desk.view, desk.facts
    papers = [d for d in view.documents if d.repealed_on is None]
    body = desk.render(
        "documents.html",
        root="",
        units=facts.units,
        city=sorted((d for d in papers if d.place_type == "市"), key=lambda d: d.issued_on),
        papers={
            u.id: sorted(
                (d for d in papers if d.unit_id == u.id and d.place_type == "县"),
                key=lambda d: (d.kind, d.issued_on),
            )
            for u in facts.units
        },
    )
    return _page(desk, "documents", "制度文件", "市、县的制度文件：管理办法、机构、应急预案", body)


def _page(desk: Desk, name: str, title: str, description: str, body: str) -> Page:
    crumbs = (*desk.home, (title.partition("：")[0], None))
    return Page(f"{name}.html", name, title, description, crumbs, body)
