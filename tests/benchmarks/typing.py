"""Messages that are typed, in a city with 2,000 streets: all that can be read in one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, islice, product
from pathlib import Path
from time import thread_time

from bot.city.load import load
from bot.domain.city import City
from bot.domain.geography import Position, Street
from bot.domain.place_index import index_of
from bot.domain.places import LONGEST_TEXT
from bot.understanding.heard import Heard, Tables, tables_of

LOCALES = Path("locales")
PHRASES = Path("tests/phrases")
PARTS = ("danger", "intents", "when", "speaks", "same_person", "language", "place")
WEDNESDAY = date(2026, 11, 25)
STREETS = 2_000
_FIRST = "Acker Birken Buchen Dorn Eichen Feld Garten Hasel Jäger Kirch Linden Mühlen Nord Ost Post"
_SECOND = "bach berg busch dorf grund hof horst kamp land markt moor rain see stein tal teich wald"
_LAST = "straße weg allee platz pfad ring stieg gasse"
_SENTENCES = (
    *("Ich wohne in der Nähe von {} und habe eine Frage", "{}", "Я живу возле {}", "قرب {}"),
    *("{} 12", "I can't come tomorrow, I live in {}"),
)


def typings() -> list[float]:
    """Milliseconds of processor time for each message, none of which was seen before."""
    city = _large(load("herne"))
    index_of(city)
    tables = tables_of(LOCALES, city.languages)
    tables.read()
    return [_timed(city, tables, text) for text in chain(_texts(city), _phrases())]


def _timed(city: City, tables: Tables, text: str) -> float:
    began = thread_time()
    heard = Heard(text, tables, city, WEDNESDAY, None)
    for part in PARTS:
        getattr(heard, part)
    return (thread_time() - began) * 1000


def _phrases() -> Iterator[str]:
    """What the tests of typed words know."""
    for file in sorted(PHRASES.glob("*/*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line.partition("\t")[0]


def _large(city: City) -> City:
    parts = product(_FIRST.split(), _SECOND.split(), _LAST.split())
    here = Position(51.54, 7.2, exact=True)
    code = city.postal_codes[0].code
    return replace(
        city,
        streets=tuple(
            Street(f"{code}-{number}", "".join(name), code, here)
            for number, name in enumerate(islice(parts, STREETS))
        ),
    )


def _texts(city: City) -> Iterator[str]:
    """Every stop with a letter swapped, in a sentence; then texts as long as they are read."""
    for number, stop in enumerate(city.stops):
        at = number % (len(stop.name) - 1)
        slipped = stop.name[:at] + stop.name[at + 1] + stop.name[at] + stop.name[at + 2 :]
        yield _SENTENCES[number % len(_SENTENCES)].format(slipped)
    yield from ("x" * LONGEST_TEXT, "wort " * 40, "бах вальд " * 20, "شتراسه هوف " * 20)
