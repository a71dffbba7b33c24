"""`python -m bot staff page`, `feed`, `links`, `end-link`: ways to appointments outside of chat."""

from bot import app
from bot.commands.staff_access import UnknownStaff, known_person, of_the_city, still_there
from bot.domain import bounds, local_time
from bot.domain.actors import Actor, Role
from bot.domain.appointment import is_code
from bot.runtime import staff_pages
from bot.runtime.clock import Clock
from bot.runtime.resources import Resources
from bot.services import granting
from bot.services.links import Grant, Links
from bot.services.staff_invitations import token_hash
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.settings import Settings, SettingsError
from bot.storage.engine.database import Tx
from bot.storage.records import lists_links

NO_PAGES = "BOT_PUBLIC_URL: needed for pages and calendars"
NONE_OUT = "{id}: no link to these lists is out."
ENDED = "{id}: the link {link} opens nothing any more."
NO_SUCH_LINK = "{id}: there is no link {link}; `staff links {id}` shows those that are out"


class UnknownLink(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """There is no such link to end."""


async def page(settings: Settings, id: str) -> str:
    """A link to somebody's lists, good for thirty days. Raises UnknownStaff."""
    async with app.open_resources(settings, Clock()) as resources:
        actor, found = await still_there(resources, id), _links(resources)
        if actor.role is Role.OPERATOR:
            raise UnknownStaff(f"{id}: has a chat and no page")
        return found.url(await resources.database.run(_page, resources, actor))


async def feed(settings: Settings, id: str) -> str:
    """A new address of a case manager's calendar; an earlier one ends. Raises UnknownStaff."""
    async with app.open_resources(settings, Clock()) as resources:
        person, found = known_person(resources.city, id), _links(resources)
        await still_there(resources, id)
        token = staff_pages.new_token()

        def make(tx: Tx) -> None:
            granting.calendar(_unit(tx, resources), person, token_hash(token))

        await resources.database.run(make)
        return found.calendar_url(token)


async def listed(settings: Settings, id: str) -> str:
    """Somebody's links to their lists that are good. Raises UnknownStaff."""
    async with app.open_resources(settings, Clock()) as resources:
        actor, now = of_the_city(resources.city, id), resources.clock.now()
        found = await resources.database.run(lists_links.out, actor, now)
        zone = resources.city.rules.time_zone
        days = [
            (local_time.local_day(one.made_at, zone), local_time.local_day(one.expires_at, zone))
            for one in found
        ]
        lines = [
            f"{one.number}: made {made}, until {until}"
            for one, (made, until) in zip(found, days, strict=True)
        ]
        return "\n".join(lines) or NONE_OUT.format(id=id)


async def end(settings: Settings, id: str, link: str) -> str:
    """End a link by its number, or those to an appointment by its code.

    Raises UnknownStaff or UnknownLink.
    """
    async with app.open_resources(settings, Clock()) as resources:
        actor = of_the_city(resources.city, id)
        if not await resources.database.run(_end, resources, actor, link.upper()):
            raise UnknownLink(NO_SUCH_LINK.format(id=id, link=link))
        return ENDED.format(id=id, link=link)


def _page(tx: Tx, resources: Resources, actor: Actor) -> Grant:
    return granting.link_to_lists(_unit(tx, resources), actor)


def _end(tx: Tx, resources: Resources, actor: Actor, link: str) -> bool:
    if not is_code(link):
        number = bounds.number(link)
        return number is not None and lists_links.end(tx, actor, number)
    view = StaffService(_unit(tx, resources), actor).find(link)
    if view is None:
        return False
    lists_links.end_to_appointment(tx, actor, view.about)
    return True


def _unit(tx: Tx, resources: Resources) -> Unit:
    return resources.open_unit(tx, resources.clock.now())


def _links(resources: Resources) -> Links:
    found = staff_pages.links_of(resources)
    if found is None:
        raise SettingsError((NO_PAGES,))
    return found
