"""Which days are open in the city, or at one of its offices, and which are working days."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

import holidays

from bot.domain.city import City, Rules

FURTHEST_HORIZON_DAYS = 365
"""In no city can be booked further ahead."""


@lru_cache(maxsize=16)
def _public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdivision or None, years=year))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weekends are not closed by themselves: a block on a Saturday is a released Saturday."""

    rules: Rules
    closures: frozenset[date]

    @classmethod
    def of(cls, city: City, office_id: str | None) -> Self:
        """The calendar of an office: the city's closures and its own.

        Of no office, or of one that the city file does not name any more, the city's.
        """
        office = city.office.get(office_id or "")
        own = office.closures if office else None
        return cls(city.rules, city.closures | own if own else city.closures)

    def is_closed(self, day: date) -> bool:
        """Whether `day` is a public holiday of the region or a closure."""
        region = _public_holidays(self.rules.country, self.rules.subdivision, day.year)
        return day in self.closures or day in region

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and not closed."""
        return day.weekday() < 5 and not self.is_closed(day)

    def working_days_after(self, today: date, number: int) -> date:
        """The day on which so many working days have begun after `today`."""
        day = today
        for _ in range(number):
            day += timedelta(days=1)
            while not self.is_working_day(day):
                day += timedelta(days=1)
        return day
