"""The name by which clients know a case manager: their own, or which one of an office they are."""

from bot.conversation.content import Name, OfficeCalled, OfficePlace, Value, say
from bot.domain.city import CaseManager, City
from bot.domain.contacts import PublicName, public_name


def name_of(city: City, person: CaseManager) -> Value:
    """The name, or office and place in the reader's language."""
    return shown(public_name(city, person))


def shown(name: PublicName) -> Value:
    """The same of a name that is known already."""
    if isinstance(name, str):
        return Name(name)
    office, place = OfficeCalled(name.office_id), OfficePlace(name.office_id)
    if not name.number:
        return say("contact.team", office=office, place=place)
    return say("contact.adviser", n=Name(str(name.number)), office=office, place=place)


def short(name: PublicName) -> Value:
    """The same behind a day and a time on a button."""
    if isinstance(name, str):
        return Name(name)
    office = OfficeCalled(name.office_id)
    if not name.number:
        return office
    return say("contact.adviser_short", n=Name(str(name.number)), office=office)
