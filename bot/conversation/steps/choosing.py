"""From "Book an appointment" to a time that is held."""

from dataclasses import replace

from bot.conversation import slot_values
from bot.conversation.content import say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.screens import choosing as screens
from bot.conversation.session import Session
from bot.conversation.steps import entry, referred, way_in
from bot.conversation.steps.entry import call_instead, has_agreed, may_book
from bot.domain import bounds
from bot.domain.appointment import Reason, Refused
from bot.domain.fair_use import has_enough
from bot.domain.halves import Half
from bot.domain.slots import Slot
from bot.domain.spoken import speaks


def book(session: Session, value: str, port: Port) -> Outcome:
    """Begin a booking, where a link led to; who has enough appointments sees those instead."""
    begun = session.only("menu", "place")
    return no_booking(session, port) or referred.proposed(begun, port) or Outcome(begun)


def no_booking(session: Session, port: Port) -> Outcome | None:
    """Where it leads who may not book another appointment now; None for who may."""
    if not has_agreed(session, port):
        return Outcome(session.only("notice"))
    if refused := port.barred(None):
        return call_instead(session, refused.reason, port)
    if has_enough(port.coming_appointments(), port.city.rules.appointments_per_client, port.now):
        return entry.has_enough(session, port)
    return None


def office(session: Session, value: str, port: Port) -> Outcome:
    """An office was chosen; from a list that was by language, or among all."""
    if not has_agreed(session, port):
        return Outcome(session.only("notice"))
    if value not in port.city.office:
        return Outcome(session, stale=True)
    asked = session.draft.speaking if session.screen == "offices" else None
    session = session.choosing(
        office_id=value, case_manager_id=None, days_from=None, speaking=asked
    )
    return Outcome(session.to("people"))


def way(session: Session, value: str, port: Port) -> Outcome:
    """To talk by phone rather than to come, or the other way round."""
    wishes = replace(session.draft.wishes, by_phone=value == "phone")
    return Outcome(_to_a_list(session.choosing(wishes=wishes)))


def speaking(session: Session, value: str, port: Port) -> Outcome:
    """Only where this language is spoken; without one, all offices."""
    if value and value not in port.city.languages:
        return Outcome(session, stale=True)
    return Outcome(_to_a_list(session.choosing(speaking=value or None)))


def person(session: Session, value: str, port: Port) -> Outcome:
    """A case manager was chosen."""
    chosen = port.city.case_manager.get(value)
    if chosen is None:
        return Outcome(session, stale=True)
    session = session.choosing(
        office_id=chosen.office_id, case_manager_id=value, days_from=None, day=None
    )
    return Outcome(session.to("days"))


def other_times(session: Session, value: str, port: Port) -> Outcome:
    """From the summary to the days of the person in it."""
    return person(session, value, port)


def others(session: Session, value: str, port: Port) -> Outcome:
    """Another person or office than the one whose days are shown; the staff begin anew."""
    if session.draft.walk_in is not None:
        return Outcome(session.only("staff_menu"))
    cleared = session.choosing(office_id=None, case_manager_id=None, days_from=None, day=None)
    return Outcome(_to_offices(cleared))


def later(session: Session, value: str, port: Port) -> Outcome:
    """Days further ahead."""
    if bounds.day(value, port.today) is None:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(days_from=value).to("days"))


def half(session: Session, value: str, port: Port) -> Outcome:
    """Days with time in this half of them; without one, all day."""
    if value and value not in {*Half}:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(half=value or None, days_from=None))


def day(session: Session, value: str, port: Port) -> Outcome:
    """A day was chosen."""
    if bounds.day(value, port.today) is None:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(day=value).to("times"))


def time(session: Session, value: str, port: Port) -> Outcome:
    """A time was chosen: hold it while the client reads the summary."""
    wanted = slot_values.to_slot(value)
    slot = port.slot(*wanted) if wanted else None
    return Outcome(session, stale=True) if slot is None else _hold(session, slot, port)


def spoken(session: Session, value: str, port: Port) -> Outcome:
    """From the summary to the soonest time with somebody who speaks the client's language."""
    outcome = time(session.choosing(speaking=session.clients_language), value, port)
    return Outcome(session, stale=True) if outcome.stale else outcome


def earliest(session: Session, value: str, port: Port) -> Outcome:
    """The button "earliest": the first free time is held, of one office or of all.

    Where that is with somebody not known to speak the client's language, it is looked for the
    first with somebody who does, too.
    """
    if value and value not in port.city.office:
        return Outcome(session, stale=True)
    session = session.choosing(office_id=value or None, case_manager_id=None)
    everywhere, language = screens.search_of(session, port), session.clients_language
    search, slot = way_in.soonest(session, everywhere, port)
    if slot is None:
        return Outcome(session.choosing(days_from=None, half=None).to("days"))
    known = speaks(port.city, port.city.case_manager[slot.case_manager_id], language)
    speaker = None if known else port.earliest(replace(search, speaking=language))
    held = _hold(session, slot, port, speaker)
    narrowed = search != everywhere and held.session.screen == "confirm"
    return replace(held, notice=(say("step_free.only"),)) if narrowed else held


def _to_a_list(session: Session) -> Session:
    """To the offices from where what was typed was guessed; a list of theirs is shown anew."""
    return _to_offices(session) if session.screen == "guessed" else session


def _to_offices(session: Session) -> Session:
    return session.to("offices" if session.draft.order else "place")


def _hold(session: Session, slot: Slot, port: Port, speaker: Slot | None = None) -> Outcome:
    if not may_book(session, port):
        return Outcome(session.only("notice"))
    session = session.choosing(
        slot=slot_values.of_slot(slot), spoken=speaker and slot_values.of_slot(speaker)
    )
    if session.draft.walk_in is not None:
        return Outcome(session.to("confirm"))  # the staff hold nothing, here and on their pages
    match port.hold(slot, session.draft.moving):
        case Refused(Reason.GONE | Reason.CHANGED as reason):
            return Outcome(session.only("menu", "mine"), notice=(say(f"refused.{reason}"),))
        case Refused(Reason.PAUSED | Reason.BLOCKED | Reason.CHANGED_OFTEN as reason):
            return call_instead(session, reason, port)
        case Refused(reason):
            return Outcome(session.to("alternatives"), notice=(say(f"refused.{reason}"),))
        case _:
            return Outcome(session.to("confirm"))
