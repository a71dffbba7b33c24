"""The demo's mail pane in a real browser: a mail as it was sent, its links, and the calendar."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from test_browser import API_TIMEOUTS, address, book_in_arabic, browser, phones

__all__ = ["address", "browser"]


@pytest.mark.browser
async def test_from_a_mail_in_the_pane_to_the_page_and_the_calendar_to_subscribe_to(
    address: str, browser: Browser
) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    await page.goto(address)
    code = await book_in_arabic(phones(page)[0])
    pane = page.locator("section.phone.mail")
    await expect(pane.locator(".events li")).to_contain_text(
        f"KIM-Termin {code}", timeout=API_TIMEOUTS
    )

    await pane.locator(".mails > details > summary").click()
    mail = pane.frame_locator(".mails iframe")
    await expect(mail.get_by_role("heading")).to_have_text("🆕 Neuer Termin", timeout=API_TIMEOUTS)
    async with page.expect_popup() as popup:
        await mail.get_by_role("link", name="Gesehen").click()
    staff = await popup.value
    await expect(staff.get_by_text(code).first).to_be_visible(timeout=API_TIMEOUTS)

    await staff.get_by_role("link", name=re.compile("Alle")).first.click()
    await staff.get_by_role("button", name="Adresse für das Abonnement zeigen").click()
    async with staff.expect_download() as download:
        await staff.get_by_role("link", name=re.compile(r"\.ics$")).click()
    assert f"SUMMARY:KIM-Termin {code}" in content(await (await download.value).path())


def content(path: Path) -> str:
    """What the browser has downloaded."""
    return path.read_text(encoding="utf-8")
