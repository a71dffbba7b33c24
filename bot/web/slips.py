"""The slip of paper over HTTP. It can be fetched again until a chat has claimed the appointment."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.domain.appointment import Appointment
from bot.rendering.slip_printer import SlipPrinter, file_name
from bot.services.walk_in_bookings import PREFIX, claim_token
from bot.storage.engine.database import Database, StorageError, Tx
from bot.web.access import Access, Door
from bot.web.responses import FILE_HEADERS, gone, later

ASKED_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips of what `reading` holds; `start_link` makes the link that claims one."""

    access: Access
    reading: Database
    printer: SlipPrinter
    start_link: Callable[[str], Awaitable[str]]

    def routes(self) -> list[web.RouteDef]:
        """What the server answers to."""
        lists = f"{self.access.links.root}/lists/{{number}}"
        return [web.get(f"{lists}/appointment/{{appointment}}/slip.pdf", self.show)]

    async def show(self, request: web.Request) -> web.Response:
        """The slip as a PDF."""
        door = self.access.door(request)
        if door is None:
            return gone(self.access.texts)
        try:
            found = await self.reading.run(self._found, door)
            if found is None:
                return gone(self.access.texts)
            about, token = found
            async with asyncio.timeout(ASKED_SECONDS):
                link = await self.start_link(PREFIX + token)
        except (StorageError, TimeoutError):
            return later(self.access.texts)
        made = await asyncio.to_thread(self.printer.pdf, about, link)
        named = {"Content-Disposition": f'inline; filename="{file_name(about)}"'}
        return web.Response(
            body=made, content_type="application/pdf", headers={**FILE_HEADERS, **named}
        )

    def _found(self, tx: Tx, door: Door) -> tuple[Appointment, str] | None:
        """The appointment, and what claims it."""
        visitor = self.access.visitor(tx, door)
        if visitor is None:
            return None
        view = visitor.service.view(visitor.appointment_id)
        if view is None or not view.has_slip:
            return None
        return view.about, claim_token(visitor.unit.vault, view.about)
