"""For whom the staff book: somebody without Telegram, of whom no more is asked than a language."""

from bot.conversation.content import Language, Line, say
from bot.conversation.port import Port
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session


def walk_in_language(session: Session, port: Port) -> View:
    """In which language does the person read?"""
    keys = [Key(Language(code), "walk_in_language", code) for code in port.city.languages]
    back = Key(say("staff.menu"), "menu")
    return View(((say("walk_in.which_language"),),), column(*keys, back))


def for_whom(session: Session) -> tuple[Line, ...]:
    """A line above the summary, or none for a client's own booking."""
    walk_in = session.draft.walk_in
    return () if walk_in is None else (say("walk_in.for", language=Language(walk_in)),)
