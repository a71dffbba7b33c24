"""The unit of work: one open transaction at one moment, and what everything done in it needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain import local_time
from bot.domain.city import City
from bot.domain.deletion_limits import DeletionLimits
from bot.domain.quiet_hours import is_quiet
from bot.domain.staffing import Staffing
from bot.messages.payloads import Payload
from bot.storage.engine.database import Tx
from bot.storage.vault import Vault
from bot.understanding.heard import Tables

ChooseSign = Callable[[str], str]
"""Picks one sign of a text at random."""


@dataclass(slots=True)
class Outbound:
    """What a unit writes to be sent, as whoever runs it must know.

    `term` is that of a sender that takes along what is written for `person_id`, once that is
    somebody; 0 where none does. `taken` is what was, with its row's number. `left` tells that
    something waits for a sender to look.
    """

    term: int = 0
    person_id: int | None = None
    taken: list[tuple[Callable[[], int | None], Payload]] = field(default_factory=list)
    left: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """`words` are those understood, `now` is in UTC epoch seconds, `choose` is for codes."""

    tx: Tx
    city: City
    words: Tables
    staffing: Staffing
    now: int
    vault: Vault
    choose: ChooseSign
    deletion_limits: DeletionLimits
    outbound: Outbound

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the city's people live."""
        return self.city.rules.time_zone

    @property
    def today(self) -> date:
        """The day it is in the city."""
        return local_time.local_day(self.now, self.zone)

    @property
    def is_quiet(self) -> bool:
        """Whether it is a time of the day at which nobody is written to unasked."""
        return is_quiet(local_time.local(self.now, self.zone).time())


OpenUnit = Callable[[Tx, int], Unit]
"""The unit of a transaction at a moment (UTC epoch seconds)."""
