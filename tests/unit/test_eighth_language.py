"""An eighth language is files alone: offered when it is complete, written and understood."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from eighth_language import locales_with_turkish, town_with_turkish

from bot.city.load import inspect, load
from bot.conversation.content import Button, Day, Language, OwnName, Screen, ShortDay, say
from bot.domain.language_codes import Written, nearest
from bot.rendering import catalogues
from bot.rendering.chat_message import Renderer
from bot.rendering.text import Writer
from bot.understanding.heard import Heard, tables_of

OFFERED = ("de", "en", "tr")
THURSDAY = int(datetime(2026, 12, 3, 12, tzinfo=UTC).timestamp())


def test_it_is_offered_with_its_own_name_and_writes_its_own_days(tmp_path: Path) -> None:
    locales = locales_with_turkish(tmp_path)
    city = load(str(town_with_turkish(tmp_path)), catalogues.available(locales))
    texts = catalogues.load(locales, city.languages, ["de"])
    turkish, german = (Writer(texts, city, code) for code in ("tr", "de"))
    assert city.languages == OFFERED
    assert german.label(OwnName("tr")) == "Türkçe"
    assert turkish.line(Day(THURSDAY)) == "3 Aralık Perşembe"
    assert turkish.line(ShortDay(THURSDAY)) == "3 Ara Per"
    assert turkish.line(Language("de")) == "Almanca"
    screen = Screen(((say("menu.question"),),), ((Button(say("menu.book"), "book"),),))
    (row,) = Renderer(texts, city).message(screen, "tr").rows
    assert [button.text for button in row] == ["Randevu al"]


def test_what_is_typed_in_it_is_understood(tmp_path: Path) -> None:
    locales = locales_with_turkish(tmp_path)
    city = load(str(town_with_turkish(tmp_path)), catalogues.available(locales))
    tables = tables_of(locales, OFFERED)
    today = date(2026, 12, 1)
    said = Heard("yarın saat 10", tables, city, today, "tr")
    assert said.when.days == (date(2026, 12, 2),)
    assert said.when.at == time(10)
    assert Heard("ben yarın için saat", tables, city, today, "de").language == "tr"
    assert Heard("ben değil ve çok mı", tables, city, today, "de").language == "tr"
    assert Heard("türkçe", tables, city, today, "de").speaks == "tr"
    assert nearest("az-AZ", OFFERED, tables.readers) == "tr"


def test_it_is_offered_to_nobody_before_its_catalogue_is_complete(tmp_path: Path) -> None:
    town = str(town_with_turkish(tmp_path))
    written = catalogues.available(locales_with_turkish(tmp_path, menu__book=None))
    city, problems = inspect(town, written)
    assert city is not None
    assert city.languages == ("de", "en")
    told = f'warning: {town}: city.languages: "tr" is not offered, its catalogue is not complete'
    assert told in map(str, problems)


def test_a_message_without_words_is_missing_too(tmp_path: Path) -> None:
    assert catalogues.available(locales_with_turkish(tmp_path, menu__book="")).unfinished == ("tr",)


def test_a_catalogue_that_cannot_be_read_is_not_complete(tmp_path: Path) -> None:
    locales = locales_with_turkish(tmp_path)
    (locales / "tr" / "LC_MESSAGES" / "lotse.po").write_text('msgid "open\n', encoding="utf-8")
    assert catalogues.available(locales).unfinished == ("tr",)


def test_a_town_of_which_no_language_is_complete_is_refused(tmp_path: Path) -> None:
    town = str(town_with_turkish(tmp_path))
    city, problems = inspect(town, Written(OFFERED, ["de"], OFFERED))
    assert city is None
    told = f"error: {town}: city.languages: none of them has a complete catalogue"
    assert told in map(str, problems)
