"""A city with as many case managers as wanted, five at each office, all alike."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.city.load import load
from bot.domain.city import City

BIGTOWN = Path(__file__).parent.parent / "bigtown.toml"
TEAM = 5
HORIZON_DAYS = 90
TALK, BUFFER = 30, 10  # minutes


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything; each case manager has as much as any other."""

    name: str
    case_managers: int
    future: int
    past: int
    planned: int

    @property
    def offices(self) -> int:
        """How many offices there are."""
        return self.case_managers // TEAM


SMALL = Size("small", 10, 250, 50, 1_000)
LARGE = Size("large", 1_000, 250_000, 50_000, 1_000_000)


def case_manager_id(number: int) -> str:
    """Of equal length for all, so that their order is that of the numbers."""
    return f"p{1_000 + number}"


def office_id(number: int) -> str:
    """The office of the case managers from `TEAM * number` on."""
    return f"o{1_000 + number}"


def city(size: Size) -> City:
    """The benchmarks' city, its first office and first case manager repeated."""
    first = load(str(BIGTOWN))
    model = replace(first.case_managers[0], talk_minutes=TALK, buffer_minutes=BUFFER)
    offices = (replace(first.offices[0], id=office_id(n)) for n in range(size.offices))
    people = (
        replace(model, id=case_manager_id(n), office_id=office_id(n // TEAM))
        for n in range(size.case_managers)
    )
    rules = replace(first.rules, horizon_days=HORIZON_DAYS)
    return replace(first, rules=rules, offices=tuple(offices), case_managers=tuple(people))
