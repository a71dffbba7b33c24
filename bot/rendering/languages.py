"""Days and names of languages, as a language writes them."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.domain.language_codes import FALLBACK
from bot.domain.written_language import DayPatterns, WrittenLanguage

DEFAULT = FALLBACK
Respelt = tuple[tuple[str, str], ...]


def written_out(day: date, language: WrittenLanguage) -> str:
    """Weekday and date, in full."""
    return _written(day, _patterns(day, language).written_out, language.locale, language.respelt)


def short(day: date, language: WrittenLanguage) -> str:
    """Weekday and date, short enough for a button."""
    return _written(day, _patterns(day, language).short, language.locale, language.respelt)


def name_of(code: str, language: WrittenLanguage) -> str:
    """What a language calls another, or itself; the code of one that it has no word for."""
    return _name(code, language.locale, language.respelt)


def listed(words: list[str], language: WrittenLanguage) -> str:
    """Words joined as a list."""
    return str(format_list(words, locale=language.locale))


def decimal(number: float, language: WrittenLanguage) -> str:
    """A number with one place; in Latin digits, which stand on doors and phones everywhere."""
    locale = DEFAULT if language.right_to_left else language.locale
    return str(format_decimal(number, "0.0", locale))


def _patterns(day: date, language: WrittenLanguage) -> DayPatterns:
    return language.first_of_month if day.day == 1 else language.days


# Babel reads a pattern anew each time, and the same days and languages are shown all day long.
@lru_cache(maxsize=8192)
def _written(day: date, pattern: str, locale: str, respelt: Respelt) -> str:
    return _respelt(format_date(day, pattern, locale=locale), respelt)


@lru_cache(maxsize=1024)
def _name(code: str, locale: str, respelt: Respelt) -> str:
    return _respelt(Locale.parse(locale).languages.get(code, code), respelt)


def _respelt(text: str, respelt: Respelt) -> str:
    for sign, instead in respelt:
        text = text.replace(sign, instead)
    return text
