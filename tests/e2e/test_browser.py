"""The demo in a real browser: booked in Arabic, told in German, reminded after the clock moved."""

import os
import re
import shutil
import sys
from asyncio import create_subprocess_exec, subprocess, timeout
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.app import LOCALES
from bot.rendering import catalogues

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ARABIC = catalogues.load(LOCALES, ["ar", "de"], ("de",))
PATIENCE_MS = 45_000

if CHROMIUM is None and "browser" not in os.environ.get("LOTSE_REQUIRE", ""):
    pytest.skip("no Chromium here: the browser tests did not run", allow_module_level=True)


def arabic(key: str) -> str:
    """A label of the client's phone."""
    return ARABIC.message("ar", key)


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """The demo, started as its command starts it."""
    demo = await create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "0", stdout=subprocess.PIPE
    )
    assert demo.stdout is not None
    try:
        async with timeout(60):
            told = (await demo.stdout.readline()).decode()
        found = re.search(r"http://\S+", told)
        assert found is not None, told
        yield found.group()
    finally:
        demo.terminate()
        await demo.wait()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium; where one is required, its absence fails here."""
    assert CHROMIUM is not None, "LOTSE_REQUIRE names the browser, and there is no Chromium"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        await started.close()


async def press(phone: Locator, label: str) -> None:
    """Press the newest button with this label."""
    await phone.locator("button.key", has_text=label).last.click(timeout=PATIENCE_MS)


async def book_in_arabic(client: Locator) -> str:
    """From Start to the code of the appointment, pressing only."""
    await client.locator("button.start").click(timeout=PATIENCE_MS)
    for label in (
        "العربية",
        arabic("notice.agree"),
        arabic("menu.book"),
        "44649",
        arabic("book.earliest"),
        arabic("confirm.yes"),
    ):
        await press(client, label)
    booked = client.get_by_text(arabic("booked.done"))
    await expect(booked).to_be_visible(timeout=PATIENCE_MS)
    code = re.search(r"[A-Z2-9]{4}", await client.get_by_text(_code_line()).inner_text())
    assert code is not None
    return code.group()


def _code_line() -> re.Pattern[str]:
    before, _, _ = arabic("appointment.code").partition("{code}")
    return re.compile(re.escape(before) + r"\W*[A-Z2-9]{4}\W*$")


@pytest.mark.browser
async def test_what_is_booked_in_arabic_is_told_in_german_and_reminded_of_in_arabic(
    address: str, browser: Browser
) -> None:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    await page.goto(address)
    client, case_manager = phones(page)
    code = await book_in_arabic(client)

    notice = case_manager.get_by_text(re.compile(rf"Code {code} · Arabisch"))
    await expect(notice).to_be_visible(timeout=PATIENCE_MS)

    await page.locator("#next-reminder").click()
    reminder = client.get_by_text(re.compile(rf"🔔.*{code}"))
    await expect(reminder).to_be_visible(timeout=PATIENCE_MS)
    await expect(reminder).to_have_attribute("dir", "rtl")

    await press(client, arabic("reminder.coming"))
    coming = case_manager.get_by_text(ARABIC.message("de", "staff.is_coming"))
    await expect(coming).to_be_visible(timeout=PATIENCE_MS)


@pytest.mark.browser
async def test_a_narrow_phone_shows_the_demo_without_scrolling_sideways(
    address: str, browser: Browser
) -> None:
    page = await browser.new_page(viewport={"width": 360, "height": 740})
    await page.goto(address)
    client, _ = phones(page)
    await client.locator("button.start").click(timeout=PATIENCE_MS)
    await press(client, "English")
    await expect(client.get_by_text("I agree")).to_be_visible(timeout=PATIENCE_MS)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(overflow) == 0


@pytest.mark.browser
async def test_a_booking_can_begin_by_keyboard_alone(address: str, browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    await page.goto(address)
    client, _ = phones(page)
    await expect(client.locator("button.start")).to_be_visible(timeout=PATIENCE_MS)
    await tab_to(page, client.locator("button.start"))
    await page.keyboard.press("Enter")
    for label in ("English", "I agree", "Book an appointment", "44649", "Earliest free time"):
        await tab_to(page, client.locator("button.key", has_text=label).last)
        await page.keyboard.press("Enter")
    await expect(client.locator("button.key", has_text="Confirm")).to_be_visible(
        timeout=PATIENCE_MS
    )


@pytest.mark.browser
async def test_a_key_copies_a_quote_unfolds_and_a_thumb_is_set(
    address: str, browser: Browser
) -> None:
    context = await browser.new_context(
        viewport={"width": 1280, "height": 800},
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = await context.new_page()
    await page.goto(address)
    client, _ = phones(page)
    await expect(client.locator(".face")).to_be_visible(timeout=PATIENCE_MS)
    await expect(client.locator(".about")).to_have_text(
        ARABIC.message("ar", "profile.description"), timeout=PATIENCE_MS
    )
    code = await book_in_arabic(client)
    await press(client, arabic("copy.code"))
    assert await page.evaluate("navigator.clipboard.readText()") == code
    await expect(client.locator(".toast")).to_contain_text(code, timeout=PATIENCE_MS)

    await press(client, arabic("around.language"))
    await press(client, arabic("settings.privacy"))
    await press(client, arabic("privacy.more"))
    quote = client.locator("blockquote").first
    await expect(quote).to_have_attribute("dir", "rtl", timeout=PATIENCE_MS)
    folded = (await height(quote), await quote.locator("button").get_attribute("aria-expanded"))
    await quote.locator("button").click()
    assert (await height(quote) > folded[0], folded[1]) == (True, "false")
    await expect(quote.locator("button")).to_have_attribute("aria-expanded", "true")

    await client.locator(".composer .tool").first.click()
    await client.get_by_role("button", name="Put 👍 on the last message").click()
    await expect(client.locator(".reaction")).to_have_text("👍", timeout=PATIENCE_MS)


async def height(node: Locator) -> float:
    """How tall it is on the page."""
    box = await node.bounding_box()
    assert box is not None
    return box["height"]


def phones(page: Page) -> tuple[Locator, Locator]:
    """The client's phone and the case manager's."""
    return page.locator("section.phone").nth(0), page.locator("section.phone").nth(1)


async def tab_to(page: Page, key: Locator) -> None:
    """Press Tab until the key has the focus."""
    await key.wait_for(timeout=PATIENCE_MS)
    for _ in range(60):
        if await key.evaluate("key => key === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError("Tab does not reach this key")
