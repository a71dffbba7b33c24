"""`python -m bot staff …`: who of the staff is let in, by chat, page and calendar, and who no more.

A case manager's id stands for that person, an office's id for its front desk.
"""

from bot import app, staff_pages
from bot.clock import Clock
from bot.domain.actors import Actor, Role
from bot.domain.city import CaseManager, City
from bot.house import House
from bot.settings import Settings, SettingsError
from bot.storage import feeds, staff
from bot.storage.database import Tx
from bot.turn import links
from bot.turn.invitations import token_hash
from bot.turn.links import Links

NO_PAGES = "BOT_PUBLIC_URL: needed for pages and calendars"
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
    """A way in: a chat for a case manager, the day's list for a front desk. Raises UnknownStaff."""
    async with app.open_house(settings, Clock()) as house:
        if id in house.city.office:
            return _page(house, Actor(Role.FRONT_DESK, office_id=id))
        _known(house.city, id)
    return await app.invite(settings, id)


async def page(settings: Settings, id: str) -> str:
    """A link to somebody's own page, good for thirty days. Raises UnknownStaff."""
    async with app.open_house(settings, Clock()) as house:
        if id in house.city.office:
            return _page(house, Actor(Role.FRONT_DESK, office_id=id))
        person = _known(house.city, id)
        return _page(house, Actor(Role.CASE_MANAGER, person.id, person.office_id))


async def feed(settings: Settings, id: str) -> str:
    """A new address of a case manager's calendar; an earlier one ends. Raises UnknownStaff."""
    async with app.open_house(settings, Clock()) as house:
        person, found, token = _known(house.city, id), _links(house), staff_pages.new_token()
        now = house.clock.now()
        await house.database.run(feeds.make, person.id, token_hash(token), now)
        return found.calendar_url(token)


async def revoke(settings: Settings, id: str) -> str:
    """End a case manager's chat, invitations and calendar; what to tell. Raises UnknownStaff."""
    async with app.open_house(settings, Clock()) as house:
        person = _known(house.city, id)
        await house.database.run(_revoke, person.id)
        return NOTHING_LEFT.format(id=person.id)


def _revoke(tx: Tx, case_manager_id: str) -> None:
    staff.untie(tx, case_manager_id)
    feeds.revoke(tx, case_manager_id)


def _lines(tx: Tx, house: House) -> list[str]:
    told = []
    for office in house.city.offices:
        mail = ", mail" if house.staffing.office(office.id).mail else ""
        told.append(f"{office.id}: front desk{mail}")
        for person in house.city.team(office.id):
            told.append(f"  {person.id}: case manager{_ways(tx, house, person)}")
    return told


def _ways(tx: Tx, house: House, person: CaseManager) -> str:
    ways = (
        ("chat", staff.chat_of(tx, person.id) is not None),
        ("mail", person.id in house.staffing.by_mail),
        ("calendar", feeds.is_made(tx, person.id)),
    )
    return "".join(f", {name}" for name, there in ways if there)


def _page(house: House, actor: Actor) -> str:
    return _links(house).url(links.to_lists(actor, house.clock.now()))


def _links(house: House) -> Links:
    found = staff_pages.links_of(house)
    if found is None:
        raise SettingsError((NO_PAGES,))
    return found


def _known(city: City, id: str) -> CaseManager:
    person = city.case_manager.get(id)
    if person is None:
        known = ", ".join(sorted((*city.case_manager, *city.office)))
        raise UnknownStaff(f"{id}: nobody of the staff; there are {known}")
    return person
