"""What the client of an appointment is told when something has happened to it, and reminded of."""

from bot.domain import reminder_times
from bot.domain.asking_changes import TimeAsked
from bot.domain.changes import (
    Booked,
    CalledOff,
    Cancelled,
    Claimed,
    HandedOver,
    HelpArranged,
    HelpRefused,
    Moved,
    PossibleAgain,
    Rebooked,
)
from bot.messages.client_news import (
    AskedNews,
    CalledOffNews,
    CancelledNews,
    HandedOverNews,
    HelpNews,
    NewTimeNews,
    PossibleAgainNews,
)
from bot.messages.notices import frozen
from bot.messages.payloads import Kind
from bot.services import outgoing
from bot.services.unit import Unit
from bot.storage.queues import outbox
from bot.storage.records import chats, waiting_list


def client_is_offered_others(unit: Unit, change: CalledOff, number: int) -> None:
    """That it is called off, and the times that are free instead."""
    news = CalledOffNews(frozen(change.about), change.others)
    outgoing.to_client(unit, change.about, "called_off", news)


def client_is_asked_to_keep_it(unit: Unit, change: PossibleAgain, number: int) -> None:
    """With a button that takes the time again; the times offered before stay good."""
    news = PossibleAgainNews(frozen(change.about))
    outgoing.to_client(unit, change.about, f"possible_again_{number}", news)


def client_is_told_of_new_time(unit: Unit, change: Moved | Rebooked, number: int) -> None:
    """If the staff chose it: a client who chose it themselves knows."""
    if not change.by.is_staff:
        return
    before = change.before if isinstance(change, Moved) else change.instead_of
    news = NewTimeNews(frozen(change.about), was=before.start)
    outgoing.to_client(unit, change.about, "new_time", news)


def client_is_told_of_cancellation(unit: Unit, change: Cancelled, number: int) -> None:
    """If the staff noted it: what a client cancelled themselves they know."""
    if change.by.is_staff:
        news = CancelledNews(frozen(change.about))
        outgoing.to_client(unit, change.about, "cancelled", news)


def client_is_asked(unit: Unit, change: TimeAsked, number: int) -> None:
    """Each time anew: which of the others suits, or whether it stays."""
    news = AskedNews(frozen(change.about), change.others)
    outgoing.to_client(unit, change.about, f"time_asked_{number}", news)


def client_is_told_who_it_is_with(unit: Unit, change: HandedOver, number: int) -> None:
    """The same time; with whom, and where."""
    outgoing.to_client(unit, change.about, "handed_over", HandedOverNews(frozen(change.about)))


def client_is_told_of_help(unit: Unit, change: HelpArranged | HelpRefused, number: int) -> None:
    """Each time it is decided anew."""
    news = HelpNews(frozen(change.about), isinstance(change, HelpArranged))
    outgoing.to_client(unit, change.about, f"help_{number}", news)


def what_was_said_is_marked(
    unit: Unit, change: Moved | HandedOver | Cancelled | CalledOff, number: int
) -> None:
    """In the client's chat nothing is left that sends them there at a time that is no more."""
    before = change.before if isinstance(change, Moved | HandedOver) else change.about
    outgoing.mark_outdated(unit, before)


def reminders_are_planned(
    unit: Unit, change: Booked | Claimed | Moved | HandedOver | Rebooked, number: int
) -> None:
    """For who has a chat: whom the staff book for may have none until it is claimed."""
    if change.by.is_staff and chats.of(unit.tx, change.about.person_id) is None:
        return
    for planned in reminder_times.plan(change.about.start, unit.now, unit.zone):
        outgoing.remind_client(unit, change.about, planned)


def client_waits_no_more(unit: Unit, change: Booked | Claimed | Rebooked, number: int) -> None:
    """Who has found a time is told of no other."""
    waiting_list.end(unit.tx, change.about.person_id)


def reminders_are_dropped(
    unit: Unit, change: Moved | HandedOver | Cancelled | CalledOff, number: int
) -> None:
    """Of the time that no longer holds."""
    outbox.drop_unsent(unit.tx, change.about.id, Kind.REMINDER)
