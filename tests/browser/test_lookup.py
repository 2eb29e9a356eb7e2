"""Finding one's village: by name, by town and village, by initials, by keyboard alone."""

from __future__ import annotations

import pytest
from conftest_browser import watch

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium, base):
    """The home page, from disk and from a server's sub-path."""
    context = chromium.new_context(viewport={"width": 360, "height": 760})
    watched = watch(context, base)
    yield watched.open("index.html")
    assert watched.wrong == []
    context.close()


def hits(page, text: str) -> list[str]:
    """Type a query and return the texts of what was found."""
    page.fill("#find", text)
    page.wait_for_selector(".qy-hits:not([hidden]) .qy-hits__status")
    return [a.inner_text() for a in page.query_selector_all(".qy-hits [role=option]")]


def first_village(page) -> tuple[str, str, str]:
    """Return name, township and initials of a village of the story."""
    page.focus("#find")
    for _ in range(100):  # the page's policy forbids the browser's own waiting by expression
        if page.evaluate("!!window.qyIndex && !!window.qySearch"):
            break
        page.wait_for_timeout(50)
    return "贾寨村", "石桥镇", "jz"


def test_a_village_is_found_by_its_name(page):
    """The exact name comes first, with unit and township on the second line."""
    name, place, _ = first_village(page)
    found = hits(page, name)

    assert name in found[0]
    assert place in found[0]


def test_town_and_village_together_are_exact(page):
    """Namesakes are told apart by writing the township too."""
    name, place, _ = first_village(page)
    found = hits(page, f"{place} {name}")

    assert place in found[0]
    assert name in found[0]


def test_initials_are_enough(page):
    """Old keyboards, slow fingers."""
    name, _, initials = first_village(page)

    assert any(name in hit for hit in hits(page, initials))


def test_a_slip_of_the_finger_is_answered_with_near_names(page):
    """Nothing found is never the end."""
    name, _, _ = first_village(page)
    wrong = name[:-1] + "鑫" if len(name) > 2 else name[0] + "鑫"
    hits(page, wrong)

    assert "没找到" in page.inner_text(".qy-hits__status")


def test_the_keyboard_alone_leads_to_the_village(page):
    """Down, Enter, there."""
    name, _, _ = first_village(page)
    hits(page, name)
    page.press("#find", "ArrowDown")
    selected = page.get_attribute("#find", "aria-activedescendant")
    page.press("#find", "Enter")
    page.wait_for_url("**/v/*.html")

    assert selected == "qy-hit-0"
    assert name in page.inner_text("h1")


def test_escape_closes_the_list(page):
    """And the list says that it is closed."""
    name, _, _ = first_village(page)
    hits(page, name)
    page.press("#find", "Escape")

    assert page.get_attribute("#find", "aria-expanded") == "false"
    assert page.is_hidden(".qy-hits")


def test_a_second_escape_empties_the_box_and_a_click_outside_closes(page):
    """As the pattern of a combobox says; typing again opens."""
    name, _, _ = first_village(page)
    hits(page, name)
    page.press("#find", "Escape")
    assert page.input_value("#find") == name
    page.press("#find", "Escape")
    assert page.input_value("#find") == ""

    hits(page, name)
    page.mouse.click(2, 2)
    assert page.is_hidden(".qy-hits")


def test_enter_on_the_only_hit_goes_there(page):
    """No arrow is needed where nothing can be mistaken."""
    first_village(page)
    assert len(hits(page, "411303101200")) == 1
    page.press("#find", "Enter")
    page.wait_for_url("**/v/411303101200.html")


def test_enter_before_the_persons_have_come_goes_there_when_they_have(page):
    """On a slow network whoever types fast is not left standing."""
    held = []
    page.route("**/lookup-people.js*", lambda route: held.append(route))
    first_village(page)
    page.fill("#find", "411303101200")
    page.press("#find", "Enter")
    page.wait_for_timeout(300)
    for route in held:
        route.continue_()
    page.wait_for_url("**/v/411303101200.html")


def test_enter_goes_there_though_the_persons_never_come(chromium, base):
    """Their part of the index is lost on the way; the village is in the other."""
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/lookup-people.js*", lambda route: route.abort())
    page.goto(f"{base}/index.html")
    first_village(page)
    page.fill("#find", "411303101200")
    page.press("#find", "Enter")
    page.wait_for_url("**/v/411303101200.html")
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_has_the_look_up_in_its_header(chromium, base, width):
    """On a record page, folded behind a button on a phone."""
    context = chromium.new_context(viewport={"width": width, "height": 760})
    watched = watch(context, base)
    page = watched.open("u/nanzhao.html")
    if width < 900:
        page.click("[data-qy-seek]")
        assert page.get_attribute("[data-qy-seek]", "aria-expanded") == "true"
    page.fill("#find", "石桥 贾寨")
    page.wait_for_selector(".qy-hits [role=option]")
    page.locator(".qy-hits [role=option]").first.click()
    page.wait_for_url("**/v/*.html")
    context.close()

    assert watched.wrong == []


def test_on_a_slow_phone_one_search_leads_to_the_number(chromium, server):
    """From the home page, one search and one tap; the number to call is on the first screen."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    watched = watch(context, server)
    slow = context.new_cdp_session(watched.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    slow.send("Network.enable")
    slow.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 400,
            "downloadThroughput": 50_000,
            "uploadThroughput": 25_000,
        },
    )
    page = watched.open("index.html")
    name, place, _ = first_village(page)

    page.fill("#find", name)
    page.locator(".qy-hits a", has_text=place).first.tap()
    page.wait_for_url("**/v/*.html")
    number = page.locator(".qy-call b").first

    assert number.inner_text()
    assert number.bounding_box()["y"] < 740
    assert watched.wrong == []
    context.close()
