"""Who speaks what, as far as it is published.

Languages are published for a person, or for a team as a whole. What is published for a team and
for nobody of it by name may be anybody's: whoever comes there finds somebody who speaks it. What is
published for one of the team is theirs, and not their colleagues'. The city's first language, in
which its offices work, is spoken everywhere.
"""

from collections.abc import Iterable

from bot.domain.city import CaseManager, City, Office


def of_person(city: City, person: CaseManager) -> frozenset[str]:
    """The languages a client can count on with this person."""
    return person.languages | city.of_a_team[person.office_id] | {city.languages[0]}


def of_office(city: City, office: Office, team: Iterable[CaseManager]) -> frozenset[str]:
    """What is spoken in an office whose `team` can be booked."""
    own = frozenset[str]().union(*(person.languages for person in team))
    return office.languages | own | {city.languages[0]}


def speaks(city: City, person: CaseManager, language: str | None) -> bool:
    """Whether a person is known to speak a language; none asked for is no question."""
    return language is None or language in of_person(city, person)
