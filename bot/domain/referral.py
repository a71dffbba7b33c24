"""Who sent a client here, and to whom: what the link of a poster or of a referrer carries.

`r_jobcenter` names who sends, `o_hall` an office, `p_adler` a case manager; a `-` joins several.
No key of an invitation or of a slip can be taken for one: those begin with `i` and `c`, however
they go on, and ids and sources have no `-` before `o_`, `p_` or `r_`.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.city import City

OTHER = "other"
"""Stands for every source the city file does not name."""
_PARTS = re.compile(r"-(?=[rop]_)")
_PART = re.compile(r"([rop])_([A-Za-z0-9_-]+)")


class Referred(StrEnum):
    """What is counted of those who come from a source: new chats, and bookings."""

    STARTED = "started"
    BOOKED = "booked"


@dataclass(frozen=True, slots=True)
class Referral:
    """The source a client comes from, and the office or the person they were sent to."""

    source: str | None = None
    office_id: str | None = None
    case_manager_id: str | None = None

    def __bool__(self) -> bool:
        return self != NOTHING_NAMED

    @property
    def argument(self) -> str:
        """What a link carries of it."""
        named = (("o", self.office_id), ("p", self.case_manager_id), ("r", self.source))
        return "-".join(f"{kind}_{value}" for kind, value in named if value)

    def known_to(self, city: City) -> "Referral":
        """What of it the city file names; another source counts as one of many."""
        here = {*city.sources, OTHER}
        return Referral(
            self.source if self.source in here or self.source is None else OTHER,
            self.office_id if self.office_id in city.office else None,
            self.case_manager_id if self.case_manager_id in city.case_manager else None,
        )

    def followed_by(self, later: "Referral") -> "Referral":
        """The same after another link: what that one names replaces what was named before."""
        source = later.source or self.source
        names_somebody = later.office_id or later.case_manager_id
        return replace(later if names_somebody else self, source=source)


NOTHING_NAMED = Referral()


def read(argument: str) -> Referral | None:
    """What a link carries, if it is a referral; a part named twice counts as it stands last."""
    parts = [_PART.fullmatch(part) for part in _PARTS.split(argument)]
    named = {part[1]: part[2].lower() for part in parts if part is not None}
    if None in parts:
        return None
    return Referral(named.get("r"), named.get("o"), named.get("p"))
