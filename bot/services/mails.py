"""Mails to case managers and offices, as rows of the outbox."""

from bot.domain.staffing import CASE_MANAGER, Mailbox
from bot.rendering import staff_mail
from bot.rendering.staff_mail import StaffMail
from bot.rendering.staff_words import Kind
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox import Draft, Priority

MAIL = "mail"
LATE_CANCEL_SECONDS = 86_400


def put_mail(tx: Tx, mailbox: Mailbox, mail: StaffMail, key: str, not_after: int, now: int) -> bool:
    """Write a mail; False if it is there already.

    `key` is of what happened, such as `appt:12:0:booked`; moments are UTC epoch seconds.
    """
    draft = Draft(
        kind=MAIL,
        content=staff_mail.to_json(mail),
        dedupe_key=f"{key}:mail:{mailbox}",
        priority=Priority.NOTICE,
        due_at=now,
        case_manager_id=mailbox.id if mailbox.whose == CASE_MANAGER else None,
        appointment_id=None if mail.about is None else mail.about.id,
        not_after=not_after,
        mailbox=str(mailbox),
    )
    return outbox.put(tx, draft, now)


def useful_until(mail: StaffMail) -> int:
    """Until when a mail about an appointment is sent at all.

    What takes an event out of a calendar is still right on the day after.
    """
    assert mail.about is not None
    return mail.about.end + (LATE_CANCEL_SECONDS if mail.kind is Kind.CANCELLED else 0)
