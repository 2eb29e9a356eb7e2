"""The list of errors to print and hand over: A4, black on white, one line for each cell to mend."""

from __future__ import annotations

from html import escape

from pipeline.findings import Finding
from pipeline.intake.annotated import place_of
from pipeline.intake.outcome import Outcome
from pipeline.personal import mask

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


def error_list(outcome: Outcome) -> str:
    """Return the page: what must be mended first, then what should be looked at."""
    errors = [f for f in outcome.findings if f.severity == "error" and not f.waived]
    rest = [f for f in outcome.findings if f not in errors]
    name = escape(mask(outcome.book.name))
    verdict = f"要改 {len(errors)} 处，看一看 {len(rest)} 处，已修正 {len(outcome.repairs)} 处"
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>导入问题清单：{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>导入问题清单</h1>\n<p>表格：{name}；读到 {outcome.read} 行；{verdict}。</p>\n"
        + _table("要改的", errors)
        + _table("看一看的", rest)
        + "<p>改的人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿</p>\n</body>\n</html>\n"
    )


def _table(caption: str, findings: list[Finding]) -> str:
    if not findings:
        return ""
    rows = "".join(
        f"<tr><td>{escape(place_of(f))}</td><td>{escape(f.message)}"
        f"</td><td>{escape(f.remedy)}</td><td></td></tr>\n"
        for f in findings
    )
    head = '<tr><th scope="col">位置</th><th scope="col">什么</th><th scope="col">怎么改</th>'
    head += '<th scope="col" class="box">改好</th></tr>'
    return (
        f"<h2>{caption}（{len(findings)}）</h2>\n<table>\n<thead>{head}</thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>\n"
    )
