"""Who comes in: by the link of one appointment, or by a link to lists and from there a session.

What a request shows is read anew each time, and so is whether it was ended meanwhile.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.domain import bounds
from bot.domain.actors import Actor
from bot.rendering.catalogues import Catalogues
from bot.rendering.text import Writer
from bot.services.links import Grant, GrantKind, Links, session_of
from bot.services.staff_service import StaffService
from bot.services.unit import OpenUnit
from bot.storage.engine.database import Tx
from bot.storage.records import appointments, departures, lists_links
from bot.web.visitor import FORM_TOKEN, Form, Visitor

COOKIE = "lotse_session"


@dataclass(frozen=True, slots=True)
class Door:
    """What a request shows: a grant, and which appointment it is about; None among the lists."""

    grant: Grant
    appointment: int | None = None

    @property
    def is_about_one(self) -> bool:
        """Whether it leads to one appointment."""
        return self.appointment is not None


@dataclass(frozen=True, slots=True)
class Access:
    """Lets visitors in at the moment `now` tells, in UTC epoch seconds."""

    open_unit: OpenUnit
    links: Links
    texts: Catalogues
    now: Callable[[], int]

    def door(self, request: web.Request) -> Door | None:
        """What a request may open as far as its signatures tell; the database is not asked."""
        named = request.match_info
        if "token" in named:
            return self._by_link(named["token"])
        return self._by_session(request, named["number"], named.get("appointment"))

    def may_send(self, door: Door, form: Form) -> bool:
        """Whether a form comes from a page of its own session."""
        shown, own = form.get(FORM_TOKEN, ""), self.links.form_token(door.grant)
        return not own or hmac.compare_digest(shown.encode(), own.encode())

    def visitor(self, tx: Tx, door: Door) -> Visitor | None:
        """Who comes in; None for who has left or is not named any more, and by an ended link."""
        unit, grant = self.open_unit(tx, self.now()), door.grant
        actor = grant.actor(unit.city)
        if actor is None or departures.has_left(tx, grant.id, unit.now):
            return None
        if not _is_good(tx, grant, actor):
            return None
        writer = Writer(self.texts, unit.city, self.texts.staff_language, html=False)
        service = StaffService(unit, actor)
        return Visitor(service, grant, self.links, writer, door.appointment)

    def let_in(self, door: Door, response: web.Response) -> None:
        """Begin the session of who came by a link to lists; twelve hours, on their paths alone."""
        now = self.now()
        session = session_of(door.grant, now)
        response.set_cookie(
            COOKIE,
            self.links.token(session),
            max_age=session.expires - now,
            path=self.links.lists_path(door.grant.number),
            secure=True,
            httponly=True,
            samesite="Strict",
        )

    def _by_link(self, token: str) -> Door | None:
        grant = self.links.read(token, self.now())
        if grant is None or grant.kind is GrantKind.SESSION:
            return None
        return Door(grant, grant.number if grant.kind is GrantKind.APPOINTMENT else None)

    def _by_session(
        self, request: web.Request, number: str, appointment: str | None
    ) -> Door | None:
        session = request.cookies.get(COOKIE, "")
        grant = self.links.read(session, self.now())
        if grant is None or grant.kind is not GrantKind.SESSION or str(grant.number) != number:
            return None
        if appointment is None:
            return Door(grant)
        about = bounds.number(appointment)
        return None if about is None else Door(grant, about)


def _is_good(tx: Tx, grant: Grant, actor: Actor) -> bool:
    """Whether it was not ended, and is about the appointment it was made for."""
    if grant.kind is not GrantKind.APPOINTMENT:
        return lists_links.is_out(tx, grant.number, actor)
    about = appointments.by_id(tx, grant.number)
    same = about is None or about.code == grant.code
    return same and not lists_links.has_ended(tx, actor, grant.number, grant.sequence)
