"""The privacy gate: no household's personal data and no private numbers in any cell or setting.

The value is masked in the finding, so that neither a screen nor a log repeats what must not be
there. Where a rule is too careful, a waiver says so in public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from pipeline.checks.kept import Found, beside, by_shard
from pipeline.findings import Finding, Rule
from pipeline.ledgers import RawShard
from pipeline.ledgers.campaign import Campaign
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.schemas import Field, Schema, Schemas
from pipeline.personal import Kind, kinds_in
from pipeline.store import Store


def _rule(id: str, sentence: str, remedy: str, *, source: str, why: str) -> Rule:
    return Rule(id, "privacy", "error", sentence, remedy, source, why)


IDENTITY = _rule(
    "PR01",
    "台账里没有身份证号",
    "删掉号码；要说明是谁就写岗位，或只写户数。原件留在单位的档案里",
    source="不露个人信息、个人信息保护法",
    why="身份证号进了版本库就删不干净，等于永久公开",
)
MOBILE = _rule(
    "PR02",
    "手机号只写在台账给号码留的列里",
    "从这一格删掉号码；要公布的电话登记在“公示电话”台账里",
    source="不露个人信息、个人信息保护法",
    why="写在别的列里的手机号没有人同意公开，却会留在历史里",
)
CARD = _rule(
    "PR03",
    "台账里没有银行卡号",
    "删掉卡号；付款写凭证号",
    source="不露个人信息、个人信息保护法",
    why="卡号流出去会让人受骗失财",
)
HOUSEHOLD = _rule(
    "PR04",
    "台账里没有农户、村民的姓名",
    "删掉姓名，只写户数，如“某组1户”；姓名留在单位的原始记录里",
    source="不露个人信息、个人信息保护法",
    why="农户的名字和困难情况放在一起，就是把他的境况公开",
)
CONTACT = _rule(
    "PR05",
    "台账里没有电子邮箱、微信号和QQ号",
    "删掉；要公布的联系方式登记在“公示电话”台账里",
    source="不露个人信息、个人信息保护法",
    why="私人的联系方式没有公开的必要，放出去就收不回",
)
PLACE = _rule(
    "PR06",
    "台账里没有经纬度坐标",
    "删掉坐标；地方写到村、组，工程写工程编号",
    source="不露个人信息",
    why="坐标能找到一户人家，也能找到取水口，不该公开",
)
SECRET = _rule(
    "PR07",
    "台账里没有密码、密钥和令牌",
    "马上作废这个密码或密钥，换成新的，再从这一格删掉；已经提交过的，请告诉维护人员",
    source="不露个人信息",
    why="密码写进台账，谁都能拿去用",
)

_NOBODY = re.compile(
    r"[0-9.]{0,10}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[是否]"
    r"|[a-z]{3,12}-(?:[a-z][0-9]{1,6}|2[0-9]{3}-[0-9]{4})(?:-[a-z][0-9]{2,3})?"
)
"""Cells that no personal data fit into: short numbers, days, yes and no, our own ids."""

MAY_HOLD_MOBILE = frozenset({("phones", "number"), ("issues", "resp_phone")})
"""Columns made for numbers; what of them is public is decided by the schema, not here."""

_OF_KIND: dict[Kind, Rule] = {
    "identity": IDENTITY,
    "mobile": MOBILE,
    "card": CARD,
    "name": HOUSEHOLD,
    "contact": CONTACT,
    "place": PLACE,
    "secret": SECRET,
}
_SAYS = {
    IDENTITY.id: "有身份证号",
    MOBILE.id: "有手机号",
    CARD.id: "有银行卡号",
    HOUSEHOLD.id: "有农户或村民的姓名",
    CONTACT.id: "有电子邮箱、微信号或QQ号",
    PLACE.id: "有经纬度坐标",
    SECRET.id: "有密码、密钥或令牌",
}

EXAMPLES: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "PR01": (
        (
            "110101199003071292",
            "身份证１１０１０１１９９００３０７１２９２",
            "110101 19900307 1292",
            "1101-0119-9003-0712-92",
            "11010119900307002x",
            "110101900307129",
        ),
        ("890121103201", "2022-08-10 2022-08-25", "20220810123456789", "WT202208100001234567"),
    ),
    "PR02": (
        (
            "联系13900001234",
            "139 0000 1234",
            "139-0000-1234",
            "１３９００００１２３４",
            "+8613900001234",
            "(139)0000-1234",
            "139，0000，1234",
            "139、0000、1234",
            "一三九〇〇〇〇一二三四",
            "幺三九零零零零幺二三四",
            "壹叁玖零零零零壹贰叁肆",
            "139零零零零1234",
        ),
        (
            "0300-10001234",
            "12345",
            "890121103201",
            "139000元",
            "HN13900001234",
            "一、二、三、四、五、六、七、八、九、十、十一组",
            "二〇二二年八月十日",
            "管径150、长1500米",
        ),
    ),
    "PR03": (
        ("6222020000000000026", "4367 4200 0000 0009"),
        ("8901211032010001", "2022081012345678", "6222020000000000025"),
    ),
    "PR04": (
        (
            "户主张三",
            "贫困户李四家缺水",
            "脱贫户王某某反映水压低",
            "村民赵小虎来电",
            "孙五（户主）",
            "低保家庭李秀英断水",
            "五保老人李秀英断水",
            "投诉人王建国",
            "四组王建国家断水",
            "户主张\u200b三",
        ),
        (
            "村民程庄组",
            "居民林场段",
            "入户主管道更换",
            "贫困户高度关注",
            "脱贫户安全饮水有保障",
            "农户张贴明白卡",
        ),
    ),
    "PR05": (
        ("发到 zhangsan@example.com", "微信：abc_12345", "加QQ 12345678", "薇信号water_2022"),
        ("水质@3处", "在微信群里公布", "www.example.com", "微信公众号“甲县水利”"),
    ),
    "PR06": (
        ("33.123456,112.654321", "东经112°30′15″", "经度112.5123", "坐标：112.51,33.12"),
        ("水温33.12", "pH 7.12、浊度0.98", "112.5立方米", "经济、纬编", "35.2度"),
    ),
    "PR07": (
        (
            "密码：abcd1234",
            "password=hunter22",
            "AKIAIOSFODNN7EXAMPLE",
            "token: 9f8e7d6c5b",
            "-----BEGIN RSA PRIVATE KEY-----MIIEow",
            "http://admin:secret1@10.0.0.1/",
        ),
        ("密码锁损坏", "密码已交管水员", "keyhole", "http://www.example.gov.cn/a", "口令不明"),
    ),
}
"""Rule -> texts it finds, texts it leaves alone. Kept out of the printed catalogue, which the last
gate would rightly refuse."""


def check(raws: Sequence[RawShard], schemas: Schemas, store: Store | None = None) -> list[Finding]:
    """Return every piece of personal data in the cells of all shards, whatever their column is."""
    return by_shard("privacy", raws, schemas, store or Store(), check_shard)


def begin(raws: Sequence[RawShard], schemas: Schemas, store: Store) -> Found:
    """Start to look, beside the other gates; returns what waits for what `check` would return."""
    return beside("privacy", raws, schemas, store, check_shard)


def check_shard(raw: RawShard, schema: Schema) -> list[Finding]:
    """Check one shard, column by column, each distinct cell once."""
    listing = Listing(raw.shard)
    columns = zip(*raw.cells, strict=True)
    for number, (field, column) in enumerate(zip(schema.fields, columns, strict=False), 1):
        cells = [c for c in set(column).difference(field.enum) if not _NOBODY.fullmatch(c)]
        bad = {cell: found for cell in cells if (found := _breaches(cell, field, schema))}
        if not bad:
            continue
        place = {"column": number, "field": field.name, "title": field.title}
        for line, cell in zip(raw.lines, column, strict=True):
            for rule, message in bad.get(cell, ()):
                listing.add(rule, message, line=line, value=cell, **place)
    return listing.done()


MAY_HOLD_MAIL = frozenset({"site.report_channel"})
"""Settings made for an address: readers are to write to it."""


def check_campaign(campaign: Campaign, file: str) -> list[Finding]:
    """Return the personal data in the settings, which are published as the ledgers are."""
    return [
        rule.at(f"{place} 里{_SAYS[rule.id]}", file=file, field=place, value=text)
        for setting in fields(campaign)
        for place, text in _settings(setting.name, getattr(campaign, setting.name))
        for rule in _OF_KIND.values()
        if rule.id in rules_broken(text) and not (rule is CONTACT and place in MAY_HOLD_MAIL)
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


def _breaches(cell: str, field: Field, schema: Schema) -> list[tuple[Rule, str]]:
    """Return the rules one cell breaks, each once, and what to say."""
    broken = rules_broken(cell)
    if (schema.name, field.name) in MAY_HOLD_MOBILE:
        broken -= {MOBILE.id}
    return [
        (rule, f"“{field.title}”里{_SAYS[rule.id]}")
        for rule in _OF_KIND.values()
        if rule.id in broken
    ]


def rules_broken(text: str) -> frozenset[str]:
    """Return the ids of all rules that a text breaks, wherever it stands."""
    return frozenset(_OF_KIND[kind].id for kind in kinds_in(text))
