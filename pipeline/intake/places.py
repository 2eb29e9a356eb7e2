"""Places by name: units, townships, villages and works, by longest match inside one unit.

Names are no keys: villages of one name lie in many townships. Where a name means several places
all are offered, and none is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from pipeline.intake.recognisers.reading import Reading, flat
from pipeline.ledgers import Snapshot
from pipeline.ledgers.placed import TOWN, VILLAGE, WORKS
from pipeline.placenames import town_names, village_names, works_names
from pipeline.rowtypes import DivisionRow, UnitRow, WorksRow
from pipeline.traditional import simplified

WHICH = "写明是哪一个（前面写上乡镇名，或填代码）"
OFFERED = 4
"""Candidates that are named in one question."""
_SHORTEST = 2


class Names(defaultdict[str, list[str]]):
    """What places are called, and the codes of those of each name.

    How long names are and how they begin is known, so that most texts are passed over at once.
    """

    def __init__(self) -> None:
        """Begin without a name."""
        super().__init__(list)
        self.longest = 0
        self.starts: set[str] = set()


@dataclass(frozen=True, slots=True)
class Found:
    """The places that column ③ begins with, and the problem that is left."""

    town: str = ""
    village: str = ""
    works: str = ""
    problem: str = ""
    rules: tuple[str, ...] = ()
    trouble: str = ""
    remedy: str = ""


@dataclass(slots=True)
class Gazetteer:
    """The names of one unit's places."""

    towns: Names = field(default_factory=Names)
    villages: Names = field(default_factory=Names)
    works: Names = field(default_factory=Names)
    titles: dict[str, str] = field(default_factory=dict)
    town_of: dict[str, str] = field(default_factory=dict)
    served: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, unit_id: str) -> Gazetteer:
        """Gather the names of a unit's places."""
        towns, villages, works = (Names() for _ in range(3))
        made = cls(towns, villages, works)
        rows = cast("Iterable[DivisionRow]", snapshot["divisions"])
        for row in rows:
            if row.unit_id != unit_id:
                continue
            is_town = row.division_level == "乡级"
            made.titles[row.division_code] = row.name
            made.town_of[row.division_code] = (
                row.division_code if is_town else row.parent_code or ""
            )
            names = town_names(row) if is_town else village_names(row)
            _enter(towns if is_town else villages, names, row.division_code)
        for one in cast("Iterable[WorksRow]", snapshot["works"]):
            if one.unit_id == unit_id:
                made.titles[one.works_id] = one.name
                made.town_of[one.works_id] = one.town_code
                made.served[one.works_id] = tuple(one.village_codes or ())
                _enter(works, works_names(one, made.titles.get(one.town_code, "")), one.works_id)
        return made

    def kind_of(self, code: str) -> str:
        """Return of which kind a place of the unit is, by its code."""
        if code in self.served:
            return WORKS
        return TOWN if self.town_of.get(code) == code else VILLAGE

    def read_town(self, text: str) -> Reading:
        """Read the name, or the code, of a township."""
        return self._one(text, self.towns, "乡镇", lambda _: True)

    def read_village(self, text: str, town: str = "") -> Reading:
        """Read the name, or the code, of a village; with `town` only of its villages."""
        plain = flat(text)
        for name in sorted(self.towns, key=len, reverse=True):
            if plain.startswith(name) and len(plain) > len(name) and not self.villages.get(plain):
                rest = plain.removeprefix(name)
                read = self.read_village(rest, town or self.towns[name][0])
                return read if read.problem else Reading(read.value, "村名前的乡镇名去掉，换成代码")
        return self._one(text, self.villages, "村", self._in(town))

    def read_works(self, text: str, town: str = "") -> Reading:
        """Read the name, an alias or the id of a works."""
        return self._one(text, self.works, "工程", self._in(town))

    def read_place(self, text: str, kinds: Sequence[str], town: str = "") -> Reading:
        """Read a place that may be of several kinds; where two are called so, that is asked."""
        readings = {kind: self._of_kind(text, kind, town) for kind in kinds}
        if len(kinds) == 1:
            return readings[kinds[0]]
        open_ = [k for k, r in readings.items() if not r.problem or r.remedy == WHICH]
        if len({readings[kind].value for kind in open_}) > 1 or not open_:
            said, name = "、".join(open_ or kinds), flat(text)
            if open_:
                return Reading(problem=f"“{name}”可能是{said}", remedy=WHICH)
            return Reading(problem=f"本单位没有叫“{name}”的{said}", remedy="照名册写全名，或填编号")
        return readings[open_[0]]

    def read_near(self, text: str, kinds: Sequence[str], town: str, beside: str) -> Reading:
        """Read a place; where several are called so, that of the township `beside` is meant.

        A township stands beside a name where the row or the title of the table names one.
        """
        read = self.read_place(text, kinds, town)
        if read.remedy == WHICH and beside and not town:
            near = self.read_place(text, kinds, beside)
            if not near.problem:
                name = self.titles.get(beside, beside)
                return Reading(near.value, f"有几个同名的，按{name}的认")
        return read

    def town_in(self, text: str) -> str:
        """Return the one township that a title names; blank if none, or several."""
        plain = flat(text)
        found = {c for n, codes in self.towns.items() if len(n) > 2 and n in plain for c in codes}
        return found.pop() if len(found) == 1 else ""

    def read_any(self, text: str) -> Reading:
        """Read a place of whatever kind."""
        return self.read_place(text, (WORKS, VILLAGE, TOWN))

    def _of_kind(self, text: str, kind: str, town: str) -> Reading:
        if kind == TOWN:
            return self.read_town(text)
        return self.read_works(text, town) if kind == WORKS else self.read_village(text, town)

    def _one(self, text: str, names: Names, what: str, fits: Callable[[str], bool]) -> Reading:
        plain = flat(text)
        if plain in self.titles and plain.isascii():
            return Reading(plain, "" if plain == text else "代码前后的空白去掉")
        for form, rule in ((plain, ""), (simplified(plain), "繁体字写成简体")):
            codes = [c for c in names.get(form, ()) if fits(c)]
            if len(codes) == 1:
                return Reading(
                    codes[0], rule or f"{what}名换成{'编号' if what == '工程' else '代码'}"
                )
            if codes:
                return Reading(
                    problem=f"有 {len(codes)} 个叫“{form}”的{what}：{self._offer(codes)}",
                    remedy=WHICH,
                )
        near = {c for n, codes in names.items() if n.startswith(plain) for c in codes if fits(c)}
        is_near = len(plain) >= _SHORTEST and near
        asked = f"，是不是 {self._offer(sorted(near))}" if is_near else ""
        return Reading(
            problem=f"本单位没有叫“{plain}”的{what}{asked}",
            remedy="照行政区划或工程名册写全名"
            if what != "工程"
            else "照工程名册写；没有登记的工程先登记",
        )

    def _offer(self, codes: Sequence[str]) -> str:
        def named(code: str) -> str:
            town = self.titles.get(self.town_of[code], "")
            return f"{town}{self.titles[code].removeprefix(town)}（{code}）"

        more = f" 等{len(codes)}个" if len(codes) > OFFERED else ""
        return "、".join(map(named, codes[:OFFERED])) + more

    def split(self, text: str, town: str = "", village: str = "") -> Found:
        """Take column ③ apart: township, village, works, problem; the longest names first."""
        whole = text.strip()
        readings = [self._split(whole, town, village)]
        if readings[0].trouble and (simple := simplified(whole)) != whole:
            again = self._split(simple, town, village)
            if not again.trouble:
                return Found(
                    again.town,
                    again.village,
                    again.works,
                    whole[len(simple) - len(again.problem) :],
                    (*again.rules, "繁体字的地名按简体认"),
                )
        return readings[0]

    def _split(self, text: str, town: str, village: str) -> Found:
        name, codes = _longest(text, self.towns)
        rest = text
        if codes and (not town or town in codes):
            if len(codes) > 1 and not town:
                return Found(trouble=f"“{name}”有几个：{self._offer(codes)}", remedy="写乡镇的全名")
            town, rest = town or codes[0], _after(text, name)
        works, after = self._works_at(rest, town, village, text)
        called, villages = _longest(rest, self.villages, self._in(town))
        if villages and not (works and len(called) <= _SHORTEST):
            left = _after(rest, called)
            only = villages[0] if len(villages) == 1 else ""
            further, after_further = self._works_at(left, town, only, text)
            if further or not works:
                works, after = further, after_further
                served = {v for w in works for v in self.served.get(w, ())}
                villages = [v for v in villages if v in served] or villages
                if len(villages) > 1:
                    said = f"有 {len(villages)} 个叫“{called}”的村：{self._offer(villages)}"
                    return Found(trouble=said, remedy="前面写上乡镇名")
                village = villages[0]
        if len(works) > 1:
            said = f"有 {len(works)} 处叫这个名的工程：{self._offer(works)}"
            return Found(trouble=said, remedy="写工程的全名")
        return self._whole(text, town, village, works[0] if works else "", after)

    def _whole(self, text: str, town: str, village: str, works: str, rest: str) -> Found:
        """Return what was found; the township follows from the works, or from the village."""
        town = town or self.town_of.get(works or village, "")
        if not town:
            said = f"“{text[:12]}…”开头认不出乡镇或村"
            return Found(trouble=said, remedy="写成 某镇某村某供水工程某问题")
        return Found(town, village, works, rest.lstrip("的，,：:、;； \u3000-—").strip() or text)

    def _in(self, town: str) -> Callable[[str], bool]:
        """Return whether a code is of a township; of any, where none is known."""
        return lambda code: not town or self.town_of[code] == town

    def _works_at(self, text: str, town: str, village: str, whole: str) -> tuple[list[str], str]:
        """Return the works that a text begins with, of the township first, and what follows."""
        name, codes = _longest(text, self.works, self._in(town))
        source = text
        if not codes and text is not whole:
            name, codes = _longest(whole, self.works, self._in(town))
            source = whole
        if village and len(codes) > 1:
            codes = [c for c in codes if village in self.served.get(c, ())] or codes
        return codes, _after(source, name) if codes else text


class UnitNames:
    """What the units are called; asked for every row, so that answers are kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Gather the names of all units."""
        self._forms = Names()
        self._known: dict[str, str] = {}
        for unit in cast("Iterable[UnitRow]", snapshot["units"]):
            names = {unit.unit_id, unit.name, unit.short_name, unit.competent_body}
            names |= {unit.government_name, *(unit.aliases or ())}
            _enter(self._forms, names, unit.unit_id)

    def named(self, text: str) -> str:
        """Return the unit a text names, or one that stands in it; blank if none or several do."""
        if text not in self._known:
            self._known[text] = self._named(flat(text))
        return self._known[text]

    def _named(self, plain: str) -> str:
        forms = self._forms
        if plain in forms:
            return forms[plain][0] if len(set(forms[plain])) == 1 else ""
        names = (n for n in forms if len(n) >= _SHORTEST and not n.isascii() and n in plain)
        inside = sorted(names, key=len, reverse=True)
        ids = {i for n in inside for i in forms[n] if len(n) == len(inside[0])}
        return ids.pop() if len(ids) == 1 else ""


def _enter(names: Names, called: Iterable[str], code: str) -> None:
    for name in sorted({flat(n) for n in called if n}):
        names.longest = max(names.longest, len(name))
        names.starts.add(name[:_SHORTEST])
        if code not in names[name]:
            names[name].append(code)


def _longest(
    text: str, names: Names, fits: Callable[[str], bool] | None = None
) -> tuple[str, list[str]]:
    """Return the longest name a text begins with, and what it may mean."""
    plain = text.lstrip()
    if plain[:_SHORTEST] not in names.starts:
        return "", []
    for size in range(min(len(plain), names.longest), _SHORTEST - 1, -1):
        codes = names.get(plain[:size])
        if codes:
            kept = [c for c in codes if fits is None or fits(c)]
            if kept:
                return plain[:size], kept
    return "", []


def _after(text: str, name: str) -> str:
    return text.lstrip().removeprefix(name).lstrip(" \u3000")
