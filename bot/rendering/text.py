"""Lines become text: values formatted, escaped and, in Arabic, isolated."""

import re
from datetime import date
from functools import lru_cache
from html import escape
from string import Formatter
from zoneinfo import ZoneInfo

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
    OwnName,
    Passage,
    Phone,
    Say,
    ShortDay,
    Time,
    Times,
)
from bot.domain import local_time, office_names
from bot.domain.city import City
from bot.domain.written_language import WrittenLanguage
from bot.rendering import direction, languages
from bot.rendering.catalogues import Catalogues

WORDS = (Day, ShortDay, Language, Languages)
"""What is written small within a line, and large at its beginning."""
_TAG = re.compile("<[^<>]*>")


class Writer:
    """Writes lines in one language; with `html`, values are escaped for Telegram's HTML.

    `style` is what is known of this language, such as its direction.
    """

    def __init__(
        self, catalogues: Catalogues, city: City, language: str, html: bool = True
    ) -> None:
        self.catalogues = catalogues
        self.city = city
        self.language = language
        self.html = html
        self.style: WrittenLanguage = catalogues.written_as(language)
        self._zone = city.rules.time_zone

    def line(self, line: Passage) -> str:
        """A line of its own, with its direction made plain."""
        if isinstance(line, Fold):
            return self._folded(line)
        writer = self._for(line)
        text = writer.label(line)
        return direction.right_to_left_line(text) if writer.style.right_to_left else text

    def _folded(self, fold: Fold) -> str:
        """Lines of which an app shows the first three, until a reader presses on them."""
        text = "\n".join(map(self.line, fold.lines))
        return f"<blockquote expandable>{text}</blockquote>" if self.html else text

    def label(self, line: Line) -> str:
        """What stands alone, as on a button: a day or a language at its beginning is capital."""
        return self._written(line, begins=True)

    def value(self, value: Line) -> str:
        """A value as it stands within a line."""
        return self._written(value, begins=False)

    def _written(self, value: Line, *, begins: bool) -> str:
        text = self._text(value, begins=begins)
        return capital(text) if begins and isinstance(value, WORDS) else text

    def _text(self, value: Line, *, begins: bool) -> str:
        match value:
            case Say():
                return self._told(value, begins=begins)
            case Name(text) | Code(text) | Phone(text):
                return self._isolated(self._escaped(text))
            case Day(moment):
                return languages.written_out(self._local_day(moment), self.style)
            case ShortDay(moment):
                return languages.short(self._local_day(moment), self.style)
            case Time(moment):
                return self._clock(moment)
            case Times(moments):
                return ", ".join(map(self._clock, moments))
            case Language(code):
                return self._language(code)
            case Languages(codes):
                return languages.listed(list(map(self._language, codes)), self.style)
            case OwnName(code):
                return self._escaped(self.catalogues.written_as(code).own_name)
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
                return self._isolated(languages.decimal(number, self.style))

    def _named(self, text: str) -> str:
        """A name that may be Latin or in the reader's script; Latin is isolated."""
        return self._isolated(self._escaped(text)) if text.isascii() else self._escaped(text)

    def _on_phone(self, language: str, code: str, spoken: str) -> str:
        words = self._told(
            Say(
                "appointment.words_on_phone",
                {"language": Language(language), "code": Code(code)},
                spoken,
            ),
            begins=False,
        )
        sound = self.catalogues.sound(self.language, spoken, language, code)
        return words if sound is None else f"{words} / {sound}"

    def _clock(self, moment: int) -> str:
        return _at(moment, self._zone)

    def _for(self, line: Line) -> "Writer":
        if isinstance(line, Say) and line.language and line.language != self.language:
            return Writer(self.catalogues, self.city, line.language, self.html)
        return self

    def _told(self, said: Say, *, begins: bool) -> str:
        other = self._for(said)
        text = other._say(said, begins=begins)
        return text if other is self else self._isolated(text)

    def _say(self, said: Say, *, begins: bool) -> str:
        if not said.values:
            return self.catalogues.message(self.language, said.key)
        counts = [v.value for v in said.values.values() if isinstance(v, Count)]
        message = self.catalogues.message(self.language, said.key, counts[0] if counts else None)
        first = _first_word(message) if begins else None
        values = {
            name: self._written(value, begins=name == first) for name, value in said.values.items()
        }
        return message.format(**values)

    def _escaped(self, text: str) -> str:
        return escape(text, quote=False) if self.html else text

    def _isolated(self, text: str) -> str:
        return direction.isolate(text) if self.style.right_to_left else text

    def _local_day(self, moment: int) -> date:
        return local_time.local_day(moment, self._zone)

    def _language(self, code: str) -> str:
        return self._escaped(languages.name_of(code, self.style))


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1024)
def _first_word(message: str) -> str | None:
    """The placeholder a message begins with, if only signs and tags stand before it."""
    before, name, _, _ = next(iter(Formatter().parse(message)))
    return None if re.search(r"\w", _TAG.sub("", before)) else name


@lru_cache(maxsize=4096)
def _at(moment: int, zone: ZoneInfo) -> str:
    return f"{local_time.local(moment, zone):%H:%M}"
