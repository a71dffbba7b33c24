"""An appointment as somebody of the staff sees it, whether in chat or on a page."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.appointment import Appointment
from bot.domain.delivery_status import DeliveryStatus
from bot.domain.lifecycle import Act
from bot.domain.open_matters import Matter


class Mark(StrEnum):
    """How a line is to be taken: well, under way, somebody must act, or it did not take place."""

    GOOD = "good"
    WAITING = "waiting"
    ATTENTION = "attention"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """All that one of the staff may know and do about an appointment at one moment.

    `topic` is None for who need not know it (`Actor.reads_topics`); `acts` is what can be done now;
    `on_paper`, that it was booked for somebody whose chat has not claimed it; `has_slip`, that a
    slip printed now would claim it; `own`, that it is the reader's own and not a colleague's.
    `first_talk` is None where that is not known; `matters` is what is left to do about it.
    `changed_at` is when it was booked or last moved, `asked_at` when its client was last asked
    about another time, in UTC epoch seconds.
    """

    about: Appointment
    delivery: DeliveryStatus
    acts: frozenset[Act]
    own: bool
    on_paper: bool
    has_slip: bool
    first_talk: bool | None
    changed_at: int
    topic: str | None = None
    matters: tuple[Matter, ...] = ()
    asked_at: int | None = None
