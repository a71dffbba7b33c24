"""Who is told of several changes to one appointment within minutes is told once, of first and last.

A notice that is not sent yet gives way to the one that says both. Where one was sent a moment ago
the next one waits a little, for there may be more: so no number of changes is a flood of mails.
"""

from bot.messages import joined_notices
from bot.messages.notices import Notice
from bot.services.unit import Unit
from bot.storage.queues import outbox, recent_notices
from bot.storage.queues.recent_notices import Reader


def with_what_waits(unit: Unit, new: Notice, reader: Reader) -> tuple[Notice, int] | None:
    """What this reader is to be told instead of `new`, and when (UTC epoch seconds).

    What it stands for is taken back. None where nothing is left to say.
    """
    if not joined_notices.can_be_joined(new):
        return new, unit.now
    told, last_sent = new, 0
    for kept in recent_notices.of(unit.tx, new.about.id, reader, unit.now):
        if not joined_notices.can_follow(kept.notice):
            continue
        if kept.sent_at is None and outbox.take_back(unit.tx, kept.row_id):
            both = joined_notices.joined(kept.notice, told)
            if both is None:
                return None
            told = both
        else:
            last_sent = unit.now if kept.sent_at is None else kept.sent_at
    return told, joined_notices.waits_until(told, last_sent, unit.now)
