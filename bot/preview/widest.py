"""A screen with the longest of everything that may stand in it: names, days, languages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property

from bot.conversation.appointment_lines import door
from bot.conversation.content import (
    Button,
    Day,
    Fold,
    Language,
    Line,
    Name,
    Passage,
    Say,
    Screen,
    ShortDay,
)
from bot.domain.short_names import shortened
from bot.rendering.direction import visible_length
from bot.rendering.text import Writer

DAYS_IN_A_WEEK, MONTHS, NOON = 7, 12, time(12)
A_LATE_DAY = 20
"""Days from here on have two digits, in every month a whole week of them."""


@dataclass(frozen=True)
class Widest:
    """Puts the longest of its kind in the place of each value, as `writer` writes it.

    `year` is one of those to come. A list of names, such as that of all offices, stays as it is.
    """

    writer: Writer
    year: int

    def screen(self, screen: Screen) -> Screen:
        """The same screen, as wide as it can become; on buttons people go by their short names."""
        found = {*_names(screen)}
        texts = self._changing(_longest(found, self._people, self._offices))
        labels = self._changing(_longest(found, self._short_names, self._offices))
        return _with(screen, texts, labels)

    def _changing(self, longest: Mapping[str, str]) -> Callable[[Line], Line]:
        def widened(line: Line) -> Line:
            match line:
                case Name(text):
                    return Name(longest.get(text, text))
                case Say():
                    values = {name: widened(value) for name, value in line.values.items()}
                    return replace(line, values=values)
                case _:
                    return self._day(line)

        return widened

    def _day(self, line: Line) -> Line:
        match line:
            case Day():
                return self._long_day
            case ShortDay():
                return self._long_short_day
            case Language():
                return self._long_language
            case _:
                return line

    @cached_property
    def _people(self) -> set[str]:
        return {each.name for each in self.writer.city.case_managers}

    @cached_property
    def _short_names(self) -> set[str]:
        return {shortened(name) for name in self._people}

    @cached_property
    def _offices(self) -> set[str]:
        return {door(self.writer.city, each).value for each in self.writer.city.offices}

    @cached_property
    def _long_day(self) -> Day:
        return max(map(Day, self._moments), key=self._width)

    @cached_property
    def _long_short_day(self) -> ShortDay:
        return max(map(ShortDay, self._moments), key=self._width)

    @cached_property
    def _long_language(self) -> Language:
        return max(map(Language, self.writer.city.languages), key=self._width)

    @cached_property
    def _moments(self) -> tuple[int, ...]:
        """Every day of the week in every month."""
        zone = self.writer.city.rules.time_zone
        days = (
            date(self.year, 1 + month, A_LATE_DAY + day)
            for month in range(MONTHS)
            for day in range(DAYS_IN_A_WEEK)
        )
        return tuple(int(datetime.combine(day, NOON, zone).timestamp()) for day in days)

    def _width(self, line: Line) -> int:
        return visible_length(self.writer.value(line))


def _longest(found: set[str], *kinds: set[str]) -> dict[str, str]:
    """For a name that stands alone of its kind, the longest of that."""
    alone = ((found & kind, kind) for kind in kinds if len(found & kind) == 1)
    return {name: max(sorted(kind), key=len) for names, kind in alone for name in names}


def _with(screen: Screen, texts: Callable[[Line], Line], labels: Callable[[Line], Line]) -> Screen:
    def passage(found: Passage) -> Passage:
        return Fold(tuple(map(texts, found.lines))) if isinstance(found, Fold) else texts(found)

    def button(found: Button) -> Button:
        return replace(found, label=labels(found.label))

    return replace(
        screen,
        paragraphs=tuple(tuple(map(passage, each)) for each in screen.paragraphs),
        rows=tuple(tuple(map(button, each)) for each in screen.rows),
    )


def _names(screen: Screen) -> Iterator[str]:
    """Every name on a screen."""
    for paragraph in screen.paragraphs:
        for found in paragraph:
            yield from _within(found.lines if isinstance(found, Fold) else (found,))
    yield from _within(button.label for row in screen.rows for button in row)


def _within(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        if isinstance(line, Name):
            yield line.value
        elif isinstance(line, Say):
            yield from _within(line.values.values())
