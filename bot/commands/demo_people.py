"""Who and what is in the demo: its people, their mailboxes, and how they are told of things."""

from datetime import time

from bot.domain.city import CaseManager, City, Office
from bot.domain.staffing import OfficeReach, Reach, Staffing
from bot.simulator.demo import DemoPerson, DemoPlace

FIRST_STAFF_ID = 9001
AT_THE_DESK, AT_WORK = MORNINGS = time(7, 15), time(7, 30)
"""When front desks and case managers get the list of the day."""

SEEN_WITHIN_HOURS = 4
CLIENTS = (
    DemoPerson(101, "Amal", "ar", "client", "Has just arrived. Her phone speaks Arabic."),
    DemoPerson(102, "Olena", "uk", "client", "Has just arrived. Her phone speaks Ukrainian."),
)


def staffing(city: City) -> Staffing:
    """Everybody hears of everything by mail as well as in chat, and colleagues stand in."""
    return Staffing(
        {person.id: _reach(city, person) for person in city.case_managers},
        {
            office.id: OfficeReach(
                _desk_address(office), seen_within_hours=SEEN_WITHIN_HOURS, digest=AT_THE_DESK
            )
            for office in city.offices
        },
    )


def _reach(city: City, person: CaseManager) -> Reach:
    """The next one of the team is the deputy."""
    team = city.team(person.office_id)
    after = team[(team.index(person) + 1) % len(team)]
    deputy = None if after == person else after.id
    return Reach(_address(person), by_mail=True, deputy=deputy, digest=AT_WORK)


def mailboxes(city: City) -> dict[str, str]:
    """Whose each address is."""
    people = {_address(person): person.name for person in city.case_managers}
    desks = {_desk_address(one): f"Front desk, {one.provider}" for one in city.offices}
    return people | desks


def staff(city: City) -> tuple[DemoPerson, ...]:
    """The case managers' phones, in their order in the city."""
    return tuple(
        DemoPerson(
            FIRST_STAFF_ID + number,
            person.name,
            city.languages[0],
            "case_manager",
            "Hears of every booking with them at once.",
            city.office[person.office_id].provider,
        )
        for number, person in enumerate(city.case_managers)
    )


def places(city: City) -> tuple[DemoPlace, ...]:
    """Where a phone can pretend to be; one place is too far away."""
    codes = ((f"In {c.code}", c.position) for c in city.postal_codes)
    stations = ((a.name, a.position) for a in city.areas if a.position)
    far = city.bounds.centre.latitude + city.bounds.radius_km / 50
    near = (DemoPlace(name, at.latitude, at.longitude) for name, at in (*stations, *codes))
    return (*near, DemoPlace("In another town", far, city.bounds.centre.longitude))


def _address(person: CaseManager) -> str:
    return f"{person.id}@office.example"


def _desk_address(office: Office) -> str:
    return f"front.desk.{office.id}@office.example"
