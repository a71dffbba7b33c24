"""Language, notice, menu, offices: everything that needs no consent."""

from dataclasses import replace

from bot.conversation.content import say
from bot.conversation.desk import Desk
from bot.conversation.outcome import Outcome, SendPin
from bot.conversation.session import Session
from bot.domain.appointments import Reason


def has_agreed(session: Session, desk: Desk) -> bool:
    """Whether the client agreed to the notice as it stands today."""
    return session.consent == desk.city.notice_version


def start(session: Session, desk: Desk) -> Outcome:
    """/start: the first screen that is still to be answered, else the menu."""
    if desk.actor() is None and session.trail[:1] in ((), ("language",)):
        return Outcome(session.only("language"))
    return _welcome(session, desk)


def pick_language(session: Session, value: str, desk: Desk) -> Outcome:
    """A language by its code; the screen before it is shown again in it."""
    if value not in desk.city.languages:
        return Outcome(session, stale=True)
    session = replace(session, language=value)
    if len(session.trail) > 1:
        return Outcome(session.back())
    return _welcome(session, desk)


def open_language(session: Session, value: str, desk: Desk) -> Outcome:
    """The picker, from anywhere, with the way back kept."""
    return Outcome(session.to("language"))


def agree(session: Session, value: str, desk: Desk) -> Outcome:
    """Keep the consent and open the menu."""
    desk.agree()
    session = replace(session, consent=desk.city.notice_version)
    return Outcome(session.only("menu"))


def decline(session: Session, value: str, desk: Desk) -> Outcome:
    """No consent: the offices and their phones, an equal way."""
    return Outcome(session.only("menu", "directory"))


def open_menu(session: Session, value: str, desk: Desk) -> Outcome:
    """The main menu; what was chosen so far is forgotten."""
    if desk.actor() is not None:
        return Outcome(session.only("desk_menu"))
    return Outcome(session.only("menu"))


def go_back(session: Session, value: str, desk: Desk) -> Outcome:
    """The screen before this one."""
    return Outcome(session.back())


def open_emergency(session: Session, value: str, desk: Desk) -> Outcome:
    """The emergency numbers, with the way back kept."""
    return Outcome(session.to("emergency"))


def open_directory(session: Session, value: str, desk: Desk) -> Outcome:
    """All offices with their phones."""
    return Outcome(session.to("directory"))


def open_card(session: Session, value: str, desk: Desk) -> Outcome:
    """One office's card."""
    if value not in desk.city.office:
        return Outcome(session, stale=True)
    return Outcome(session.choosing(office_id=value).to("card"))


def call_instead(session: Session, reason: Reason) -> Outcome:
    """No booking here for now: the phone numbers, and why."""
    return Outcome(session.only("menu", "directory"), notice=(say(f"refused.{reason}"),))


def send_pin(session: Session, value: str, desk: Desk) -> Outcome:
    """The door on a map, where its position is exact."""
    office = desk.city.office.get(value)
    if office is None or not office.position.exact:
        return Outcome(session, stale=True)
    return Outcome(session, orders=(SendPin(value),))


def _welcome(session: Session, desk: Desk) -> Outcome:
    if desk.actor() is not None:
        return Outcome(session.only("desk_menu"))
    return Outcome(session.only("menu" if has_agreed(session, desk) else "notice"))
