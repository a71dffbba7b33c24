"""What can happen when an office asks a client whether another time suits, as data."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.actors import CLIENT, Actor
from bot.domain.appointment import Appointment
from bot.domain.slots import Slot


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """Its client was asked whether one of the `others` suits as well; the time stays till then."""

    name: ClassVar = "time_asked"
    about: Appointment
    by: Actor
    others: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class TimeKept:
    """Its client was asked about another time and keeps this one."""

    name: ClassVar = "time_kept"
    about: Appointment
    by: Actor = CLIENT
