"""The staff's pages put together: served where the settings say where they are."""

import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.rendering.catalogues import Catalogues
from bot.rendering.slip_printer import SlipPrinter
from bot.rendering.staff_event import EventWriter
from bot.runtime.resources import Resources
from bot.services.links import Links
from bot.storage.engine.database import Database
from bot.web.access import Access
from bot.web.calendar_feed import Calendars
from bot.web.slips import Slips
from bot.web.staff_routes import StaffPages

TOKEN_BYTES = 16


def new_token() -> str:
    """128 random bits as 22 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def links_of(resources: Resources) -> Links | None:
    """What writes and reads links; None where nothing would answer to them."""
    settings = resources.settings
    if settings.public_url is None or settings.address is None:
        return None
    return Links(resources.vault, settings.public_url)


def routes_of(
    resources: Resources,
    reading: Database,
    texts: Catalogues,
    printer: SlipPrinter,
    ring: Callable[[], None],
    start_link: Callable[[str], Awaitable[str]],
) -> tuple[web.RouteDef, ...]:
    """Pages, slips and calendars, or nothing. `reading` is the database for who only looks."""
    links = links_of(resources)
    if links is None:
        return ()
    open_unit, now = resources.open_unit, resources.clock.now
    access = Access(open_unit, links, texts, now)
    pages = StaffPages(access, resources.database, reading, ring)
    events = EventWriter(texts, resources.city)
    return (
        *pages.routes(),
        *Slips(access, reading, printer, start_link).routes(),
        *Calendars(reading, open_unit, links, events, now).routes(),
        *pages.remaining_routes(),
    )
