"""Notices about one appointment that follow one another within minutes: one tells first and last.

Whoever moves an appointment to and fro leaves its case manager with one notice, from where it was
when they last read of it to where it is.
"""

from dataclasses import replace

from bot.domain.appointment import Appointment, Status
from bot.messages.notices import OF_GONE, Notice, NoticeKind

APART_SECONDS = 5 * 60
"""So long after such a notice the next one to the same reader waits, and is joined with others."""
SOON_SECONDS = 2 * 3600
"""About a talk that is so near nothing waits."""


def can_follow(notice: Notice) -> bool:
    """Whether it tells of a change that others may follow: another time, other wishes, hands.

    A first booking is told as it is, and so is an end.
    """
    about = notice.about
    if notice.kind in (NoticeKind.MOVED, NoticeKind.WISHES):
        return True
    passed_on = notice.kind in (NoticeKind.BOOKED, NoticeKind.CANCELLED)
    return passed_on and about.sequence > 0 and about.status is Status.BOOKED


def can_be_joined(notice: Notice) -> bool:
    """Whether it says all that one which can be followed, and is not sent yet, has to say."""
    return can_follow(notice) or notice.kind in OF_GONE


def waits_until(notice: Notice, last_sent: int, now: int) -> int:
    """When it is to be sent, the one before it having been sent at `last_sent` (UTC epoch
    seconds, all)."""
    times = (notice.about.start, notice.about.start if notice.was is None else notice.was)
    if not can_follow(notice) or min(times) < now + SOON_SECONDS:
        return now
    return max(now, last_sent + APART_SECONDS)


def joined(earlier: Notice, new: Notice) -> Notice | None:
    """The notice that says what `earlier`, which nobody has been sent, and `new` say together.

    None where there is nothing left to say: it came to its reader and went, and they have not
    seen it.
    """
    if new.kind in OF_GONE:
        if earlier.kind is NoticeKind.BOOKED and new.about.seen_at is None:
            return None
        return new if earlier.was is None else replace(new, about=_at(new.about, earlier.was))
    if earlier.kind in OF_GONE:
        return replace(new, kind=NoticeKind.MOVED, was=earlier.about.start)
    if earlier.kind is NoticeKind.WISHES:
        return new
    asked = new.if_unseen or earlier.if_unseen
    return replace(new, kind=earlier.kind, was=earlier.was, if_unseen=asked)


def _at(about: Appointment, start: int) -> Appointment:
    """The appointment at the time at which its reader knows it."""
    return replace(about, start=start, end=start + about.end - about.start)
