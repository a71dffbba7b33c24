"""`python -m bot preview LANGUAGE`: everything the bot says in one language, as one page."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.app import LOCALES
from bot.city.load import load
from bot.city.problems import Problem
from bot.domain import local_time
from bot.domain.city import City
from bot.preview import cities, screen_problems, tour
from bot.preview.page import Preview
from bot.preview.texts import Texts
from bot.preview.widest import Widest
from bot.rendering import catalogues, poster_text, slip
from bot.rendering.catalogues import CLIENTS, STAFF, Catalogues
from bot.rendering.chat_message import Renderer
from bot.rendering.languages import DEFAULT
from bot.rendering.text import Writer
from bot.settings import Settings
from bot.understanding.heard import Tables, tables_of

NO_LANGUAGE = "{language}: there is no {file}; there are: {known}"
CLAIM_LINK = "https://lotse.example/"


class NoPreview(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """There is no such language."""


async def make(settings: Settings, language: str, out: Path, now: int, *, staff: bool) -> str:
    """Write the page; which file it is. Raises NoPreview. `now` is UTC epoch seconds."""
    _check(language, STAFF if staff else CLIENTS)
    city = speaking(load(settings.city, live=False), language, LOCALES)
    page = await (of_staff if staff else of_clients)(city, LOCALES, language, now)
    await asyncio.to_thread(out.write_text, page.html(), encoding="utf-8")
    return str(out)


async def of_clients(city: City, locales: Path, language: str, now: int) -> Preview:
    """What clients read in a language of this city, from the catalogues under `locales`."""
    texts, words = _read(city, locales), _words(locales, language)
    seen = await tour.of_clients(city, words, language, now)
    booked = await tour.on_paper(city, words, language, now)
    shown = cities.as_it_is(city)
    writer = Writer(texts, shown, language, html=False)
    return Preview(
        renderer=Renderer(texts, shown),
        texts=Texts(locales, language, CLIENTS, texts),
        widest=Widest(writer, year_after(city, now)),
        sights=seen.all,
        slips=tuple(slip.sheet(each, shown, texts, CLAIM_LINK) for each in booked),
        poster=tuple(line.text for line in poster_text.block(writer)),
    )


async def of_staff(city: City, locales: Path, language: str, now: int) -> Preview:
    """What the staff read in chat."""
    texts, shown = _read(city, locales), cities.as_it_is(city)
    seen = await tour.of_staff(city, _words(locales, language), language, now)
    return Preview(
        renderer=Renderer(texts, shown),
        texts=Texts(locales, language, STAFF, texts),
        widest=Widest(Writer(texts, shown, language, html=False), year_after(city, now)),
        sights=seen.all,
    )


async def screen_problems_of(city: City, locales: Path, now: int) -> tuple[Problem, ...]:
    """What is wrong with any screen of a city in any of its languages."""
    words = partial(_words, locales)
    return await screen_problems.problems(city, locales, words, now, year_after(city, now))


def speaking(city: City, language: str, locales: Path) -> City:
    """The city, which offers the language even if it does not yet."""
    staff = dict.fromkeys((*city.staff_languages, language))
    known = catalogues.available(locales).staff
    return replace(
        city,
        languages=tuple(dict.fromkeys((*city.languages, language))),
        staff_languages=tuple(each for each in staff if each in known),
    )


def year_after(city: City, now: int) -> int:
    """The year after the one it is in the city."""
    return local_time.local_day(now, city.rules.time_zone).year + 1


def _read(city: City, locales: Path) -> Catalogues:
    return catalogues.load(locales, city.languages, city.staff_languages)


def _words(locales: Path, language: str) -> Tables:
    """What is typed in the language, and in another one."""
    return tables_of(locales, (language, "de" if language == DEFAULT else DEFAULT))


def _check(language: str, domain: str) -> None:
    written = catalogues.available(LOCALES)
    known = written.staff if domain == STAFF else written.clients
    if language not in known:
        file = catalogues.path_of(LOCALES, language, domain)
        raise NoPreview(NO_LANGUAGE.format(language=language, file=file, known=", ".join(known)))
