"""`python -m bot staff …`: who of the staff is let in, by chat, page and calendar, and who no more.

A case manager's id stands for that person, an office's id for its front desk, `operator` for
whoever runs the program.
"""

from bot import app, staff_pages
from bot.chat.connecting import connect, greet
from bot.clock import Clock
from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.city import CaseManager, City
from bot.house import House
from bot.settings import Settings, SettingsError
from bot.storage import feeds, roles, staff
from bot.storage.database import Tx
from bot.turn import links
from bot.turn.invitations import token_hash
from bot.turn.links import Links

NO_PAGES = "BOT_PUBLIC_URL: needed for pages and calendars"
NO_CHATS = "{id}: BOT_STAFF has telegram = false for this office; `staff page {id}` opens its list"
NOTHING_LEFT = (
    "{id}: no chat, no invitation and no calendar any more."
    " Links to pages end by themselves, within 30 days; `rotate-key` ends all of them at once."
)


class UnknownStaff(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """The city file has nobody of this id."""


async def listed(settings: Settings) -> str:
    """Everybody by office: role, id, and how they are let in."""
    async with app.open_house(settings, Clock()) as house:
        return "\n".join(await house.database.run(_lines, house))


async def invite(settings: Settings, id: str) -> str:
    """A one-time link that ties a chat. Raises UnknownStaff or SettingsError."""
    token = settings.required_token()
    async with app.open_house(settings, Clock()) as house:
        actor = _actor(house.city, id)
        if actor.role is Role.FRONT_DESK and not house.staffing.office(id).chat_allowed:
            raise SettingsError((NO_CHATS.format(id=id),))
        async with connect(settings.api_url, token) as connection:
            username = await greet(connection.bot)
        return await app.make_invitation(house, actor, username)


async def page(settings: Settings, id: str) -> str:
    """A link to somebody's own page, good for thirty days. Raises UnknownStaff."""
    async with app.open_house(settings, Clock()) as house:
        actor = _actor(house.city, id)
        if actor.role is Role.OPERATOR:
            raise UnknownStaff(f"{id}: has a chat and no page")
        return _links(house).url(links.to_lists(actor, house.clock.now()))


async def feed(settings: Settings, id: str) -> str:
    """A new address of a case manager's calendar; an earlier one ends. Raises UnknownStaff."""
    async with app.open_house(settings, Clock()) as house:
        person, found, token = _known(house.city, id), _links(house), staff_pages.new_token()
        now = house.clock.now()
        await house.database.run(feeds.make, person.id, token_hash(token), now)
        return found.calendar_url(token)


async def revoke(settings: Settings, id: str) -> str:
    """End somebody's chat, invitations and calendar; what to tell. Raises UnknownStaff."""
    async with app.open_house(settings, Clock()) as house:
        await house.database.run(_revoke, _actor(house.city, id))
        return NOTHING_LEFT.format(id=id)


def _revoke(tx: Tx, actor: Actor) -> None:
    if actor.case_manager_id is None:
        roles.untie(tx, actor)
        return
    staff.untie(tx, actor.case_manager_id)
    feeds.revoke(tx, actor.case_manager_id)


def _lines(tx: Tx, house: House) -> list[str]:
    told = []
    for office in house.city.offices:
        mail = ", mail" if house.staffing.office(office.id).mail else ""
        desk = Actor(Role.FRONT_DESK, office_id=office.id)
        told.append(f"{office.id}: front desk{_chats(tx, desk)}{mail}")
        for person in house.city.team(office.id):
            told.append(f"  {person.id}: case manager{_ways(tx, house, person)}")
    return [*told, f"operator: runs the program{_chats(tx, OPERATOR)}"]


def _chats(tx: Tx, actor: Actor) -> str:
    """There may be several."""
    number = len(roles.chats_of(tx, actor))
    return f", {number} chats" if number > 1 else ", chat" if number else ""


def _ways(tx: Tx, house: House, person: CaseManager) -> str:
    ways = (
        ("chat", staff.chat_of(tx, person.id) is not None),
        ("mail", person.id in house.staffing.by_mail),
        ("calendar", feeds.is_made(tx, person.id)),
    )
    return "".join(f", {name}" for name, there in ways if there)


def _links(house: House) -> Links:
    found = staff_pages.links_of(house)
    if found is None:
        raise SettingsError((NO_PAGES,))
    return found


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
