"""The demo's mail pane in a real browser: a mail as it was sent, its links, and the calendar."""

import pytest
from playwright.async_api import Browser, expect
from test_browser import PATIENCE_MS, address, book_in_arabic, browser, phones

__all__ = ["address", "browser"]


@pytest.mark.browser
async def test_a_mail_in_the_pane_leads_to_the_page_of_its_appointment_alone(
    address: str, browser: Browser
) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    await page.goto(address)
    code = await book_in_arabic(phones(page)[0])
    pane = page.locator("section.phone.mail")
    await expect(pane.locator(".events li")).to_contain_text(
        f"KIM-Termin {code}", timeout=PATIENCE_MS
    )

    await pane.locator(".mails > details > summary").click()
    mail = pane.frame_locator(".mails iframe")
    await expect(mail.get_by_role("heading")).to_have_text("🆕 Neuer Termin", timeout=PATIENCE_MS)
    async with page.expect_popup() as popup:
        await mail.get_by_role("link", name="Termin öffnen und bestätigen").click()
    staff = await popup.value
    await expect(staff.get_by_text(code).first).to_be_visible(timeout=PATIENCE_MS)
    assert await staff.get_by_role("link", name="Alle Termine").count() == 0
