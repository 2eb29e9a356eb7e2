"""What is written into ledgers last: evidence of checks and visits, and by when the late expect.

Good units and most groups cite evidence for everything, weak ones for some: the digest of a file
that nobody has, or an archive number. Nothing of it moves a state or a score.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from hashlib import sha256
from random import Random

from pipeline.demo.world import NOW, Row, Unit, World, between
from pipeline.evidence import reference
from pipeline.rectification.lifecycle import EXPECT, PASS, REFUSE, SEND_BACK, STRIKE

PROVED = (PASS, REFUSE, STRIKE)
CAREFUL = 0.6
"""Quality from which a unit cites evidence for all of its own checks."""
CARELESS_GROUPS = (4, 9)
"""Groups that leave some of their visits without."""
CAUSES = ("设备在途，还没有到货", "连阴雨，管沟不能开挖", "等下一批维修资金", "施工队在抢修别处")


def make(world: World, unit: Unit) -> None:
    """Fill in evidence and expectations of a unit, by chances of their own."""
    _expectations(world, unit, world.chance(unit.id, "expected"))
    random = world.chance(unit.id, "evidence")
    own = 0.0 if unit.quality >= CAREFUL else 0.35
    others = 0.3 if unit.group in CARELESS_GROUPS else 0.0
    for home, lacking in (("units", own), ("city/checks", others)):
        for row in world.rows.get(f"{home}/{unit.id}/issue_events.csv", ()):
            if row["event"] in PROVED:
                _prove(world, unit, row, row["event_id"], random, lacking)
    for row in world.rows.get(f"city/checks/{unit.id}/inspections.csv", ()):
        _prove(world, unit, row, row["visit_id"], random, others)


def close(_world: World) -> None:
    """Nothing is made for the city as a whole."""


def _prove(world: World, unit: Unit, row: Row, name: str, random: Random, lacking: float) -> None:
    """Cite a file or an archive number, unless the row goes without or cites something already."""
    is_left_out, is_filed = random.random() < lacking, random.random() < 0.3
    if row.get("evidence_ref") or is_left_out:
        return
    digest = sha256(f"{world.seed}/{name}".encode()).hexdigest()
    row["evidence_ref"] = f"档{unit.id}-{name[-8:]}" if is_filed else reference(digest)


def _expectations(world: World, unit: Unit, random: Random) -> None:
    """Let some of those who are late say by when they will be done; some have missed that too."""
    events: dict[str, list[Row]] = defaultdict(list)
    for home in ("units", "city/checks"):
        for row in world.rows.get(f"{home}/{unit.id}/issue_events.csv", ()):
            events[row["issue_id"]].append(row)
    for issue in world.notes["issues"].get(unit.id, ()):
        told = sorted(events[issue["issue_id"]], key=lambda e: int(e["event_id"][-2:]))
        is_open = told[-1]["event"] in ("登记", "交办", "延期批准", REFUSE, SEND_BACK)
        says, days = random.random() < 0.5, random.randint(4, 24)
        if not (is_open and says and issue["due_on"] < NOW):
            continue
        on = between(random, max(told[-1]["event_on"], issue["due_on"]), NOW)
        world.own(
            unit,
            "issue_events",
            event_id=f"{issue['issue_id']}-e{int(told[-1]['event_id'][-2:]) + 1:02d}",
            issue_id=issue["issue_id"],
            event=EXPECT,
            event_on=on,
            by_level=issue["resp_tier"],
            by_org=issue["resp_org"],
            expected_on=on + timedelta(days=days),
            reason=random.choice(CAUSES),
        )
