"""The demo's own routes: what the page is told, the clock it moves, the files it loads."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.simulator.demo import PAGE, Demo, DemoPerson, DemoPlace, routes

DAY = 86_400
NOON = 1_800_000_000.0


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    seconds: float = NOON
    planned: float | None = None

    def now(self) -> float:
        return self.seconds

    async def advance(self, seconds: float) -> None:
        self.seconds += seconds

    async def advance_to_next(self) -> bool:
        if self.planned is None:
            return False
        self.seconds, self.planned = self.planned, None
        return True


@dataclass(frozen=True)
class Page:
    """A browser's view of the demo."""

    session: ClientSession
    server: BaseTestServer
    clock: Clock

    async def get(self, path: str) -> tuple[int, str]:
        async with self.session.get(self.server.make_url(path)) as response:
            return response.status, await response.text()

    async def move(self, body: bytes) -> tuple[int, Any]:
        url = self.server.make_url("/demo/clock")
        async with self.session.post(url, data=body) as response:
            return response.status, await response.json()


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    clock = Clock()
    demo = Demo(
        title="Lotse",
        people=(
            DemoPerson(1001, "Amira", "ar", "client", "New in town."),
            DemoPerson(9001, "Ada", "de", "case_manager", "Hears of bookings.", "Office"),
        ),
        places=(DemoPlace("Station", 51.5, 7.2),),
        time_zone="Europe/Berlin",
        now=clock.now,
        advance=clock.advance,
        advance_to_next=clock.advance_to_next,
        mail={0: "<html><head><title>x</title></head></html>"}.get,
    )
    app = web.Application()
    routes(demo)(app)
    async with TestServer(app) as server, ClientSession() as session:
        yield Page(session, server, clock)


async def test_the_page_is_told_who_has_a_phone_and_what_time_it_is(page: Page) -> None:
    async with page.session.get(page.server.make_url("/demo")) as response:
        assert await response.json() == {
            "title": "Lotse",
            "people": [
                {
                    "id": 1001,
                    "first_name": "Amira",
                    "language_code": "ar",
                    "role": "client",
                    "note": "New in town.",
                    "provider": "",
                },
                {
                    "id": 9001,
                    "first_name": "Ada",
                    "language_code": "de",
                    "role": "case_manager",
                    "note": "Hears of bookings.",
                    "provider": "Office",
                },
            ],
            "places": [{"name": "Station", "latitude": 51.5, "longitude": 7.2}],
            "time_zone": "Europe/Berlin",
            "now": NOON,
        }


async def test_the_clock_moves_by_what_was_asked(page: Page) -> None:
    assert await page.move(b'{"seconds": 86400}') == (200, {"now": NOON + DAY})


async def test_the_clock_moves_to_the_next_planned_message(page: Page) -> None:
    page.clock.planned = NOON + 60
    assert await page.move(b'{"to": "next"}') == (200, {"now": NOON + 60, "moved": True})


async def test_the_clock_stands_where_nothing_is_planned(page: Page) -> None:
    assert await page.move(b'{"to": "next"}') == (200, {"now": NOON, "moved": False})


@pytest.mark.parametrize(
    "body",
    [b"", b"x", b"[]", b"{}", b"1", b'{"seconds": "1"}', b'{"seconds": true}', b'{"to": "last"}']
    + [b'{"seconds": %s}' % number for number in (b"0", b"-1", b"NaN", b"1e12", b"null")],
)
async def test_the_clock_refuses_what_is_no_step_forward(page: Page, body: bytes) -> None:
    status, answer = await page.move(body)
    assert (status, list(answer)) == (400, ["error"])
    assert '"now": 1800000000.0' in (await page.get("/demo"))[1]


async def test_a_mail_is_a_page_of_its_own_that_may_run_nothing(page: Page) -> None:
    async with page.session.get(page.server.make_url("/demo/mails/0")) as response:
        text, policy = await response.text(), response.headers["Content-Security-Policy"]
    assert text == '<html><head><base target="_blank"><title>x</title></head></html>'
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    for number in ("1", "x", "-1"):
        assert (await page.get(f"/demo/mails/{number}"))[0] == 404


async def test_every_file_the_page_names_is_served(page: Page) -> None:
    status, html = await page.get("/")
    named = set(re.findall(r'"(/page/[^"]+)"', html))
    for script in PAGE.glob("*.js"):
        named |= {f"/page/{name}" for name in re.findall(r'from "\./(.+)"', script.read_text())}
    assert status == 200
    assert {(await page.get(path))[0] for path in named} == {200}


async def test_nothing_outside_the_page_is_served(page: Page) -> None:
    for path in ("/page/none.js", "/page/..%2fdemo.py", "/page/%2e%2e/demo.py"):
        assert (await page.get(path))[0] == 404


def test_the_page_takes_nothing_from_elsewhere() -> None:
    loaded = r"""(?:src|href)="(?!/page/|#)[^"]+"|@import|url\(|from "(?!\./)"""
    for path in PAGE.iterdir():
        assert re.findall(loaded, path.read_text()) == []
