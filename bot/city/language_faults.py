"""Languages that a city file names: those it offers, and those beside names."""

from collections.abc import Iterator

from babel import Locale

from bot.city.model import CityFile
from bot.city.problems import Finding
from bot.domain.language_codes import Written

_LANGUAGE_NAMES = Locale("en").languages


def languages(file: CityFile, written: Written | None) -> Iterator[Finding]:
    """Languages of the file in which there are no texts to offer."""
    if written is None:
        return
    for key, asked, known in (
        ("city.languages", file.city.languages, written.clients),
        ("city.staff_languages", file.city.staff_languages, written.staff),
    ):
        for code in asked:
            if code not in known:
                yield key, f'no catalogue for "{code}"; there are {", ".join(sorted(known))}'
    if set(file.city.languages) <= set(written.unfinished):
        yield "city.languages", "none of them has a complete catalogue"


def unfinished(file: CityFile, written: Written | None) -> Iterator[Finding]:
    """Languages of the file that are left out until their catalogue is complete."""
    for code in file.city.languages:
        if written is not None and code in written.unfinished:
            yield "city.languages", f'"{code}" is not offered, its catalogue is not complete'


def of_names(file: CityFile) -> Iterator[Finding]:
    """Languages that stand beside the names of places, offices and people."""
    yield from _names_as_spoken(file)
    yield from _languages_spoken(file)


def _names_as_spoken(file: CityFile) -> Iterator[Finding]:
    offered = set(file.city.languages)
    named = [(f"area.{area.id}", area.spoken) for area in file.area]
    named += [(f"office.{office.id}", office.spoken) for office in file.office]
    for key, spoken in named:
        for code in spoken:
            if code not in offered:
                yield f"{key}.spoken.{code}", "is not one of the city's languages"


def _languages_spoken(file: CityFile) -> Iterator[Finding]:
    for key, codes in _published(file):
        for code in codes:
            if code not in _LANGUAGE_NAMES:
                yield key, f'"{code}" is not a language code like "de"'


def _published(file: CityFile) -> Iterator[tuple[str, tuple[str, ...]]]:
    for office in file.office:
        yield f"office.{office.id}.languages", office.languages
        for person in office.case_manager:
            yield f"office.{office.id}.case_manager.{person.id}.languages", person.languages
