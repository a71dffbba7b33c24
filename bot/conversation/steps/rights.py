"""What the law gives everybody: to know, to have a copy, to withdraw, to be forgotten."""

from bot.conversation import slot_values
from bot.conversation.content import say
from bot.conversation.desk import Desk
from bot.conversation.outcome import Outcome, SendHoldings
from bot.conversation.screens.rights import PAGES
from bot.conversation.session import Session


def open_privacy(session: Session, value: str, desk: Desk) -> Outcome:
    """Who answers for the data, and what can be done."""
    return Outcome(_somewhere(session).to("privacy"))


def read_more(session: Session, value: str, desk: Desk) -> Outcome:
    """A page of the long text."""
    page = slot_values.to_number(value)
    if page is None or page >= len(PAGES):
        return Outcome(session, stale=True)
    return Outcome(session.choosing(page=page).to("privacy_more"))


def export(session: Session, value: str, desk: Desk) -> Outcome:
    """A file with everything that is held; the screen stays."""
    told = (say("holdings.sent"),)
    return Outcome(_somewhere(session), notice=told, orders=(SendHoldings(),))


def clear_chat(session: Session, value: str, desk: Desk) -> Outcome:
    """Our messages leave the chat; appointments stay."""
    desk.clear_chat()
    first = "menu" if desk.actor() is None else "desk_menu"
    return Outcome(session.only(first).to("cleared"))


def ask_delete(session: Session, value: str, desk: Desk) -> Outcome:
    """Really delete everything? Withdrawing the consent means the same."""
    return Outcome(_somewhere(session).to("delete"))


def delete(session: Session, value: str, desk: Desk) -> Outcome:
    """Forget this person; what stays to be shown is the last message."""
    desk.forget()
    return Outcome(Session(language=session.language, trail=("farewell",)))


def show_details(session: Session, value: str, desk: Desk) -> Outcome:
    """Whether reminders name person and office; the button says which."""
    desk.show_details(value == "1")
    return Outcome(session)


def _somewhere(session: Session) -> Session:
    """A command may come before the first screen."""
    return session if session.trail else session.only("language")
