"""Pages of the periodic reports: the list of all editions, and each edition as a page."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.papers.rendering import imprint
from pipeline.publication import feeds
from pipeline.publication.charts import bars
from pipeline.publication.desk import Desk
from pipeline.publication.kinds import PAPERS, page, pages
from pipeline.publication.page import Content
from pipeline.publication.questions.editions import page_of, paper_of, word_of
from pipeline.publication.questions.places import HOME
from pipeline.reports.paper import Chart


def _editions(desk: Desk) -> Iterator[str]:
    yield from desk.editions.ids


@page("reports", after=PAPERS)
def reports_page(desk: Desk) -> Content:
    """Make the list of all editions, the latest first, with what each comes to."""
    found = [desk.editions.of[name] for name in desk.editions.ids]
    body = desk.render(
        "reports.html",
        root="",
        editions=[
            (one, page_of(one.id), paper_of(one.id), word_of(one.id), desk.papers.get(one.id))
            for one in found
        ],
        feed=feeds.address(feeds.REPORTS),
        kinds=list(dict.fromkeys(one.name for one in found)),
    )
    return Content(
        "报告：周报、季报、情况通报和排查汇总",
        "每周的周报、每季度的水质季报、各阶段的情况通报，网页看或者下载打印；发布以后不改，数字都和表里的一样",
        (*HOME, ("报告", None)),
        body,
    )


@pages("report", at="r/{}.html", keys=_editions, after=PAPERS)
def report_page(desk: Desk, edition: str) -> Content:
    """Make the page of an edition: the same words and tables as on paper."""
    report = desk.editions.of[edition]
    before, after = desk.editions.beside[edition]
    body = desk.render(
        "report.html",
        report=report,
        paper=paper_of(edition).rpartition("/")[2],
        word=word_of(edition).rpartition("/")[2],
        imprint=imprint(report),
        charts={one.id: bars.drawn(one) for one in report.blocks if isinstance(one, Chart)},
        size=desk.papers.get(edition),
        before=desk.editions.of[before] if before else None,
        after=desk.editions.of[after] if after else None,
        correction=desk.editions.corrections.get(edition),
    )
    number = f"第{report.number}期" if report.number else ""
    number += "更正" if report.corrects else ""
    return Content(
        f"{report.name}{number}：{report.title}",
        report.lead,
        (*HOME, ("报告", "reports.html"), (f"{report.name}{number or report.to_on}", None)),
        body,
    )
