"""What a conversation with one of the staff may look up and order about appointments.

Who may not see an appointment gets the same answer as for one that does not exist.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain.absence import Absence, Closing, Opening
from bot.domain.actors import Actor
from bot.domain.appointment import Refused, Version
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import CaseManager
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot


class StaffPort(Protocol):
    """The same for chat and pages; moments are UTC epoch seconds."""

    @property
    def actor(self) -> Actor:
        """Who asks."""

    @property
    def closable(self) -> tuple[CaseManager, ...]:
        """Whose days they may close: a case manager's own first, then of whom they stand in for;
        of a front desk its office's."""

    def diary(self, first: date, last: date) -> tuple[AppointmentView, ...]:
        """Their talks on these days, in order, over or not: a front desk's are its office's."""

    def booked_days(self) -> tuple[date, ...]:
        """The days of `list_range` on which they have talks, in order."""

    def view(self, appointment_id: int) -> AppointmentView | None:
        """An appointment of theirs: booked, over, or called off by the office."""

    def open_matters(self) -> tuple[AppointmentView, ...]:
        """The talks about which something is left to do, in order: theirs to look after."""

    def find(self, code: str) -> AppointmentView | None:
        """An appointment of theirs by its code, whatever has become of it."""

    def do(self, act: Act, seen: Version) -> AppointmentView | Refused:
        """Do something about an appointment of theirs, if it is as it was seen; how it is then."""

    def another_time(self, seen: Version, slot: Slot) -> AppointmentView | Refused:
        """Give its client another time, on which they have agreed; the appointment then."""

    def other_times(self, appointment_id: int) -> tuple[Slot, ...]:
        """Up to three on different days, about which the client of an appointment can be asked."""

    def ask_time(self, seen: Version, others: Sequence[Slot]) -> AppointmentView | Refused:
        """Ask its client whether one of these suits as well; asked once until they answer.

        Until they choose, nothing changes and nothing is held.
        """

    def absent(self, case_manager_id: str, start: int, end: int) -> Closing | Refused:
        """Close a stretch; talks in it are called off."""

    def present(self, absence_id: int) -> Opening | Refused:
        """Open a stretch again; whose talk was called off, and is possible again, is asked."""

    def absences(self, case_manager_id: str) -> tuple[Absence, ...]:
        """What is closed and not over yet."""

    def affected(self, case_manager_id: str, start: int, end: int) -> tuple[AppointmentView, ...]:
        """Whom it would hit to close this stretch."""

    def no_longer_free(self, case_manager_id: str, start: int, end: int) -> tuple[Slot, ...]:
        """What is free and would be so no more; of a stretch of several days, nothing."""
