"""Days and names of languages, as a language writes them."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.domain.language_codes import FALLBACK
from bot.domain.written_language import WrittenLanguage

DEFAULT = FALLBACK


# Babel reads a pattern anew each time, and the same days and languages are shown all day long.
@lru_cache(maxsize=4096)
def written_out(day: date, language: WrittenLanguage) -> str:
    """Weekday and date, in full."""
    patterns = language.first_of_month if day.day == 1 else language.days
    return _written(day, patterns.written_out, language)


@lru_cache(maxsize=4096)
def short(day: date, language: WrittenLanguage) -> str:
    """Weekday and date, short enough for a button."""
    patterns = language.first_of_month if day.day == 1 else language.days
    return _written(day, patterns.short, language)


@lru_cache(maxsize=1024)
def name_of(code: str, language: WrittenLanguage) -> str:
    """What a language calls another, or itself; the code of one that it has no word for."""
    return _respelt(Locale.parse(language.locale).languages.get(code, code), language)


def listed(words: list[str], language: WrittenLanguage) -> str:
    """Words joined as a list."""
    return str(format_list(words, locale=language.locale))


def decimal(number: float, language: WrittenLanguage) -> str:
    """A number with one place; in Latin digits, which stand on doors and phones everywhere."""
    locale = DEFAULT if language.right_to_left else language.locale
    return str(format_decimal(number, "0.0", locale))


def _written(day: date, pattern: str, language: WrittenLanguage) -> str:
    return _respelt(format_date(day, pattern, locale=language.locale), language)


def _respelt(text: str, language: WrittenLanguage) -> str:
    for sign, instead in language.respelt:
        text = text.replace(sign, instead)
    return text
