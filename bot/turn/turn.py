"""One update is one transaction: load, converse, store state, bookings and outbox rows."""

import json
from dataclasses import dataclass, replace

from bot.conversation import content, session, talk
from bot.conversation.content import Code, Screen, say
from bot.conversation.outcome import (
    AskForLocation,
    DeleteTheirMessage,
    LeaveMessage,
    Order,
    Outcome,
    SendCalendarFile,
    SendPin,
    TakeKeyboardAway,
)
from bot.conversation.session import Session
from bot.domain.city import City
from bot.storage import inbox, outbox, persons, staff
from bot.storage.database import Tx
from bot.storage.outbox import Draft, Priority
from bot.storage.persons import Person
from bot.storage.vault import Vault
from bot.turn.bookings import ChooseSign
from bot.turn.desk import TurnDesk
from bot.turn.incoming import Incoming, ReadUpdate

MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes updates in and handles them, each in the transaction it is given.

    `choose` is the randomness of appointment codes, `read_update` knows the messenger's format.
    """

    city: City
    vault: Vault
    read_update: ReadUpdate
    choose: ChooseSign

    def take_in(self, tx: Tx, updates: list[tuple[int, int, bytes]], now: int) -> set[str]:
        """Keep updates (id, chat id, raw JSON) before they are acknowledged; their chats."""
        chats = set()
        for update_id, chat_id, raw in updates:
            chat_key = self.vault.lookup(chat_id)
            inbox.keep(tx, update_id, chat_key, self.vault.seal(raw), now)
            chats.add(chat_key)
        return chats

    def next_of(self, tx: Tx, chat_key: str, now: int) -> bool:
        """Handle the chat's oldest update; whether another one waits behind it."""
        waiting = inbox.oldest(tx, chat_key)
        if waiting is None:
            return False
        incoming = self.read_update(self.vault.open(waiting.payload_sealed))
        if incoming is not None:
            self._handle(tx, waiting.update_id, incoming, now)
        inbox.done(tx, waiting.update_id, now)
        return inbox.oldest(tx, chat_key) is not None

    def failed(self, tx: Tx, chat_key: str, now: int) -> bool:
        """Count a failed turn; after the last attempt set the update aside and say sorry.

        Whether the update was set aside.
        """
        waiting = inbox.oldest(tx, chat_key)
        if waiting is None:
            return False
        inbox.count_attempt(tx, waiting.update_id)
        if waiting.attempts + 1 < MOST_ATTEMPTS:
            return False
        inbox.set_aside(tx, waiting.update_id)
        if person := self._sender(tx, chat_key, waiting, now):
            sorry = Screen(((say("anything.went_wrong", command=Code("/start")),),))
            draft = _draft("message", content.to_json(sorry), waiting.update_id, 0, person.id, now)
            outbox.put(tx, draft, now)
        return True

    def _sender(self, tx: Tx, chat_key: str, waiting: inbox.Waiting, now: int) -> Person | None:
        """Who sent an update that could not be handled, if that much can be read."""
        if known := persons.by_chat_key(tx, chat_key):
            return known
        try:
            incoming = self.read_update(self.vault.open(waiting.payload_sealed))
        except Exception:
            return None
        return self._person(tx, incoming.chat_id, now) if incoming else None

    def _handle(self, tx: Tx, update_id: int, incoming: Incoming, now: int) -> None:
        known = self._person(tx, incoming.chat_id, now)
        person = _with_news(known, incoming)
        if person.reachable and not known.reachable:
            _deliver_what_was_kept(tx, person.id)
        if incoming.event is None:
            persons.save(tx, person, now)
            return
        language = person.language or self._guess(incoming.language_code)
        before = session.from_json(person.session, language, person.consent_version)
        desk = TurnDesk(tx, self.city, person, language, now, self.choose)
        outcome = talk.turn(before, incoming.event, desk)
        after = outcome.session
        screen = talk.show(after, desk, outcome.notice)
        messages = _messages(outcome, screen, incoming.message_id)
        for number, (kind, made) in enumerate((*messages, *_left_behind(known, person))):
            outbox.put(tx, _draft(kind, made, update_id, number, person.id, now), now)
        kept = replace(person, language=after.language, session=session.to_json(after))
        persons.save(tx, kept, now)

    def _guess(self, language_code: str | None) -> str:
        spoken = (language_code or "").split("-")[0].lower()
        return next(
            code for code in (spoken, "en", self.city.languages[0]) if code in self.city.languages
        )

    def _person(self, tx: Tx, chat_id: int, now: int) -> Person:
        found = persons.take(tx, self.vault.lookup(chat_id))
        return found or persons.add(tx, self.vault, chat_id, session.to_json(Session()), now)


def _with_news(person: Person, incoming: Incoming) -> Person:
    """The person with what the update tells of the chat."""
    newest = max(person.last_message, incoming.message_id)
    live = person.live_message
    if incoming.event is not None and talk.takes_over(incoming.event):
        live = (incoming.message_id or None) if incoming.editable else None
    return replace(person, reachable=incoming.reachable, last_message=newest, live_message=live)


def _deliver_what_was_kept(tx: Tx, person_id: int) -> None:
    """A case manager who could not be reached gets the notices of that time."""
    if case_manager_id := staff.case_manager_of(tx, person_id):
        outbox.address_homeless(tx, case_manager_id, person_id)


def _left_behind(before: Person, after: Person) -> list[tuple[str, str]]:
    """The screen that another message took over from, such as a reminder, loses its buttons."""
    if before.live_message in (None, after.live_message):
        return []
    return [("strip", json.dumps({"message": before.live_message}))]


def _messages(outcome: Outcome, screen: Screen, message_id: int) -> list[tuple[str, str]]:
    """The kinds and contents of what is sent, in order.

    The keyboard that asks for a location stands below its screen; all else stands above, so that
    the screen ends up at the bottom of the chat.
    """
    above: list[tuple[str, str]] = []
    below: list[tuple[str, str]] = []
    for order in outcome.orders:
        made = _message(order, message_id)
        (below if isinstance(order, AskForLocation) else above).append(made)
    return [*above, (outbox.SCREEN, content.to_json(screen)), *below]


def _message(order: Order, message_id: int) -> tuple[str, str]:
    match order:
        case LeaveMessage(line):
            return "message", content.to_json(Screen(((line,),)))
        case SendCalendarFile(appointment_id):
            return "calendar_file", json.dumps({"appointment": appointment_id})
        case SendPin(office_id):
            return "pin", json.dumps({"office": office_id})
        case AskForLocation():
            return "ask_location", content.to_json(Screen(((say("place.share"),),)))
        case TakeKeyboardAway():
            return "take_keyboard", content.to_json(Screen(((say("place.keyboard_gone"),),)))
        case DeleteTheirMessage():
            return "delete", json.dumps({"message": message_id})


def _draft(kind: str, made: str, update_id: int, number: int, person_id: int, now: int) -> Draft:
    return Draft(
        kind=kind,
        content=made,
        dedupe_key=f"update:{update_id}:{number}",
        priority=Priority.ANSWER,
        due_at=now,
        person_id=person_id,
    )
