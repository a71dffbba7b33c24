"""The message catalogues, compiled in memory at start: no compiled file can be out of date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.rendering.languages import DEFAULT

DOMAIN = "lotse"


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The messages of every language by key; what one lacks is said in English."""

    by_language: Mapping[str, GNUTranslations]

    def message(self, language: str, key: str, count: int | None = None) -> str:
        """The message, in the plural form for `count` where it has any."""
        catalogue = self.by_language.get(language) or self.by_language[DEFAULT]
        if count is None:
            return catalogue.gettext(key)
        return catalogue.ngettext(key, key, count)


def read(root: Path, language: str) -> Catalog:
    """One catalogue as it is in the tree. Raises OSError or Babel's PoFileError."""
    path = root / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


def available(root: Path) -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(path.parts[-3] for path in root.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


def load(root: Path, languages: Iterable[str]) -> Catalogues:
    """Compile the catalogues of these languages and English."""
    compiled = {code: _compile(read(root, code)) for code in {*languages, DEFAULT}}
    for code, catalogue in compiled.items():
        if code != DEFAULT:
            catalogue.add_fallback(compiled[DEFAULT])
    return Catalogues(compiled)


def _compile(catalog: Catalog) -> GNUTranslations:
    file = BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return GNUTranslations(file)
