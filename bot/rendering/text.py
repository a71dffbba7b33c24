"""Lines become text: values formatted, escaped and, in Arabic, isolated."""

from datetime import date
from functools import lru_cache
from html import escape
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.conversation.content import (
    CityText,
    Code,
    Count,
    Day,
    Fold,
    Kilometres,
    Language,
    Languages,
    Line,
    Name,
    OfficeCalled,
    OfficePlace,
    OnPhone,
    Passage,
    Phone,
    Say,
    ShortDay,
    Time,
    Times,
)
from bot.domain import local_time, office_names
from bot.domain.city import City
from bot.rendering import direction
from bot.rendering.catalogues import Catalogues
from bot.rendering.languages import DEFAULT, STYLES, Style


class Writer:
    """Writes lines in one language; with `html`, values are escaped for Telegram's HTML.

    `style` is how this language writes days and in which direction.
    """

    def __init__(
        self, catalogues: Catalogues, city: City, language: str, html: bool = True
    ) -> None:
        self.catalogues = catalogues
        self.city = city
        self.language = language
        self.html = html
        self.style: Style = STYLES.get(language, STYLES[DEFAULT])
        self._zone = city.rules.time_zone

    def line(self, line: Passage) -> str:
        """A line of its own, with its direction made plain."""
        if isinstance(line, Fold):
            return self._folded(line)
        writer = self._for(line)
        text = writer.value(line)
        return direction.right_to_left_line(text) if writer.style.right_to_left else text

    def _folded(self, fold: Fold) -> str:
        """Lines of which an app shows the first three, until a reader presses on them."""
        text = "\n".join(map(self.line, fold.lines))
        return f"<blockquote expandable>{text}</blockquote>" if self.html else text

    def value(self, value: Line) -> str:
        """A value as it stands within a line."""
        match value:
            case Say():
                return self._told(value)
            case Name(text) | Code(text) | Phone(text):
                return self._isolated(self._escaped(text))
            case Day(moment):
                return self._date(moment, self.style.day)
            case ShortDay(moment):
                return self._date(moment, self.style.short_day)
            case Time(moment):
                return self._clock(moment)
            case Times(moments):
                return ", ".join(map(self._clock, moments))
            case Language(code):
                return self._language(code)
            case Languages(codes):
                names = [self._language(code) for code in codes]
                return str(format_list(names, locale=self.style.locale))
            case OfficeCalled(id):
                return self._named(office_names.called(self.city, id, self.language))
            case OfficePlace(id):
                return self._named(office_names.place(self.city, id, self.language))
            case OnPhone((code, number, spoken)):
                return self._on_phone(code, number, spoken)
            case CityText(key):
                return self._escaped(self.city.text(self.language, key) or "")
            case Count(number):
                return str(number)
            case Kilometres(number):
                return self._isolated(str(format_decimal(number, "0.0", self._digits_locale)))

    def _named(self, text: str) -> str:
        """A name that may be Latin or in the reader's script; Latin is isolated."""
        return self._isolated(self._escaped(text)) if text.isascii() else self._escaped(text)

    def _on_phone(self, language: str, code: str, spoken: str) -> str:
        words = self._told(
            Say(
                "appointment.words_on_phone",
                {"language": Language(language), "code": Code(code)},
                spoken,
            )
        )
        sound = self.catalogues.sound(self.language, spoken, language, code)
        return words if sound is None else f"{words} / {sound}"

    def _clock(self, moment: int) -> str:
        return _at(moment, self._zone)

    def _for(self, line: Line) -> "Writer":
        if isinstance(line, Say) and line.language and line.language != self.language:
            return Writer(self.catalogues, self.city, line.language, self.html)
        return self

    def _told(self, said: Say) -> str:
        other = self._for(said)
        text = other._say(said)
        return text if other is self else self._isolated(text)

    def _say(self, said: Say) -> str:
        if not said.values:
            return self.catalogues.message(self.language, said.key)
        counts = [v.value for v in said.values.values() if isinstance(v, Count)]
        message = self.catalogues.message(self.language, said.key, counts[0] if counts else None)
        return message.format(**{name: self.value(v) for name, v in said.values.items()})

    def _escaped(self, text: str) -> str:
        return escape(text, quote=False) if self.html else text

    def _isolated(self, text: str) -> str:
        return direction.isolate(text) if self.style.right_to_left else text

    def _date(self, moment: int, pattern: str) -> str:
        day = local_time.local_day(moment, self._zone)
        return _written(day, pattern, self.style.locale)

    def _language(self, code: str) -> str:
        return self._escaped(_name_of(code, self.style.locale))

    @property
    def _digits_locale(self) -> str:
        return DEFAULT if self.style.right_to_left else str(self.style.locale)


@lru_cache(maxsize=4096)
def _at(moment: int, zone: ZoneInfo) -> str:
    return f"{local_time.local(moment, zone):%H:%M}"


# Babel reads a pattern anew each time, and the same days and languages are shown all day long.
@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, locale: Locale) -> str:
    return str(format_date(day, pattern, locale=locale))


@lru_cache(maxsize=1024)
def _name_of(language: str, locale: Locale) -> str:
    return str(locale.languages.get(language, language))
