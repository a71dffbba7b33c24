"""What one update leads to: load, converse, store state, bookings and outbox rows."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversation import dialog, session
from bot.conversation.events import Event, SentSomethingElse
from bot.conversation.screens.entry import slow_down
from bot.conversation.session import Session
from bot.domain.appointment import Appointment
from bot.domain.fair_use import RateAnswer
from bot.domain.language_codes import nearest
from bot.messages.payloads import Payload, Text
from bot.observability.logs import fields
from bot.services import answers, chat_clearing, outbound, outgoing
from bot.services.incoming import Incoming
from bot.services.transaction_port import TransactionPort
from bot.services.unit import Unit
from bot.storage.queues.inbox import UpdateKey
from bot.storage.records import chats, persons, staff_chats
from bot.storage.records.chats import Chat
from bot.storage.upkeep import staff_ties

log = logging.getLogger(__name__)

AT_FIRST = session.to_json(Session())


@dataclass(frozen=True, slots=True)
class Turn:
    """One update of a chat, in its unit of work.

    A client's chat that does more than `actions_per_minute` is asked to slow down; 0 lifts it.
    """

    unit: Unit
    chat_key: str
    key: UpdateKey
    actions_per_minute: int

    def take(self, incoming: Incoming, its_turn: Callable[[], bool]) -> bool:
        """Do what the update leads to, if it is its turn; whether it was.

        What is asked first goes to the database together.
        """
        unit = self.unit
        found = chats.take(unit.tx, self.chat_key)
        take_along = outbound.take_along(unit, self.chat_key)
        if not its_turn():
            return False
        known = found() or add_chat(unit, incoming.chat_id)
        take_along(known.person.id)
        if _is_of_an_answered_album(unit, known, incoming.event):
            incoming = replace(incoming, event=None)
        chat = _with_news(known, incoming, unit.now)
        if chat.reachable and not known.reachable:
            staff_ties.reached_again(unit.tx, chat.person.id)
            unit.outbound.left = True
        if incoming.event is None:
            chats.save(unit.tx, chat, unit.now)
        else:
            self._answer(known, chat, incoming, incoming.event)
        return True

    def _answer(self, known: Chat, chat: Chat, incoming: Incoming, event: Event) -> None:
        found = self._pace(chat)
        if found is not RateAnswer.SCREEN and _hides_a_secret(self.unit, known, event):
            chat, found = replace(chat, action_rate=known.action_rate), RateAnswer.SCREEN
        if found is RateAnswer.SCREEN:
            _converse(self.unit, known, chat, self.key, incoming, event)
        else:
            _hold_back(self.unit, known, chat, self.key, found)

    def _pace(self, chat: Chat) -> RateAnswer:
        """Whether a client has done too much in this minute; the staff may work as they must."""
        found = chat.action_rate.answer(self.actions_per_minute)
        if found is RateAnswer.SCREEN or staff_chats.is_tied(self.unit.tx, chat.person.id):
            return RateAnswer.SCREEN
        return found


def _is_of_an_answered_album(unit: Unit, chat: Chat, event: Event | None) -> bool:
    """Ten pictures sent together are one thing that somebody has done."""
    if not isinstance(event, SentSomethingElse) or not event.album:
        return False
    return _session(chat, unit.city.languages[0]).album == event.album


def _hides_a_secret(unit: Unit, chat: Chat, event: Event) -> bool:
    """Whether this leaves a screen that must not be left standing, however fast it came.

    It is not counted: one has come there by an action that was.
    """
    return dialog.hides_a_secret(_session(chat, unit.city.languages[0]), event)


def _hold_back(unit: Unit, known: Chat, chat: Chat, key: UpdateKey, found: RateAnswer) -> None:
    # What they see stays as it is, so that its buttons are good when the minute is over.
    stands = replace(
        known,
        last_message=chat.last_message,
        reachable=True,
        action_rate=chat.action_rate,
    )
    chats.save(unit.tx, stands, unit.now)
    if found is RateAnswer.LINE:
        line = Text(slow_down(unit.city))
        outgoing.answer(unit, chat.person.id, answer_key(key, 0), line)


def _converse(
    unit: Unit, known: Chat, chat: Chat, key: UpdateKey, incoming: Incoming, event: Event
) -> None:
    """Take a step of the conversation, and write what there is to say and where it stands."""
    person = chat.person
    offered, readers = unit.city.languages, unit.words.readers
    language = person.language or nearest(incoming.language_code, offered, readers)
    before = _session(chat, language)
    port = TransactionPort(unit, chat, language)
    outcome = dialog.step(before, event, port)
    screen = None if outcome.silent else dialog.show(outcome.session, port, outcome.notice)
    left_behind = _left_behind(unit, known, chat)
    if outcome.kept is not None:
        chat = _keeping(unit, chat, outcome.kept)
    said = answers.of(outcome, screen, incoming.message_id)
    for number, payload in enumerate((*said, *left_behind)):
        outgoing.answer(unit, person.id, answer_key(key, number), payload)
    _keep(unit, chat, outcome.session)


def _keeping(unit: Unit, chat: Chat, about: Appointment) -> Chat:
    """The chat with a message of an appointment to stay: the question, if the screen still is it.

    The next screen is a new message below.
    """
    asked = chat.screen_at_the_bottom
    written = outgoing.confirm_to_client(unit, about, asked)
    return replace(chat, live_message=None) if written and asked is not None else chat


def _session(chat: Chat, language: str) -> Session:
    """Where the conversation stands; at the menu where that cannot be read any more."""
    consent = chat.person.consent_version
    try:
        return session.from_json(chat.session, language, consent)
    except ValueError:
        log.error("a session cannot be read", extra=fields(person=chat.person.id))
        return Session(language, consent, ("menu",) if consent else ())


def _keep(unit: Unit, chat: Chat, after: Session) -> None:
    if after.language != chat.person.language:
        persons.set_language(unit.tx, chat.person.id, after.language)
    kept, midway = session.to_json(after), session.is_midway(after)
    chats.save(unit.tx, replace(chat, session=kept, midway=midway), unit.now)


def add_chat(unit: Unit, chat_id: int) -> Chat:
    """Take in a chat not seen before."""
    return chats.add(unit.tx, unit.vault, chat_id, AT_FIRST, unit.now)


def _with_news(chat: Chat, incoming: Incoming, now: int) -> Chat:
    """The chat with what the update tells of it."""
    newest = max(chat.last_message, incoming.message_id)
    live, rate = chat.live_message, chat.action_rate
    if incoming.event is not None:
        rate = rate.after_another(now)
        if dialog.takes_over(incoming.event):
            live = (incoming.message_id or None) if incoming.editable else None
    return replace(
        chat,
        reachable=incoming.reachable,
        last_message=newest,
        live_message=live,
        live_traceless=chat.live_traceless and live == chat.live_message,
        action_rate=rate,
    )


def _left_behind(unit: Unit, before: Chat, after: Chat) -> list[Payload]:
    """How the screen ends that another message took over from, such as a reminder."""
    left, person_id = before.live_message, before.person.id
    if left is None or left == after.live_message:
        return []
    return [chat_clearing.farewell(unit, person_id, left, traceless=before.live_traceless)]


def answer_key(key: UpdateKey, number: int) -> str:
    """The key of an answer to an update."""
    return f"update:{key.channel}:{key.update_id}:{number}"
