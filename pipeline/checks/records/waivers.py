"""Record checks of waivers (豁免): what they silence exists, and for how long."""

from __future__ import annotations

from pipeline.checks.book import Book
from pipeline.checks.rulebook import Breach, breach, row_check
from pipeline.dates import in_words
from pipeline.findings import Rule
from pipeline.rowtypes import WaiverRow

WAIVABLE_GATES = ("records", "privacy", "changes")
"""Gates whose rules may be silenced. What cannot be read is never let through."""
NEVER = ("K", "Y", "PR01", "PR02", "PR03", "PR05", "CH18", "CH19", "CH20", "CH21", "CH25")
"""How rules begin that are never silenced: keys that lead nowhere, the waivers themselves, and
numbers and addresses of persons, which no site may hold, and changes that are no question of facts
but of who may change what, and how."""

WAIVER = {
    "rule_id": "O03",
    "ledger": "outages",
    "row_id": "",
    "granted_on": "2022-08-10",
    "expires_on": "2022-12-31",
}

UNIT = {"unit_id": "jiaxian", "name": "甲县", "competent_body": "甲县水利局"}
TOWN = {"division_code": "890121103", "name": "柳河镇", "unit_id": "jiaxian"}
OWN = WAIVER | {"unit_id": "jiaxian"}


def is_waivable(rule: Rule | None) -> bool:
    """Whether a rule exists and may be silenced."""
    return rule is not None and rule.gate in WAIVABLE_GATES and not rule.id.startswith(NEVER)


@row_check(
    "Y01",
    ledger=WaiverRow,
    severity="error",
    sentence="豁免写的是一条可以豁免的规则",
    remedy="对照规则目录改正规则编号；读不出来的、编号对不上的行不能豁免，只能改好",
    source="改动有据",
    why="读不出来的、编号对不上的不能靠豁免放过去",
    passes=[{"waivers": [WAIVER]}],
    fails=[{"waivers": [WAIVER | {"rule_id": "O99"}]}, {"waivers": [WAIVER | {"rule_id": "Y01"}]}],
)
def rule_exists(row: WaiverRow, book: Book) -> Breach | None:
    """Only a rule that runs can be silenced."""
    return breach("rule_id") if not is_waivable(book.rules.get(row.rule_id)) else None


@row_check(
    "Y02",
    ledger=WaiverRow,
    severity="error",
    sentence="豁免的台账和记录存在，记录属于所写的单位",
    remedy="对照字段字典改正台账名；核对记录编号和单位",
    source="改动有据",
    why="豁免要指得清放过的是哪一条，看的人才能评判",
    passes=[
        {"waivers": [WAIVER]},
        {
            "waivers": [WAIVER | {"row_id": "jiaxian-o0001", "unit_id": "jiaxian"}],
            "outages": [{"outage_id": "jiaxian-o0001"}],
        },
    ],
    fails=[
        {"waivers": [WAIVER | {"ledger": "floods"}]},
        {"waivers": [WAIVER | {"row_id": "jiaxian-o0009"}]},
        {
            "waivers": [WAIVER | {"row_id": "jiaxian-o0001", "unit_id": "yixian"}],
            "outages": [{"outage_id": "jiaxian-o0001"}],
        },
    ],
)
def row_exists(row: WaiverRow, book: Book) -> Breach | None:
    """What is excused is there."""
    if row.ledger not in book.schemas:
        return breach("ledger", "没有这个台账")
    if row.row_id is None:
        return None
    waived = book.index(row.ledger).get(row.row_id)
    if waived is None:
        return breach("row_id", "没有这条记录")
    unit = getattr(waived, "unit_id", waived.shard.unit)
    if row.unit_id is not None and unit != row.unit_id:
        return breach("unit_id", "这条记录是别的单位的")
    return None


@row_check(
    "Y03",
    ledger=WaiverRow,
    severity="error",
    sentence="豁免的失效日期不早于批准日期",
    remedy="核对批准日期和失效日期",
    source="常理",
    why="还没有批准就失效，这条豁免从来没有起过作用",
    passes=[{"waivers": [WAIVER]}],
    fails=[{"waivers": [WAIVER | {"expires_on": "2022-08-09"}]}],
)
def waiver_lasts(row: WaiverRow, _book: Book) -> Breach | None:
    """A waiver ends after it begins."""
    return breach("expires_on") if row.expires_on < row.granted_on else None


@row_check(
    "Y06",
    ledger=WaiverRow,
    severity="error",
    sentence="豁免不由本单位自己批",
    remedy="报市里或更高一级批准，“批准单位”写批准的单位",
    source="各记各的",
    why="自己豁免自己，等于没有这条规则",
    passes=[{"units": [UNIT], "waivers": [OWN | {"authority": "某市水利局"}]}],
    fails=[
        {"units": [UNIT], "waivers": [OWN | {"authority": "甲县水利局"}]},
        {"units": [UNIT], "waivers": [OWN | {"authority": "柳河镇人民政府"}], "divisions": [TOWN]},
        {
            "units": [UNIT],
            "waivers": [OWN | {"unit_id": "", "row_id": "jiaxian-o0001", "authority": "甲县"}],
            "outages": [{"outage_id": "jiaxian-o0001"}],
        },
    ],
    skips=[{"waivers": [WAIVER | {"authority": "甲县水利局"}]}],
)
def granted_from_outside(row: WaiverRow, book: Book) -> Breach | None:
    """Neither the unit nor any body of its places excuses the unit."""
    waived = book.index(row.ledger).get(row.row_id or "") if row.ledger in book.schemas else None
    unit = book.index("units").get(row.unit_id or getattr(waived, "unit_id", ""))
    if unit is None:
        return None
    own = {unit.name, unit.competent_body, unit.government_name}
    own |= {place.name for place in book.divisions if place.unit_id == unit.unit_id}
    named = next((name for name in sorted(filter(None, own)) if name in row.authority), None)
    return None if named is None else breach("authority", f"{named}是本单位的，不能批自己的豁免")


@row_check(
    "Y04",
    ledger=WaiverRow,
    severity="warning",
    sentence="豁免没有到期",
    remedy="问题已经改好的，这一行保留备查；仍要豁免的，另报批一条；到期的豁免不再起作用",
    source="改动有据",
    why="到期的豁免不再起作用，问题会重新出来，先说明白",
    passes=[{"waivers": [WAIVER | {"expires_on": "2022-09-16"}]}],
    fails=[{"waivers": [WAIVER | {"expires_on": "2022-09-15"}]}],
)
def waiver_in_force(row: WaiverRow, book: Book) -> Breach | None:
    """An expired waiver silences nothing any more, and is itself pointed out."""
    if book.as_of_on <= row.expires_on:
        return None
    return breach("expires_on", f"豁免已于{in_words(row.expires_on)}到期，不再起作用")
