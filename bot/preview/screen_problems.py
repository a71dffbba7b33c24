"""What is wrong with any screen in any language: walked once, looked at in each."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.city.problems import Problem
from bot.conversation.content import Screen
from bot.domain.city import City
from bot.preview import cities, tour
from bot.preview.screen_checks import ScreenChecks
from bot.preview.tour import Tour
from bot.preview.widest import Widest
from bot.rendering import catalogues
from bot.rendering.catalogues import CLIENTS, STAFF, Catalogues
from bot.rendering.chat_message import Renderer
from bot.rendering.text import Writer
from bot.understanding.heard import Tables

AS_LONG_AS_A_DAY = ("digest",)
"""Messages of which nobody can say how long they become."""


@dataclass
class Distinct:
    """Screens that were seen, each that has other buttons once."""

    found: dict[tuple[str, str], Screen] = field(default_factory=dict)

    def see(self, name: str, screen: Screen) -> None:
        """Keep one."""
        self.found.setdefault((name, repr(screen.rows)), screen)


async def problems(
    city: City, locales: Path, words: Callable[[str], Tables], now: int, year: int
) -> tuple[Problem, ...]:
    """Every error of the screens of a city, at work after `now` (UTC epoch seconds).

    Also of those it would have if its offices were otherwise and nobody in them were named.

    `words` gives what is typed in a language, `year` has the longest days. Where there is nobody to
    be booked, nothing is looked at.
    """
    if not city.case_managers:
        return ()
    texts = catalogues.load(locales, city.languages, city.staff_languages)
    last, first = city.languages[-1], city.staff_languages[0]
    of_clients, of_staff = Distinct(), Distinct()
    clients = await tour.of_clients(city, words(last), last, now, of_clients.see)
    staff = await tour.of_staff(city, words(first), first, now, of_staff.see)
    look = _Look(texts, cities.as_it_is(city), locales, year)
    return (
        *look.at(clients, of_clients, city.languages, CLIENTS),
        *look.at(staff, of_staff, city.staff_languages, STAFF),
    )


@dataclass(frozen=True)
class _Look:
    """A look at what was seen, in every language."""

    texts: Catalogues
    city: City
    locales: Path
    year: int

    def at(
        self, seen: Tour, distinct: Distinct, languages: Collection[str], domain: str
    ) -> Iterator[Problem]:
        renderer = Renderer(self.texts, self.city)
        sized = [one for one in seen.all if one.name not in AS_LONG_AS_A_DAY]
        for language in languages:
            checks = ScreenChecks(renderer, language)
            widest = Widest(Writer(self.texts, self.city, language, html=False), self.year)
            found = {
                *(f for (name, _), one in distinct.found.items() for f in checks.twins(name, one)),
                *(f for one in sized for f in checks.sizes(one, widest)),
            }
            file = str(catalogues.path_of(self.locales, language, domain))
            for each in sorted(found):
                yield Problem(file, each.key, f"{each.reason} (screen {each.screen})")
