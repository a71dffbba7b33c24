"""For whom the staff book: somebody without Telegram, of whom no more is asked than a language."""

from bot.conversation.content import Language, Line, say
from bot.conversation.desk import Desk
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session


def guest_language(session: Session, desk: Desk) -> View:
    """In which language does the person read?"""
    keys = [Key(Language(code), "guest_language", code) for code in desk.city.languages]
    return View(((say("guest.which_language"),),), column(*keys))


def for_whom(session: Session) -> tuple[Line, ...]:
    """A line above the summary, or none for a client's own booking."""
    guest = session.draft.guest
    return () if guest is None else (say("guest.for", language=Language(guest)),)
