"""Which papers there are: what each is called, for whom, of what there is one, and who makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.disclosure import View
from pipeline.reports import (
    bulletin,
    circular,
    forms,
    group_pack,
    monthly,
    notice,
    onepage,
    scoresheet,
    screened,
    summary,
    weekly,
)
from pipeline.reports.archive import of_months, of_quarters, of_weeks
from pipeline.reports.forms import Form
from pipeline.reports.paper import Report

Paper = Report | Form
Of = Literal["campaign", "week", "month", "quarter", "unit", "group"]
"""Of what there is one paper each."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper.

    `keys` are those that are due on the day of a view, `make` makes the one of a key. What is
    internal is made from the internal view only, and never put on the site.
    """

    name: str
    title: str
    of: Of
    keys: Callable[[View], Iterable[str]]
    make: Callable[[View, str], Paper]
    is_internal: bool = False


EDITED = frozenset((circular.KIND, summary.KIND))
"""Reports that offices edit before they sign: on the site they stand as Word documents too."""


def _units(view: View) -> list[str]:
    return [unit.id for unit in sorted(view.units, key=lambda u: u.sort_no)]


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            weekly.KIND,
            "周报",
            "week",
            of_weeks,
            lambda view, key: weekly.weekly(view, of_weeks(view)[key]),
        ),
        Kind(
            monthly.KIND,
            "月报",
            "month",
            of_months,
            lambda view, key: monthly.monthly(view, of_months(view)[key]),
        ),
        Kind(
            bulletin.KIND,
            "水质季报",
            "quarter",
            of_quarters,
            lambda view, key: bulletin.bulletin(view, of_quarters(view)[key]),
        ),
        Kind(
            circular.KIND,
            "情况通报",
            "campaign",
            lambda _view: ("",),
            lambda view, _key: circular.circular(view, view.as_of_on),
        ),
        Kind(
            onepage.KIND,
            "一页通",
            "campaign",
            lambda _view: ("",),
            lambda view, _key: onepage.one_page(view, view.as_of_on),
        ),
        Kind(
            summary.KIND,
            "工作总结",
            "unit",
            lambda view: ("", *_units(view)),
            summary.summary,
        ),
        Kind(
            screened.KIND,
            "排查汇总",
            "unit",
            lambda view: ("", *_units(view)),
            screened.screening,
        ),
        Kind(
            notice.KIND,
            "交办单",
            "unit",
            lambda view: (unit for unit in _units(view) if notice.is_due(view, unit)),
            notice.notice,
        ),
        Kind(
            scoresheet.KIND,
            "考评得分表",
            "unit",
            lambda view: (unit for unit in _units(view) if unit in view.assessment.sheets),
            scoresheet.score_sheet,
        ),
        Kind(
            group_pack.KIND,
            "督导组随带材料",
            "group",
            lambda view: map(str, group_pack.groups(view)),
            group_pack.group_pack,
            is_internal=True,
        ),
        Kind(
            forms.LEDGER_FORM,
            "附表2-2 整改台账",
            "unit",
            _units,
            lambda view, key: forms.ledger(view, key),
            is_internal=True,
        ),
        Kind(
            forms.LIST_FORM,
            "表1 排查问题汇总表",
            "unit",
            _units,
            lambda view, key: forms.problems(view, key),
            is_internal=True,
        ),
    )
}
