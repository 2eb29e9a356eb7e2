"""The ledger of issues and everything that happens to each: the story of the campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from pipeline.demo.bodies import township_body, village_body
from pipeline.demo.phrases import BY_ITEM, FAULTS
from pipeline.demo.world import NOW, START, Row, Unit, World
from pipeline.screening import TIER_OF_CLASS

STRUCK, VERIFIED, APPLIED, DONE, OPEN, LATE, REFUSED, REOPENED, VOID, EXTENDED, SELF = (
    "struck", "verified", "applied", "done", "open", "late", "refused", "reopened", "void",
    "extended", "self",
)  # fmt: skip
ALL = (STRUCK, VERIFIED, APPLIED, DONE, OPEN, LATE, REFUSED, REOPENED, VOID, EXTENDED, SELF)
"""How a story ends. The small set tells each once; the city by chance and quality."""

CHANNELS = (
    ("自查", "村", 40), ("自查", "乡镇", 22), ("大排查", "县", 10), ("乡村振兴靶向整改", "县", 4),
    ("12345", "社会", 4), ("信访", "社会", 3), ("12314", "社会", 2), ("舆情", "社会", 1),
    ("督导组", "市", 6), ("监督检查", "市", 5), ("国家后评估", "国家", 1), ("省后评估", "省", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seedling:
    """Where an issue comes from, before it is written down."""

    works: Row
    found_on: date
    channel: str
    level: str
    phrase: tuple[str, str, str, str, str]
    findings: tuple[str, ...] = ()
    sample: str | None = None


def make(world: World, unit: Unit) -> None:
    """Outside findings come after every unit's own work: see close."""


def close(world: World) -> None:
    """Write each unit's share of issues, those that others found first."""
    for unit in world.units:
        random = world.chance(unit.id, "issues")
        seedlings = _from_findings(world, unit, random)[: unit.issues // 2]
        seedlings += _from_samples(world, unit)[: max(0, unit.issues // 4)]
        while len(seedlings) < unit.issues:
            seedlings.append(_found(world, unit, random))
        seedlings = sorted(
            seedlings[: unit.issues], key=lambda s: (s.found_on, s.works["works_id"])
        )
        fates = _fates(world, unit, len(seedlings), random)
        for number, (seedling, fate) in enumerate(zip(seedlings, fates, strict=True), 1):
            _issue(world, unit, number, seedling, fate, random)


def _fates(world: World, unit: Unit, count: int, random: Random) -> list[str]:
    if world.scale == "small":
        start = sum(ord(c) for c in unit.id) % len(ALL)
        return [ALL[(start + n) % len(ALL)] for n in range(count)]
    q = unit.quality
    weights = (
        150 * q * q, 8, 3, 5, 5 * (1.2 - q), 13 * (1.2 - q), 2, 2, 1.2, 4, 5,
    )  # fmt: skip
    return random.choices(ALL, weights, k=count)


def _from_findings(world: World, unit: Unit, random: Random) -> list[Seedling]:
    """Most of what the city found is listed within days; some is not, and that shows."""
    if unit.is_silent:
        return []
    made = []
    for one, visit, finding in world.notes["outside findings"][unit.id]:
        if random.random() < 0.55 + unit.quality * 0.42:
            found = visit["visited_on"]
            known = BY_ITEM.get(finding["item_code"], FAULTS[-1])
            made.append(Seedling(one, found, "督导组", "市", known, (finding["finding_id"],)))
    for one, visit, finding in world.notes["own findings"][unit.id][: unit.issues // 5]:
        phrase = BY_ITEM.get(finding["item_code"])
        if phrase:
            level = TIER_OF_CLASS[one["works_class"]]
            made.append(
                Seedling(one, visit["visited_on"], "自查", level, phrase, (finding["finding_id"],))
            )
    return made


def _from_samples(world: World, unit: Unit) -> list[Seedling]:
    """Failing water is entered with its sample, but for the last of each unit."""
    made = []
    for one, sample, fault in world.notes["failing"].get(unit.id, [])[:-1]:
        phrase = (
            "水厂",
            "水质",
            fault,
            "水源水质变化",
            "加强净化消毒，复检合格前送水到户",
        )
        found = max(START, sample["reported_on"])
        made.append(Seedling(one, found, "自查", "县", phrase, (), sample["sample_id"]))
    return made


def _found(world: World, unit: Unit, random: Random) -> Seedling:
    works = random.choice(world.notes["works"][unit.id])
    channel, level, _ = random.choices(CHANNELS, [c[2] for c in CHANNELS])[0]
    if channel == "自查":
        level = TIER_OF_CLASS[works["works_class"]]
    day = START + timedelta(days=min(int(random.expovariate(1 / 16)), 60))
    return Seedling(works, min(day, NOW - timedelta(days=4)), channel, level, random.choice(FAULTS))


def _tier(works: Row, segment: str) -> str:
    if segment in ("村管网", "入户"):
        return "村"
    if segment in ("干支管", "调蓄池"):
        return "乡镇"
    return TIER_OF_CLASS[works["works_class"]]


def _issue(
    world: World, unit: Unit, number: int, seed: Seedling, fate: str, random: Random
) -> None:
    segment, category, problem, cause, measures = seed.phrase
    works = seed.works
    tier = _tier(works, segment)
    village = works["village_codes"][0]
    town_name = world.places[works["town_code"]]["short_name"]
    org = {
        "村": village_body(world.places[village]["short_name"]),
        "乡镇": township_body(town_name),
        "县": unit.body,
    }[tier]
    handling = random.choices(("立行立改", "限期", "长期"), (35, 58, 7))[0]
    days = {
        "立行立改": random.randint(1, 3),
        "限期": random.randint(7, 30),
        "长期": random.randint(45, 100),
    }[handling]
    if fate == LATE:
        handling, days = "限期", random.randint(5, 12)
    elif fate == OPEN:
        handling, days = "限期", max(10, (NOW - seed.found_on).days + random.randint(2, 20))
    due = seed.found_on + timedelta(days=days)
    assignment = _assignment(world, unit, seed, problem, due, random)
    recurs = _recurrence(world, unit, seed, category)
    issue = world.own(
        unit,
        "issues",
        issue_id=f"{unit.id}-2022-{number:04d}",
        seq_no=number,
        issue_level="工程" if segment not in ("村管网", "入户") else random.choice(("村", "工程")),
        town_code=works["town_code"],
        village_code=village,
        works_id=works["works_id"],
        problem=problem,
        root_cause=cause if random.random() < 0.8 else None,
        segment=segment,
        category=category,
        found_on=seed.found_on,
        channel=seed.channel,
        found_by_level=seed.level,
        assignment_id=assignment,
        finding_ids=list(seed.findings),
        sample_id=seed.sample,
        recurs_of_id=recurs,
        affected_households=random.randint(0, 60),
        affected_people=None,
        measures=measures,
        resp_tier=tier,
        resp_org=org,
        resp_person=world.person(random),
        resp_post={"村": "村委会主任", "乡镇": "副镇长", "县": "副局长"}[tier],
        co_persons=[],
        resp_phone=world.phone(unit),
        handling=handling,
        due_text=f"{due.month}月{due.day}日前",
        due_on=due,
        interim_measure="启用备用井，送水车每天送水" if handling == "长期" else None,
        remark=None,
        source_text=None,
    )
    world.notes["issues"].setdefault(unit.id, []).append(issue)
    _Story(world, unit, issue, town_name, random).tell(fate)


def _assignment(
    world: World, unit: Unit, seed: Seedling, problem: str, due: date, random: Random
) -> str | None:
    """What city, province or nation found is handed over in writing, mostly."""
    if seed.level not in ("市", "省", "国家") or random.random() > 0.75 or seed.findings:
        return None
    row = world.city(
        "assignments",
        assignment_id=world.next_id("city", "u", 4),
        unit_id=unit.id,
        channel=seed.channel,
        from_level=seed.level,
        assigned_on=seed.found_on,
        due_on=due + timedelta(days=random.randint(0, 5)),
        subject=problem,
        visit_id=None,
        basis_ref=world.setting.letter(world.counters["city-u"] + 30),
        is_public=True,
    )
    return str(row["assignment_id"])


def _recurrence(world: World, unit: Unit, seed: Seedling, category: str) -> str | None:
    """Say which earlier issue of the same works and kind this one repeats, if it was struck off."""
    for earlier in world.notes["issues"].get(unit.id, []):
        struck = world.notes["struck"].get(earlier["issue_id"])
        is_same = (earlier["works_id"], earlier["category"]) == (seed.works["works_id"], category)
        if is_same and struck and struck <= seed.found_on:
            return str(earlier["issue_id"])
    return None


class _Story:
    """The events of one issue, one after another, none later than the data date."""

    def __init__(self, world: World, unit: Unit, issue: Row, town: str, random: Random) -> None:
        self.world, self.unit, self.issue, self.town, self.random = world, unit, issue, town, random
        self.setting = world.setting
        self.day: date = issue["found_on"]
        self.number = 0
        self.is_over = False

    def tell(self, fate: str) -> None:
        """Tell the story to the end that fate has in store."""
        self.event("登记", 0, 1, "县" if self.issue["resp_tier"] == "县" else "乡镇", self.office())
        if self.issue["resp_tier"] == "乡镇" and self.random.random() < 0.5:
            self.event("交办", 0, 1, "县", self.unit.body)
        if fate == VOID:
            self.event("作废", 1, 4, "县", self.unit.body, reason=self.ground())
        if fate in (VOID, OPEN, LATE):
            return
        if fate == EXTENDED:
            self.extend()
        self.mend(fate)

    def mend(self, fate: str) -> None:
        """Tell the second half: said to be done, seen, struck off, perhaps sent back."""
        span = max(0, (self.issue["due_on"] - self.day).days)
        late = self.random.random() < 0.08 * (1.3 - self.unit.quality)
        self.event(
            "整改完成", 0 if span < 2 else 1, span + 6 if late else max(span, 0), "乡镇" if
            self.issue["resp_tier"] != "县" else "县", self.issue["resp_org"],
        )  # fmt: skip
        if fate == DONE:
            return
        if fate == REFUSED:
            self.check(is_passed=False)
            return
        self.event("申请销号", 0, 3, "乡镇", township_body(self.town))
        if fate == APPLIED:
            return
        self.check(is_self=fate == SELF)
        if fate in (VERIFIED, SELF):
            return
        self.event("销号", 0, 4, "县", self.unit.body)
        if not self.is_over:
            self.world.notes["struck"][self.issue["issue_id"]] = self.day
        if fate == REOPENED:
            self.event(
                "退回", 3, 9, "市", self.setting.body, outside=True, reason="暗访发现没有修好",
            )  # fmt: skip

    def ground(self) -> str:
        """Say why the issue is void: it repeats an earlier one at its works, or was a mistake."""
        listed = self.world.notes["issues"][self.unit.id]
        first, *more = (i["issue_id"] for i in listed if i["works_id"] == self.issue["works_id"])
        return f"与{first}重复，并入那一件办理" if more else "登记有误，核实后没有这个问题"

    def office(self) -> str:
        """Return who keeps the ledger."""
        return self.unit.body if self.issue["resp_tier"] == "县" else township_body(self.town)

    def extend(self) -> None:
        """Approve a later deadline before the first one passes."""
        due = self.issue["due_on"]
        level = self.issue["found_by_level"] if self.issue["assignment_id"] else "县"
        if (due - self.day).days < 1:
            return
        self.event(
            "延期批准", 0, 1, level, self.setting.above.get(level, self.unit.body),
            outside=level in self.setting.above, reason="等待设备到货",
            new_due_on=due + timedelta(days=12),
        )  # fmt: skip

    def check(self, is_passed: bool = True, is_self: bool = False) -> None:
        """Go and see: the county where a village or township mended, else the city."""
        by_city = self.issue["resp_tier"] == "县" and not is_self
        name = "现场核查通过" if is_passed else "现场核查不通过"
        satisfied = self.random.choice(("满意", "满意", "基本满意")) if is_passed else "不满意"
        self.event(
            name, 1, 6, "市" if by_city else "县", self.setting.body if by_city else self.unit.body,
            outside=by_city, satisfaction=satisfied, visited_users=self.random.randint(2, 8),
            reason=None if is_passed else "晚高峰仍然没有水",
        )  # fmt: skip

    def event(
        self, name: str, least: int, most: int, level: str, org: str, *, outside: bool = False,
        **more: Any,
    ) -> None:  # fmt: skip
        """Add one event some days on; what would lie after the data date never happened."""
        if self.is_over:
            return
        day = self.day + timedelta(days=self.random.randint(least, max(least, most)))
        if day > NOW:
            self.is_over = True
            return
        self.day, self.number = day, self.number + 1
        add = self.world.outside if outside else self.world.own
        add(
            self.unit,
            "issue_events",
            event_id=f"{self.issue['issue_id']}-e{self.number:02d}",
            issue_id=self.issue["issue_id"],
            event=name,
            event_on=day,
            by_level=level,
            by_org=org,
            **more,
        )
