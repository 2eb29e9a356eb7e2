"""The list of errors to print and hand over: A4, black on white, one line for each cell to mend.

One value, said twice: as a page of HTML that stands alone, and as data for the typesetter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from pipeline.findings import Finding
from pipeline.intake.outcome import Outcome
from pipeline.intake.summary import place_of
from pipeline.personal import mask

TITLE = "导入问题清单"
MOST = 1000
"""Lines of a table on paper; a stack thicker than that is nobody's list."""

_STYLE = """
@page { size: A4; margin: 18mm 15mm }
body { font: 11pt/1.5 "SimSun", "Songti SC", "Noto Serif CJK SC", serif }
body { max-width: 180mm; margin: auto }
h1 { font-size: 16pt; text-align: center }
table { border-collapse: collapse; width: 100% }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: 0.5pt solid #000; padding: 3pt 5pt; text-align: left; vertical-align: top }
th { background: #eee }
td:first-child { white-space: nowrap }
.box { width: 12mm }
"""


@dataclass(frozen=True, slots=True)
class _Table:
    """What must be mended, or looked at: place, what, remedy; and how many are not listed."""

    caption: str
    lines: tuple[tuple[str, str, str], ...]
    rest: int

    @property
    def note(self) -> str:
        """What is said of the lines that are left out."""
        return f"还有 {self.rest} 处没有列出，见标了错的副本" if self.rest else ""


def error_list(outcome: Outcome) -> str:
    """Return the page: what must be mended first, then what should be looked at."""
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{TITLE}：{escape(_name(outcome))}</title>\n<style>{_STYLE}</style>\n"
        f"</head>\n<body>\n<h1>{TITLE}</h1>\n<p>{escape(_about(outcome))}</p>\n"
        + "".join(map(_html, _tables(outcome)))
        + "<p>改的人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿</p>\n</body>\n</html>\n"
    )


def paper_of(outcome: Outcome, day: date, organiser: str) -> Mapping[str, Any]:
    """Return the same as data for the template `errors`."""
    return {
        "title": TITLE,
        "organiser": organiser,
        "on": [day.year, day.month, day.day],
        "about": _about(outcome),
        "tables": [
            {"caption": one.caption, "lines": one.lines, "note": one.note}
            for one in _tables(outcome)
        ],
    }


def _name(outcome: Outcome) -> str:
    return mask(outcome.book.name)


def _about(outcome: Outcome) -> str:
    errors, rest = _parted(outcome)
    verdict = f"要改 {len(errors)} 处，看一看 {len(rest)} 处，已修正 {len(outcome.repairs)} 处"
    return f"表格：{_name(outcome)}；读到 {outcome.read} 行；{verdict}。"


def _parted(outcome: Outcome) -> tuple[list[Finding], list[Finding]]:
    """Return the errors that stand, and the rest."""
    listed = outcome.listed
    errors = [f for f in listed if f.severity == "error" and not f.waived]
    known = set(map(id, errors))
    return errors, [f for f in listed if id(f) not in known]


def _tables(outcome: Outcome) -> list[_Table]:
    captions = ("要改的", "看一看的")
    return [
        _table(caption, findings)
        for caption, findings in zip(captions, _parted(outcome), strict=True)
        if findings
    ]


def _table(caption: str, findings: Sequence[Finding]) -> _Table:
    lines = tuple((_place(f), f.message, f.remedy) for f in findings[:MOST])
    return _Table(f"{caption}（{len(findings)}）", lines, len(findings) - len(lines))


def _place(finding: Finding) -> str:
    is_of_all = not (finding.cell or finding.line or finding.title)
    return "整个文件" if is_of_all else place_of(finding)


def _html(table: _Table) -> str:
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}<td></td></tr>\n"
        for line in table.lines
    )
    head = '<tr><th scope="col">位置</th><th scope="col">什么</th><th scope="col">怎么改</th>'
    head += '<th scope="col" class="box">改好</th></tr>'
    note = f"<p>{table.note}</p>\n" if table.note else ""
    return (
        f"<h2>{table.caption}</h2>\n<table>\n<thead>{head}</thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>\n{note}"
    )
