"""What passes the gates gives a site, whatever its texts say; what verify refuses, a gate does.

Verify can refuse a site for what data say in these ways, each of which a gate answers first:

- identity numbers, mobiles, bank cards, mail addresses and accounts: PR01 to PR05, in every column
  and in campaign.yml, never silenced by a waiver;
- a number that only looks like a mobile in a column of numbers: S07, the bounds of the schema;
- an address that runs something, or is none: S09 in the ledgers, B90 in campaign.yml;
- an item of campaign.yml that a page cannot be made of: B90;
- links that lead nowhere and ids that stand twice: K01 to K05.

Everything else it looks for (tags, scripts, outside requests, slots) is text wherever data put it.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from itertools import count
from pathlib import Path

import pytest
from story import EXAMPLE, qingyuan

from pipeline import checks, verify
from pipeline.checks import privacy, schema
from pipeline.checks.collected import collected
from pipeline.checks.records.waivers import is_waivable
from pipeline.ledgers.campaign import load_campaign
from pipeline.publication import lookup
from tests.shards_of import SCHEMAS, file_of, read_of

TEXTS = (
    "http://www.nanzhao.gov.cn 打不开",
    "https://example.cn/a?b=1&c=<d>#e",
    "//example.cn/x.js 加载不了",
    "fetch('/x') 与 eval(1) 和 new Function('a')",
    "XMLHttpRequest WebSocket importScripts(",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<iframe src=//x></iframe><object><embed><base href=/>",
    "@import 'x.css' 与 url(http://x.cn/a.png)",
    "a{background:url(//x.cn)}",
    "{{ 7*7 }}{% raw %}{# 注 #}${7*7}",
    '" onmouseover="alert(1)" style="x',
    "' onclick='alert(1)",
    ' href="javascript:alert(1)" id="top',
    "<!-- 注释 --> &amp; &#106; &lt; &#x27;",
    '内容 content="@@qy:body@@"',
    "@@qy:title@@",
    "微博@水利局 与 #话题#",
    "水位-5米，电压~3伏，第=07号",
    "=SUM(A1:A9)",
    "+1-2=@x",
    "💧水质🚰检测👩‍🔧".replace("\u200d", ""),
    "0377-10001234转8001",
    "HN13900001234号合同",
    "411321103201",
    "1390000",
    "……——《》“”‘’【】、；：？！",
    "\\u003c\\n\\\\ \\0",
    "$\\frac{1}{0}$ 与 a_b^c",
    "];window.x=1;[",
    "undefined null NaN true",
    "𠮷家庄村𡈼",
    "x" * 60,
    "../../etc/passwd",
    "%00%2e%2e%2f",
    "CON NUL AUX",
    "---\ntitle: x".replace("\n", " "),
    "<h1>标题</h1><h2></h2>",
    "[链接](javascript:alert(1)) ![图](//x) | 表 | 格 |",
)


def is_free(field) -> bool:
    """Whether people write into a column what they like."""
    return field.type == "string" and not field.is_coded and not field.member_of


def filled(data: Path) -> int:
    """Put a hostile text into every free cell that holds something; returns how many."""
    numbers = count()
    for path in sorted(data.rglob("*.csv")):
        if path.stem == "water_limits":  # others' units of measure are compared with its
            continue
        fields = SCHEMAS[path.stem].fields
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        for row in rows:
            for place, field in enumerate(fields):
                if is_free(field) and row[place]:
                    row[place] = TEXTS[next(numbers) % len(TEXTS)]
        write(path, [head, *rows])
    return next(numbers)


def restored(data: Path, findings) -> int:
    """Take back what a gate refused: the cell, else its row, else its file; returns how many."""
    taken = 0
    for found in findings:
        if found.severity == "error":
            below = found.file.partition("/")[2]
            old, new = ((root / below).read_text(encoding="utf-8") for root in (EXAMPLE, data))
            olds, news = (list(csv.reader(io.StringIO(text))) for text in (old, new))
            at = (found.line or 1) - 1
            place = (found.column or 1) - 1
            if news[at][place] != olds[at][place]:
                news[at][place] = olds[at][place]
            else:
                news = [*news[:at], olds[at], *news[at + 1 :]] if news[at] != olds[at] else olds
            taken += write(data / below, news) != new
    return taken


def write(path: Path, rows: list[list[str]]) -> str:
    """Write a ledger; returns its text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """The story with a hostile text in every free cell that the gates let through."""
    data = tmp_path_factory.mktemp("hostile") / "example"
    shutil.copytree(EXAMPLE, data)
    put, taken = filled(data), 0
    while not (report := checks.run(data, today=lambda: None)).ok:
        back = restored(data, report.findings)
        assert back, [f for f in report.findings if f.severity == "error"][:3]
        taken += back
    assert taken < put / 2, "the gates let too little through for this test to say anything"
    return data


def test_what_passes_the_gates_gives_a_site(hostile, tmp_path):
    """Every free column, forty hostile texts: built, and clean when parsed in full."""
    done = qingyuan("build", "--data", hostile, "--out", tmp_path / "build")

    assert done.returncode == 0, done.stdout + done.stderr
    assert verify.verify_site((tmp_path / "build" / "public").resolve(), full=True) == []


PRIVATE = {
    "identity": "411321199003071290",
    "mobile": "13900001234",
    "card": "6222020000000000026",
    "mail": "zhangsan@example.com",
}


@pytest.mark.parametrize("ledger", list(SCHEMAS))
def test_private_numbers_are_refused_in_every_column(ledger):
    """Also where whole numbers, dates, codes or choices are wanted; the value is never said."""
    for field in SCHEMAS[ledger].fields:
        for kind, value in PRIVATE.items():
            if kind == "mobile" and (ledger, field.name) in privacy.MAY_HOLD_MOBILE:
                continue
            raw = read_of(ledger, file_of(ledger, {field.name: value}))
            found = privacy.check([raw], SCHEMAS)

            assert any(f.field == field.name for f in found), (field.name, kind)
            for one in (*raw.findings, *schema.check([raw], SCHEMAS), *found):
                assert value not in json.dumps(one.to_json(), ensure_ascii=False), (one, kind)


@pytest.mark.parametrize("ledger", list(SCHEMAS))
def test_every_number_has_bounds_and_no_mobile_lies_within(ledger):
    """A telephone number in a column of numbers is refused there too."""
    for field in SCHEMAS[ledger].fields:
        if field.type in ("integer", "number"):
            assert field.minimum is not None, field.name
            assert float(field.maximum) < 13_000_000_000, field.name


@pytest.mark.parametrize("rule", ["PR01", "PR02", "PR03", "PR05"])
def test_what_verify_refuses_no_waiver_lets_through(rule):
    """A waiver would end in a site that cannot be published."""
    assert rule in collected().rules
    assert not is_waivable(collected().rules[rule])


SETTINGS = {
    "a mobile": ("number: '12314'", "number: '13900001234'"),
    "a mail address": ("name: 清源", "name: zhangsan@example.com"),
    "an address that runs": ("repository_url: ''", "repository_url: 'javascript:alert(1)'"),
    "no address": ("site_url: https://qingyuan.example/", "site_url: qingyuan"),
    "an item without its word": ("  when: 对省里的答复不满意\n", ""),
    "a number for a text": ("number: '12314'", "number: 12314"),
    "a word for yes or no": ("is_verified: true", "is_verified: 也许"),
    "a text for an item": ("- level: 市", "- 市\n- level: 市"),
    "no name": ("  name: 清源\n", ""),
}


@pytest.mark.parametrize("what", SETTINGS)
def test_a_setting_of_which_no_site_can_be_made_is_refused(tmp_path, what):
    """In campaign.yml, by the name of the setting."""
    old, new = SETTINGS[what]
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    text = (data / "campaign.yml").read_text(encoding="utf-8")
    assert old in text
    (data / "campaign.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    report = checks.run(data, today=lambda: None)

    assert [f.file for f in report.findings if f.severity == "error"] == ["data/campaign.yml"]


def test_the_mail_address_for_reports_may_stand_in_its_link(tmp_path):
    """It is what readers are to write to; anywhere else it would be refused."""
    campaign, _ = load_campaign(EXAMPLE / "campaign.yml", "campaign.yml")
    campaign.site["report_channel"] = "water@example.cn"
    link = '<p><a href="mailto:water@example.cn?subject=x">报告</a></p>'

    assert privacy.check_campaign(campaign, "campaign.yml") == []
    assert verify.personal_data("x.html", link) == []
    assert verify.personal_data("x.html", link + "<p>other@example.cn</p>") != []


@pytest.mark.parametrize("text", [*TEXTS, "13900001234"])
def test_the_index_of_the_look_up_is_data(tmp_path, text):
    """Whatever a title says it is no request; a private number in it is still found."""
    entry = lookup.Entry("问题", text, "i", "nanzhao-i0001")
    (tmp_path / lookup.PATH).parent.mkdir()
    (tmp_path / lookup.PATH).write_bytes(lookup.build([entry]))
    found = [t.message for t in verify.verify_site(tmp_path, full=True, manifest=False)]

    assert ("有像手机号的内容" in found) == (text == "13900001234")
    assert not any("请求" in said for said in found)


def test_code_beside_data_is_still_looked_at_as_code(tmp_path):
    """Only a script that is one JSON value and nothing else counts as data."""
    for script in (
        'window.a=[];fetch("/x");\n',
        'window.a=["b"]+fetch("/x");\n',
        "var a=eval('1');",
    ):
        (tmp_path / "a.js").write_text(script)
        found = [t.message for t in verify.verify_site(tmp_path, full=True, manifest=False)]

        assert any("请求" in said for said in found), script
