"""Pages about the data: downloads, dictionary, rule catalogue, and the tables of the method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline import shares
from pipeline.disclosure.shown import Rule, Schemas
from pipeline.findings import GATES, SEVERITIES
from pipeline.personal import mask
from pipeline.publication import deadlines, feeds
from pipeline.publication.archive import archive_address
from pipeline.publication.desk import Desk
from pipeline.publication.downloads import (
    describe,
    published,
    score_address,
    verdict_address,
)
from pipeline.publication.kinds import FILES, page, pages
from pipeline.publication.page import Content
from pipeline.publication.questions.places import HOME, Beside
from pipeline.rowtypes import ReadingRow
from pipeline.sources import in_words
from pipeline.terms import clause_address

Example = Mapping[str, Sequence[Mapping[str, str]]]
"""Ledger -> rows -> cells, as text."""
VISIBILITY = {"P": "公开", "M": "遮住一部分后公开", "A": "只按单位合计公开", "I": "不公开"}
CHANGE = {
    "fixed": "登记以后不改",
    "once": "可以补填，填过不改",
    "reasoned": "改要写明理由",
}
"""What may happen to a registered cell; nothing is said of what is free."""
HOMES = {
    "R": "参考表",
    "U": "单位填报",
    "C": "市级",
    "UC": "单位填报，外部查出的在市级",
    "V": "由台账算出",
}


@page("data", after=FILES)
def data_page(desk: Desk) -> Content:
    """Make the page of downloads, with size and digest of every file."""
    groups = desk.places.groups
    names = ["all", *(u.id for u in desk.places.units), *(f"g{n}" for n in groups)]
    body = desk.render(
        "data.html",
        root="",
        downloads=[describe(desk.view, ledger) for ledger in published(desk.view)],
        sizes=desk.files,
        archive=archive_address(desk.view),
        commit=desk.commit,
        groups=groups,
        follow={n: (feeds.address("" if n == "all" else n), deadlines.address(n)) for n in names},
        scores={ending: score_address(desk.view, ending) for ending in ("csv", "json")},
        verdicts={ending: verdict_address(desk.view, ending) for ending in ("csv", "json")},
    )
    return Content(
        "数据：全部公开台账下载",
        "每个台账的 CSV、Excel 用 CSV、JSON 和表结构，带校验和",
        (*HOME, ("数据", None)),
        body,
    )


def _ledgers(desk: Desk) -> Iterator[str]:
    yield from desk.view.schemas


def _rules(desk: Desk) -> list[Rule]:
    """Return every rule, by gate and number."""
    return sorted(desk.view.rules, key=lambda r: (list(GATES).index(r.gate), r.id))


def _numbers(desk: Desk) -> Iterator[str]:
    yield from (rule.id for rule in desk.view.rules)


@page("dictionary")
def dictionary_page(desk: Desk) -> Content:
    """Make the data dictionary: every ledger, and the words."""
    body = desk.render(
        "dictionary.html",
        root="",
        schemas=list(desk.view.schemas.values()),
        homes=HOMES,
        terms=sorted(desk.view.terms, key=lambda t: (t.kind, t.source, t.term)),
    )
    return Content(
        "字段字典：每个台账是什么",
        "全部台账和用词；每个台账的列名、含义、取值、是否公开在它自己的页上",
        (*HOME, ("数据", "data.html"), ("字段字典", None)),
        body,
    )


@pages("ledger", at="d/{}.html", keys=_ledgers)
def ledger_page(desk: Desk, name: str) -> Content:
    """Make the dictionary of one ledger, generated from its schema."""
    schema = desk.view.schemas[name]
    names = [(f"{one.name}.html", one.title) for one in desk.view.schemas.values()]
    here = list(desk.view.schemas).index(name)
    body = desk.render(
        "ledger.html",
        s=schema,
        visibility=VISIBILITY,
        homes=HOMES,
        changes=CHANGE,
        rules=[rule for rule in _rules(desk) if rule.ledger == name],
        turn=_beside(names, here),
    )
    return Content(
        f"字段字典：{schema.title}",
        f"{schema.title}每一列的名称、含义、怎么填、是否公开",
        (*HOME, ("数据", "data.html"), ("字段字典", "dictionary.html"), (schema.title, None)),
        body,
    )


def _beside(names: list[tuple[str, str]], here: int) -> Beside:
    return names[here - 1] if here else None, names[here + 1] if here + 1 < len(names) else None


@page("rules")
def rules_page(desk: Desk) -> Content:
    """Make the catalogue of every rule that a ledger is checked against."""
    rules = _rules(desk)
    counts: Counter[str] = Counter(r.gate for r in rules)
    body = desk.render(
        "rules.html",
        root="",
        rules=rules,
        gates={gate: name for gate, name in GATES.items() if counts[gate]},
        severities=SEVERITIES,
        counts=counts,
        schemas=desk.view.schemas,
    )
    return Content(
        "检查规则：台账要过的每一道关",
        "每条规则管什么、是错误还是提醒，由正在运行的规则生成",
        (*HOME, ("数据", "data.html"), ("检查规则", None)),
        body,
    )


@pages("rule", at="rule/{}.html", keys=_numbers)
def rule_page(desk: Desk, number: str) -> Content:
    """Make the page of one rule: what it asks, why, how to mend it, and its examples."""
    rules = _rules(desk)
    here = [rule.id for rule in rules].index(number)
    rule = rules[here]
    body = desk.render(
        "rule.html",
        rule=rule,
        gate=GATES[rule.gate],
        severities=SEVERITIES,
        said=in_words,
        schemas=desk.view.schemas,
        examples=_examples(desk.view.schemas, rule),
        turn=_beside([(f"{one.id}.html", one.id) for one in rules], here),
    )
    return Content(
        f"检查规则 {number}：{rule.sentence}",
        f"检查规则{number}为什么、怎么改、例子：{rule.sentence}",
        (*HOME, ("数据", "data.html"), ("检查规则", "rules.html"), (number, None)),
        body,
    )


APART = 3
"""Rows of one ledger that an example writes one by one; more are written together."""


def _examples(schemas: Schemas, rule: Rule) -> list[tuple[str, list[list[str]]]]:
    """Return what passes, what is found and what is not concerned, each row in words.

    Examples are those that the tests run; columns they leave out do not matter to the rule.
    """
    kinds = (("合格", rule.passes), ("会查出来", rule.fails), ("不管这些", rule.skips))
    return [
        (word, [list(_rows_in_words(schemas, example)) for example in examples])
        for word, examples in kinds
        if examples
    ]


def _rows_in_words(
    schemas: Schemas, example: Mapping[str, Sequence[Mapping[str, str]]]
) -> Iterator[str]:
    """Yield each row of an example: ledger, and the columns that are given."""
    for key, rows in example.items():
        ledger, _, home = key.partition("@")
        if ledger == "campaign":
            yield from (f"活动设置：{_cells({}, row)}" for row in rows)
            continue
        whose = {"": "", "C": "（市以上查的）"}.get(home, "（别的单位）")
        titles = {name: field.title for name, field in schemas[ledger].by_name.items()}
        name = f"{schemas[ledger].title}{whose}"
        if len(rows) > APART:
            yield f"{name} {len(rows)} 行：{_together(titles, rows)}"
        else:
            yield from (f"{name}：{_cells(titles, row)}" for row in rows)


def _together(titles: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> str:
    """Write many rows as one: each column with the values it has, and how often if not always."""
    told = []
    for name in dict.fromkeys(name for row in rows for name in row):
        counts = Counter(row[name] for row in rows if name in row)
        values = (
            (mask(value) or "空着") + (f"（{n} 行）" if 1 < n < len(rows) else "")
            for value, n in counts.items()
        )
        told.append(f"{titles.get(name, name)} {'、'.join(values)}")
    return "，".join(told)


def _cells(titles: Mapping[str, str], row: Mapping[str, str]) -> str:
    """Write the given columns of a row; numbers that look personal are starred out."""
    told = (f"{titles.get(name, name)} {mask(value) or '空着'}" for name, value in row.items())
    return "，".join(told) or "一条记录"


@page("method")
def method_page(desk: Desk) -> Content:
    """Make the method page's computed half: states, readings, standards, what is not verified."""
    view = desk.view
    readings: dict[str, list[ReadingRow]] = {}
    for row in view.readings:
        readings.setdefault(row.reading_id, []).append(row)
    unverified = [
        (view.schemas[name], [r for r in view[name] if r.peek("is_verified") is False])
        for name in view.schemas
        if "is_verified" in view.schemas[name].by_name
    ]
    body = desk.render(
        "method.html",
        root="",
        transitions=view.transitions,
        rule=shares.RULE,
        readings=sorted(readings.items(), key=lambda item: int(item[0][1:])),
        unverified=[(schema, rows) for schema, rows in unverified if rows],
        clauses=view.assessment.clauses,
        address=clause_address,
        waivers=view.waivers,
        digest=view.digest,
    )
    return Content(
        "方法与口径：数字怎么来的",
        "状态怎么变、逾期怎么算、哪些说法有几种读法、哪些资料还待核",
        (*HOME, ("方法与口径", None)),
        body,
    )
