"""The staff's pages over HTTP. GET and HEAD show and change nothing; POST acts, then leads on.

The link of a mail about an appointment opens that appointment. A link to somebody's lists lets them
in: from there on a cookie does, for twelve hours. Who opens what is wrong, forged, ended or
expired, or asks for what is not theirs, gets the same answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from bot.domain.actors import Role
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
from bot.web.access import Access, Door
from bot.web.responses import answer, gone, later, read_form, read_query
from bot.web.visitor import Form, Reply, Visitor

Show = Callable[[Visitor], Reply]
Work = Callable[[Visitor, Form], Reply]


@dataclass(frozen=True, slots=True)
class StaffPages:
    """All pages of one city; `reading` is the same database for who only looks.

    `ring` wakes whoever sends, for what was done may be to be told.
    """

    access: Access
    database: Database
    reading: Database
    ring: Callable[[], None]

    def routes(self) -> list[web.RouteDef]:
        """What the server answers to."""
        link = f"{self.access.links.root}/page/{{token}}"
        lists = f"{self.access.links.root}/lists/{{number}}"
        return [
            web.get(link, self.enter),
            *self._of_one(link),
            web.get(lists, self.show_lists),
            web.post(lists, self.act_on_lists),
            web.get(f"{lists}/closed/{{closing}}", self.show_closed),
            web.post(f"{lists}/closed/{{closing}}", self.open_again),
            web.get(f"{lists}/book", self.show_booking),
            web.post(f"{lists}/book", self.book),
            web.get(f"{lists}/find", self.find),
            web.get(f"{lists}/day/{{day}}", self.show_day),
            web.get(f"{lists}/appointment/{{appointment}}", self.show),
            *self._of_one(f"{lists}/appointment/{{appointment}}"),
        ]

    def _of_one(self, page: str) -> list[web.RouteDef]:
        """What can be done from the page of an appointment, whichever way led there."""
        return [
            web.post(page, self.act),
            web.get(f"{page}/done/{{act}}", self.show_done),
            web.get(f"{page}/another-time", self.show_another_time),
            web.post(f"{page}/another-time", self.give_another_time),
            web.get(f"{page}/ask", self.show_asking),
            web.post(f"{page}/ask", self.ask),
        ]

    def remaining_routes(self) -> list[web.RouteDef]:
        """What no page answers to; to be asked last."""
        root = self.access.links.root
        return [
            web.route("*", f"{root}/{part}/{{rest:.*}}", self.nothing) for part in ("page", "lists")
        ]

    async def nothing(self, _: web.Request) -> web.Response:
        """The answer to a path that is no page's, and to a method that no page knows."""
        return gone(self.access.texts)

    async def enter(self, request: web.Request) -> web.Response:
        """What a link opens: an appointment, or the lists, and with them a session."""
        door = self.access.door(request)
        if door is None or door.grant.kind is GrantKind.APPOINTMENT:
            return await self.show(request)
        opened = await self._answer(self.reading, door, _lists)
        if opened.status == HTTPStatus.OK:
            self.access.let_in(door, opened)
        return opened

    async def show(self, request: web.Request) -> web.Response:
        """An appointment."""
        return await self._show_one(request, appointment_page.show)

    async def act(self, request: web.Request) -> web.Response:
        """What a button of an appointment's page asks for."""
        return await self._act(request, appointment_page.act, about_one=True)

    async def show_done(self, request: web.Request) -> web.Response:
        """What was done about an appointment."""
        wanted = request.match_info["act"]
        return await self._show_one(request, lambda one: appointment_page.done(one, wanted))

    async def show_another_time(self, request: web.Request) -> web.Response:
        """The days another time can be on, or the times of one."""
        form = read_query(request)
        return await self._show_one(request, lambda one: another_time_page.show(one, form))

    async def give_another_time(self, request: web.Request) -> web.Response:
        """Give an appointment another time."""
        return await self._act(request, another_time_page.act, about_one=True)

    async def show_asking(self, request: web.Request) -> web.Response:
        """The times about which the client of an appointment can be asked."""
        form = read_query(request)
        return await self._show_one(request, lambda one: asking_page.show(one, form))

    async def ask(self, request: web.Request) -> web.Response:
        """Ask the client of an appointment about other times."""
        return await self._act(request, asking_page.act, about_one=True)

    async def show_lists(self, request: web.Request) -> web.Response:
        """A case manager's lists, or the day of an office."""
        return await self._show_lists(request, _lists)

    async def act_on_lists(self, request: web.Request) -> web.Response:
        """What a button among the lists asks for."""

        def act(one: Visitor, form: Form) -> Reply:
            own = one.actor.role is Role.CASE_MANAGER
            return own_page.act(one, form) if own else day_page.act(one, form)

        return await self._act(request, act, about_one=False)

    async def show_closed(self, request: web.Request) -> web.Response:
        """What was closed."""
        number = request.match_info["closing"]
        return await self._show_lists(request, lambda one: closing_page.closed(one, number))

    async def open_again(self, request: web.Request) -> web.Response:
        """Take back what was closed."""
        number = request.match_info["closing"]

        def act(one: Visitor, form: Form) -> Reply:
            return closing_page.open_again(one, number) if form.get("act") == Act.UNDO else None

        return await self._act(request, act, about_one=False)

    async def show_booking(self, request: web.Request) -> web.Response:
        """The form that books for somebody: the days, or one of them with what was entered."""
        form = read_query(request)
        return await self._show_lists(request, lambda one: booking_page.show(one, form))

    async def book(self, request: web.Request) -> web.Response:
        """Book for somebody."""
        return await self._act(request, booking_page.act, about_one=False)

    async def find(self, request: web.Request) -> web.Response:
        """The appointment with the code that was typed, or the lists."""
        code = read_query(request).get("code", "")
        return await self._show_lists(request, lambda one: finding.by_code(one, code))

    async def show_day(self, request: web.Request) -> web.Response:
        """Another day of an office."""
        wanted = request.match_info["day"]

        def show(one: Visitor) -> Reply:
            return day_page.show(one, wanted) if one.actor.role is Role.FRONT_DESK else None

        return await self._show_lists(request, show)

    async def _show_one(self, request: web.Request, show: Show) -> web.Response:
        return await self._show(request, show, about_one=True)

    async def _show_lists(self, request: web.Request, show: Show) -> web.Response:
        return await self._show(request, show, about_one=False)

    async def _show(self, request: web.Request, show: Show, *, about_one: bool) -> web.Response:
        door = self.access.door(request)
        if door is None or door.is_about_one != about_one:
            return gone(self.access.texts)
        return await self._answer(self.reading, door, show)

    async def _act(self, request: web.Request, act: Work, *, about_one: bool) -> web.Response:
        door = self.access.door(request)
        if door is None or door.is_about_one != about_one:
            return gone(self.access.texts)
        form = await read_form(request)
        if form is None or not self.access.may_send(door, form):
            return gone(self.access.texts)
        done = await self._answer(self.database, door, lambda one: act(one, form))
        self.ring()
        return done

    async def _answer(self, database: Database, door: Door, work: Show) -> web.Response:
        def visit(tx: Tx) -> Reply:
            visitor = self.access.visitor(tx, door)
            return None if visitor is None else work(visitor)

        try:
            return answer(await database.run(visit), self.access.texts)
        except StorageError:
            return later(self.access.texts)


def _lists(one: Visitor) -> Reply:
    return own_page.show(one) if one.actor.role is Role.CASE_MANAGER else day_page.today(one)
