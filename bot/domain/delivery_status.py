"""What a client has been told about an appointment, so that nobody has to wonder."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.appointment import Answer, Appointment, Status


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """All moments are UTC epoch seconds, None for not yet.

    `told_at`: since when the client knows of this time: they chose it themselves, or our first
    message about it arrived. `reached` is False if a message could not be delivered and none has
    arrived since: whether the client comes is anybody's guess. `failed` counts what the present
    case manager or the office should have been told and was told in no way: neither in chat nor
    by mail.
    """

    told_at: int | None
    reminded_at: int | None
    answered: bool
    reached: bool
    failed: int


class Fate(StrEnum):
    """What has become of a message so far."""

    OPEN = "open"
    ARRIVED = "arrived"
    FAILED = "failed"
    NEVER = "never"
    """Too late, or for a chat that nobody has tied: it may never arrive."""


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message about an appointment.

    `tells` is the same for all messages that tell the same by different ways. `to_client` are those
    about the time as it stands; `settled_at` is None while it is open.
    """

    tells: str
    fate: Fate
    settled_at: int | None
    to_client: bool
    to_its_staff: bool
    is_reminder: bool


def delivery_status(
    about: Appointment,
    messages: Iterable[MessageRecord],
    *,
    chosen_at: int | None,
    reachable: bool,
) -> DeliveryStatus:
    """What is known of an appointment's messages.

    `chosen_at` is when the client themselves chose this time, or cancelled it; `reachable`, whether
    their chat can be written to.
    """
    known = tuple(messages)
    to_client = [each for each in known if each.to_client]
    arrived = [each for each in to_client if each.fate is Fate.ARRIVED]
    failed_at = _last(each for each in to_client if each.fate is Fate.FAILED)
    sent_at = _last(arrived)
    missed = failed_at is not None and (sent_at is None or sent_at <= failed_at)
    return DeliveryStatus(
        told_at=chosen_at or _first(each for each in arrived if not each.is_reminder),
        reminded_at=_last(each for each in arrived if each.is_reminder),
        answered=about.answer is Answer.COMING,
        reached=reachable and not missed,
        failed=_told_in_no_way(each for each in known if each.to_its_staff),
    )


def waits_for_yes(about: Appointment, messages: Iterable[MessageRecord], now: int) -> bool:
    """Whether its client was reminded of the time as it stands and has not said yes or no."""
    if about.answer is not Answer.NONE or about.start <= now:
        return False
    arrived = (each for each in messages if each.fate is Fate.ARRIVED)
    return any(each.is_reminder and each.to_client for each in arrived)


def chosen_at(about: Appointment, booked_at: int | None, cancelled_at: int | None) -> int | None:
    """When the client pressed Confirm or cancelled; what an office calls off, they must be told."""
    match about.status:
        case Status.HELD | Status.CALLED_OFF:
            return None
        case Status.CANCELLED:
            return cancelled_at
        case _:
            return booked_at


def _told_in_no_way(messages: Iterable[MessageRecord]) -> int:
    fates: dict[str, set[Fate]] = {}
    for each in messages:
        fates.setdefault(each.tells, set()).add(each.fate)
    return sum(not known & {Fate.OPEN, Fate.ARRIVED} for known in fates.values())


def _first(messages: Iterable[MessageRecord]) -> int | None:
    return min((each.settled_at for each in messages if each.settled_at is not None), default=None)


def _last(messages: Iterable[MessageRecord]) -> int | None:
    return max((each.settled_at for each in messages if each.settled_at is not None), default=None)
