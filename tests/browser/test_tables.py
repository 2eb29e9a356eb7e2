"""Tables in a real browser: sorted, filtered, shared by address, taken away, used by keyboard."""

from __future__ import annotations

import csv
import io

import pytest
from conftest_browser import watch

pytestmark = pytest.mark.browser

TABLE = "table[data-qy-table]"
STATES = {"待整改", "整改中", "已完成待核查", "待核查", "已核查", "已销号"}


@pytest.fixture
def ledger(chromium, base):
    """The ledger of issues on a wide screen with all its rows, from disk and from a server."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    watched = watch(context, base)
    page = watched.open("issues.html#issues?n=200")
    page.locator(".qy-filter [role=status]", has_text="符合的有").wait_for()
    yield page
    context.close()
    assert watched.wrong == []


def column(page, number: int) -> list[str]:
    """Return the texts of a column, shown rows only, from top to bottom."""
    return page.eval_on_selector_all(
        f"{TABLE} tbody tr:not([hidden])",
        "(rows, n) => rows.map(r => (r.cells[n].dataset.v || r.cells[n].textContent).trim())",
        number,
    )


def test_a_column_sorts_both_ways(ledger):
    """Dates by date, names by Chinese collation; aria-sort says which way."""
    ledger.get_by_role("button", name="时限", exact=True).click()
    dates = column(ledger, 4)
    ledger.get_by_role("button", name="时限", exact=True).click()
    backwards = column(ledger, 4)
    ledger.get_by_role("button", name="单位", exact=True).click()
    units = list(dict.fromkeys(column(ledger, 1)))

    assert dates == sorted(dates)
    assert backwards == sorted(dates, reverse=True)
    assert units == ["南召", "卧龙", "鸭河"]  # pinyin order: nan, wo, ya
    head = ledger.locator(f"{TABLE} th", has_text="单位").first
    assert head.get_attribute("aria-sort") == "ascending"


def test_points_sort_as_numbers(chromium, base):
    """Nine comes before ten; what has no number comes last either way."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = watch(context, base).open("c/5.3.html")

    page.get_by_role("button", name="得分", exact=True).click()
    points = [float(p) for p in column(page, 1) if p[:1].isdigit()]
    context.close()

    assert points == sorted(points)


def test_filters_leave_what_fits_and_say_how_many(ledger):
    """By column and by text together; clearing brings everything back."""
    everything = column(ledger, 0)
    ledger.get_by_label("单位", exact=True).select_option("南召")
    ledger.get_by_label("状态", exact=True).select_option("逾期")
    late = column(ledger, 2)

    assert 0 < len(late) < len(everything)
    assert all("逾期" in words.split("|") for words in late)
    assert set(column(ledger, 1)) == {"南召"}
    assert f"符合的有 {len(late)} 条" in ledger.get_by_role("status").inner_text()

    ledger.get_by_label("包含文字").fill("不存在的字")
    assert column(ledger, 0) == []
    assert "去掉一个条件" in ledger.get_by_role("status").inner_text()

    ledger.get_by_role("button", name="清除条件").click()
    assert column(ledger, 0) == everything


def test_what_is_shown_can_be_shared(ledger):
    """The address holds filters and order; opening it again shows the same rows."""
    ledger.get_by_label("单位", exact=True).select_option("卧龙")
    ledger.get_by_label("包含文字").fill("供水站")
    ledger.get_by_role("button", name="时限", exact=True).click()
    shown = column(ledger, 0)
    address = ledger.url

    ledger.goto("about:blank")
    ledger.goto(address)

    assert column(ledger, 0) == shown
    assert ledger.get_by_label("单位", exact=True).input_value() == "卧龙"
    assert "已选 2 项" in ledger.locator(".qy-filter summary").inner_text()


def test_what_is_shown_can_be_taken_away(ledger):
    """A CSV file for Excel: the shown rows under the heads, no cell that runs."""
    ledger.get_by_label("单位", exact=True).select_option("鸭河")
    shown = column(ledger, 0)
    with ledger.expect_download() as waiting:
        ledger.get_by_role("button", name="下载筛选结果").click()
    content = waiting.value.path().read_bytes()

    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert table[0] == [
        "编号", "地点", "问题", "单位",
        "状态", "逾期天数", "复发", "销号后退回", "自核", "渠道", "时限",
    ]  # fmt: skip
    assert [f"{row[1]}：{row[2]}" for row in table[1:]] == shown
    assert all(row[0] for row in table[1:])
    assert {row[4] for row in table[1:]} <= STATES
    assert all(row[5].isdigit() or not row[5] for row in table[1:])


@pytest.mark.parametrize("query", ["q=100%", "q=%E4%B8%8", "状态=%", "n=x&sort=", "q=a=b?c"])
def test_an_address_that_is_no_escape_breaks_nothing(chromium, base, query):
    """What somebody typed behind the question mark is looked for as it stands."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    watched = watch(context, base)
    page = watched.open(f"issues.html#issues?{query}")
    said = page.locator(".qy-filter [role=status]").inner_text()
    if query.startswith("q=100"):
        assert page.get_by_label("包含文字").input_value() == "100%"
    context.close()

    assert said
    assert watched.wrong == []


def test_a_long_table_shows_twenty_and_more_on_demand(chromium, base):
    """The others come when asked for; how many are open stands in the address."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    watched = watch(context, base)
    page = watched.open("issues.html")
    whole = int(page.locator(TABLE).get_attribute("data-whole"))
    first = len(column(page, 0))
    page.get_by_role("button", name="再看").click()
    page.wait_for_url("**#issues?n=40")
    more = column(page, 0)
    focused = page.evaluate("document.activeElement.textContent")
    page.goto("about:blank")
    page.goto(f"{base}/issues.html#issues?n=40")
    page.wait_for_selector(f"{TABLE} tbody tr:nth-child(21):not([hidden])")
    again = column(page, 0)
    context.close()

    assert first == 20
    assert len(more) == min(40, whole) > 20
    assert focused == more[20]
    assert again == more
    assert watched.wrong == []


def test_everything_works_by_keyboard(ledger):
    """Tab to a head, Enter sorts; Tab to a field, typing filters."""
    ledger.get_by_role("button", name="时限", exact=True).focus()
    ledger.keyboard.press("Enter")
    dates = column(ledger, 4)
    ledger.get_by_label("包含文字").focus()
    ledger.keyboard.type("水泵")

    assert dates == sorted(dates)
    assert all("水泵" in text for text in column(ledger, 0))


def test_on_a_phone_the_filters_wait_folded(chromium, base):
    """The list comes first; a tap opens the filters, and sorting is among them."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    page = watch(context, base).open("issues.html")
    folded = page.locator(".qy-filter").get_attribute("open")

    page.locator(".qy-filter summary").click()
    page.get_by_label("排序").select_option(label="时限 从小到大")
    page.wait_for_url("**sort=*")
    dates = column(page, 4)
    context.close()

    assert folded is None
    assert dates == sorted(dates)


def test_without_scripts_the_first_rows_and_the_pages_by_unit_serve(chromium, base):
    """No controls that do nothing; every unit's page has all of its rows."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/issues.html")
    whole = int(page.locator(TABLE).get_attribute("data-whole"))
    first = page.locator(f"{TABLE} tbody tr:visible").count()
    filters = page.locator(".qy-filter, .qy-again").count()
    buttons = page.locator(f"{TABLE} thead button").count()
    ways = page.eval_on_selector_all("[aria-labelledby=byunit] a", "n => n.map(a => a.href)")
    listed = 0
    for way in ways:
        page.goto(way)
        listed += page.locator("table[data-qy-table=issues] tbody tr:visible").count()
    context.close()

    assert (first, filters, buttons) == (20, 0, 0)
    assert listed == whole


@pytest.mark.parametrize(
    ("start", "word", "measure"),
    [("index.html", "过了期限没改完", "逾期"), ("u/nanzhao.html", "核查通过", "核查通过的")],
)
def test_a_figure_leads_to_the_rows_it_counts(chromium, base, start, word, measure):
    """From the home page to the ledger, and on a unit's page down to its own table."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    watched = watch(context, base)
    page = watched.open(start)
    figure = page.locator("a.qy-fig", has_text=word)
    count = int(figure.locator("b").inner_text())
    figure.click()
    page.wait_for_selector(".qy-filter[open]")
    status = page.locator(".qy-filter [role=status]").first
    status.filter(has_text="符合的有").wait_for()
    shown = int(status.inner_text().split()[1])
    chosen = page.get_by_label("状态", exact=True).input_value()
    context.close()

    assert chosen == measure
    assert shown == count
    assert watched.wrong == []


def test_a_table_shown_as_cards_keeps_its_roles(chromium, base):
    """On a phone rows are drawn as cards; readers of screens still meet a table."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    page = watch(context, base).open("water.html")
    roles = page.eval_on_selector(
        "table.cards",
        "t => [t, t.tHead, t.tHead.rows[0].cells[0], t.tBodies[0].rows[0].cells[0],"
        " t.tBodies[0].rows[0].cells[1]].map(n => n.getAttribute('role'))",
    )
    context.close()

    assert roles == ["table", "rowgroup", "columnheader", "rowheader", "cell"]


def test_rows_that_are_filtered_away_are_gone_on_a_phone(chromium, base):
    """Rows shown as cards hide as well as rows of a table."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    watched = watch(context, base)
    page = watched.open("issues.html#issues?n=200")
    page.locator(".qy-filter [role=status]", has_text="符合的有").wait_for()
    whole = page.locator(f"{TABLE} tbody tr:visible").count()
    page.locator(".qy-filter").evaluate("bar => { bar.open = true; }")
    page.get_by_label("单位", exact=True).select_option(index=1)
    some = page.locator(f"{TABLE} tbody tr:visible").count()
    told = page.locator(".qy-filter [role=status]").inner_text()
    context.close()

    assert 0 < some < whole
    assert told.startswith(f"符合的有 {some} 条")
    assert watched.wrong == []
