"""What a conversation with a case manager may look up and order about appointments.

Who may not see an appointment gets the same answer as for one that does not exist.
"""

from datetime import date
from typing import Protocol

from bot.domain.absence import Absence, Closed
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Refused
from bot.domain.city import CaseManager
from bot.domain.delivery_status import Delivery


class StaffPort(Protocol):
    """The same for chat and pages; moments are UTC epoch seconds."""

    @property
    def actor(self) -> Actor:
        """Who stands at it."""

    @property
    def closable(self) -> tuple[CaseManager, ...]:
        """Whose days they may close: a case manager's own first, then of whom they stand in for;
        of a front desk its office's."""

    def diary(self, first: date, last: date) -> tuple[Appointment, ...]:
        """Their talks on these days, in order, over or not: a front desk's are its office's."""

    def on_paper(self, appointment_id: int) -> bool:
        """Whether it was booked for somebody without Telegram, whose chat has not claimed it."""

    def visit(self, appointment_id: int) -> Appointment | None:
        """An appointment of theirs: booked, over, or called off by the office."""

    def delivery(self, appointment_id: int) -> Delivery | None:
        """What its client has been told."""

    def seen(self, appointment_id: int) -> Appointment | Refused:
        """Keep that somebody has seen it."""

    def cannot(self, appointment_id: int) -> Appointment | Refused:
        """Call it off; the client is offered other times."""

    def came(self, appointment_id: int) -> Appointment | Refused:
        """The client came."""

    def missed(self, appointment_id: int) -> Appointment | Refused:
        """The client did not come."""

    def undo(self, appointment_id: int) -> Appointment | Refused:
        """Nobody has said whether the client came."""

    def help_arranged(self, appointment_id: int, arranged: bool) -> Appointment | Refused:
        """Keep whether somebody will help with the language; the client is told."""

    def absent(self, case_manager_id: str, start: int, end: int) -> Closed | Refused:
        """Close a stretch; talks in it are called off."""

    def present(self, absence_id: int) -> Absence | Refused:
        """Open a stretch again."""

    def absences(self, case_manager_id: str) -> tuple[Absence, ...]:
        """What is closed and not over yet."""

    def affected(self, case_manager_id: str, start: int, end: int) -> tuple[Appointment, ...]:
        """Whom it would hit to close this stretch."""
