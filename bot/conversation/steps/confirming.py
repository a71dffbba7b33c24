"""Wishes and Confirm."""

from dataclasses import replace
from typing import Any, assert_never

from bot.conversation import slot_values, way_of_talking
from bot.conversation.content import Line, say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.screens.confirming import with_whom
from bot.conversation.session import Session
from bot.conversation.steps import referred, walk_ins
from bot.conversation.steps.entry import call_instead, has_enough, may_book
from bot.conversation.steps.own_appointments import changed, no_longer, now_it_is, show_own
from bot.domain import bounds
from bot.domain.appointment import Appointment, Reason, Refused, Version
from bot.domain.contacts import can_be_called


def open_wishes(session: Session, value: str, port: Port) -> Outcome:
    """The list of wishes."""
    return Outcome(session.to("wish"))


def change_wishes(session: Session, value: str, port: Port) -> Outcome:
    """The wishes of an appointment there is; its time stays."""
    number = bounds.number(value)
    found = None if number is None else port.appointment(number)
    if found is None:
        return no_longer(session)
    chosen = session.choosing(wishing=found.id, sequence=found.sequence, wishes=found.wishes)
    return Outcome(chosen.to("wish"))


def close_wishes(session: Session, value: str, port: Port) -> Outcome:
    """Back to the summary, with the wishes in it; those of an appointment are kept at once."""
    draft = session.draft
    if draft.wishing is None:
        return Outcome(session.to("confirm"))
    match port.change_wishes(Version(draft.wishing, draft.sequence), draft.wishes):
        case Appointment() as found:
            return replace(show_own(session, found, "appointment"), notice=(say("wish.kept"),))
        case Refused(Reason.CHANGED):
            return changed(session, draft.wishing, port, "appointment")
        case Refused(Reason.CHANGED_OFTEN as reason):
            return call_instead(session, reason, port, port.appointment(draft.wishing))
        case Refused():
            return no_longer(session)
        case _ as never:
            assert_never(never)


def toggle_language_help(session: Session, value: str, port: Port) -> Outcome:
    """Somebody to interpret, yes or no."""
    return _wish(session, language_help=not session.draft.wishes.language_help)


def toggle_step_free(session: Session, value: str, port: Port) -> Outcome:
    """A way in without steps, yes or no."""
    return _wish(session, step_free=not session.draft.wishes.step_free)


def toggle_by_phone(session: Session, value: str, port: Port) -> Outcome:
    """To phone at that time instead of coming, yes or no; nobody calls where no number answers."""
    person = with_whom(session, port)
    if person is None or not can_be_called(port.city, person):
        return Outcome(session, stale=True)
    return _wish(session, by_phone=not session.draft.wishes.by_phone)


def toggle_family(session: Session, value: str, port: Port) -> Outcome:
    """For somebody of their family instead of themselves, yes or no."""
    wishes = session.draft.wishes
    return Outcome(session.choosing(wishes=replace(wishes, for_family=not wishes.for_family)))


def ask_adults(session: Session, value: str, port: Port) -> Outcome:
    """How many adults come along?"""
    return Outcome(session.to("adults"))


def ask_children(session: Session, value: str, port: Port) -> Outcome:
    """How many children come along?"""
    return Outcome(session.to("children"))


def ask_topic(session: Session, value: str, port: Port) -> Outcome:
    """What is it about?"""
    return Outcome(session.to("topic"))


def adults(session: Session, value: str, port: Port) -> Outcome:
    """So many adults come along."""
    return _companions(session, "adults", value)


def children(session: Session, value: str, port: Port) -> Outcome:
    """So many children come along."""
    return _companions(session, "children", value)


def topic(session: Session, value: str, port: Port) -> Outcome:
    """A coarse topic; nothing for "something else"."""
    return _wish(session, topic=value if value in port.city.topics else None)


def confirm(session: Session, value: str, port: Port) -> Outcome:
    """Book what the summary shows; the button carries the slot, so it cannot book another."""
    wanted = slot_values.to_slot(value)
    slot = port.slot(*wanted) if wanted else None
    if slot is None:
        return Outcome(session, stale=True)
    if not may_book(session, port):
        return Outcome(session.only("notice"))
    draft = session.draft
    if draft.walk_in is not None:
        return walk_ins.confirm(session, slot, port)
    match port.confirm(slot, draft.wishes, draft.moving_version):
        case Appointment() as booked:
            session = referred.booked(session, port)
            done = session.only("menu").choosing(looking_at=booked.id).to("appointment")
            return Outcome(done, notice=(_done(booked, draft.moving, port),), kept=booked)
        case Refused(Reason.CHANGED):
            return _asked_anew(session, port)
        case Refused(Reason.TOO_MANY):
            return has_enough(session, port)
        case Refused(Reason.GONE):
            return Outcome(session.only("menu", "mine"), notice=(say("refused.gone"),))
        case Refused(Reason.PAUSED | Reason.BLOCKED | Reason.CHANGED_OFTEN as reason):
            return call_instead(session, reason, port)
        case Refused(reason):
            session = session.choosing(slot=value).to("alternatives")
            return Outcome(session, notice=(say(f"refused.{reason}"),))
        case _ as never:
            assert_never(never)


def _asked_anew(session: Session, port: Port) -> Outcome:
    """The same question, of the appointment as it is now."""
    found = port.appointment(session.draft.moving or 0)
    return (
        Outcome(session.choosing(sequence=found.sequence).to("confirm"), notice=now_it_is(found))
        if found
        else no_longer(session)
    )


def _done(booked: Appointment, moved: int | None, port: Port) -> Line:
    return way_of_talking.told(port.city, booked, "booked.moved" if moved else "booked.done")


def _companions(session: Session, who: str, value: str) -> Outcome:
    count = bounds.companions(value)
    if count is None:
        return Outcome(session, stale=True)
    return _wish(session, **{who: count})


def _wish(session: Session, **changes: Any) -> Outcome:
    wishes = replace(session.draft.wishes, **changes)
    return Outcome(session.choosing(wishes=wishes).to("wish"))
