"""Who can be booked: somebody whose hours are true and who will hear of it.

In a city of examples everybody can; elsewhere what is not known to be true keeps a person out.
Appointments that are booked already stay, whatever changes later.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum

from bot.domain.city import CaseManager, City


class Lack(StrEnum):
    """What keeps a case manager from being booked."""

    HOURS = "hours"
    CHANNEL = "channel"


def lacks(person: CaseManager, reached: Collection[str]) -> tuple[Lack, ...]:
    """What the person lacks; `reached` are the ids of those who can be told of a booking."""
    has = {Lack.HOURS: person.hours_confirmed, Lack.CHANNEL: person.id in reached}
    return tuple(lack for lack in Lack if not has[lack])


def bookable(
    city: City, people: Iterable[CaseManager], reached: Collection[str]
) -> tuple[CaseManager, ...]:
    """Those of `people` who can be booked in this city, in the same order."""
    return tuple(person for person in people if city.example or not lacks(person, reached))
