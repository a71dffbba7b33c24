"""What the law gives everybody: to know, to have a copy, to withdraw, to be forgotten."""

from bot.conversation.content import say
from bot.conversation.outcome import Outcome, SendDataExport
from bot.conversation.port import Port
from bot.conversation.session import Session


def open_privacy(session: Session, value: str, port: Port) -> Outcome:
    """Who answers for the data, and what can be done."""
    return Outcome(_somewhere(session).to("privacy"))


def read_more(session: Session, value: str, port: Port) -> Outcome:
    """The long text."""
    return Outcome(session.to("privacy_more"))


def export(session: Session, value: str, port: Port) -> Outcome:
    """A file with everything that is held; the screen stays."""
    told = (say("data_export.sent"),)
    return Outcome(_somewhere(session), notice=told, orders=(SendDataExport(),))


def clear_chat(session: Session, value: str, port: Port) -> Outcome:
    """Our messages leave the chat; appointments stay."""
    port.clear_chat()
    first = "menu" if port.actor() is None else "staff_menu"
    return Outcome(session.only(first).to("cleared"))


def ask_delete(session: Session, value: str, port: Port) -> Outcome:
    """Really delete everything?"""
    return Outcome(_somewhere(session).to("delete"))


def ask_withdraw(session: Session, value: str, port: Port) -> Outcome:
    """Really withdraw the consent? Then everything is deleted."""
    return Outcome(_somewhere(session).to("withdraw"))


def delete(session: Session, value: str, port: Port) -> Outcome:
    """Forget this person; what stays to be shown is the last message."""
    port.forget()
    return Outcome(Session(language=session.language, trail=("farewell",)))


def show_details(session: Session, value: str, port: Port) -> Outcome:
    """Whether reminders name person and office; the button says which."""
    port.show_details(value == "1")
    return Outcome(session)


def _somewhere(session: Session) -> Session:
    """A command may come before the first screen."""
    return session if session.trail else session.only("language")
