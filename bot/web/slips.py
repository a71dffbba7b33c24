"""The slip of paper over HTTP. It can be fetched again until a chat has claimed the appointment."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.domain.appointment import Appointment
from bot.rendering.slip_printer import SlipPrinter, file_name
from bot.services import walk_in_bookings
from bot.services.links import Grant, Kind
from bot.storage.engine.database import Database, StorageError, Tx
from bot.web.access import Access
from bot.web.answers import FILE_HEADERS, gone, later

ASKED_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips of what `reading` holds; `username` asks for the bot's name on Telegram."""

    door: Access
    reading: Database
    printer: SlipPrinter
    username: Callable[[], Awaitable[str]]

    def routes(self) -> list[web.RouteDef]:
        """What the server answers to."""
        return [web.get(f"{self.door.links.root}/page/{{token}}/slip.pdf", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        """The slip as a PDF."""
        grant = self.door.grant(request.match_info["token"], Kind.APPOINTMENT)
        if grant is None:
            return gone()
        try:
            found = await self.reading.run(self._found, grant)
            if found is None:
                return gone()
            about, token = found
            async with asyncio.timeout(ASKED_SECONDS):
                link = (
                    f"https://t.me/{await self.username()}?start={walk_in_bookings.PREFIX}{token}"
                )
        except (StorageError, TimeoutError):
            return later()
        made = await asyncio.to_thread(self.printer.pdf, about, link)
        named = {"Content-Disposition": f'inline; filename="{file_name(about)}"'}
        return web.Response(
            body=made, content_type="application/pdf", headers={**FILE_HEADERS, **named}
        )

    def _found(self, tx: Tx, grant: Grant) -> tuple[Appointment, str] | None:
        """The appointment, and what claims it."""
        visitor = self.door.visitor(tx, grant)
        if visitor is None:
            return None
        about = visitor.service.visit(visitor.grant.appointment_id)
        if about is None:
            return None
        claim = walk_in_bookings.slip_token(tx, visitor.links.vault, about, visitor.now)
        return None if claim is None else (about, claim)
