"""The staff's pages in a real browser: accessible, by keyboard alone, narrow, zoomed, printed."""

import os
import shutil
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from page_examples import DESK_OF_A_FULL_DAY, PAGES, TEXTS
from playwright.sync_api import Browser, Page, Route, sync_playwright

from bot.web.page_html import HEADERS, desk_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
ADDRESS = "http://staff.test/page"
RUN_AXE = """axe.run({resultTypes: ["violations"]}).then(
    found => found.violations.map(one => [one.id, one.nodes[0].html]))"""
CONTROLS = "a[href], button, input:not([type=hidden]), select"
SIDES = f"""[...document.querySelectorAll('{CONTROLS}')].flatMap(control => {{
    const box = control.getBoundingClientRect(); return [box.width, box.height]; }})"""
FOCUS = f"""[[...document.querySelectorAll('{CONTROLS}')].indexOf(document.activeElement),
    getComputedStyle(document.activeElement).outlineStyle]"""

if CHROMIUM is None and "browser" not in os.environ.get("LOTSE_REQUIRE", ""):
    pytest.skip("no Chromium here: the staff's pages were not looked at", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where one is required, its absence fails here."""
    assert CHROMIUM is not None, "LOTSE_REQUIRE names the browser, and there is no Chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """One page for all tests; each opens what it looks at."""
    return browser.new_page()


def open_page(page: Page, html: str, width: int) -> list[str]:
    """Show a page as the server sends it; what else the browser asked for."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=html, headers={"Content-Type": "text/html; charset=utf-8", **HEADERS})

    page.set_viewport_size({"width": width, "height": 800})
    page.unroute_all()
    page.route("**/*", answer)
    page.goto(ADDRESS)
    return asked[1:]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_object_to(page: Page, name: str) -> None:
    open_page(page, PAGES[name], 360)
    page.evaluate(AXE_SCRIPT)
    narrow = page.evaluate(RUN_AXE)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert (narrow, page.evaluate(RUN_AXE)) == ([], [])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing_and_its_own_style_is_let_through(page: Page, name: str) -> None:
    assert open_page(page, PAGES[name], 360) == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(244, 241, 234)"


@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_reaches_every_control_in_order_and_shows_where_it_is(
    page: Page, name: str
) -> None:
    open_page(page, PAGES[name], 360)
    reached: list[int] = []
    while True:
        page.keyboard.press("Tab")
        number, outline = page.evaluate(FOCUS)
        if number < 0:
            break
        assert outline == "solid"
        reached += [] if number in reached else [number]
    assert reached == list(range(page.locator(CONTROLS).count()))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone_a_finger_and_a_window_at_twice_its_size(page: Page, name: str) -> None:
    open_page(page, PAGES[name], 320)
    for width in (320, 360, 640):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert [side for side in page.evaluate(SIDES) if side < 24] == []


def test_a_form_is_sent_by_keyboard_alone(page: Page) -> None:
    open_page(page, PAGES["appointment"], 360)
    page.get_by_role("button", name="Gesehen").focus()
    with page.expect_request("**/page/abc") as sent:
        page.keyboard.press("Enter")
    assert (sent.value.method, sent.value.post_data) == (
        "POST",
        "form_token=q1w2e3&sequence=2&act=see",
    )


def test_the_list_of_a_full_day_prints_on_one_sheet_of_a4(page: Page) -> None:
    open_page(page, desk_page(DESK_OF_A_FULL_DAY, TEXTS), 1280)
    printed = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [round(side / 72 * 25.4) for side in printed[0].get_size()] == [210, 297]
    assert len(printed) == 1
    text = printed[0].get_textpage().get_text_range()
    assert [entry.code for entry in DESK_OF_A_FULL_DAY.day.entries if entry.code not in text] == []
    for on_screen in (DESK_OF_A_FULL_DAY.previous.text, "Jemand ist nicht da", "Gesperrte Zeiten"):
        assert on_screen not in text
