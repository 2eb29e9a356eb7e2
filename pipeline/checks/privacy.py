"""The privacy gate: no household's personal data and no private numbers in any cell or setting.

The value is masked in the finding, so that neither a screen nor a log repeats what must not be
there. Where a rule is too careful, a waiver says so in public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from pipeline.checks import households
from pipeline.detectors import SUSPECT, detect, mask
from pipeline.findings import Finding, Rule, declare
from pipeline.ledgers import RawShard
from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.limits import MAX_FINDINGS
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Field, Schema, Schemas


def _rule(id: str, sentence: str, remedy: str) -> Rule:
    return declare(id, "privacy", "error", sentence, remedy)


IDENTITY = _rule(
    "PR01", "台账里没有身份证号", "删掉号码；要说明是谁就写岗位，或只写户数。原件留在单位的档案里"
)
MOBILE = _rule(
    "PR02",
    "手机号只写在台账给号码留的列里",
    "从这一格删掉号码；要公布的电话登记在“公示电话”台账里",
)
CARD = _rule("PR03", "台账里没有银行卡号", "删掉卡号；付款写凭证号")
HOUSEHOLD = _rule(
    "PR04",
    "台账里没有农户、村民的姓名",
    "删掉姓名，只写户数，如“某组1户”；姓名留在单位的原始记录里",
)
CONTACT = _rule(
    "PR05",
    "台账里没有电子邮箱、微信号和QQ号",
    "删掉；要公布的联系方式登记在“公示电话”台账里",
)
MORE = _rule(
    "PR09", f"一个文件里同样的个人信息最多列出 {MAX_FINDINGS} 处", "先改好前面列出的，再查一遍"
)

MAY_HOLD_MOBILE = frozenset({("phones", "number"), ("issues", "resp_phone")})
"""Columns made for numbers; what of them is public is decided by the schema, not here."""

_OF_KIND = {"identity": IDENTITY, "mobile": MOBILE, "card": CARD, "contact": CONTACT}
_SAYS = {
    IDENTITY.id: "有身份证号",
    MOBILE.id: "有手机号",
    CARD.id: "有银行卡号",
    HOUSEHOLD.id: "有农户或村民的姓名",
    CONTACT.id: "有电子邮箱、微信号或QQ号",
}

EXAMPLES: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "PR01": (
        (
            "411321199003071290",
            "身份证４１１３２１１９９００３０７１２９０",
            "411321 19900307 1290",
            "4113-2119-9003-0712-90",
            "41132119900307001x",
            "411321900307129",
        ),
        ("411321103201", "2022-08-10 2022-08-25", "20220810123456789", "WT202208100001234567"),
    ),
    "PR02": (
        (
            "联系13900001234",
            "139 0000 1234",
            "139-0000-1234",
            "１３９００００１２３４",
            "+8613900001234",
        ),
        ("0377-10001234", "12345", "411321103201", "139000元", "HN13900001234"),
    ),
    "PR03": (
        ("6222020000000000026", "4367 4200 0000 0009"),
        ("4113211032010001", "2022081012345678", "6222020000000000025"),
    ),
    "PR04": (
        (
            "户主张三",
            "贫困户李四家缺水",
            "脱贫户王某某反映水压低",
            "村民赵小虎来电",
            "孙五（户主）",
        ),
        ("入户主管道更换", "贫困户高度关注", "脱贫户安全饮水有保障", "农户张贴明白卡"),
    ),
    "PR05": (
        ("发到 zhangsan@example.com", "微信：abc_12345"),
        ("水质@3处", "在微信群里公布", "www.example.com"),
    ),
}
"""Rule -> texts it finds, texts it leaves alone. Kept out of the printed catalogue, which the last
gate would rightly refuse."""


def check(raws: Sequence[RawShard], schemas: Schemas) -> list[Finding]:
    """Return every piece of personal data in the cells of all shards, whatever their column is."""
    return [f for raw in raws for f in check_shard(raw, schemas[raw.shard.ledger])]


def check_shard(raw: RawShard, schema: Schema) -> list[Finding]:
    """Check one shard, column by column; a column without a suspect is passed over in one scan."""
    listing = Listing(raw.shard, MORE)
    columns = zip(*raw.cells, strict=True)
    for number, (field, column) in enumerate(zip(schema.fields, columns, strict=False), 1):
        cells = set(column)
        joined = "\n".join(cells)
        looks = [look for suspect, look in _LOOKS if suspect.search(joined)]
        bad = {cell: found for cell in cells if (found := _breaches(cell, field, schema, looks))}
        if not bad:
            continue
        place = {"column": number, "field": field.name, "title": field.title}
        for line, cell in zip(raw.lines, column, strict=True):
            for rule, message in bad.get(cell, ()):
                listing.add(rule, message, line=line, value=masked(cell), **place)
    return listing.done()


MAY_HOLD_MAIL = frozenset({"site.report_channel"})
"""Settings made for an address: readers are to write to it."""


def check_campaign(campaign: Campaign, file: str) -> list[Finding]:
    """Return the personal data in the settings, which are published as the ledgers are."""
    return [
        rule.at(f"{place} 里{_SAYS[rule.id]}", file=file, field=place, value=masked(text))
        for setting in fields(campaign)
        for place, text in _settings(setting.name, getattr(campaign, setting.name))
        for rule in {rule.id: rule for _, look in _LOOKS for rule in look(text)}.values()
        if not (rule is CONTACT and place in MAY_HOLD_MAIL)
    ]


def _settings(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield every text of a setting and where it stands: hotlines.2.number."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _settings(f"{place}.{name}", one)
    elif isinstance(value, tuple | list):
        for number, one in enumerate(value, 1):
            yield from _settings(f"{place}.{number}", one)


Look = Callable[[str], Iterator[Rule]]


def _breaches(
    cell: str, field: Field, schema: Schema, looks: Sequence[Look]
) -> list[tuple[Rule, str]]:
    """Return the rules one cell breaks, each once, and what to say."""
    rules = {rule.id: rule for look in looks for rule in look(cell)}
    if (schema.name, field.name) in MAY_HOLD_MOBILE:
        rules.pop(MOBILE.id, None)
    return [(rule, f"“{field.title}”里{_SAYS[id]}") for id, rule in rules.items()]


def rules_broken(text: str) -> set[str]:
    """Return the ids of all rules that a text breaks, wherever it stands."""
    return {rule.id for _, look in _LOOKS for rule in look(text)}


def masked(text: str) -> str:
    """Return a cell fit to be shown: numbers and names starred out."""
    return mask(households.starred(text))


def _numbers(cell: str) -> Iterator[Rule]:
    return (_OF_KIND[found.kind] for found in detect(cell))


def _names(cell: str) -> Iterator[Rule]:
    return (HOUSEHOLD for _ in households.names_in(cell))


_LOOKS = ((SUSPECT, _numbers), (households.MARK, _names))
