"""Simulator and bot as two processes; somebody books in each of the seven languages."""

import re
from pathlib import Path

import aiohttp
from phone import Client
from processes import free_port, program, running

from bot.app import LOCALES
from bot.rendering import catalogues
from bot.rendering.direction import RIGHT_TO_LEFT_MARK
from bot.simulator.person import words

LANGUAGES = ("de", "en", "uk", "ru", "fr", "ro", "ar")
TEXTS = catalogues.load(LOCALES, LANGUAGES, ("de",))
KEYS = {
    str(message.id) for message in catalogues.read(LOCALES, "en") if isinstance(message.id, str)
}
LIKE_A_KEY = re.compile(r"[a-z_]+\.[a-z_.]+")
MOST_CHARACTERS = 500


def fits(person: Client, language: str) -> None:
    """What is in front of the person is short, filled in and translated."""
    shown = "\n".join((words(person.now), *person.labels))
    assert len(person.now["text"].encode("utf-16-le")) // 2 < MOST_CHARACTERS, (language, shown)
    assert not KEYS & set(LIKE_A_KEY.findall(shown)), (language, shown)
    assert not re.search(r"[{}]", shown), (language, shown)


async def books(person: Client, language: str) -> None:
    """From /start to "Show at the door", by the labels of one catalogue."""

    def label(key: str) -> str:
        return TEXTS.message(language, key)

    await person.join()
    await person.says_and_waits("/start", 20)
    assert person.labels[0] == TEXTS.written_as(language).own_name
    await person.presses_and_waits(person.labels[0])
    fits(person, language)
    for key in ("notice.agree", "menu.book", "place.unknown"):
        await person.presses_and_waits(label(key))
        fits(person, language)
    await person.presses_and_waits("AWO Ruhr-Mitte")
    await person.presses_and_waits("Muhlis Akelma")
    for _ in ("the first day", "the first time"):
        fits(person, language)
        await person.presses_and_waits(person.labels[0])
    for key in ("confirm.wish", "wish.language_help", "wish.done", "confirm.yes"):
        fits(person, language)
        await person.presses_and_waits(label(key))
    await person.settles()  # the question becomes a message to keep
    assert label("booked.done") in words(person.now)
    fits(person, language)
    await person.presses_and_waits(label("appointment.door"))
    assert TEXTS.message("de", "door.hello") in words(person.now)
    assert label("door.hello").lstrip(RIGHT_TO_LEFT_MARK) in words(person.now)
    fits(person, language)


async def test_somebody_books_in_each_language_against_a_simulator_elsewhere(
    tmp_path: Path,
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with (
        program("simulator", "--port", str(port), folder=tmp_path) as simulator,
        program("run", folder=tmp_path, **running(url)) as bot,
        aiohttp.ClientSession() as session,
    ):
        await simulator.says(f"Bot API at {url}")
        await bot.says("Lotse serves herne")
        for number, language in enumerate(LANGUAGES):
            await books(Client(session, url, 100 + number, "Anna", language), language)
        assert [await bot.stops(), await simulator.stops()] == [0, 0]
        assert [bot.errors, simulator.errors] == [[], []]
