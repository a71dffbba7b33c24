"""A case manager's calendar over HTTP: whoever has its address, and only they, can fetch it.

It says when and which code, and holds no link with which anything could be done.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus

from aiohttp import web

from bot.domain.actors import Actor
from bot.rendering.feed import feed
from bot.rendering.staff_event import CalendarEntry, EventWriter
from bot.services.links import Links
from bot.services.staff_invitations import token_hash
from bot.services.unit import OpenUnit
from bot.services.worklist import Worklist
from bot.storage.engine.database import Database, StorageError, Tx
from bot.storage.records import feeds
from bot.web.responses import FILE_HEADERS, gone, later

FOREVER = 2**53
HEADERS = {**FILE_HEADERS, "Cache-Control": "private, no-cache"}
"""To be kept by who asked, and asked about each time."""


@dataclass(frozen=True, slots=True)
class Calendars:
    """Calendars from what `reading` holds; the same facts are the same bytes."""

    reading: Database
    open_unit: OpenUnit
    links: Links
    events: EventWriter
    now: Callable[[], int]

    def routes(self) -> list[web.RouteDef]:
        """What the server answers to."""
        return [web.get(f"{self.links.root}/calendar/{{token}}.ics", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        """The calendar, or 304 for who has it as it is."""
        try:
            entries = await self.reading.run(self._entries, request.match_info["token"])
        except StorageError:
            return later(self.events.catalogues)
        if entries is None:
            return gone(self.events.catalogues)
        body = await asyncio.to_thread(feed, entries, self.events)
        tag = sha256(body).hexdigest()
        known = {one.value for one in request.if_none_match or ()}
        if known & {tag, "*"}:
            response = web.Response(status=HTTPStatus.NOT_MODIFIED, headers=HEADERS)
        else:
            response = web.Response(
                body=body, headers=HEADERS, content_type="text/calendar", charset="utf-8"
            )
        response.etag = tag
        return response

    def _entries(self, tx: Tx, token: str) -> list[CalendarEntry] | None:
        unit = self.open_unit(tx, self.now())
        person = unit.city.case_manager.get(feeds.whose(tx, token_hash(token)) or "")
        if person is None:
            return None
        actor = Actor.of(person)
        every = Worklist(unit, actor).diary([person.id], 0, FOREVER)
        return [
            CalendarEntry(one.about, changed_at=one.changed_at, first_talk=one.first_talk)
            for one in every
        ]
