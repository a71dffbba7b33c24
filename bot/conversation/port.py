"""What a conversation may look up and order during one step.

The conversation decides, the port knows and does; all of one step happens in one transaction.
A refusal a person can meet comes back as a value.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.conversation.staff_port import StaffPort
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Refused, Version, Wishes
from bot.domain.city import CaseManager, City
from bot.domain.delivery_failures import DeliveryFailures
from bot.domain.halves import Half
from bot.domain.referral import Referred
from bot.domain.slots import Slot
from bot.domain.waiting_for import WaitingFor
from bot.understanding.heard import Tables


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look for a free time: these offices in order, perhaps one person only.

    `nearest_first` prefers the nearer office among times on the same day. `moving` is the
    client's appointment whose own time counts as free. For a `walk-in` nobody's appointments count,
    and no lead time: they are there. `by_phone` looks only at who can be called. `speaking` a
    language: only with who is known to speak it; of two times at once the one with who speaks the
    language it `prefers` comes first. `half`: only in that half of a day.
    """

    office_ids: tuple[str, ...]
    case_manager_id: str | None = None
    nearest_first: bool = False
    moving: int | None = None
    walk_in: bool = False
    by_phone: bool = False
    speaking: str | None = None
    prefers: str | None = None
    half: Half | None = None


class Port(Protocol):
    """What one person can be told and have done."""

    @property
    def city(self) -> City:
        """The city as its file describes it."""

    @property
    def words(self) -> Tables:
        """What is understood of messages in people's own words."""

    @property
    def today(self) -> date:
        """The day it is in the city."""

    @property
    def now(self) -> int:
        """The moment of this step in UTC epoch seconds."""

    def start_of(self, day: date) -> int:
        """UTC epoch seconds of the midnight at which `day` begins in the city."""

    def free_days(self, search: Search, first: date, limit: int) -> tuple[date, ...]:
        """Up to `limit` days from `first` on that have room."""

    def free_times(self, search: Search, day: date) -> tuple[Slot, ...]:
        """The free slots of a day, in order."""

    def earliest(self, search: Search) -> Slot | None:
        """The first free slot, or None up to the horizon; of the nearer office on the same day."""

    def nearest(self, search: Search, start: int, limit: int) -> tuple[Slot, ...]:
        """Up to `limit` free slots nearest to the moment `start`, in order of time.

        No two begin at once as long as there are others.
        """

    def team(self, *office_ids: str) -> tuple[CaseManager, ...]:
        """The case managers of these offices who can be booked, office by office."""

    def barred(self, moving: int | None) -> Refused | None:
        """Why this client may not book at all for now, or not move the appointment `moving`."""

    def slot(self, case_manager_id: str, start: int) -> Slot | None:
        """The slot of this person at this time, free or not; None for an unknown person."""

    def hold(self, slot: Slot, moving: int | None) -> Refused | None:
        """Keep a slot for this client while they read; an earlier hold is given up."""

    def confirm(self, slot: Slot, wishes: Wishes, moving: Version | None) -> Appointment | Refused:
        """Book a slot, or move an appointment to it; the same twice has one effect.

        Here and below nothing is done about an appointment that has changed since it was seen.
        """

    def change_wishes(self, seen: Version, wishes: Wishes) -> Appointment | Refused:
        """Keep other wishes for an appointment, and tell the case manager."""

    def cancel(self, seen: Version) -> Appointment | Refused:
        """Cancel an appointment of this client that has not begun."""

    def say_coming(self, seen: Version) -> Appointment | Refused:
        """Keep that the client is coming, and tell the case manager."""

    def say_late(self, seen: Version) -> Appointment | Refused:
        """Keep that the client comes later, and tell the office."""

    def keep_time(self, seen: Version) -> Appointment | Refused:
        """Keep that the client was asked about another time and keeps this one; tell the office."""

    def coming_appointments(self) -> tuple[Appointment, ...]:
        """The client's booked appointments that are not over, in order."""

    def appointment(self, appointment_id: int) -> Appointment | None:
        """A booked appointment of this client that is not over, or None."""

    def reminded(self) -> Appointment | None:
        """The first appointment the client was reminded of and has said nothing about."""

    def last_case_manager(self) -> CaseManager | None:
        """Whom the client booked last."""

    def waiting(self) -> WaitingFor | None:
        """What the client waits for, if they do."""

    def wait(self, target: str) -> WaitingFor:
        """Tell the client once when this case manager, this office or anybody is free."""

    def stop_waiting(self) -> None:
        """Tell them no more."""

    def agree(self) -> None:
        """Keep that the client agreed to the notice as it stands."""

    def shows_details(self) -> bool:
        """Whether this client's reminders name the person and the office."""

    def show_details(self, on: bool) -> None:
        """Keep whether they do."""

    def clear_chat(self) -> None:
        """Take all messages of the bot out of the chat but the screen that will be edited."""

    def forget(self) -> None:
        """Delete everything about this person: appointments to come are cancelled, this chat is
        cleared, and the address goes with the last message."""

    def redeem(self, token: str) -> Actor | None:
        """Tie this chat to whom the invitation is for, if it is good."""

    def claim(self, argument: str) -> Appointment | None:
        """Make an appointment this client's that was booked for them, if the link is good."""

    def case_manager(self) -> CaseManager | None:
        """The case manager this chat speaks for; None for every other chat."""

    def actor(self) -> Actor | None:
        """Whom of the staff this chat speaks for; None for a client's chat."""

    def called_off(self, appointment_id: int) -> Appointment | None:
        """An appointment of this client that its office cancelled, or None."""

    def staff(self) -> StaffPort | None:
        """What this chat can do about appointments of its office; None for a client's chat."""

    def book_walk_in(self, slot: Slot, language: str, wishes: Wishes) -> Appointment | Refused:
        """Book for somebody without Telegram who is there."""

    def count_referral(self, source: str, what: Referred) -> None:
        """Count what somebody from this source has done; nothing tells who."""

    def delivery_failures(self) -> DeliveryFailures:
        """What did not get through, and what waits; for operators."""
