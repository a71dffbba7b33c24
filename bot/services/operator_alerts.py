"""Whoever runs the program hears in chat what did not reach the staff, once a day for each name."""

from collections.abc import Iterator

from bot.domain import local_time
from bot.domain.actors import OPERATOR
from bot.messages.operator_news import Undelivered
from bot.services import outgoing
from bot.services.unit import Unit
from bot.storage.engine.each_by_itself import SetAside, each_by_itself
from bot.storage.queues import failed_messages
from bot.storage.records import key_values, staff_chats

DAY = 86_400


def tell(unit: Unit) -> Iterator[SetAside]:
    """What failed since yesterday; what had to be set aside. Nobody is told at night."""
    if unit.is_quiet or OPERATOR not in staff_chats.roles_with_channel(unit.tx):
        return
    lost = failed_messages.last_lost_to_staff(unit.tx, unit.now - DAY)
    yield from each_by_itself(
        unit.tx, "mailbox", lost, lambda mailbox: _tell(unit, mailbox, lost[mailbox])
    )


def _tell(unit: Unit, mailbox: str, newest: int) -> None:
    # The row of what was told is gone once it is sent: it cannot say that it was told.
    told_at = int(key_values.get(unit.tx, _told(mailbox)) or 0)
    if newest <= told_at or local_time.local_day(told_at, unit.zone) >= unit.today:
        return
    key_values.put(unit.tx, _told(mailbox), str(unit.now))
    key = f"operator:{unit.today.isoformat()}:{mailbox}"
    outgoing.to_operators(unit, Undelivered(mailbox), key)


def _told(mailbox: str) -> str:
    return f"operators_told:{mailbox}"
