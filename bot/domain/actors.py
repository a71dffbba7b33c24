"""Who of the staff does something, and whose appointments are theirs to change."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.domain.city import CaseManager


class Role(StrEnum):
    """What somebody of the staff is."""

    OPERATOR = "operator"
    FRONT_DESK = "front_desk"
    CASE_MANAGER = "case_manager"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a case manager, the front desk of an office, or the operator."""

    role: Role
    case_manager_id: str | None = None
    office_id: str | None = None

    @classmethod
    def of(cls, person: CaseManager) -> Self:
        """A case manager."""
        return cls(Role.CASE_MANAGER, person.id, person.office_id)

    def speaks_for(self, person: CaseManager) -> bool:
        """Whether somebody's time is theirs: a case manager's own, of a front desk its office's."""
        if self.role is Role.CASE_MANAGER:
            return self.case_manager_id == person.id
        return self.role is Role.FRONT_DESK and self.office_id == person.office_id

    @property
    def label(self) -> str:
        """How the audit trail names them: `role:id`."""
        return f"{self.role}:{self.case_manager_id or self.office_id or 'all'}"


OPERATOR = Actor(Role.OPERATOR)
"""Whoever runs the program."""
