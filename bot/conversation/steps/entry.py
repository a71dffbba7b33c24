"""Language, notice, menu, offices: everything that needs no consent."""

from dataclasses import replace

from bot.conversation import phone_lines
from bot.conversation.content import Count, Language, say
from bot.conversation.outcome import Outcome, SendPin
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.domain.appointment import Appointment, Reason


def has_agreed(session: Session, port: Port) -> bool:
    """Whether the client agreed to the notice as it stands today."""
    return session.consent == port.city.notice_version


def may_book(session: Session, port: Port) -> bool:
    """Whether a time may be held and booked: the notice holds that they agreed to.

    Without it an appointment there is may still be moved, and the staff book for who is there.
    """
    draft = session.draft
    return draft.walk_in is not None or draft.moving is not None or has_agreed(session, port)


def start(session: Session, port: Port) -> Outcome:
    """/start: the first screen that is still to be answered, else the menu."""
    if port.actor() is None and session.trail[:1] in ((), ("language",)):
        return Outcome(session.only("language"))
    return _welcome(session, port)


def not_usable(session: Session, port: Port) -> Outcome:
    """A link that opens nothing, whatever the reason; whom to call instead."""
    if port.actor() is not None:
        return Outcome(session.only("staff_menu"), notice=(say("staff.link_not_usable"),))
    notice = (say("link.not_usable"),)
    stranger = session.trail[:1] in ((), ("language",))
    return Outcome(session.only("language" if stranger else "menu", "directory"), notice)


def pick_language(session: Session, value: str, port: Port) -> Outcome:
    """A language by its code; the screen before it is shown again in it."""
    of_staff = _is_at_work(session, port)
    if value not in (port.city.staff_languages if of_staff else port.city.languages):
        return Outcome(session, stale=True)
    session = replace(session, language=value)
    if len(session.trail) > 1:
        return Outcome(session.back())
    return _welcome(session, port)


def open_language(session: Session, value: str, port: Port) -> Outcome:
    """The picker, from anywhere, with the way back kept."""
    return Outcome(session.to("language"))


def ask_language(session: Session, value: str, port: Port) -> Outcome:
    """/language: the picker, unless there is nothing to pick."""
    only, *others = port.city.staff_languages
    if not others and _is_at_work(session, port):
        return Outcome(session, notice=(say("staff.one_language", language=Language(only)),))
    return open_language(session, value, port)


def agree(session: Session, value: str, port: Port) -> Outcome:
    """Keep the consent and open the menu."""
    port.agree()
    session = replace(session, consent=port.city.notice_version)
    return Outcome(session.only("menu"))


def decline(session: Session, value: str, port: Port) -> Outcome:
    """No consent: the offices and their phones, an equal way."""
    return Outcome(session.only("menu", "directory"))


def open_menu(session: Session, value: str, port: Port) -> Outcome:
    """The main menu; what was chosen so far is forgotten."""
    if port.actor() is not None:
        return Outcome(session.only("staff_menu"))
    return Outcome(session.only("menu"))


def go_back(session: Session, value: str, port: Port) -> Outcome:
    """The screen before this one."""
    return Outcome(session.back())


def open_emergency(session: Session, value: str, port: Port) -> Outcome:
    """The emergency numbers, with the way back kept."""
    return Outcome(session.to("emergency"))


def open_directory(session: Session, value: str, port: Port) -> Outcome:
    """All offices with their phones."""
    return Outcome(session.to("directory"))


def open_card(session: Session, value: str, port: Port) -> Outcome:
    """One office's card."""
    if value not in port.city.office:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(office_id=value).to("card"))


def has_enough(session: Session, port: Port) -> Outcome:
    """No more appointments for now: those they have, and how many that may be."""
    most = Count(port.city.rules.appointments_per_client)
    return Outcome(session.only("menu", "mine"), notice=(say("refused.too_many", n=most),))


def call_instead(
    session: Session, reason: Reason, port: Port, about: Appointment | None = None
) -> Outcome:
    """No booking here for now: why, the phone numbers, and first the one that answers for it.

    `about` is the appointment that another time was wanted for, if it is not being moved.
    """
    moving = session.draft.moving
    about = port.appointment(moving) if moving is not None else about
    number = () if about is None else phone_lines.number_of(port.city, about)
    return Outcome(session.only("menu", "directory"), notice=(say(f"refused.{reason}"), *number))


def send_pin(session: Session, value: str, port: Port) -> Outcome:
    """The door on a map, where its position is exact."""
    office = port.city.office.get(value)
    if office is None or not office.position.exact:
        return Outcome(session, stale=True)
    return Outcome(session, orders=(SendPin(value),))


def _is_at_work(session: Session, port: Port) -> bool:
    """Whether this is a chat of the staff; a client's is not looked up."""
    return session.trail[:1] == ("staff_menu",) and port.actor() is not None


def in_a_language_of_the_staff(session: Session, port: Port) -> Session:
    """In one that has words for the staff; a chat may be older than the list in the city file."""
    spoken = port.city.staff_languages
    return session if session.language in spoken else replace(session, language=spoken[0])


def _welcome(session: Session, port: Port) -> Outcome:
    if port.actor() is not None:
        return Outcome(in_a_language_of_the_staff(session, port).only("staff_menu"))
    return Outcome(session.only("menu" if has_agreed(session, port) else "notice"))
