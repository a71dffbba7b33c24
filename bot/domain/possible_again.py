"""Whose talk is possible after all, once a closed stretch is open again.

What its client has answered stays so: who has taken another time keeps that. Nor is anything asked
about what somebody of the staff has settled, or about a time that is not free.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.appointment import Appointment, Status
from bot.domain.slots import Slot


@dataclass(frozen=True, slots=True)
class GoneFacts:
    """What is known of a talk that was called off, at `called_off_at` (UTC epoch seconds).

    `free` is its own time, None where that is not free; `rebooked` and `settled`, that nothing is
    left to do about it. `reachable` is of its client's chat.
    """

    about: Appointment
    free: Slot | None
    rebooked: bool
    settled: bool
    reachable: bool
    called_off_at: int = 0


def possible_again(gone: Iterable[GoneFacts], now: int) -> tuple[GoneFacts, ...]:
    """Those that can be as they were, in order of time.

    Of two that were at the same time it is the one that had it last.
    """
    found: list[GoneFacts] = []
    for each in sorted(gone, key=lambda known: -known.called_off_at):
        if _is_possible(each, now) and not any(_overlap(each, other) for other in found):
            found.append(each)
    return tuple(sorted(found, key=lambda known: known.about.start))


def to_ask(possible: Iterable[GoneFacts]) -> Iterator[Appointment]:
    """Whose clients are asked in chat."""
    return (each.about for each in possible if each.reachable)


def to_phone(possible: Iterable[GoneFacts]) -> Iterator[Appointment]:
    """Whose clients nobody reaches but by phone."""
    return (each.about for each in possible if not each.reachable)


def _is_possible(gone: GoneFacts, now: int) -> bool:
    about, answered = gone.about, gone.rebooked or gone.settled
    called_off = about.status is Status.CALLED_OFF
    return called_off and now < about.start and gone.free is not None and not answered


def _overlap(one: GoneFacts, other: GoneFacts) -> bool:
    return one.about.start < other.about.end and other.about.start < one.about.end
