"""The time somebody asked for in their own words, kept until they have pressed a button."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Self

from bot.domain.city import CaseManager
from bot.domain.halves import Half
from bot.understanding.day_tokens import Part
from bot.understanding.heard import Heard
from bot.understanding.intent_kinds import Intent

HALVES = {
    Part.MORNING: Half.MORNING,
    Part.NOON: None,
    Part.AFTERNOON: Half.AFTERNOON,
    Part.EVENING: Half.AFTERNOON,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Days in ISO form, each of which may be meant, or the `first` and the `last` of a span.

    A `time` in seconds after midnight, a half of the day, a case manager or an office, a language
    to be spoken: each if it was said. `moves` says that it is for an appointment they have.
    """

    days: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    time: int | None = None
    half: Half | None = None
    case_manager_id: str | None = None
    office_id: str | None = None
    speaking: str | None = None
    moves: bool = False

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """What was kept of one; names it does not know are passed over."""
        known = {name: value for name, value in kept.items() if name in cls.__slots__}
        known["days"] = tuple(known.get("days", ()))
        known["half"] = Half(known["half"]) if known.get("half") else None
        return cls(**known)

    @classmethod
    def heard(cls, heard: Heard) -> Self | None:
        """When somebody would like to come, and with whom if one name was said; None if not."""
        when, named = heard.when, heard.people[0] if len(heard.people) == 1 else None
        if not when:
            return None
        return cls(
            days=tuple(day.isoformat() for day in when.days),
            first=_iso(when.day_from),
            last=_iso(when.day_to),
            time=None if when.at is None else _seconds(when.at),
            half=HALVES[when.part] if when.part else None,
            case_manager_id=named.id if isinstance(named, CaseManager) else None,
            office_id=named.id if named and not isinstance(named, CaseManager) else None,
            speaking=heard.speaks,
            moves=Intent.CHANGE in heard.intents,
        )

    def beside(self, shown: Self) -> Self:
        """The same by what stood before them: its day where none was said, whom it was with."""
        both = replace(
            self, speaking=self.speaking or shown.speaking, moves=self.moves or shown.moves
        )
        if not (self.case_manager_id or self.office_id):
            both = replace(both, case_manager_id=shown.case_manager_id, office_id=shown.office_id)
        if self.days or self.first or self.last:
            return both
        return replace(both, days=shown.days, first=shown.first, last=shown.last)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60
