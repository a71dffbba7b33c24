"""What `check` finds in the texts: catalogues, glossaries, tables of words, and every screen."""

from collections.abc import Iterator

from bot.app import LOCALES
from bot.city import language_file
from bot.city.load import Problem
from bot.commands import preview
from bot.domain.city import City
from bot.domain.language_codes import Written
from bot.rendering import catalogue_checks, glossaries
from bot.understanding import day_tables, intent_tables


async def text_problems(city: City | None, written: Written, now: int) -> tuple[Problem, ...]:
    """Everything wrong with the texts; screens are looked at where the catalogues are right and
    the city file has no errors. `now` is UTC epoch seconds.
    """
    wrong = tuple(_of_languages(written))
    asked = (city.languages, city.staff_languages) if city else (written.clients, written.staff)
    screens = await preview.screen_problems_of(city, LOCALES, now) if city and not wrong else ()
    return (*wrong, *glossaries.check(LOCALES, *asked), *screens)


def _of_languages(written: Written) -> Iterator[Problem]:
    typed = written.clients
    yield from (*day_tables.gaps(LOCALES, typed), *intent_tables.gaps(LOCALES, typed))
    known, faults = language_file.inspect(LOCALES, dict.fromkeys((*typed, *written.staff)))
    yield from faults
    clients, staff = ([*filter(known.get, codes)] for codes in (typed, written.staff))
    for found in catalogue_checks.check(LOCALES, known, clients, staff):
        yield Problem(found.file, found.key, found.reason)
