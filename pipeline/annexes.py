"""What each edition of the assessment rules says on paper: its parts, its clauses, their bounds.

The ground that the rest stands on: campaign.yml chooses an edition by its id, checks hold
judgements to its numbers, and `assessment.editions` sets the code of its clauses to it. Two
editions may give the same number to different clauses; nothing here is shared between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Annex:
    """One edition of the assessment rules as it is printed.

    `id` is how campaign.yml names it, `year` how judgements do; `source` is where it is printed, as
    far as that is the same for everybody: campaign.yml cites the document. `parts` are numeral ->
    heading, those `beside` add and take off beside the hundred; `bounds` give the lowest and
    highest points of each clause in official order; `facts` the clause under which each fact is
    judged.

    Raises:
        ValueError: a clause of no part, a part of no clause, bounds upside down, a fact of no
            clause.
    """

    id: str
    year: str
    title: str
    source: str
    parts: Mapping[str, str]
    bounds: Mapping[str, tuple[int, int]]
    beside: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what no annex says, and freeze what is left."""
        for clause, (low, high) in self.bounds.items():
            if clause[0] not in self.parts or low > high:
                raise ValueError(f"{self.id}: {clause}")
        if empty := {*self.parts} - {clause[0] for clause in self.bounds}:
            raise ValueError(f"{self.id}: {sorted(empty)}")
        if astray := {*self.facts.values()} - {*self.bounds}:
            raise ValueError(f"{self.id}: {sorted(astray)}")
        for name in ("parts", "bounds", "facts"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def is_base(self, clause: str) -> bool:
        """Whether a clause counts into the hundred, or adds and takes off beside it."""
        return clause[0] not in self.beside


Y2022 = Annex(
    id="y2022",
    year="2022",
    title="农村饮水工程运行管护问题“回头看”排查整改行动考评细则",
    source="附件3",
    parts={
        "一": "组织领导",
        "二": "工程建设",
        "三": "三个责任",
        "四": "三项制度",
        "五": "日常管理",
        "六": "附加条件",  # its heading is cut off in print (G16)
    },
    beside=("六",),
    bounds={
        "一.1": (0, 5), "一.2": (0, 5), "二.2": (0, 5), "三.1": (0, 6), "三.2": (0, 3),
        "三.3": (0, 6), "四.1": (0, 3), "四.2": (0, 3), "四.3": (0, 5), "四.4": (0, 4),
        "五.1": (0, 10), "五.2": (0, 17), "五.3": (0, 10), "五.4①": (0, 2), "五.4②": (0, 2),
        "五.4③": (0, 2), "五.4④": (0, 5), "五.4⑤": (0, 2), "五.5①": (0, 2), "五.5②": (0, 3),
        "六.1": (-10, 0), "六.2": (-5, 5), "六.3": (0, 10),
    },
    facts={"预案可操作": "四.4", "机构落实": "四.1"},
)  # fmt: skip


def by_id(annexes: Iterable[Annex]) -> Mapping[str, Annex]:
    """Return annexes by id.

    Raises:
        ValueError: two of them have one id, or one year: a judgement could not say which it means.
    """
    found: dict[str, Annex] = {}
    for one in annexes:
        if any(one.id == other.id or one.year == other.year for other in found.values()):
            raise ValueError(f"{one.id}, {one.year}")
        found[one.id] = one
    return MappingProxyType(found)


ANNEXES = by_id((Y2022,))
"""The editions that a campaign may name."""
