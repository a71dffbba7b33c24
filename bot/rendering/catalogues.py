"""The message catalogues, compiled in memory at start: no compiled file can be out of date.

Each language has what clients read; those of the staff also have what the staff read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.city import language_file
from bot.domain.language_codes import Written
from bot.domain.written_language import LanguagesByCode, WrittenLanguage
from bot.rendering import sounds
from bot.rendering.languages import DEFAULT
from bot.rendering.sounds import BySpoken

CLIENTS, STAFF = "lotse", "staff"


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The messages by key and language: what clients read, and what the staff read.

    What a language of clients lacks is said in English. The staff read theirs in one of their own
    languages, in the first of them where it is not asked for in one. `written` says how each of
    these languages is written.
    """

    clients: Mapping[str, GNUTranslations]
    staff: Mapping[str, GNUTranslations]
    staff_keys: frozenset[str]
    written: LanguagesByCode
    sounds: Mapping[str, BySpoken] = field(default_factory=dict)

    def written_as(self, language: str) -> WrittenLanguage:
        """How a language is written; as English is, where there is nothing in it."""
        return self.written.get(language) or self.written[DEFAULT]

    @property
    def staff_language(self) -> str:
        """What the staff read where nobody knows in which of their languages."""
        return next(iter(self.staff))

    def message(self, language: str, key: str, count: int | None = None) -> str:
        """The message, in the plural form for `count` where it has any."""
        if key in self.staff_keys:
            catalogue = self.staff.get(language) or self.staff[self.staff_language]
        else:
            catalogue = self.clients.get(language) or self.clients[DEFAULT]
        if count is None:
            return catalogue.gettext(key)
        return catalogue.ngettext(key, key, count)

    def sound(self, reader: str, spoken: str, language: str, code: str) -> str | None:
        """How a language and a code are said, for a reader; None where that needs no saying."""
        known = self.sounds.get(reader, {}).get(spoken)
        return None if known is None else known.said(language, code)

    def read_in(self, language: str, key: str) -> str:
        """The language in which a reader of this one reads a message."""
        if key in self.staff_keys and language not in self.staff:
            return self.staff_language
        return language


def path_of(root: Path, language: str, domain: str) -> Path:
    """Where a catalogue is in the tree."""
    return root / language / "LC_MESSAGES" / f"{domain}.po"


def read(root: Path, language: str, domain: str = CLIENTS) -> Catalog:
    """One catalogue as it is in the tree. Raises OSError or Babel's PoFileError."""
    with path_of(root, language, domain).open("rb") as file:
        return read_po(file, locale=language, domain=domain, abort_invalid=True)


def available(root: Path) -> Written:
    """The languages that have catalogues, and in which of them something is still missing."""
    clients, staff = (_having(root, domain) for domain in (CLIENTS, STAFF))
    return Written(clients, staff, _unfinished(root, clients))


def _having(root: Path, domain: str) -> tuple[str, ...]:
    return tuple(sorted(path.parts[-3] for path in root.glob(f"*/LC_MESSAGES/{domain}.po")))


def _unfinished(root: Path, languages: Iterable[str]) -> tuple[str, ...]:
    read = {code: _messages(root, code) for code in languages}
    needed = {key_of(each) for each in read.get(DEFAULT, ())}
    return tuple(
        code
        for code, messages in read.items()
        if needed - {key_of(each) for each in messages if not each.fuzzy and all(forms_of(each))}
    )


def _messages(root: Path, language: str) -> tuple[Message, ...]:
    """What clients read; nothing, if it cannot be read."""
    try:
        return tuple(each for each in read(root, language) if each.id)
    except (OSError, ValueError, PoFileError):
        return ()


def load(root: Path, languages: Iterable[str], staff_languages: Iterable[str]) -> Catalogues:
    """Compile what clients read in these languages and English, and what the staff read.

    Raises LanguageFilesError.
    """
    codes, staff_codes = dict.fromkeys((*languages, DEFAULT)), tuple(staff_languages)
    written = language_file.load(root, dict.fromkeys((*codes, *staff_codes)))
    clients = {code: _compile(read(root, code)) for code in codes}
    for code, catalogue in clients.items():
        if code != DEFAULT:
            catalogue.add_fallback(clients[DEFAULT])
    staff = {code: read(root, code, STAFF) for code in staff_codes}
    keys = frozenset(key_of(each) for catalogue in staff.values() for each in catalogue if each.id)
    compiled = {code: _compile(each) for code, each in staff.items()}
    return Catalogues(clients, compiled, keys, written, sounds.load(root, clients))


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation of a message, in each plural form where it has any."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def key_of(message: Message) -> str:
    """The key of a message, with plural forms or without."""
    key: str = message.id if isinstance(message.id, str) else message.id[0]
    return key


def _compile(catalog: Catalog) -> GNUTranslations:
    file = BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return GNUTranslations(file)
