"""What a city file says in which language, and of whom: what is wrong or missing there."""

from collections.abc import Iterator

from babel import Locale

from bot.city.model import CityFile
from bot.city.problems import Finding
from bot.domain.language_codes import Written

MAX_LABEL = 32
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


def of_names_and_texts(file: CityFile) -> Iterator[Finding]:
    """Languages that stand beside names, and what the city says itself."""
    yield from _names_as_spoken(file)
    yield from _languages_spoken(file)
    yield from _texts(file)


def _names_as_spoken(file: CityFile) -> Iterator[Finding]:
    offered = set(file.city.languages)
    for area in file.area:
        for code in area.spoken:
            if code not in offered:
                yield f"area.{area.id}.spoken.{code}", "is not one of the city's languages"


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


def _texts(file: CityFile) -> Iterator[Finding]:
    for language in file.texts:
        if language not in file.city.languages:
            yield f"texts.{language}", "is not one of the city's languages"
    topics = {f"topic.{topic}" for topic in file.city.topics}
    notes = {f"office.{office.id}.note" for office in file.office}
    used = {key for texts in file.texts.values() for key in texts}
    wanted = {"city", "organisation"} | topics | (used & notes)
    for language in file.city.languages:
        if language not in file.texts:
            yield f"texts.{language}", "is missing"
            continue
        texts = file.texts[language]
        for key in sorted(wanted - texts.keys()):
            yield f"texts.{language}.{key}", "translation is missing"
        for key in sorted(texts.keys() - wanted):
            yield f"texts.{language}.{key}", "is not a text the program knows"
        for key in sorted(topics & texts.keys()):
            if len(texts[key]) > MAX_LABEL:
                yield f"texts.{language}.{key}", f"is longer than a button's {MAX_LABEL} letters"
