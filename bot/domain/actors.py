"""Who does something, and whose appointments and time are theirs to change."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.domain.appointment import Appointment
from bot.domain.city import CaseManager
from bot.domain.staffing import Staffing


class Role(StrEnum):
    """What somebody is: one of the staff, the client of an appointment, or nobody but the clock."""

    OPERATOR = "operator"
    FRONT_DESK = "front_desk"
    CASE_MANAGER = "case_manager"
    CLIENT = "client"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts; a client is never named, only that it was the appointment's own."""

    role: Role
    case_manager_id: str | None = None
    office_id: str | None = None

    @classmethod
    def of(cls, person: CaseManager) -> Self:
        """A case manager."""
        return cls(Role.CASE_MANAGER, person.id, person.office_id)

    @classmethod
    def speaking_as(cls, role: Role, id: str) -> Self:
        """A case manager, or the front desk of an office, of whom no more than the id is known."""
        return cls(role, id) if role is Role.CASE_MANAGER else cls(role, office_id=id)

    @classmethod
    def read(cls, label: str) -> Self:
        """The actor that `label` names; the office of a case manager is left open."""
        role, _, id = label.partition(":")
        named = role in (Role.CASE_MANAGER, Role.FRONT_DESK)
        return cls.speaking_as(Role(role), id) if named else cls(Role(role))

    def speaks_for(self, person: CaseManager) -> bool:
        """Whether somebody's time is theirs: a case manager's own, of a front desk its office's."""
        if self.role is Role.CASE_MANAGER:
            return self.case_manager_id == person.id
        return self.role is Role.FRONT_DESK and self.office_id == person.office_id

    def may_close(self, person: CaseManager, staffing: Staffing) -> bool:
        """Whether they may close somebody's days: their own, as a deputy, or their office's."""
        stands_in = self.case_manager_id and self.case_manager_id == staffing.of(person.id).deputy
        return self.speaks_for(person) or bool(stands_in)

    def may_change(self, about: Appointment, staffing: Staffing) -> bool:
        """A case manager their own and those they stand in for, a front desk the whole office."""
        if self.role is Role.FRONT_DESK:
            return about.office_id == self.office_id
        if self.role is not Role.CASE_MANAGER:
            return False
        deputy = staffing.of(about.case_manager_id).deputy
        return self.case_manager_id in (about.case_manager_id, deputy)

    def looks_after(self, about: Appointment, staffing: Staffing) -> bool:
        """Whether they are shown what is left to do about it: whoever runs the program sees of all
        appointments that something is, and can change none."""
        return self.role is Role.OPERATOR or self.may_change(about, staffing)

    def reads_topics(self) -> bool:
        """Whether they are shown what a talk is about: who opens the door need not know."""
        return self.role is Role.CASE_MANAGER

    @property
    def is_staff(self) -> bool:
        """Whether it is one of the staff, and neither a client nor the clock."""
        return self.role not in (Role.CLIENT, Role.CLOCK)

    @property
    def label(self) -> str:
        """How the audit trail names them: `role:id`."""
        return f"{self.role}:{self.id or 'all'}"

    @property
    def id(self) -> str:
        """Theirs in the city file; empty for who has none."""
        return self.case_manager_id or self.office_id or ""


OPERATOR = Actor(Role.OPERATOR)
"""Whoever runs the program."""
CLIENT = Actor(Role.CLIENT)
"""The client whose appointment it is."""
CLOCK = Actor(Role.CLOCK)
"""Nobody: a moment came."""
