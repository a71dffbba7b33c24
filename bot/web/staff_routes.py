"""The staff's pages over HTTP. GET and HEAD show and change nothing; POST acts, then leads on.

Who opens a link that is wrong, forged or expired, or asks for what is not theirs, gets the same
answer. There are no cookies: the address is the key.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.services.bookings import ChooseSign
from bot.services.links import Kind
from bot.storage.engine.database import Database, StorageError, Tx
from bot.web import appointment_page, booking_page, closing_page, day_page, own_page
from bot.web.access import Access
from bot.web.answers import answer, gone, later, read_form
from bot.web.page_facts import Act
from bot.web.visitor import Form, Reply, Visitor

FIRST_PAGE = {
    Kind.APPOINTMENT: appointment_page.show,
    Kind.PERSON: own_page.show,
    Kind.DESK: day_page.today,
}


@dataclass(frozen=True, slots=True)
class Randomness:
    """Where the signs of codes and the tokens of calendars come from."""

    sign: ChooseSign
    token: Callable[[], str]


@dataclass(frozen=True, slots=True)
class StaffPages:
    """All pages of one city; `reading` is the same database for who only looks.

    `ring` wakes whoever sends: what was done may be to be told.
    """

    door: Access
    database: Database
    reading: Database
    chance: Randomness
    ring: Callable[[], None]

    def routes(self) -> list[web.RouteDef]:
        """What the server answers to."""
        page = f"{self.door.links.root}/page/{{token}}"
        return [
            web.get(page, self.show),
            web.post(page, self.act),
            web.get(f"{page}/done/{{act}}", self.show_done),
            web.get(f"{page}/closed/{{number}}", self.show_closed),
            web.post(f"{page}/closed/{{number}}", self.open_again),
            web.get(f"{page}/book", self.show_booking),
            web.post(f"{page}/book", self.book),
            web.get(f"{page}/day/{{day}}", self.show_day),
        ]

    def remaining_routes(self) -> list[web.RouteDef]:
        """What no page answers to; to be asked last."""
        return [web.route("*", f"{self.door.links.root}/page/{{rest:.*}}", self.nothing)]

    async def nothing(self, _: web.Request) -> web.Response:
        """The answer to a path that is no page's, and to a method that no page knows."""
        return gone()

    async def show(self, request: web.Request) -> web.Response:
        """An appointment, a case manager's lists, or the day of an office."""
        return await self._show(request, lambda one: FIRST_PAGE[one.grant.kind](one), *Kind)

    async def act(self, request: web.Request) -> web.Response:
        """What a button of such a page asks for."""

        def act(one: Visitor, form: Form) -> Reply:
            match one.grant.kind:
                case Kind.APPOINTMENT:
                    return appointment_page.act(one, form)
                case Kind.PERSON:
                    return own_page.act(one, form, self.chance.token)
                case Kind.DESK:
                    return day_page.act(one, form)

        return await self._act(request, act, *Kind)

    async def show_done(self, request: web.Request) -> web.Response:
        """What was done about an appointment."""
        wanted = request.match_info["act"]
        return await self._show(
            request, lambda one: appointment_page.done(one, wanted), Kind.APPOINTMENT
        )

    async def show_closed(self, request: web.Request) -> web.Response:
        """What was closed."""
        number = request.match_info["number"]
        return await self._show(
            request, lambda one: closing_page.closed(one, number), Kind.PERSON, Kind.DESK
        )

    async def open_again(self, request: web.Request) -> web.Response:
        """Take back what was closed."""
        number = request.match_info["number"]

        def act(one: Visitor, form: Form) -> Reply:
            return closing_page.open_again(one, number) if form.get("act") == Act.UNDO else None

        return await self._act(request, act, Kind.PERSON, Kind.DESK)

    async def show_booking(self, request: web.Request) -> web.Response:
        """The form that books for somebody."""
        return await self._show(request, booking_page.show, Kind.PERSON, Kind.DESK)

    async def book(self, request: web.Request) -> web.Response:
        """Book for somebody."""
        vault, sign = self.door.links.vault, self.chance.sign

        def act(one: Visitor, form: Form) -> Reply:
            return booking_page.act(one, form, vault, sign)

        return await self._act(request, act, Kind.PERSON, Kind.DESK)

    async def show_day(self, request: web.Request) -> web.Response:
        """Another day of an office."""
        wanted = request.match_info["day"]
        return await self._show(request, lambda one: day_page.show(one, wanted), Kind.DESK)

    async def _show(
        self, request: web.Request, show: Callable[[Visitor], Reply], *kinds: Kind
    ) -> web.Response:
        return await self._answer(self.reading, request, show, *kinds)

    async def _act(
        self, request: web.Request, act: Callable[[Visitor, Form], Reply], *kinds: Kind
    ) -> web.Response:
        form = await read_form(request)
        if form is None:
            return gone()
        done = await self._answer(self.database, request, lambda one: act(one, form), *kinds)
        self.ring()
        return done

    async def _answer(
        self,
        database: Database,
        request: web.Request,
        work: Callable[[Visitor], Reply],
        *kinds: Kind,
    ) -> web.Response:
        grant = self.door.grant(request.match_info["token"], *kinds)
        if grant is None:
            return gone()

        def visit(tx: Tx) -> Reply:
            visitor = self.door.visitor(tx, grant)
            return None if visitor is None else work(visitor)

        try:
            return answer(await database.run(visit))
        except StorageError:
            return later()
