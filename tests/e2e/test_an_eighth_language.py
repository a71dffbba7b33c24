"""Somebody reads and writes Turkish, which the program knows from files alone."""

import re
from pathlib import Path

import pytest
from eighth_language import locales_with_turkish, town_with_turkish
from stage import open_world

from bot.commands import running
from bot.settings import Settings
from bot.simulator.person import words
from bot.understanding.heard import tables_of


async def test_the_app_offers_it_writes_its_days_and_understands_it(tmp_path: Path) -> None:
    locales, town = locales_with_turkish(tmp_path), str(town_with_turkish(tmp_path))
    async with open_world(tmp_path, town, locales=locales) as world:
        person = await world.person(language="az")
        await person.says_and_waits("/start")
        assert person.labels[:3] == ["Türkçe", "Deutsch", "English"]
        await person.walks("Türkçe", "Kabul ediyorum")
        await person.says_and_waits("yarın saat 10")
        assert re.search("24 Kasım Salı, 10:00", words(person.now)), words(person.now)


async def test_before_it_is_complete_the_app_does_not_offer_it(tmp_path: Path) -> None:
    locales = locales_with_turkish(tmp_path, menu__book=None)
    async with open_world(tmp_path, str(town_with_turkish(tmp_path)), locales=locales) as world:
        person = await world.person(language="tr")
        await person.says_and_waits("/start")
        assert person.labels[:2] == ["English", "Deutsch"]


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("language", 'own_name = "Türkçe"', "error: locales/tr/language.toml: locale: is missing"),
        ("days", "[day]\ntoday = 1", "error: locales/tr/days.toml: day.today: must be a list"),
        ("intents", "[wishes]", "error: locales/tr/intents.toml: wishes: is not a known key"),
    ],
)
def test_a_faulty_file_is_one_line_for_the_operator(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: str,
    text: str,
    told: str,
) -> None:
    locales = locales_with_turkish(tmp_path)
    (locales / "tr" / f"{file}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:1")

    async def start(settings: Settings) -> None:
        tables_of(locales, ("en", "tr")).read()

    with pytest.raises(SystemExit):
        running.finish(start)
    shown = capsys.readouterr().err.strip()
    assert shown.startswith(told)
    assert "\n" not in shown
