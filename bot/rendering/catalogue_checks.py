"""Every catalogue says what the English one says: all of it, once, and in its own writing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from bot.domain.written_language import LanguagesByCode, WrittenLanguage
from bot.rendering import catalogues
from bot.rendering.catalogues import CLIENTS, STAFF, forms_of, key_of
from bot.rendering.languages import DEFAULT
from bot.rendering.message_checks import Translation, faults, is_button

COUNTS = range(201)
NO_KEY = ""


@dataclass(frozen=True, slots=True)
class CatalogueProblem:
    """Why a catalogue must not be shipped; without a key it is about the file as a whole."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key + ' ' if self.key else ''}{self.reason}"


def check(
    root: Path,
    written: LanguagesByCode,
    languages: Collection[str],
    staff_languages: Collection[str],
) -> tuple[CatalogueProblem, ...]:
    """Everything wrong with the catalogues of these languages under `root`, and the English ones
    they are compared with. `written` says of each of them how it is written."""
    return (
        *_compared(root, written, languages, CLIENTS),
        *_compared(root, written, staff_languages, STAFF),
        *_shared(root),
    )


def _compared(
    root: Path, written: LanguagesByCode, languages: Collection[str], domain: str
) -> Iterator[CatalogueProblem]:
    """Everything wrong with the catalogues of one kind of reader."""
    files = {
        code: str(catalogues.path_of(root, code, domain))
        for code in dict.fromkeys((DEFAULT, *languages) if languages else ())
    }
    read: dict[str, Catalog] = {}
    for code, file in files.items():
        try:
            read[code] = catalogues.read(root, code, domain)
        except (OSError, ValueError, PoFileError):
            yield CatalogueProblem(file, NO_KEY, "cannot be read")
    if DEFAULT in read:
        for code, catalogue in read.items():
            found = compare(catalogue, read[DEFAULT], written[code])
            yield from (CatalogueProblem(files[code], key, reason) for key, reason in found)


def _shared(root: Path) -> Iterator[CatalogueProblem]:
    """Keys that clients and staff share: one word would have to suit both."""
    try:
        clients, staff = (
            {key_of(message) for message in catalogues.read(root, DEFAULT, domain) if message.id}
            for domain in (CLIENTS, STAFF)
        )
    except (OSError, ValueError, PoFileError):
        return
    file = str(catalogues.path_of(root, DEFAULT, STAFF))
    for key in sorted(clients & staff):
        yield CatalogueProblem(file, key, "is also a key of what clients read")


def compare(
    catalogue: Catalog, english: Catalog, language: WrittenLanguage
) -> Iterator[tuple[str, str]]:
    """Key and reason of everything wrong with one catalogue."""
    yield from ((NO_KEY, reason) for reason in _header_faults(catalogue, language.code))
    translated, sources = _by_key(catalogue), _by_key(english)
    yield from ((key, "is missing") for key in sources if key not in translated)
    yield from ((key, "is not in English") for key in translated if key not in sources)
    labels = {
        str(source.string): str(translated[key].string)
        for key, source in sources.items()
        if key in translated and is_button(_comment(source))
    }
    single = _single_counts(catalogue) if _plurals_fit(catalogue, language.code) else set()
    for key, source in sources.items():
        if key in translated:
            yield from _message_faults(translated[key], source, language, single, labels)


def _by_key(catalogue: Catalog) -> dict[str, Message]:
    return {key_of(message): message for message in catalogue if message.id}


def _comment(message: Message) -> str:
    return " ".join(message.auto_comments)


def _header_faults(catalogue: Catalog, language: str) -> Iterator[str]:
    if catalogue.fuzzy:
        yield "has a header marked as fuzzy"
    if catalogue.locale_identifier != language:
        yield f"says its language is {catalogue.locale_identifier}"
    if catalogue.obsolete:
        yield "keeps obsolete messages"
    if not _plurals_fit(catalogue, language):
        yield "has a Plural-Forms header that does not fit the language"


def _plurals_fit(catalogue: Catalog, language: str) -> bool:
    """Whether the header tells counts apart exactly where CLDR does.

    CLDR may know forms that no small whole number takes (French "many"); they are optional.
    """
    rule = Locale.parse(language).plural_form
    try:
        form = c2py(catalogue.plural_expr)
    except ValueError:
        return False
    pairs = {(form(count), rule(count)) for count in COUNTS}
    used, categories = {used for used, _ in pairs}, {category for _, category in pairs}
    if not len(pairs) == len(used) == len(categories):
        return False
    return max(used) < catalogue.num_plurals <= len(rule.tags | {"other"})


def _message_faults(
    message: Message,
    source: Message,
    language: WrittenLanguage,
    single: set[int],
    labels: dict[str, str],
) -> Iterator[tuple[str, str]]:
    key = key_of(source)
    if message.fuzzy:
        yield key, "is marked as fuzzy"
    if message.pluralizable != source.pluralizable:
        yield key, "has plural forms in one of the two languages only"
        return
    for number, text in enumerate(forms_of(message)):
        name = f"{key}[{number}]" if message.pluralizable else key
        alone = message.pluralizable and number in single
        one = Translation(
            *(language.code, language.letters, name, _comment(source)),
            *(forms_of(source)[-1], text, alone, labels),
        )
        yield from ((name, reason) for reason in faults(one))


def _single_counts(catalogue: Catalog) -> set[int]:
    """The plural forms that exactly one number takes."""
    form = c2py(catalogue.plural_expr)
    taken = [form(count) for count in COUNTS]
    return {number for number in taken if taken.count(number) == 1}
