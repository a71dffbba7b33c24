"""`python -m bot check`: settings, city file and catalogues, every problem by file and key."""

from bot.app import LOCALES
from bot.city.load import Problem, inspect
from bot.rendering import catalogue_checks, catalogues
from bot.rendering.languages import STYLES


def everything(city: str) -> tuple[Problem, ...]:
    """All errors and warnings of a city file and of the catalogues."""
    _, problems = inspect(city, catalogues.available(LOCALES))
    return problems + tuple(
        Problem(found.file, found.key, found.reason)
        for found in catalogue_checks.check(LOCALES, STYLES)
    )
