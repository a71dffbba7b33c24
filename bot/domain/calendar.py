"""Which days an office can be open at all, and how far ahead a client may book."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from bot.domain.city import City, Rules


@lru_cache(maxsize=16)
def _public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdivision or None, years=year))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weekends are not closed by themselves: a block on a Saturday is a released Saturday."""

    rules: Rules
    closures: frozenset[date]

    @classmethod
    def of(cls, city: City) -> "Calendar":
        """The calendar a city's rules and closures make."""
        return cls(city.rules, city.closures)

    def is_closed(self, day: date) -> bool:
        """Whether `day` is a public holiday of the region or a closure of the city."""
        region = _public_holidays(self.rules.country, self.rules.subdivision, day.year)
        return day in self.closures or day in region

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and not closed."""
        return day.weekday() < 5 and not self.is_closed(day)

    def first_day(self, today: date) -> date:
        """The first day a client may book: so many working days after `today`."""
        day = today
        for _ in range(self.rules.lead_working_days):
            day += timedelta(days=1)
            while not self.is_working_day(day):
                day += timedelta(days=1)
        return day

    def bookable_days(self, today: date) -> Iterator[date]:
        """The open days from the lead time to the horizon, in order."""
        day, last = self.first_day(today), self._last_day(today)
        while day <= last:
            if not self.is_closed(day):
                yield day
            day += timedelta(days=1)

    def is_bookable(self, day: date, today: date) -> bool:
        """Whether `day` is one of the bookable days."""
        within = self.first_day(today) <= day <= self._last_day(today)
        return within and not self.is_closed(day)

    def _last_day(self, today: date) -> date:
        return today + timedelta(days=self.rules.horizon_days)
