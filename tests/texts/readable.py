"""Every text that somebody reads, by language, file and key: the catalogues and the city's own."""

import html
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.rendering import catalogues
from bot.rendering.catalogues import CLIENTS, STAFF, forms_of, key_of
from bot.rendering.message_checks import prose

LOCALES, CITIES = Path("locales"), Path("bot/city")
UNREAD = ("Mn", "Cf")
DOMAINS = (CLIENTS, STAFF)


@dataclass(frozen=True)
class ReadText:
    """One text, each plural form by itself, as it is written: with tags and placeholders."""

    language: str
    file: str
    key: str
    written: str

    @property
    def is_for_clients(self) -> bool:
        """Whether clients read it; else the staff do."""
        return not self.file.endswith(f"{STAFF}.po")

    @property
    def words(self) -> str:
        """What is read: no tags, placeholders, commands, vowel signs, or signs nobody sees."""
        bare = prose(html.unescape(self.written)).replace("’", "'")
        composed = unicodedata.normalize("NFC", bare)
        return "".join(sign for sign in composed if unicodedata.category(sign) not in UNREAD)


def everything(locales: Path = LOCALES, cities: Path = CITIES) -> tuple[ReadText, ...]:
    """All texts of catalogues and cities."""
    return (*_of_catalogues(locales), *_of_cities(cities))


def _of_catalogues(locales: Path) -> Iterator[ReadText]:
    for domain in DOMAINS:
        for path in sorted(locales.glob(f"*/LC_MESSAGES/{domain}.po")):
            language = path.parts[-3]
            for message in catalogues.read(locales, language, domain):
                for text in forms_of(message) if message.id else ():
                    yield ReadText(language, str(path), key_of(message), text)


def _of_cities(cities: Path) -> Iterator[ReadText]:
    for path in sorted(cities.glob("*.toml")):
        written = tomllib.loads(path.read_text(encoding="utf-8")).get("texts", {})
        for language, texts in written.items():
            for key, text in _flat(texts):
                yield ReadText(language, str(path), f"texts.{key}", text)


def _flat(texts: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for key, inner in texts.items():
        if isinstance(inner, Mapping):
            yield from _flat(inner, f"{before}{key}.")
        else:
            yield before + key, str(inner)
