"""A bot whose pages for the staff are served, and a way to fetch them."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import aiohttp
import pytest
from phone import Client
from processes import free_port
from stage import World, agree, book_at, open_world

from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment
from bot.runtime import staff_pages
from bot.runtime.resources import Resources
from bot.services import links
from bot.services.links import LISTS_LAST, Grant, Links
from bot.settings import Settings
from bot.storage.records import appointments, lists_links
from bot.web.visitor import FORM_TOKEN

ROOT = "/termine"
TABLES = (
    *("persons", "appointments", "client_cells", "case_manager_cells", "outbox", "inbox"),
    *("audit", "absences", "feeds", "claims", "staff_chats", "invites", "role_chats"),
    *("role_invites", "case_managers", "facts", "ended_links"),
)


class StaffWorld(World):
    """A bot with pages below a path of its own."""

    @property
    def settings(self) -> Settings:
        self.port = getattr(self, "port", None) or free_port()
        here = f"127.0.0.1:{self.port}"
        return super().settings.model_copy(
            update={"listen": here, "public_url": f"http://{here}{ROOT}"}
        )

    @property
    def resources(self) -> Resources:
        """What the bot has open."""
        assert self.process is not None
        return self.process.resources

    @property
    def links(self) -> Links:
        """What makes the links of mails."""
        found = staff_pages.links_of(self.resources)
        assert found is not None
        return found

    def actor(self, case_manager_id: str) -> Actor:
        """A case manager by id."""
        office = self.resources.city.case_manager[case_manager_id].office_id
        return Actor(Role.CASE_MANAGER, case_manager_id, office)

    async def newest(self) -> Appointment:
        """The appointment booked last."""
        [(number,)] = await self.sql("SELECT MAX(id) FROM appointments")
        assert isinstance(number, int)
        found = await self.resources.database.run(appointments.by_id, number)
        assert found is not None
        return found

    async def visit_url(self, case_manager_id: str = "mohammad") -> str:
        """The link a mail about the newest appointment holds."""
        return self.url(links.to_appointment(self.actor(case_manager_id), await self.newest()))

    async def lists_url(self, case_manager_id: str = "mohammad") -> str:
        """A case manager's lists, into which this browser has come by a link."""
        return await self.enters(self.actor(case_manager_id))

    async def desk_url(self, office_id: str) -> str:
        """An office's list of the day, likewise."""
        return await self.enters(Actor(Role.FRONT_DESK, office_id=office_id))

    async def lists_link(self, actor: Actor, lasts: int = LISTS_LAST) -> Grant:
        """A new link to somebody's lists, good for so many seconds."""
        made = await self.resources.database.run(
            lists_links.make, actor, self.now, self.now + lasts
        )
        return links.to_lists(actor, made)

    async def enters(self, actor: Actor) -> str:
        """Open a link to somebody's lists; the address at which they are from then on."""
        grant = await self.lists_link(actor)
        assert (await self.opens(self.url(grant))).status == 200
        return self.lists_at(grant)

    def lists_at(self, grant: Grant) -> str:
        """Where the lists are into which a link lets somebody."""
        return self.links.public_url.removesuffix(ROOT) + self.links.lists_path(grant.number)

    def url(self, grant: Grant) -> str:
        """The address of what is granted."""
        return self.links.url(grant)

    @property
    def now(self) -> int:
        """The bot's time."""
        return self.clock.now()

    async def is_served(self) -> None:
        """Wait until the server is up."""
        async with asyncio.timeout(40):
            while True:
                with suppress(aiohttp.ClientConnectorError):
                    await self.opens(self.links.public_url)
                    return
                await asyncio.sleep(0.02)

    async def opens(self, url: str) -> "Opened":
        """Fetch a page."""
        async with self.session.get(url) as answer:
            return await opened(answer)

    async def sends(self, url: str, **fields: str) -> "Opened":
        """Send a form as a browser does, with what the page hides in it; where it leads."""
        hidden = (await self.opens(url)).hidden
        if "/lists/" in url and FORM_TOKEN not in hidden:  # a page of links alone
            lists = re.match(r".*/lists/\d+", url)
            assert lists is not None
            hidden = {FORM_TOKEN: (await self.opens(lists[0])).hidden[FORM_TOKEN]}
        return await self.posts(url, **{**hidden, **fields})

    async def posts(self, url: str, **fields: str) -> "Opened":
        """Send these fields and follow where it leads."""
        async with self.session.post(url, data=fields) as answer:
            found = await opened(answer)
        await self.taken()
        return found

    async def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row there is."""
        rows = {table: await self.sql(f"SELECT * FROM {table}") for table in TABLES}
        rows["facts"] = [fact for fact in rows["facts"] if fact[0] != "clock"]  # what time it is
        return rows


@asynccontextmanager
async def open_pages(
    folder: Path, kind: type[StaffWorld] = StaffWorld
) -> AsyncIterator[StaffWorld]:
    """The bot in Herne with its pages, once they are served."""
    async with open_world(folder, "herne", kind) as made:
        assert isinstance(made, StaffWorld)
        await made.is_served()
        async with browser_at(made.links.public_url) as made.session:
            yield made


def browser_at(url: str) -> aiohttp.ClientSession:
    """A browser that keeps the cookies of this address; what is on this machine counts as safe."""
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=url)
    return aiohttp.ClientSession(cookie_jar=jar)


async def named_as_left_behind(caplog: pytest.LogCaptureFixture) -> None:
    """Wait for the line in the log, once at the start, and expect no other error."""
    async with asyncio.timeout(20):
        # Nothing tells of a line in the log.
        while not (told := [r.getMessage() for r in caplog.records if r.levelname == "ERROR"]):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert told == ["the city file leaves somebody behind"]
    caplog.clear()


async def anna_books(town: StaffWorld) -> Client:
    """Anna has an appointment with Ali Mohammad."""
    anna = await town.person()
    await agree(anna)
    await book_at(anna)
    await town.taken()
    return anna


async def free_times(town: StaffWorld, day: str) -> list[str]:
    """The values of the free times of a day on Ali Mohammad's page."""
    page = await town.opens(f"{await town.lists_url()}/book?day={day}")
    return re.findall(r'<option value="(mohammad\.\w+)"', page.text)


@dataclass(frozen=True)
class Opened:
    """What a browser would have in front of it."""

    status: int
    url: str
    text: str
    headers: dict[str, str]
    links: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)

    def link(self, part: str) -> str:
        """The one link that has this in it, as a whole address."""
        [found] = {link for link in self.links if part in link}
        return found if found.startswith("http") else f"http://{self.url.split('/')[2]}{found}"


async def opened(answer: aiohttp.ClientResponse) -> Opened:
    """A page with its links and buttons."""
    reader = Reader()
    text = (await answer.read()).decode("utf-8", "replace")
    reader.feed(text)
    found = reader.links, reader.acts, reader.hidden
    return Opened(answer.status, str(answer.url), text, dict(answer.headers), *found)


class Reader(HTMLParser):
    """Finds links, the paths of forms, what they hide, and the values of buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.acts: list[str] = []
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in ("href", "action"):
            if (path := given.get(name)) and path.startswith(("/", "http")):
                self.links.append(path)
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[given.get("name") or ""] = given.get("value") or ""
        if tag == "button" and given.get("name") == "act":
            self.acts.append(given.get("value") or "")
