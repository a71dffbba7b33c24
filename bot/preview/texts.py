"""A catalogue as its translator knows it: keys, notes, English beside the translation."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot.rendering import catalogues
from bot.rendering.catalogues import Catalogues, key_of
from bot.rendering.languages import DEFAULT

COUNTS = (0, 1, 2, 3, 5, 11, 21, 100)
"""Between them they take every plural form of every language we know of."""


@dataclass(frozen=True)
class CatalogueText:
    """One text. `forms` are it by the counts that take each form, with no count where it has none;
    a `missing` one is not translated, or not altogether."""

    key: str
    note: str
    english: str
    forms: tuple[tuple[str, str], ...]
    missing: bool


@dataclass(frozen=True)
class Texts:
    """What is read in one language by one kind of reader (`domain`)."""

    root: Path
    language: str
    domain: str
    spoken: Catalogues

    @cached_property
    def all(self) -> tuple[CatalogueText, ...]:
        """Every text there has to be, in the order of the English catalogue."""
        own = {key_of(each): each for each in self._read(self.language) if each.id}
        english = (each for each in self._read(DEFAULT) if each.id)
        return tuple(self._text(each, own.get(key_of(each))) for each in english)

    @cached_property
    def missing(self) -> frozenset[str]:
        """The keys of those that are not translated."""
        return frozenset(each.key for each in self.all if each.missing)

    def _read(self, language: str) -> Catalog:
        return catalogues.read(self.root, language, self.domain)

    def _text(self, source: Message, own: Message | None) -> CatalogueText:
        key = key_of(source)
        return CatalogueText(
            *(key, " ".join(source.auto_comments), _forms(source)[-1]),
            tuple(self._counted(key)) if source.pluralizable else (("", self._plain(key)),),
            missing=own is None or own.fuzzy or not all(_forms(own)),
        )

    def _plain(self, key: str) -> str:
        return self.spoken.message(self.language, key)

    def _counted(self, key: str) -> Iterator[tuple[str, str]]:
        for count in COUNTS:
            text = self.spoken.message(self.language, key, count)
            yield str(count), text.replace("{n}", str(count))


def _forms(message: Message) -> tuple[str, ...]:
    found = message.string
    return (found,) if isinstance(found, str) else tuple(found or ("",))
