"""People in seven languages type what they want, and press only where they are asked to."""

import re
from dataclasses import dataclass

import pytest
from phone import Client
from stage import World

from bot.app import LOCALES
from bot.rendering import catalogues
from bot.simulator.person import words

LANGUAGES = ("de", "en", "uk", "ru", "fr", "ro", "ar")
TEXTS = catalogues.load(LOCALES, LANGUAGES, ("de",))
CLOCK = re.compile(r"\d\d:\d\d")


@dataclass(frozen=True)
class Typed:
    """What somebody writes, by what it is about."""

    hello: str
    book: str
    place: str
    time: str
    when: str
    cannot: str
    thanks: str
    danger: str


SENTENCES = {
    "de": Typed(
        hello="Guten Tag",
        book="Ich brauche einen Termin",
        place="Ich wohne beim Buschmannshof",
        time="Geht es nächste Woche nachmittags?",
        when="wann ist mein termin",
        cannot="Ich kann leider nicht kommen",
        thanks="Vielen Dank!",
        danger="mein mann schlägt mich",
    ),
    "en": Typed(
        hello="Hello",
        book="I need an appointment",
        place="I get off at Buschmannshof",
        time="can I come next week in the afternoon?",
        when="when is my appointment",
        cannot="sorry I can't come",
        thanks="thank you!",
        danger="my husband beats me",
    ),
    "uk": Typed(
        hello="Добрий день",
        book="Мені потрібен запис на прийом",
        place="Бушмансхоф",
        time="можна наступного тижня після обіду?",
        when="коли в мене зустріч",
        cannot="на жаль не зможу прийти",
        thanks="дякую",
        danger="чоловік мене б'є",
    ),
    "ru": Typed(
        hello="Здравствуйте",
        book="Хочу записаться на прием",
        place="Бушмансхоф",
        time="можно на следующей неделе после обеда?",
        when="когда у меня встреча",
        cannot="к сожалению не смогу прийти",
        thanks="спасибо",
        danger="муж меня бьет",
    ),
    "fr": Typed(
        hello="Bonjour",
        book="Je voudrais un rendez-vous",
        place="arrêt Buschmannshof",
        time="est-ce que je peux venir la semaine prochaine après-midi ?",
        when="c'est quand mon rendez-vous",
        cannot="je ne peux pas venir",
        thanks="merci beaucoup",
        danger="mon mari me frappe",
    ),
    "ro": Typed(
        hello="Bună ziua",
        book="vreau o programare",
        place="Buschmannshof",
        time="pot să vin săptămâna viitoare după-amiază?",
        when="când am programarea",
        cannot="nu pot să vin",
        thanks="mulțumesc",
        danger="soțul meu mă bate",
    ),
    "ar": Typed(
        hello="مرحبا",
        book="أريد موعد",
        place="Buschmannshof",
        time="هل يمكنني أن آتي الأسبوع القادم بعد الظهر؟",
        when="متى موعدي",
        cannot="لا أستطيع الحضور",
        thanks="شكرا",
        danger="زوجي يضربني",
    ),
}


class Writer:
    """Somebody who types, and presses only what is asked for."""

    def __init__(self, person: Client, language: str) -> None:
        self.person, self.language = person, language

    def text(self, key: str) -> str:
        """A message of their catalogue, up to its first placeholder."""
        return TEXTS.message(self.language, key).partition("{")[0].strip()

    async def writes(self, text: str) -> str:
        """What stands before them then."""
        await self.person.says_and_waits(text)
        await self.person.settles()
        return words(self.person.now)

    async def presses_where(self, part: str) -> None:
        """The first button with this in it."""
        label = next(label for label in self.person.labels if part in label)
        await self.person.presses_and_waits(label)

    async def presses(self, key: str) -> None:
        """A button of that name."""
        await self.person.presses_and_waits(self.text(key))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_somebody_types_their_way_to_an_appointment_and_out_of_it(
    world: World, language: str
) -> None:
    typed, writer = SENTENCES[language], Writer(await world.person(language=language), language)
    await writer.person.join()
    await writer.writes("/start")
    await writer.person.presses_and_waits(TEXTS.written_as(language).own_name)
    await writer.presses("notice.agree")

    assert writer.text("typed.hello") in await writer.writes(typed.hello)
    assert writer.text("place.question") in await writer.writes(typed.book)
    shown = await writer.writes(typed.place)
    if writer.text("offices.near") not in shown:  # a part of its name is asked about first
        await writer.presses_where("Buschmannshof")
    assert writer.text("suggested.free") in await writer.writes(typed.time)
    times = [label for label in writer.person.labels if CLOCK.search(label)]
    assert {CLOCK.findall(label)[0] >= "12:00" for label in times} == {True}
    assert await booked(world) == 0

    await writer.person.presses_and_waits(times[0])
    await writer.presses("confirm.yes")
    await writer.person.settles()
    assert await booked(world) == 1

    code = await world.code()
    assert code in await writer.writes(typed.when)
    assert writer.text("typed.not_cancelled") in await writer.writes(typed.cannot)
    assert writer.text("typed.welcome") in await writer.writes(typed.thanks)
    assert "110" in await writer.writes(typed.danger)
    assert await booked(world) == 1


async def booked(world: World) -> int:
    """How many appointments there are."""
    [(number,)] = await world.sql("SELECT COUNT(*) FROM appointments WHERE status = 'booked'")
    assert isinstance(number, int)
    return number
