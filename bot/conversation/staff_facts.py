"""What the staff read of a talk or of a time, a line each, in words of their own.

A client's wish is a fact to them: who comes along, what is needed.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.conversation.content import Code, Count, Day, Line, Name, Phone, Say, ShortDay, Time, say
from bot.domain import local_time
from bot.domain.appointment import Appointment, Status, Wishes
from bot.domain.city import City
from bot.domain.contacts import Contact, OneOfATeam, Whose, to_call
from bot.domain.short_names import shortened
from bot.domain.slots import Slot

CANCELLED = frozenset({Status.CANCELLED, Status.CALLED_OFF})
MIDNIGHT = Name("24:00")


def wishes(wished: Wishes) -> tuple[Line, ...]:
    """What is wished for, all but the topic and the call, which have lines of their own."""
    said: list[Say] = []
    if wished.language_help:
        said.append(say("staff.wishes_help"))
    if wished.adults:
        said.append(say("staff.wishes_adults", n=Count(wished.adults)))
    if wished.children:
        said.append(say("staff.wishes_children", n=Count(wished.children)))
    if wished.step_free:
        said.append(say("staff.wishes_step_free"))
    if wished.for_family:
        said.append(say("staff.wishes_for_family"))
    return tuple(said)


def kind_of_talk(first: bool | None) -> tuple[Line, ...]:
    """Whether it is the first talk with somebody; nothing where nobody knows."""
    if first is None:
        return ()
    return (say("staff.first_talk" if first else "staff.further_talk"),)


def calls(city: City, given: Contact) -> Line:
    """That it is the client who calls, and the number they were given."""
    return say("staff.calls", phone=Phone(given.phone), whose=_whose(city, given))


def way_of_talking(city: City, about: Appointment) -> tuple[Line, ...]:
    """How a talk by phone comes about; nothing for a visit, or for what is not to be."""
    if about.status in CANCELLED:
        return ()
    given = to_call(city, about)
    if given is not None:
        return (calls(city, given),)
    return (say("staff.no_number"),) if about.wishes.by_phone else ()


def _whose(city: City, given: Contact) -> Line:
    """Whose number it is; of somebody whose name clients do not read, at which office."""
    if given.whose is Whose.ALL:
        return say("staff.phone_of_all")
    if isinstance(given.name, OneOfATeam):
        return say("staff.phone_of_office", name=Name(city.office[given.name.office_id].provider))
    of_person = given.whose is Whose.PERSON
    return say(
        "staff.phone_of_person" if of_person else "staff.phone_of_office", name=Name(given.name)
    )


def item(about: Appointment) -> Line:
    """An appointment on a button or in a list of what is hit: day, time and code."""
    day, time = ShortDay(about.start), Time(about.start)
    return say("staff.item", day=day, time=time, code=Code(about.code))


def shortly(start: int) -> Line:
    """A moment (UTC epoch seconds), short enough for a button."""
    return say("staff.slot", day=ShortDay(start), time=Time(start))


def offered(city: City, case_manager_id: str, free: Sequence[Slot]) -> tuple[Line, ...]:
    """Free times, and with whom, where that is not the one the appointment is with."""
    return tuple(
        shortly(slot.start)
        if slot.case_manager_id == case_manager_id
        else _with(slot, shortened(city.case_manager[slot.case_manager_id].name))
        for slot in free
    )


def _with(slot: Slot, name: str) -> Line:
    day, time = ShortDay(slot.start), Time(slot.start)
    return say("staff.slot_with", day=day, time=time, name=Name(name))


def stretch(start: int, end: int, zone: ZoneInfo) -> Line:
    """A closed time of UTC epoch seconds: whole days, hours of one, or from here to there."""
    first, last = (local_time.local_day(at, zone) for at in (start, end - 1))
    begins, ends = local_time.day_bounds(first, zone)[0], local_time.day_bounds(last, zone)[1]
    day, last_day = Day(start), Day(end - 1)
    if (start, end) == (begins, ends):
        if first == last:
            return say("staff.stretch_day", day=day)
        return say("staff.stretch_days", day=day, last_day=last_day)
    time, until = Time(start), MIDNIGHT if end == ends else Time(end)
    if first == last:
        return say("staff.stretch_hours", day=day, time=time, until=until)
    return say("staff.stretch_from_to", day=day, time=time, last_day=last_day, until=until)
