"""The staff's pages put together: served where the settings say where they are."""

import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.house import House
from bot.rendering.catalogues import Catalogues
from bot.rendering.slip_printer import SlipPrinter
from bot.rendering.staff_event import EventWriter
from bot.storage.database import Database
from bot.turn.links import Links
from bot.web.calendar import Calendars
from bot.web.door import Door
from bot.web.slips import Slips
from bot.web.staff import Chance, StaffPages

TOKEN_BYTES = 16


def new_token() -> str:
    """128 random bits as 22 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def links_of(house: House) -> Links | None:
    """What writes and reads links; None where nothing would answer to them."""
    settings = house.settings
    if settings.public_url is None or settings.address is None:
        return None
    return Links(house.vault, settings.public_url)


def routes_of(
    house: House,
    reading: Database,
    texts: Catalogues,
    printer: SlipPrinter,
    ring: Callable[[], None],
    username: Callable[[], Awaitable[str]],
) -> tuple[web.RouteDef, ...]:
    """Pages, slips and calendars, or nothing. `reading` is the database for who only looks."""
    links = links_of(house)
    if links is None:
        return ()
    door = Door(house.city, house.staffing, links, house.clock.now)
    chance = Chance(secrets.choice, new_token)
    pages = StaffPages(door, house.database, reading, chance, ring)
    return (
        *pages.routes(),
        *Slips(door, reading, printer, username).routes(),
        *Calendars(reading, house.city, links, EventWriter(texts, house.city)).routes(),
        *pages.remaining_routes(),
    )
