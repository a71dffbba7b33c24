"""The staff's pages over HTTP. GET and HEAD show and change nothing; POST acts, then leads on.

Who opens a link that is wrong, forged or expired, or asks for what is not theirs, gets the same
answer. There are no cookies: the address is the key.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.domain.lifecycle import Act
from bot.services.links import GrantKind
from bot.storage.engine.database import Database, StorageError, Tx
from bot.web import (
    another_time_page,
    appointment_page,
    asking_page,
    booking_page,
    closing_page,
    day_page,
    finding,
    own_page,
)
from bot.web.access import Access
from bot.web.responses import answer, gone, later, read_form, read_query
from bot.web.visitor import Form, Reply, Visitor

FIRST_PAGE = {
    GrantKind.APPOINTMENT: appointment_page.show,
    GrantKind.PERSON: own_page.show,
    GrantKind.DESK: day_page.today,
}


@dataclass(frozen=True, slots=True)
class StaffPages:
    """All pages of one city; `reading` is the same database for who only looks.

    `new_token` makes the addresses of calendars; `ring` wakes whoever sends, for what was done may
    be to be told.
    """

    access: Access
    database: Database
    reading: Database
    new_token: Callable[[], str]
    ring: Callable[[], None]

    def routes(self) -> list[web.RouteDef]:
        """What the server answers to."""
        page = f"{self.access.links.root}/page/{{token}}"
        return [
            web.get(page, self.show),
            web.post(page, self.act),
            web.get(f"{page}/done/{{act}}", self.show_done),
            web.get(f"{page}/closed/{{number}}", self.show_closed),
            web.post(f"{page}/closed/{{number}}", self.open_again),
            web.get(f"{page}/book", self.show_booking),
            web.post(f"{page}/book", self.book),
            web.get(f"{page}/another-time", self.show_another_time),
            web.post(f"{page}/another-time", self.give_another_time),
            web.get(f"{page}/ask", self.show_asking),
            web.post(f"{page}/ask", self.ask),
            web.get(f"{page}/find", self.find),
            web.get(f"{page}/day/{{day}}", self.show_day),
        ]

    def remaining_routes(self) -> list[web.RouteDef]:
        """What no page answers to; to be asked last."""
        return [web.route("*", f"{self.access.links.root}/page/{{rest:.*}}", self.nothing)]

    async def nothing(self, _: web.Request) -> web.Response:
        """The answer to a path that is no page's, and to a method that no page knows."""
        return gone()

    async def show(self, request: web.Request) -> web.Response:
        """An appointment, a case manager's lists, or the day of an office."""
        return await self._show(request, lambda one: FIRST_PAGE[one.grant.kind](one), *GrantKind)

    async def act(self, request: web.Request) -> web.Response:
        """What a button of such a page asks for."""

        def act(one: Visitor, form: Form) -> Reply:
            match one.grant.kind:
                case GrantKind.APPOINTMENT:
                    return appointment_page.act(one, form)
                case GrantKind.PERSON:
                    return own_page.act(one, form, self.new_token)
                case GrantKind.DESK:
                    return day_page.act(one, form)

        return await self._act(request, act, *GrantKind)

    async def show_done(self, request: web.Request) -> web.Response:
        """What was done about an appointment."""
        wanted = request.match_info["act"]
        return await self._show(
            request, lambda one: appointment_page.done(one, wanted), GrantKind.APPOINTMENT
        )

    async def show_closed(self, request: web.Request) -> web.Response:
        """What was closed."""
        number = request.match_info["number"]
        return await self._show(
            request, lambda one: closing_page.closed(one, number), GrantKind.PERSON, GrantKind.DESK
        )

    async def open_again(self, request: web.Request) -> web.Response:
        """Take back what was closed."""
        number = request.match_info["number"]

        def act(one: Visitor, form: Form) -> Reply:
            return closing_page.open_again(one, number) if form.get("act") == Act.UNDO else None

        return await self._act(request, act, GrantKind.PERSON, GrantKind.DESK)

    async def show_booking(self, request: web.Request) -> web.Response:
        """The form that books for somebody: the days, or one of them with what was entered."""
        form = read_query(request)
        return await self._show(
            request, lambda one: booking_page.show(one, form), GrantKind.PERSON, GrantKind.DESK
        )

    async def book(self, request: web.Request) -> web.Response:
        """Book for somebody."""
        return await self._act(request, booking_page.act, GrantKind.PERSON, GrantKind.DESK)

    async def show_another_time(self, request: web.Request) -> web.Response:
        """The days another time can be on, or the times of one."""
        form = read_query(request)
        return await self._show(
            request, lambda one: another_time_page.show(one, form), GrantKind.APPOINTMENT
        )

    async def give_another_time(self, request: web.Request) -> web.Response:
        """Give an appointment another time."""
        return await self._act(request, another_time_page.act, GrantKind.APPOINTMENT)

    async def show_asking(self, request: web.Request) -> web.Response:
        """The times about which the client of an appointment can be asked."""
        form = read_query(request)
        return await self._show(
            request, lambda one: asking_page.show(one, form), GrantKind.APPOINTMENT
        )

    async def ask(self, request: web.Request) -> web.Response:
        """Ask the client of an appointment about other times."""
        return await self._act(request, asking_page.act, GrantKind.APPOINTMENT)

    async def find(self, request: web.Request) -> web.Response:
        """The appointment with the code that was typed, or the lists."""
        code = read_query(request).get("code", "")
        return await self._show(
            request, lambda one: finding.by_code(one, code), GrantKind.PERSON, GrantKind.DESK
        )

    async def show_day(self, request: web.Request) -> web.Response:
        """Another day of an office."""
        wanted = request.match_info["day"]
        return await self._show(request, lambda one: day_page.show(one, wanted), GrantKind.DESK)

    async def _show(
        self, request: web.Request, show: Callable[[Visitor], Reply], *kinds: GrantKind
    ) -> web.Response:
        return await self._answer(self.reading, request, show, *kinds)

    async def _act(
        self, request: web.Request, act: Callable[[Visitor, Form], Reply], *kinds: GrantKind
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
        *kinds: GrantKind,
    ) -> web.Response:
        grant = self.access.grant(request.match_info["token"], *kinds)
        if grant is None:
            return gone()

        def visit(tx: Tx) -> Reply:
            visitor = self.access.visitor(tx, grant)
            return None if visitor is None else work(visitor)

        try:
            return answer(await database.run(visit))
        except StorageError:
            return later()
