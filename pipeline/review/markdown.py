"""A review as Markdown for the comment of a pull request, and as plain lines.

Everything that comes from data is made inert: no markup, no mention of people, no link and no
reference to other threads can be smuggled in by a cell, a file's name or a title. The whole is
bounded, because a forge refuses longer comments; what finds no room is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.findings import SEVERITIES, Finding, printable
from pipeline.review.deeds import CITY, by_unit
from pipeline.review.effects import severities
from pipeline.review.report import Review

LIMIT = 60_000
"""Characters of a comment; forges take 65,536, and a marker is added to it."""
DEEDS, FINDINGS, POINTS, CELLS, FILES, REMEDIES = 12, 30, 60, 200, 30, 20
"""Lines of a kind that are listed (deeds: under each heading of a unit)."""

_INERT = str.maketrans(
    {c: f"\\{c}" for c in "\\`*_{}[]()!|~$^"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "＠", "#": "＃", "\n": " ", "\r": " "}
)


def inert(text: str) -> str:
    """Return a text that Markdown shows as it is: nothing in it is a mark, a mention or a link."""
    told = printable(text).replace("://", "：//").replace("www.", "www．")
    return told.translate(_INERT)


def markdown(review: Review) -> str:
    """Write a review as Markdown of at most `LIMIT` characters."""
    return _bounded(_blocks(review))


def lines(review: Review) -> Iterator[str]:
    """Say a review to a person at a terminal."""
    if review.is_empty:
        yield f"✓ {_nothing(review)}"
    for name, headings in by_unit(review.deeds).items():
        yield f"{_name(review, name)}："
        for heading, told in headings.items():
            yield f"  {heading} {len(told)} 件"
            yield from (f"    {d.subject} {d.said}" for d in told[:DEEDS])
            if len(told) > DEEDS:
                yield f"    另有 {len(told) - DEEDS} 件"
    yield from (f"  {_name(review, s.unit)} 总分 {s.before} → {s.after}" for s in review.stood)
    yield from (
        f"  {_name(review, m.unit)} {m.clause} {m.before} → {m.after}" for m in review.moved
    )
    yield from (f"  改动 {f.rule} {f.place()}：{f.message}" for f in review.gate)
    yield from (f"  新的{SEVERITIES[f.severity]} {f.rule} {f.message}" for f in review.found.new)
    yield from (f"  没有了 {f.rule} {f.message}" for f in review.found.gone)
    yield f"  原来就有、现在还在的 {review.found.standing} 处，不列"
    yield from (f"  {file} {how}" for file, how in review.rewritten)
    yield from (f"  设置 {s.name} {s.before} → {s.after}" for s in review.settings)
    yield from (f"  {said}" for said in review.unsaid)


def _blocks(review: Review) -> Iterator[str]:
    """Yield the parts of the comment, what matters most first."""
    sides = f"{review.base[:7]} → {review.head[:7] or '现在的文件'}"
    yield f"### 这次改动\n\n{inert(_summary(review))}\n\n{sides}，数据日期 {review.as_of_on}。"
    yield from (f"> {inert(said)}" for said in review.unsaid)
    if review.gate:
        yield _findings(f"改动检查：{_counted(review.gate)}", review.gate)
    if review.stood or review.moved:
        yield "#### 分数\n\n" + _scores(review)
    elif not review.unsaid:
        yield "#### 分数\n\n每一条的分数、总分和名次都不变。"
    yield from _deeds(review)
    if review.found.new:
        yield _findings(f"新的检查结果：{_counted(review.found.new)}", review.found.new)
    if review.found.gone:
        yield _findings(f"没有了的检查结果：{_counted(review.found.gone)}", review.found.gone)
    yield f"原来就有、现在还在的检查结果 {review.found.standing} 处，不列。"
    yield from _files(review)
    if review.cells:
        yield _cells(review)


def _deeds(review: Review) -> Iterator[str]:
    """Yield what was done, a block for each unit."""
    for unit, headings in by_unit(review.deeds).items():
        told = [f"#### {inert(_name(review, unit))}"]
        for heading, found in headings.items():
            listed = [f"- `{_code(d.subject)}` {inert(d.said)}" for d in found[:DEEDS]]
            rest = [f"- 另有 {len(found) - DEEDS} 件"] if len(found) > DEEDS else []
            told.append("\n".join([f"**{heading}** {len(found)}\n", *listed, *rest]))
        yield "\n\n".join(told)


def _files(review: Review) -> Iterator[str]:
    """Yield the files that say what they said, and those that are no ledgers."""
    if review.rewritten:
        rows = [f"- `{_code(file)}` {inert(how)}" for file, how in review.rewritten[:FILES]]
        yield "\n".join([f"只换了写法、内容没有变的文件 {len(review.rewritten)} 个：\n", *rows])
    if review.settings:
        told = [
            (s.name, s.before or "没有写", s.after or "没有写") for s in review.settings[:FILES]
        ]
        yield "#### 行动设置\n\n" + _table(("设置", "原来", "现在"), told)
    if review.others:
        named = "、".join(f"`{_code(path)}`" for path in review.others[:FILES])
        yield f"台账以外的文件 {len(review.others)} 个：{named}"


def _summary(review: Review) -> str:
    """Say the change in one sentence."""
    if review.is_empty:
        return _nothing(review)
    counts: dict[str, int] = {}
    for deed in review.deeds:
        counts[deed.heading] = counts.get(deed.heading, 0) + 1
    units = [_name(review, u) for u in dict.fromkeys(d.unit for d in review.deeds)]
    done = "，".join(f"{heading} {count}" for heading, count in counts.items())
    told = f"{'、'.join(units)}：{done}。" if done else ""
    errors = severities(f for f in (*review.gate, *review.found.new) if not f.waived)["error"]
    told += f"新的错误 {errors} 处，要改好才能合并。" if errors else "没有新的错误。"
    return told


def _nothing(review: Review) -> str:
    return "内容没有变" + ("，只换了写法" if review.rewritten else "") + "，分数和检查结果都一样。"


def _counted(found: Sequence[Finding]) -> str:
    counts = severities(found)
    return "，".join(f"{word} {counts[s]}" for s, word in SEVERITIES.items() if counts[s])


def _findings(title: str, found: Sequence[Finding]) -> str:
    ordered = sorted(found, key=lambda f: (f.severity != "error", f.waived))
    rows = [
        (f"{'豁免' if f.waived else SEVERITIES[f.severity]} {f.rule}", _where(f), f.message)
        for f in ordered[:FINDINGS]
    ]
    table = _table(("规则", "在哪里", "说明"), rows)
    rest = len(found) - FINDINGS
    more = f"\n\n另有 {rest} 处没有列出。" if rest > 0 else ""
    return f"#### {title}\n\n{table}{more}" + _remedies(ordered)


def _remedies(found: Sequence[Finding]) -> str:
    """Say once for each rule that refuses what is to be done."""
    refused = {f.rule: f.remedy for f in reversed(found) if f.severity == "error" and not f.waived}
    lines = [f"- {inert(rule)} {inert(refused[rule])}" for rule in sorted(refused)[:REMEDIES]]
    return "\n\n怎么办：\n\n" + "\n".join(lines) if lines else ""


def _where(finding: Finding) -> str:
    """Say where a finding is: its row and column, and the file only where there is no row."""
    column = f"“{finding.title}”" if finding.title else ""
    if finding.subject is None:
        return finding.place()
    return f"{finding.subject} {column}".strip()


def _scores(review: Review) -> str:
    parts = []
    if review.stood:
        totals = [(_name(review, s.unit), s.before, s.after) for s in review.stood]
        parts.append(_table(("单位", "原来总分", "现在总分"), totals))
    if review.moved:
        points = [
            (_name(review, m.unit), m.clause, m.before, m.after, m.because)
            for m in review.moved[:POINTS]
        ]
        parts.append(_table(("单位", "条款", "原来", "现在", "现在的算法"), points))
        if len(review.moved) > POINTS:
            parts.append(f"另有 {len(review.moved) - POINTS} 条没有列出。")
    return "\n\n".join(parts)


def _cells(review: Review) -> str:
    rows = [
        (_name(review, c.unit), c.subject, c.title, c.before or "空白", c.after or "空白")
        for c in review.cells[:CELLS]
    ]
    table = _table(("单位", "记录", "列", "原来", "现在"), rows)
    rest = len(review.cells) - CELLS
    more = f"\n\n另有 {rest} 格没有列出，见附件里的全部结果。" if rest > 0 else ""
    return (
        f"<details><summary>逐格对照：{len(review.cells)} 格</summary>\n\n{table}{more}\n\n"
        "</details>"
    )


def _name(review: Review, unit: str) -> str:
    return "市级" if unit == CITY else review.names.get(unit, unit)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    told = [header, ["---"] * len(header), *([inert(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in told)


def _code(text: str) -> str:
    """Return a text fit to stand between backticks."""
    return printable(text).replace("`", "ˋ").replace("|", "¦")


def _bounded(blocks: Iterable[str]) -> str:
    """Join blocks as long as there is room; say how many found none."""
    kept: list[str] = []
    size, left = 0, 0
    for block in blocks:
        if size + len(block) + 2 > LIMIT - 100:
            left += 1
        else:
            kept.append(block)
            size += len(block) + 2
    if left:
        kept.append(f"还有 {left} 部分太长，没有放进来；见附件里的全部结果。")
    return "\n\n".join(kept)
