"""How case managers and offices are reached: by mail, in chat, when, and who stands in.

Without a staffing file everybody is reached in chat only, as far as a chat is tied.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Final, Literal

from bot.domain.city import City

CASE_MANAGER: Final = "case_manager"
OFFICE: Final = "office"
CALENDAR: Final = "calendar"


class StandIn(StrEnum):
    """Who is told of a booking that its case manager has not seen in time."""

    DEPUTY = "deputy"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Whose mail it is, which is kept in place of an address.

    `calendar` is that of a case manager at an address that is theirs no longer, or not used for
    notices any more, but where an entry is that must change.
    """

    whose: Literal["case_manager", "office", "calendar"]
    id: str

    def __str__(self) -> str:
        return f"{self.whose}:{self.id}"


@dataclass(frozen=True, slots=True)
class Reach:
    """How one case manager is told of what happens.

    `invitation`: each booking comes as a calendar entry; without it the calendar is a feed.
    `deputy` is the case manager who is told of what this one has not seen. `digest` is the local
    time of the morning digest, None for none.
    """

    mail: str | None = None
    by_mail: bool = False
    by_chat: bool = True
    invitation: bool = True
    deputy: str | None = None
    digest: time | None = None


@dataclass(frozen=True, slots=True)
class OfficeReach:
    """How an office is told, and whether its case managers may be told in chat at all.

    `seen_within_hours`: after so many working hours an unseen booking goes to the deputy or the
    office; None: nobody is told. `digest` is the local time at which the front desk gets the day's
    list by mail, None for not at all.
    """

    mail: str | None = None
    chat_allowed: bool = True
    seen_within_hours: int | None = None
    digest: time | None = None


@dataclass(frozen=True, slots=True)
class Staffing:
    """Everybody's reach, by id; who is not named has the defaults."""

    case_managers: Mapping[str, Reach] = field(default_factory=dict)
    offices: Mapping[str, OfficeReach] = field(default_factory=dict)

    def of(self, case_manager_id: str) -> Reach:
        """How this case manager is reached."""
        return self.case_managers.get(case_manager_id, _BY_CHAT)

    def office(self, office_id: str) -> OfficeReach:
        """How this office is reached."""
        return self.offices.get(office_id, _OFFICE)

    @property
    def by_mail(self) -> frozenset[str]:
        """The case managers who are told by mail."""
        return frozenset(id for id, reach in self.case_managers.items() if reach.by_mail)

    @property
    def needs_mail(self) -> bool:
        """Whether anything is told by mail."""
        return bool(self.by_mail) or any(office.mail for office in self.offices.values())

    def reached(self, city: City, in_chat: Collection[str]) -> frozenset[str]:
        """Who can be told of a booking: by mail, or `in_chat` where person and office want it."""
        return self.by_mail | {id for id in in_chat if self.in_chat(city, id)}

    def in_chat(self, city: City, case_manager_id: str) -> bool:
        """Whether a case manager is told in chat, as soon as one is tied."""
        person = city.case_manager.get(case_manager_id)
        allowed = person is None or self.office(person.office_id).chat_allowed
        return allowed and self.of(case_manager_id).by_chat

    def stand_in(
        self, case_manager_id: str, office_id: str, there: Collection[str], *, desk_in_chat: bool
    ) -> tuple[StandIn, str] | None:
        """Who is told of what a case manager has not seen, with their id; None for nobody.

        The deputy, if one of those who are `there` to be told; else the office, by mail or in a
        chat of its front desk.
        """
        deputy, office = self.of(case_manager_id).deputy, self.office(office_id)
        if deputy in there and deputy is not None:
            return StandIn.DEPUTY, deputy
        if office.mail is not None or (office.chat_allowed and desk_in_chat):
            return StandIn.OFFICE, office_id
        return None

    def address(self, mailbox: str) -> str | None:
        """The mail address behind a mailbox's name as it is now."""
        whose, _, id = mailbox.partition(":")
        return self.of(id).mail if whose == CASE_MANAGER else self.office(id).mail


_BY_CHAT, _OFFICE = Reach(), OfficeReach()
CHAT_ONLY = Staffing()
"""Without a staffing file: everybody in chat, as far as one is tied."""
