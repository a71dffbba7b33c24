"""`python -m bot staff …`: who of the staff is let in, by chat, page and calendar, and who no more.

A case manager's id stands for that person, an office's id for its front desk, `operator` for
whoever runs the program.
"""

from bot import app
from bot.chat.connecting import connect
from bot.domain import local_time
from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.city import CaseManager, City
from bot.runtime.clock import Clock
from bot.runtime.resources import Resources
from bot.services import staff_invitations
from bot.settings import Settings, SettingsError
from bot.storage.engine.database import Tx
from bot.storage.records import departures, feeds, lists_links, staff_chats, staff_named

NO_CHATS = "{id}: BOT_STAFF has telegram = false for this office; `staff page {id}` opens its list"
HAS_LEFT = "{id}: has left; `staff stay {id}` takes that back"
NOTHING_LEFT = (
    "{id}: no chat, no invitation, no calendar and no link any more. The next morning mail, and"
    " mails about appointments that are new or get another time, bring links again: whoever is to"
    " get none leaves, or gets no mail by BOT_STAFF."
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
        actor = await still_there(resources, id)
        if actor.role is Role.FRONT_DESK and not resources.staffing.office(id).chat_allowed:
            raise SettingsError((NO_CHATS.format(id=id),))
        async with connect(settings.api_url, token) as connection:
            username = await connection.identity.username()
        return await app.make_invitation(resources, actor, username)


async def revoke(settings: Settings, id: str) -> str:
    """End somebody's chat, invitations, calendar, links and sessions; what to tell.

    Raises UnknownStaff.

    Also of who is no longer in the city file.
    """
    async with app.open_resources(settings, Clock()) as resources:
        former = await resources.database.run(staff_named.formerly, id)
        actor = (
            former if former and not resources.city.names(id) else of_the_city(resources.city, id)
        )
        await resources.database.run(staff_invitations.shut_out, actor)
        return NOTHING_LEFT.format(id=id)


def _lines(tx: Tx, resources: Resources) -> list[str]:
    told, zone = list[str](), resources.city.rules.time_zone
    days = {id: local_time.local_day(at, zone) for id, at in departures.moments(tx).items()}
    left = {id: f", leaves {day}" for id, day in days.items()}
    for office in resources.city.offices:
        mail = ", mail" if resources.staffing.office(office.id).mail else ""
        desk = Actor(Role.FRONT_DESK, office_id=office.id)
        ways = f"{_chats(tx, desk)}{mail}{_links(tx, resources, desk)}"
        told.append(f"{office.id}: front desk{ways}{left.get(office.id, '')}")
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
    named = "".join(f", {name}" for name, there in ways if there)
    return f"{named}{_links(tx, resources, Actor.of(person))}"


def _links(tx: Tx, resources: Resources, actor: Actor) -> str:
    """How many links to their lists are out."""
    number = len(lists_links.out(tx, actor, resources.clock.now()))
    return f", {number} links" if number > 1 else ", 1 link" if number else ""


async def still_there(resources: Resources, id: str) -> Actor:
    """Somebody who may be let in. Raises UnknownStaff."""
    actor = of_the_city(resources.city, id)
    if await resources.database.run(departures.has_left, id, resources.clock.now()):
        raise UnknownStaff(HAS_LEFT.format(id=id))
    return actor


def of_the_city(city: City, id: str) -> Actor:
    """Whom an id stands for. Raises UnknownStaff."""
    if id in city.office:
        return Actor(Role.FRONT_DESK, office_id=id)
    return OPERATOR if id == Role.OPERATOR else Actor.of(known_person(city, id))


def known_person(city: City, id: str) -> CaseManager:
    """A case manager by id. Raises UnknownStaff."""
    person = city.case_manager.get(id)
    if person is None:
        known = ", ".join((*sorted((*city.case_manager, *city.office)), Role.OPERATOR))
        raise UnknownStaff(f"{id}: nobody of the staff; there are {known}")
    return person
