"""Whoever runs the program hears in chat, once a day each, what did not reach the staff or us."""

from collections.abc import Iterator

from bot.domain import local_time
from bot.domain.actors import OPERATOR
from bot.messages.operator_news import OperatorNews, Undelivered, UpdatesKept, WebhookFault
from bot.services import outgoing
from bot.services.sweeps import Sweep
from bot.services.unit import Unit
from bot.storage.engine.database import Tx
from bot.storage.queues import failed_messages
from bot.storage.records import key_values, staff_chats

DAY = 86_400


def note_fault(tx: Tx, fault: WebhookFault, now: int) -> None:
    """Keep that updates did not come to us, to be told when somebody is awake."""
    key_values.put(tx, _noted(fault), str(now))


def sweeps(unit: Unit) -> Iterator[Sweep[str]]:
    """What failed since yesterday. Nobody is told at night."""
    if unit.is_quiet or OPERATOR not in staff_chats.roles_with_channel(unit.tx):
        return
    lost = failed_messages.last_lost_to_staff(unit.tx, unit.now - DAY)
    yield Sweep(
        "mailbox",
        lambda unit: [*lost],
        lambda unit, mailbox: _tell(unit, mailbox, lost[mailbox], Undelivered(mailbox)),
    )
    yield Sweep(
        "webhook",
        lambda unit: [fault.value for fault in WebhookFault],
        lambda unit, fault: _tell_fault(unit, WebhookFault(fault)),
    )


def _tell_fault(unit: Unit, fault: WebhookFault) -> None:
    newest = int(key_values.get(unit.tx, _noted(fault)) or 0)
    if newest > unit.now - DAY:
        _tell(unit, f"webhook_{fault}", newest, UpdatesKept(fault))


def _tell(unit: Unit, what: str, newest: int, news: OperatorNews) -> None:
    # The row of what was told is gone once it is sent: it cannot say that it was told.
    told_at = int(key_values.get(unit.tx, _told(what)) or 0)
    if newest <= told_at or local_time.local_day(told_at, unit.zone) >= unit.today:
        return
    key_values.put(unit.tx, _told(what), str(unit.now))
    outgoing.to_operators(unit, news, f"operator:{unit.today.isoformat()}:{what}")


def _noted(fault: WebhookFault) -> str:
    return f"webhook_fault:{fault}"


def _told(what: str) -> str:
    return f"operators_told:{what}"
