"""A fuzzer over links and forms of the staff's pages: none fails, and none leaves one that fails.

Whatever a page offers is found by reading it as a browser does. It is sent as it is meant, and with
values at the edges, far beyond them, and of no kind that is asked for.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientResponse
from forms import RAW, Forms, Sending
from staff_stage import ROOT, StaffWorld, anna_books, open_pages
from yarl import URL

from bot.services.staff_invitations import token_hash
from bot.storage.records import feeds

FEW, MANY = 400, 100_000
FRESH, LOOKS, KEPT = 500, 25, 40
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FAR = 253_402_210_800
"""The last day of the year 9999, which an earlier version let somebody close."""
TOKEN = "a-calendar-of-their-own"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    async with open_pages(tmp_path) as made:
        yield made


async def starts(town: StaffWorld) -> list[str]:
    """The pages from which all others are reached."""
    urls = await town.lists_url(), await town.desk_url("planb"), await town.visit_url()
    return [URL(url).path for url in urls]


class Visits:
    """Somebody who opens and sends whatever the pages show, sound and broken."""

    def __init__(self, town: StaffWorld, chosen: random.Random) -> None:
        self.town, self.chosen = town, chosen
        self.here = str(URL(town.links.public_url).origin())
        self.known: dict[tuple[object, ...], list[Sending]] = {}
        self.answers: Counter[int] = Counter()

    async def looks(self, path: str) -> None:
        """Open a page that must be there, and keep what it offers."""
        assert await self.sends(Sending("GET", path)) == 200, path

    async def goes_on(self) -> None:
        """Send something of a kind that is chosen as often as any other."""
        offered = self.chosen.choice(self.known[self.chosen.choice(list(self.known))])
        sending = offered.filled(self.chosen)
        for _ in range(self.chosen.choice((0, 1, 1, 1, 2))):
            sending = sending.broken(self.chosen)
        await self.sends(sending)

    async def sends(self, sending: Sending, raw: bytes | None = None) -> int:
        """Send it; the status, which is never that something has failed."""
        query = f"?{sending.encoded}" if sending.fields and sending.method == "GET" else ""
        body = None if sending.method == "GET" else raw or sending.encoded.encode()
        url = URL(f"{self.here}{sending.path}{query}", encoded=True)
        async with self.town.session.request(
            sending.method, url, data=body, headers=FORM if body else {}, allow_redirects=False
        ) as answer:
            await self._reads(answer)
            self.answers[answer.status] += 1
            assert answer.status < 500, sending
            return answer.status

    async def _reads(self, answer: ClientResponse) -> None:
        if answer.status == 303:
            self._keeps(Sending("GET", answer.headers["Location"]))
        elif answer.content_type == "text/html":
            for each in Forms(await answer.text()).found:
                self._keeps(each)

    def _keeps(self, sending: Sending) -> None:
        if sending.path.startswith(ROOT):
            same = self.known.setdefault(sending.shape, [])
            same.append(sending)
            del same[:-KEPT]


@pytest.fixture
def sendings(pytestconfig: pytest.Config) -> int:
    """How often something is sent."""
    return MANY if pytestconfig.getoption("--soak") else FEW


@pytest.mark.timeout(7200)
async def test_no_link_and_no_form_makes_a_page_fail(
    town: StaffWorld, sendings: int, caplog: pytest.LogCaptureFixture
) -> None:
    await anna_books(town)
    ali = await town.case_manager("mohammad")
    visits, first = Visits(town, random.Random(7)), await starts(town)
    for number in range(sendings):
        if number % FRESH == 0:
            await town.sql("DELETE FROM absences")
        if number % LOOKS == 0:
            for path in first:
                await visits.looks(path)
        await visits.goes_on()
    for path in first:
        await visits.looks(path)
    for screen in ("today", "week", "matters", "away"):
        await ali.says_and_waits("/start")
        await ali.takes(screen)
    assert visits.answers.keys() >= {200, 303, 404}
    assert errors(caplog) == []


async def test_what_is_no_form_at_all_opens_nothing(
    town: StaffWorld, caplog: pytest.LogCaptureFixture
) -> None:
    await anna_books(town)
    visits = Visits(town, random.Random(8))
    for path in await starts(town):
        for page in (path, f"{path}/book", f"{path}/another-time", f"{path}/ask"):
            for raw in RAW:
                await visits.sends(Sending("POST", page), raw)
    assert errors(caplog) == []


RAW_TARGETS = (
    b"/book?day=2026-11-24&adults=\xff",
    b"/book?day=2026-11-24&language=\xed\xa0\x80",
    b"/find?code=\x80\x81",
    b"/day/\xff",
    b"/done/\xff",
    b"\xff",
)


async def test_bytes_that_are_no_text_in_an_address_make_nothing_fail(town: StaffWorld) -> None:
    await anna_books(town)
    for path in await starts(town):
        for target in RAW_TARGETS:
            assert await raw_status(town, path.encode() + target) in (200, 303, 400, 404)
    assert await raw_status(town, f"{ROOT}/calendar/".encode() + b"\xff.ics") in (400, 404)


async def raw_status(town: StaffWorld, target: bytes) -> int:
    """What is answered to a request for such an address."""
    reader, writer = await asyncio.open_connection("127.0.0.1", town.port)
    writer.write(b"GET " + target + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    status = int((await reader.readline()).split()[1])
    writer.close()
    return status


async def test_what_an_earlier_version_let_somebody_close_is_survived_and_can_be_opened(
    town: StaffWorld, caplog: pytest.LogCaptureFixture
) -> None:
    await anna_books(town)
    ali = await town.case_manager("mohammad")
    for start, end in ((FAR, FAR + 86_400), (-62_135_596_800, FAR), (2**53, 2**60)):
        await town.sql(
            "INSERT INTO absences (case_manager_id, start_at, end_at)"
            f" VALUES ('mohammad', {start}, {end})"
        )
    await town.resources.database.run(feeds.make, "mohammad", token_hash(TOKEN), town.clock.now())
    visits, first = Visits(town, random.Random(9)), await starts(town)
    for path in first:
        await visits.looks(path)
    for each in [one for some in visits.known.values() for one in some if one.method == "GET"]:
        assert await visits.sends(each) in (200, 303, 404)
    assert (await town.opens(town.links.calendar_url(TOKEN))).status == 200
    for screen in ("today", "week", "matters", "away"):
        await ali.says_and_waits("/start")
        await ali.takes(screen)
    await town.passes(hours=25)
    visits.known.clear()
    for path in await starts(town):  # a session ends after twelve hours
        await visits.looks(path)
    opening = [
        one for some in visits.known.values() for one in some if ("act", "release") in one.fields
    ]
    for each in opening:
        assert await visits.sends(each) in (200, 303)
    assert await town.sql("SELECT COUNT(*) FROM absences") == [(0,)]
    assert errors(caplog) == []


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as an error."""
    return [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]
