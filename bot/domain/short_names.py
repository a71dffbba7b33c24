"""Names of case managers that fit on a button behind a day and a time."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.domain.city import CaseManager, City
from bot.domain.contacts import PublicName, public_name

LONGEST = 16


def short_names(city: City, people: Iterable[CaseManager]) -> Mapping[str, PublicName]:
    """For each of `people`, by id, what tells them apart: their short name, else their whole."""
    whole = {person.id: public_name(city, person) for person in people}
    short = {id: _short(name) for id, name in whole.items()}
    meant = Counter(short.values())
    return {id: short[id] if meant[short[id]] == 1 else name for id, name in whole.items()}


def _short(name: PublicName) -> PublicName:
    return shortened(name) if isinstance(name, str) else name


def shortened(name: str) -> str:
    """A name that is too long without its first words; the family name stands last."""
    while len(name) > LONGEST and " " in name:
        _, _, name = name.partition(" ")
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
