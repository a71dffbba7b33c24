"""`python -m bot staff …`: who of the staff is let in, by chat, page and calendar, and who no more.

A case manager's id stands for that person, an office's id for its front desk, `operator` for
whoever runs the program.
"""

from bot import app
from bot.chat.connecting import connect, greet
from bot.domain import local_time
from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.city import CaseManager, City
from bot.runtime import staff_pages
from bot.runtime.clock import Clock
from bot.runtime.resources import Resources
from bot.services import links, staff_invitations
from bot.services.links import Links
from bot.services.staff_invitations import token_hash
from bot.settings import Settings, SettingsError
from bot.storage.engine.database import Tx
from bot.storage.records import departures, feeds, staff_chats, staff_named

NO_PAGES = "BOT_PUBLIC_URL: needed for pages and calendars"
NO_CHATS = "{id}: BOT_STAFF has telegram = false for this office; `staff page {id}` opens its list"
HAS_LEFT = "{id}: has left; `staff stay {id}` takes that back"
NOTHING_LEFT = (
    "{id}: no chat, no invitation and no calendar any more."
    " Links to pages end by themselves, within 30 days; `rotate-key` ends all of them at once."
)


class UnknownStaff(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """The city file has nobody of this id."""


async def listed(settings: Settings) -> str:
    """Everybody by office: role, id, and how they are let in."""
    async with app.open_resources(settings, Clock()) as resources:
        return "\n".join(await resources.database.run(_lines, resources))


async def invite(settings: Settings, id: str) -> str:
    """A one-time link that ties a chat. Raises UnknownStaff or SettingsError."""
    token = settings.required_token()
    async with app.open_resources(settings, Clock()) as resources:
        actor = await _there(resources, id)
        if actor.role is Role.FRONT_DESK and not resources.staffing.office(id).chat_allowed:
            raise SettingsError((NO_CHATS.format(id=id),))
        async with connect(settings.api_url, token) as connection:
            username = await greet(connection.bot)
        return await app.make_invitation(resources, actor, username)


async def page(settings: Settings, id: str) -> str:
    """A link to somebody's own page, good for thirty days. Raises UnknownStaff."""
    async with app.open_resources(settings, Clock()) as resources:
        actor = await _there(resources, id)
        if actor.role is Role.OPERATOR:
            raise UnknownStaff(f"{id}: has a chat and no page")
        return _links(resources).url(links.to_lists(actor, resources.clock.now()))


async def feed(settings: Settings, id: str) -> str:
    """A new address of a case manager's calendar; an earlier one ends. Raises UnknownStaff."""
    async with app.open_resources(settings, Clock()) as resources:
        person, found, token = (
            _known(resources.city, id),
            _links(resources),
            staff_pages.new_token(),
        )
        await _there(resources, id)
        now = resources.clock.now()
        await resources.database.run(feeds.make, person.id, token_hash(token), now)
        return found.calendar_url(token)


async def revoke(settings: Settings, id: str) -> str:
    """End somebody's chat, invitations and calendar; what to tell. Raises UnknownStaff.

    Also of who is no longer in the city file.
    """
    async with app.open_resources(settings, Clock()) as resources:
        former = await resources.database.run(staff_named.formerly, id)
        actor = former if former and not resources.city.names(id) else _actor(resources.city, id)
        await resources.database.run(staff_invitations.revoke, actor)
        return NOTHING_LEFT.format(id=id)


def _lines(tx: Tx, resources: Resources) -> list[str]:
    told, zone = list[str](), resources.city.rules.time_zone
    days = {id: local_time.local_day(at, zone) for id, at in departures.moments(tx).items()}
    left = {id: f", leaves {day}" for id, day in days.items()}
    for office in resources.city.offices:
        mail = ", mail" if resources.staffing.office(office.id).mail else ""
        desk = Actor(Role.FRONT_DESK, office_id=office.id)
        told.append(f"{office.id}: front desk{_chats(tx, desk)}{mail}{left.get(office.id, '')}")
        for person in resources.city.team(office.id):
            ways = _ways(tx, resources, person)
            told.append(f"  {person.id}: case manager{ways}{left.get(person.id, '')}")
    return [*told, f"operator: runs the program{_chats(tx, OPERATOR)}"]


def _chats(tx: Tx, actor: Actor) -> str:
    """There may be several."""
    number = len(staff_chats.chats_of(tx, actor))
    return f", {number} chats" if number > 1 else ", chat" if number else ""


def _ways(tx: Tx, resources: Resources, person: CaseManager) -> str:
    ways = (
        ("chat", staff_chats.of_case_manager(tx, person.id) is not None),
        ("mail", person.id in resources.staffing.by_mail),
        ("calendar", feeds.is_made(tx, person.id)),
    )
    return "".join(f", {name}" for name, there in ways if there)


def _links(resources: Resources) -> Links:
    found = staff_pages.links_of(resources)
    if found is None:
        raise SettingsError((NO_PAGES,))
    return found


async def _there(resources: Resources, id: str) -> Actor:
    """Somebody who may be let in. Raises UnknownStaff."""
    actor = _actor(resources.city, id)
    if await resources.database.run(departures.has_left, id, resources.clock.now()):
        raise UnknownStaff(HAS_LEFT.format(id=id))
    return actor


def _actor(city: City, id: str) -> Actor:
    if id in city.office:
        return Actor(Role.FRONT_DESK, office_id=id)
    return OPERATOR if id == Role.OPERATOR else Actor.of(_known(city, id))


def _known(city: City, id: str) -> CaseManager:
    person = city.case_manager.get(id)
    if person is None:
        known = ", ".join((*sorted((*city.case_manager, *city.office)), Role.OPERATOR))
        raise UnknownStaff(f"{id}: nobody of the staff; there are {known}")
    return person
