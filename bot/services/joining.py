"""Who is told of several changes to one appointment within minutes is told once, of first and last.

A notice that is not sent yet gives way to the one that says both. Where one was sent a moment ago
the next one waits a little, for there may be more: so no number of changes is a flood of mails.
"""

from dataclasses import dataclass

from bot.messages import joined_notices
from bot.messages.notices import Notice
from bot.services.unit import Unit
from bot.storage.queues import outbox, recent_notices
from bot.storage.queues.calendar_entries import GIVES, TAKES, EntryChange
from bot.storage.queues.recent_notices import Reader


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice, what it does to its reader's calendar, and when it goes (UTC epoch seconds)."""

    notice: Notice
    entry: EntryChange | None
    due_at: int


def with_what_waits(
    unit: Unit, new: Notice, entry: EntryChange | None, reader: Reader
) -> DueNotice | None:
    """What this reader is to be told instead of `new`, which does this to their calendar.

    What it stands for is taken back, the newest first. None where nothing is left to say.
    """
    if not joined_notices.can_be_joined(new):
        return DueNotice(new, entry, unit.now)
    told, last_sent = new, 0
    for each in reversed(recent_notices.of(unit.tx, new.about.id, reader, unit.now)):
        if not joined_notices.can_follow(each.notice):
            continue
        if each.sent_at is None and outbox.take_back(unit.tx, each.row_id):
            both = joined_notices.joined(each.notice, told)
            if both is None:
                return None
            told, entry = both, _of_both(each.entry, entry)
        else:
            last_sent = max(last_sent, unit.now if each.sent_at is None else each.sent_at)
    return DueNotice(told, entry, joined_notices.waits_until(told, last_sent, unit.now))


def _of_both(earlier: EntryChange | None, new: EntryChange | None) -> EntryChange | None:
    """What the calendar has to learn, also where only the notice that is taken back was to say it.

    Of what came back after all, only the time is another.
    """
    if new is not None:
        return new
    return GIVES if earlier == TAKES else earlier
