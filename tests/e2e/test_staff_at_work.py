"""Case managers at work in a real browser, by mouse and by keyboard, while clients are in chat."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, Page, Response, async_playwright
from staff_stage import StaffWorld, open_pages
from stage import agree, book_at

from bot.app import LOCALES
from bot.domain.actors import Actor, Role
from bot.rendering import catalogues
from bot.rendering.slip import slip
from bot.services import walk_in_bookings
from bot.simulator.person import labels, words
from bot.simulator.server import BOT_USERNAME

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
RUN_AXE = """axe.run({resultTypes: ["violations"]}).then(
    found => found.violations.map(one => [one.id, one.nodes[0].html]))"""
FOCUSED = "document.activeElement.id || document.activeElement.textContent.trim()"
MOST_TABS = 60

pytestmark = pytest.mark.asyncio(loop_scope="module")

if CHROMIUM is None and "browser" not in os.environ.get("LOTSE_REQUIRE", ""):
    pytest.skip("no Chromium here: nobody of the staff was at work", allow_module_level=True)


@pytest_asyncio.fixture(loop_scope="module")
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page() -> AsyncIterator[Page]:
    """One page of a headless Chromium; where one is required, its absence fails here."""
    assert CHROMIUM is not None, "LOTSE_REQUIRE names the browser, and there is no Chromium"
    async with async_playwright() as playwright:
        browser: Browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield await browser.new_page(bypass_csp=True, locale="de-DE")
        await browser.close()


class Hand:
    """How somebody uses a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0
        self.looked_at: set[tuple[str, int]] = set()

    async def opens(self, url: str) -> None:
        await self.page.goto(url)
        await self.arrives()

    async def arrives(self) -> None:
        """What is done on every page they come to."""

    async def is_accessible(self) -> None:
        await self.page.evaluate(AXE_SCRIPT)
        assert await self.page.evaluate(RUN_AXE) == []

    async def presses(self, label: str) -> None:
        """Press a button or link, and wait for the page behind it."""
        self.steps += 1
        async with self.page.expect_navigation():
            await self.activates(label)
        await self.arrives()

    async def activates(self, label: str) -> None:
        raise NotImplementedError

    async def text(self) -> str:
        return await self.page.inner_text("main")


class Mouse(Hand):
    """By mouse alone; each page is looked at by axe."""

    async def arrives(self) -> None:
        kind = self.page.url.partition("/page/")[2].partition("/")[2], await self.controls()
        if kind not in self.looked_at:
            self.looked_at.add(kind)
            await self.is_accessible()

    async def controls(self) -> int:
        """How many things there are to press: more or fewer make another page."""
        return await self.page.locator("a, button").count()

    async def activates(self, label: str) -> None:
        named = re.compile(f"^{re.escape(label)}")
        link, button = (self.page.get_by_role(kind, name=named) for kind in ("link", "button"))
        await link.or_(button).first.click()


class Keyboard(Hand):
    """By keyboard alone."""

    async def activates(self, label: str) -> None:
        await self.reaches(label)
        await self.page.keyboard.press("Enter")

    async def reaches(self, label: str) -> None:
        for _ in range(MOST_TABS):
            await self.page.keyboard.press("Tab")
            if (await self.page.evaluate(FOCUSED)).startswith(label):
                return
        raise AssertionError(f"no way to {label} by the Tab key")


@pytest.mark.parametrize("kind", [Mouse, Keyboard])
async def test_a_talk_is_called_off_rebooked_by_the_client_kept_and_undone(
    town: StaffWorld, page: Page, kind: type[Hand]
) -> None:
    anna, ali = await town.person(), kind(page)
    await agree(anna)
    await book_at(anna)
    await town.taken()
    await ali.opens(await town.visit_url())
    await ali.presses("Gesehen")
    await ali.presses("Zum Termin")
    assert "Gesehen: Montag, 23. November" in await ali.text()
    await ali.presses("Ich kann nicht: andere Zeiten")
    await ali.presses("Termin absagen")
    assert "ist abgesagt" in await ali.text()
    await town.taken()
    await anna.settles()
    assert "Your appointment is cancelled" in words(anna.messages[-1])
    await anna.walks(labels(anna.messages[-1])[0], "Confirm")
    await ali.opens(await town.visit_url())
    assert "Gesehen" in await ali.text()
    await town.passes(days=4)
    await ali.opens(await town.visit_url())
    await ali.presses("War da")
    await ali.presses("Rückgängig")
    assert await town.sql("SELECT status FROM appointments ORDER BY id") == [
        ("cancelled",),
        ("booked",),
    ]


async def test_somebody_without_telegram_is_booked_in_under_ten_steps_and_claims_the_slip(
    town: StaffWorld, page: Page
) -> None:
    ali = Keyboard(page)
    await ali.opens(town.url(await town.lists_link(town.actor("mohammad"))))
    await ali.presses("Termin für jemanden buchen")
    await ali.is_accessible()
    await ali.presses("Dienstag, 24. November")
    await ali.is_accessible()
    await ali.reaches("time")
    await page.keyboard.type("09:00")
    await ali.reaches("language")
    await page.keyboard.type("Ukrainisch")
    await ali.reaches("language-help")
    await page.keyboard.press("Space")
    await ali.presses("Termin buchen")
    assert ali.steps + 3 < 10
    about = await town.newest()
    assert (about.language, about.wishes.language_help) == ("uk", True)
    assert about.code in await ali.text()
    await ali.is_accessible()
    link = walk_in_bookings.claim_token(town.resources.vault, about)
    await prints(town, page, f"https://t.me/{BOT_USERNAME}?start=c{link}")
    olena, thief = await town.person(7), await town.person(8)
    await thief.says_and_waits(f"/start c{about.code}")
    assert about.code not in words(thief.now)
    await thief.says_and_waits(f"/start c{'A' * len(link)}")
    no_slip = thief.view
    await olena.says_and_waits(f"/start c{link}")
    assert about.code in words(olena.now)
    assert "зустріч" in words(olena.now)
    await thief.says_and_waits(f"/start c{link}")
    assert thief.view == no_slip
    assert await town.sql("SELECT claimed FROM claims") == [(1,)]
    await ali.presses("Zum Termin")
    assert await page.get_by_role("link", name="Zettel").count() == 0


async def prints(town: StaffWorld, page: Page, link: str) -> None:
    """Fetch the slip: it is the one for this appointment, with this link."""
    path = await page.get_by_role("link", name="Zettel").get_attribute("href")
    before, about = town.now, await town.newest()
    # Asked for by the browser, whose session it is.
    answer = await page.context.request.get(f"http://127.0.0.1:{town.port}{path}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    printed = await answer.body()
    texts = catalogues.load(LOCALES, (*town.resources.city.languages, "de"), ("de",))
    made = [
        slip(about, town.resources.city, texts, link, now) for now in range(before, town.now + 1)
    ]
    assert printed in made


async def test_all_other_pages_are_accessible_too(town: StaffWorld, page: Page) -> None:
    anna, ali = await town.person(), Mouse(page)
    await agree(anna)
    await book_at(anna)
    await town.taken()
    own = await town.lists_link(town.actor("mohammad"))
    await ali.opens(town.url(own))
    await page.select_option("#block-hour", "15")
    await ali.presses("Stunden sperren")
    await ali.presses("Sperren")
    await ali.presses("Rückgängig")
    await page.fill("#away-from", "2026-11-24")
    await page.fill("#away-until", "2026-11-26")
    await ali.presses("Zeit sperren")
    await ali.presses("Sperren und absagen")
    await ali.presses("Alle Termine")
    desk = await town.lists_link(Actor(Role.FRONT_DESK, office_id="planb"))
    await ali.opens(town.url(desk))
    await ali.opens(town.lists_at(desk) + "/day/2026-11-25")
    await page.select_option("#away-who", "Firdevs Köklüoglu")
    await page.fill("#away-until", "2026-11-24")
    await ali.presses("Zeit sperren")
    await ali.presses("Alle Termine")
    await ali.presses("Wieder freigeben")
    await ali.is_accessible()
    await ali.presses("Alle Termine")
    await ali.presses("Wieder freigeben")
    assert "Gesperrte Zeiten" not in await ali.text()
    gone: Response | None = await page.goto(town.lists_at(own) + "x")
    assert gone is not None
    assert gone.status == 404
    await ali.is_accessible()
