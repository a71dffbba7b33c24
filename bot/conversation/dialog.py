"""One event of a conversation: what it leads to, and the screen that shows it."""

from dataclasses import replace
from typing import assert_never

from bot.conversation import presses
from bot.conversation.content import Button, Line, Screen, say
from bot.conversation.events import (
    Commanded,
    Event,
    Located,
    Pressed,
    Reacted,
    SentKind,
    SentSomethingElse,
    Started,
    Wrote,
)
from bot.conversation.outcome import DeleteTheirMessage, Outcome, TakeKeyboardAway
from bot.conversation.port import Port
from bot.conversation.presses import Press
from bot.conversation.screens.view import Key
from bot.conversation.session import Session
from bot.conversation.steps import (
    claiming,
    entry,
    own_words,
    referred,
    rights,
    staff,
    unopened,
    whereabouts,
)
from bot.conversation.table import BY_ACTION, SECRET, STAFF, TRACELESS
from bot.conversation.views import VIEWS
from bot.domain import referral
from bot.understanding.emoji import is_only_emoji

_WAYS_OUT = ("back", "menu", "settings")
SHORTEST_KEY = 16
"""Signs; invitations and claims are longer."""


def step(session: Session, event: Event, port: Port) -> Outcome:
    """What `event` leads to. A fresh screen gets a new revision; a late press gets none."""
    session = _still_possible(session, port)
    if isinstance(event, SentSomethingElse):
        session = replace(session, album=event.album)
    outcome = _answer(session, event, port)
    if outcome.stale:
        return replace(outcome, session=outcome.session if session.trail else _first(session, port))
    if outcome.silent:
        return replace(outcome, session=replace(outcome.session, said=outcome.said))
    after = replace(outcome.session, revision=session.revision + 1, said=outcome.said)
    orders = outcome.orders
    if session.keyboard and not _asks_again(event):
        after, orders = replace(after, keyboard=False), (*orders, TakeKeyboardAway())
    return replace(outcome, session=after, orders=orders)


def takes_over(event: Event) -> bool:
    """Whether the message a press stands on becomes the screen; a notice stays as it is."""
    if not isinstance(event, Pressed) or event.press is None:
        return isinstance(event, Pressed)
    row = BY_ACTION.get(event.press.action)
    return event.press.revision is not None or row is None or not row.below


def hides_a_secret(session: Session, event: Event) -> bool:
    """Whether this leaves a screen that nobody else must see, by a way that stands there."""
    if session.screen not in SECRET:
        return False
    match event:
        case Pressed(Press(action, revision)):
            return revision == session.revision and action in _WAYS_OUT
        case Commanded(name):
            return name != "export"
        case _:
            return isinstance(event, Started)


def show(session: Session, port: Port, notice: tuple[Line, ...] = ()) -> Screen:
    """The session's screen as data, with the buttons every screen has."""
    view = VIEWS[session.screen](session, port)
    rows = (*view.rows, *_around(session, port))
    return Screen(
        ((notice,) if notice else ()) + view.paragraphs,
        tuple(tuple(_button(key, session.revision) for key in row) for row in rows),
        session.screen in TRACELESS,
    )


def _still_possible(session: Session, port: Port) -> Session:
    """The session without screens another version had; the menu where it stands on one of those,
    or where its choices are of a city file that has changed since.
    """
    draft, city = session.draft, port.city
    known = {draft.office_id, *draft.order} <= {None, *city.office}
    if session.screen in STAFF or draft.walk_in is not None:
        known = known and port.actor() is not None
        session = entry.in_a_language_of_the_staff(session, port) if known else session
    if not known or (session.trail and session.screen not in VIEWS):
        return session.only("menu")
    if VIEWS.keys() >= {*session.trail}:
        return session
    return replace(session, trail=tuple(each for each in session.trail if each in VIEWS))


def _answer(session: Session, event: Event, port: Port) -> Outcome:
    match event:
        case Started(argument):
            return _linked(session, argument, port) or entry.start(session, port)
        case Commanded(name):
            return _command(session, name, port)
        case Pressed(press):
            return _press(session, press, port)
        case Reacted():
            return unopened.reacted(session, port)
        case Wrote(text) if port.actor() is None and not is_only_emoji(text):
            return own_words.typed(session, text, port)
        case _ if not session.trail:
            unasked = (DeleteTheirMessage(),) if isinstance(event, Located) else ()
            return replace(entry.start(session, port), orders=unasked)
        case Wrote() if port.actor() is None:
            return unopened.answer(session, SentKind.STICKER, port)
        case Wrote(text) if session.draft.walk_in is None:
            return staff.by_code(session, text, port)
        case Located(latitude, longitude) if _asks_where(session, port):
            return whereabouts.located(session, latitude, longitude, port)
        case Located():
            return unopened.place(session, port)
        case Wrote():
            return Outcome(session, notice=(say("staff.use_buttons"),))
        case SentSomethingElse(_, what):
            return unopened.answer(session, what, port)
        case _ as never:
            assert_never(never)


def _asks_where(session: Session, port: Port) -> bool:
    """Whether a location is of use: a client's, not that of who books for a walk-in."""
    return session.draft.walk_in is None and entry.has_agreed(session, port)


def _linked(session: Session, argument: str, port: Port) -> Outcome | None:
    """What a link carried: who sent them and where to, an invitation, a slip's claim, or neither
    any more.

    None where there was nothing of this in it.
    """
    if named := referral.read(argument):
        return entry.start(referred.remember(session, named, port), port)
    if len(argument) < SHORTEST_KEY:
        return None
    opened = staff.redeem(session, argument, port) or claiming.claim(session, argument, port)
    return opened or entry.not_usable(session, port)


def _command(session: Session, name: str, port: Port) -> Outcome:
    if name in _ALWAYS or (name in _ONCE_STARTED and session.trail):
        return (_ALWAYS | _ONCE_STARTED)[name](session, "", port)
    outcome = entry.start(session, port)
    if name != "help":
        return outcome
    key = "staff.type_a_code" if _is_of_staff(outcome.session) else "anything.help"
    return replace(outcome, notice=(say(key),))


_ONCE_STARTED = {"language": entry.ask_language, "menu": entry.open_menu}
_ALWAYS = {"privacy": rights.open_privacy, "export": rights.export, "delete": rights.ask_delete}


def _press(session: Session, press: Press | None, port: Port) -> Outcome:
    row = BY_ACTION.get(press.action) if press else None
    if press is None or row is None:
        return Outcome(session, stale=True)
    if row.action == "delete_yes" and not session.trail and session.consent is None:
        # The second of two quick taps comes from somebody who is forgotten already.
        return row.step(session, press.value, port)
    lasting = row.lasting and press.revision is None
    if not lasting and (press.revision != session.revision or not _stands_on(row.at, session)):
        return Outcome(session, stale=True)
    return row.step(session, press.value, port)


def _stands_on(at: tuple[str, ...], session: Session) -> bool:
    return bool(session.trail) and (not at or session.screen in at)


def _asks_again(event: Event) -> bool:
    return isinstance(event, Pressed) and event.press is not None and event.press.action == "locate"


def _is_of_staff(session: Session) -> bool:
    return session.trail[:1] == ("staff_menu",)


def _first(session: Session, port: Port) -> Session:
    return entry.start(session, port).session


def _around(session: Session, port: Port) -> tuple[tuple[Key, ...], ...]:
    screen, ways = session.screen, []
    if screen in (*STAFF, "farewell"):
        return ()
    if session.draft.walk_in is not None or (screen == "language" and _is_of_staff(session)):
        return ((Key(say("staff.back"), "back"), Key(say("staff.menu"), "menu")),)
    if len(session.trail) > 1:
        ways.append(Key(say("around.back"), "back"))
    if screen not in ("language", "notice", "menu") or len(session.trail) > 1:
        ways.append(Key(say("around.menu"), "menu"))
    if screen not in ("language", "menu"):
        ways.append(Key(say("around.language"), "settings"))
    emergency = (
        () if screen in ("emergency", "menu") else (Key(say("menu.emergency"), "emergency"),)
    )
    return tuple(row for row in (tuple(ways), emergency) if row)


def _button(key: Key, revision: int) -> Button:
    meant = presses.encode(key.action, revision, key.value) if key.action else ""
    return Button(key.label, meant, key.url, key.copies, key.emphasis)
