"""What is wrong with the texts of a city file, language by language."""

from collections.abc import Iterator

from bot.city.model import CityFile
from bot.city.problems import Finding

MAX_LABEL = 32


def text_gaps(file: CityFile) -> Iterator[Finding]:
    """Texts that are missing, unknown or too long."""
    yield from _legal_basis(file)
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


def _legal_basis(file: CityFile) -> Iterator[Finding]:
    """Where it is a text for each language, every one of them and no other."""
    basis = file.operator.legal_basis if file.operator else ""
    if isinstance(basis, str):
        return
    for language in file.city.languages:
        if language not in basis:
            yield f"operator.legal_basis.{language}", "translation is missing"
    for language in sorted(basis.keys() - {*file.city.languages}):
        yield f"operator.legal_basis.{language}", "is not one of the city's languages"
