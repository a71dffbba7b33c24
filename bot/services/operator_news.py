"""Whoever runs the program is told in chat what did not reach the staff."""

from bot.conversation import content
from bot.conversation.content import Screen, say
from bot.conversation.screens.operator import whose
from bot.domain import local_time
from bot.domain.actors import OPERATOR
from bot.domain.city import City
from bot.storage.engine.database import Tx
from bot.storage.queues import failed_messages, outbox
from bot.storage.queues.outbox import Draft, Priority
from bot.storage.records import key_values, role_chats

DAY = 86_400


def tell(tx: Tx, city: City, now: int) -> None:
    """What failed since yesterday (`now` in UTC epoch seconds): once a day for each name."""
    zone, chats = city.rules.time_zone, role_chats.chats_of(tx, OPERATOR)
    today = local_time.local_day(now, zone)
    lost = failed_messages.last_lost_to_staff(tx, now - DAY) if chats else {}
    for mailbox, newest in lost.items():
        # The row of what was told is gone once it is sent: it cannot say that it was told.
        told_at = int(key_values.get(tx, _told(mailbox)) or 0)
        if newest <= told_at or local_time.local_day(told_at, zone) >= today:
            continue
        key_values.put(tx, _told(mailbox), str(now))
        screen = Screen(((say("operator.told", name=whose(city, mailbox)),),))
        key = f"operator:{today.isoformat()}:{mailbox}"
        for person_id in chats:
            _write(tx, screen, f"{key}:{person_id}", person_id, now)


def _told(mailbox: str) -> str:
    return f"operators_told:{mailbox}"


def _write(tx: Tx, screen: Screen, key: str, person_id: int, now: int) -> None:
    draft = Draft(
        kind="message",
        content=content.to_json(screen),
        dedupe_key=key,
        priority=Priority.NOTICE,
        due_at=now,
        person_id=person_id,
    )
    outbox.put(tx, draft, now)
