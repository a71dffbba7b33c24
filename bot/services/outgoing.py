"""Writes messages to the outbox: a row for each person or mailbox, in the unit's transaction.

`key` is of what happened, such as `appt:12:0:booked`: the same is written once to each of them.
`not_after` is in UTC epoch seconds.
"""

from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.reminder_times import PlannedReminder
from bot.domain.slots import Slot
from bot.domain.staffing import CALENDAR, CASE_MANAGER, OFFICE, Mailbox
from bot.messages.access_news import AccessMade
from bot.messages.client_news import ClientNews
from bot.messages.confirmations import Confirmation, Outdated
from bot.messages.digests import Digest
from bot.messages.free_time import FreeTimeNews
from bot.messages.notices import Notice
from bot.messages.operator_news import OperatorNews
from bot.messages.payloads import Payload
from bot.messages.reminders import Reminder
from bot.services import joining
from bot.services.entry_holders import EntryMails
from bot.services.joining import DueNotice
from bot.services.outbound import write
from bot.services.unit import Unit
from bot.storage.queues.calendar_entries import EntryChange
from bot.storage.queues.outbox_row import Priority
from bot.storage.queues.recent_notices import Reader
from bot.storage.records import sent_messages, staff_chats

ForStaff = Notice | Digest | AccessMade


def answer(unit: Unit, person_id: int, key: str, payload: Payload) -> None:
    """What somebody who wrote or pressed something is waiting for."""
    write(unit, payload, key, Priority.ANSWER, person_id=person_id)


def tidy_up(unit: Unit, person_id: int, key: str, payload: Payload) -> None:
    """What is done to an older message in somebody's chat, once nobody waits for anything else."""
    write(unit, payload, key, Priority.TIDYING, person_id=person_id)


def to_client(unit: Unit, about: Appointment, what: str, news: ClientNews) -> None:
    """News about their appointment; of no use once it is over."""
    key = f"appt:{about.id}:{about.sequence}:{what}:{about.person_id}"
    write(
        *(unit, news, key, Priority.NOTICE),
        person_id=about.person_id,
        appointment_id=about.id,
        not_after=about.end,
    )


def to_who_waits(unit: Unit, person_id: int, target: str, slot: Slot) -> None:
    """That there is a time they waited for; of no use once it has begun."""
    key = f"free_time:{person_id}:{unit.now}"
    news = FreeTimeNews(target)
    write(unit, news, key, Priority.NOTICE, person_id=person_id, not_after=slot.start)


def confirm_to_client(unit: Unit, about: Appointment, message: int | None) -> bool:
    """What they keep of what they have just chosen: in place of a message, or as a new one.

    False if it was written before.
    """
    key = f"appt:{about.id}:{about.sequence}:confirmed:{about.person_id}"
    when = Priority.ANSWER if message is None else Priority.TIDYING
    written = write(
        *(unit, Confirmation(about.sequence, message), key, when),
        person_id=about.person_id,
        appointment_id=about.id,
        not_after=about.end,
    )
    return written()


def mark_outdated(unit: Unit, about: Appointment) -> None:
    """Mark what stands in a chat about an appointment as it was, and holds no more."""
    for person_id, message in sent_messages.let_go_of(unit.tx, about.id):
        gone = Outdated(message, about.start, about.code)
        tidy_up(unit, person_id, f"outdated:{person_id}:{message}", gone)


def remind_client(unit: Unit, about: Appointment, planned: PlannedReminder) -> None:
    """A reminder whose time will come."""
    key = f"appt:{about.id}:{about.sequence}:{planned.kind}:{about.person_id}"
    write(
        *(unit, Reminder(about.sequence), key, Priority.REMINDER),
        person_id=about.person_id,
        appointment_id=about.id,
        not_after=planned.not_after,
        due_at=planned.due,
    )


def to_case_manager(
    unit: Unit, case_manager_id: str, payload: ForStaff, key: str, not_after: int
) -> None:
    """To their chat, if they are told there; kept for later while none is tied."""
    if not unit.staffing.in_chat(unit.city, case_manager_id):
        return
    person_id = staff_chats.of_case_manager(unit.tx, case_manager_id)
    reader = Reader(None, case_manager_id, person_id)
    _tell(unit, payload, f"{key}:{case_manager_id}", reader, not_after)


def to_mailbox(
    unit: Unit,
    mailbox: Mailbox,
    payload: ForStaff,
    key: str,
    not_after: int,
    *,
    entry: EntryChange | None = None,
) -> None:
    """To a mailbox, if it has an address, with what it does to the calendar there."""
    if unit.staffing.address(str(mailbox)) is None:
        return
    own = mailbox.id if mailbox.whose == CASE_MANAGER else None
    reader = Reader(str(mailbox), own, None)
    _tell(unit, payload, f"{key}:mail:{mailbox}", reader, not_after, entry)


def to_entry(
    unit: Unit, notice: Notice, key: str, not_after: int, entry: EntryChange, there: EntryMails
) -> None:
    """To where earlier mails have brought the entry, as nobody's notice: only the entry counts.

    It is joined with what is still to go to the same address.
    """
    last, mailbox = there[-1], Mailbox(CALENDAR, notice.about.case_manager_id)
    reader = Reader(str(mailbox), None, None, frozenset(mail.row_id for mail in there))
    due = joining.with_what_waits(unit, notice, entry, reader)
    key_there = f"{key}:mail:{mailbox}:{last.row_id}"
    _put_due(unit, due, key_there, reader, not_after, last.address_sealed)


def to_front_desk(
    unit: Unit,
    office_id: str,
    payload: ForStaff,
    key: str,
    not_after: int,
    *,
    by_mail: bool = True,
) -> None:
    """To an office's mailbox and to every chat of its front desk, as far as there are any."""
    if by_mail:
        to_mailbox(unit, Mailbox(OFFICE, office_id), payload, key, not_after)
    for person_id in _front_desk_chats(unit, office_id):
        reader = Reader(None, None, person_id)
        _tell(unit, payload, f"{key}:front_desk:{person_id}", reader, not_after)


def to_operators(unit: Unit, news: OperatorNews, key: str) -> None:
    """To everybody who runs the program and has a chat."""
    for person_id in staff_chats.chats_of(unit.tx, OPERATOR):
        write(unit, news, f"{key}:{person_id}", Priority.NOTICE, person_id=person_id)


def _front_desk_chats(unit: Unit, office_id: str) -> tuple[int, ...]:
    """The person ids behind the chats of a front desk; nobody's where its office allows none.

    Nor of an office that the city file names no longer.
    """
    if office_id not in unit.city.office or not unit.staffing.office(office_id).chat_allowed:
        return ()
    return staff_chats.chats_of(unit.tx, Actor(Role.FRONT_DESK, office_id=office_id))


def _tell(
    unit: Unit,
    payload: ForStaff,
    key: str,
    reader: Reader,
    not_after: int,
    entry: EntryChange | None = None,
) -> None:
    """One of the staff; a notice is joined with those about the same that they have not read."""
    if isinstance(payload, Notice):
        due = joining.with_what_waits(unit, payload, entry, reader)
        _put_due(unit, due, key, reader, not_after)
        return
    write(
        *(unit, payload, key, Priority.NOTICE),
        person_id=reader.person_id,
        case_manager_id=reader.case_manager_id,
        not_after=not_after,
        mailbox=reader.mailbox,
    )


def _put_due(
    unit: Unit,
    due: DueNotice | None,
    key: str,
    reader: Reader,
    not_after: int,
    address_sealed: str | None = None,
) -> None:
    """A notice as it is to be told, if there is anything left to say."""
    if due is not None:
        write(
            *(unit, due.notice, key, Priority.NOTICE),
            person_id=reader.person_id,
            case_manager_id=reader.case_manager_id,
            appointment_id=due.notice.about.id,
            not_after=not_after,
            due_at=due.due_at,
            mailbox=reader.mailbox,
            entry=due.entry,
            address_sealed=address_sealed,
        )
