"""One update is one transaction: load, converse, store state, bookings and outbox rows."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.conversation import content, dialog, session
from bot.conversation.content import Code, Screen, say
from bot.conversation.outcome import (
    AskForLocation,
    DeleteTheirMessage,
    LeaveMessage,
    Order,
    Outcome,
    SendCalendarFile,
    SendDataExport,
    SendPin,
    SendSlip,
    TakeKeyboardAway,
)
from bot.conversation.screens.entry import timeouts
from bot.conversation.session import Session
from bot.domain.city import City
from bot.domain.rate_limits import Answer
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.services.bookings import ChooseSign
from bot.services.incoming import Incoming, ReadUpdate
from bot.services.transaction_port import TransactionPort
from bot.storage.engine.database import Tx
from bot.storage.queues import inbox, outbox
from bot.storage.queues.outbox import Draft, Priority
from bot.storage.records import case_managers, persons, sent_messages
from bot.storage.records.persons import Person
from bot.storage.vault import Vault

MOST_ATTEMPTS = 3


class Queue(StrEnum):
    """How a chat's queue stands: nothing was in it, the last update is done, one is left behind
    it, or another process is at work on this chat."""

    EMPTY = "empty"
    DONE = "done"
    MORE = "more"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class UpdateHandler:
    """Takes updates in and handles them, each in the transaction it is given.

    `choose` is the randomness of appointment codes, `read_update` knows the messenger's format.
    A chat that does more than `actions_per_minute` is asked for patience; 0 lifts the limit.
    """

    city: City
    vault: Vault
    read_update: ReadUpdate
    choose: ChooseSign
    actions_per_minute: int
    staffing: Staffing = CHAT_ONLY

    def take_in(self, tx: Tx, updates: list[tuple[int, int, bytes]], now: int) -> set[str]:
        """Keep updates (id, chat id, raw JSON) before they are acknowledged; their chats."""
        chats = set()
        for update_id, chat_id, raw in updates:
            chat_key = self.vault.lookup(chat_id)
            inbox.keep(tx, update_id, chat_key, self.vault.seal(raw), now)
            chats.add(chat_key)
        return chats

    def next_of(self, tx: Tx, chat_key: str, now: int) -> Queue:
        """Handle the chat's oldest update; how the chat's queue stands then."""
        if not tx.try_lock(chat_key):
            return Queue.ELSEWHERE
        waiting = inbox.first_two(tx, chat_key)
        if not waiting:
            return Queue.EMPTY
        oldest = waiting[0]
        incoming = self.read_update(self.vault.open(oldest.payload_sealed))
        if incoming is not None:
            self._handle(tx, chat_key, oldest.update_id, incoming, now)
        inbox.done(tx, oldest.update_id, now)
        return Queue.MORE if waiting[1:] else Queue.DONE

    def failed(self, tx: Tx, chat_key: str, now: int) -> bool:
        """Count a failed attempt; after the last attempt set the update aside and say sorry.

        Whether the update was set aside.
        """
        found = inbox.first_two(tx, chat_key) if tx.try_lock(chat_key) else []
        if not found:
            return False
        waiting = found[0]
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
        return self._person(tx, chat_key, incoming.chat_id, now) if incoming else None

    def _handle(self, tx: Tx, chat_key: str, update_id: int, incoming: Incoming, now: int) -> None:
        known = self._person(tx, chat_key, incoming.chat_id, now)
        person = _with_news(known, incoming)
        if person.reachable and not known.reachable:
            _deliver_what_was_kept(tx, person.id)
        if incoming.event is None:
            persons.save(tx, person, now)
            return
        action_rate = known.action_rate.after_another(now)
        if (answer := action_rate.answer(self.actions_per_minute)) is not Answer.SCREEN:
            # What they see stays as it is, so that its buttons are good when the minute is over.
            stands = replace(
                known, last_message=person.last_message, reachable=True, action_rate=action_rate
            )
            persons.save(tx, stands, now)
            if answer is Answer.LINE:
                wait = content.to_json(timeouts(self.city))
                outbox.put(tx, _draft("message", wait, update_id, 0, person.id, now), now)
            return
        language = person.language or self._guess(incoming.language_code)
        before = session.from_json(person.session, language, person.consent_version)
        port = TransactionPort(
            tx, self.city, person, language, now, self.choose, self.vault, self.staffing
        )
        outcome = dialog.step(before, incoming.event, port)
        after = outcome.session
        screen = dialog.show(after, port, outcome.notice)
        messages = _messages(outcome, screen, incoming.message_id)
        for number, (kind, made) in enumerate((*messages, *_left_behind(tx, known, person, now))):
            outbox.put(tx, _draft(kind, made, update_id, number, person.id, now), now)
        where = session.to_json(after)
        persons.save(
            tx,
            replace(person, language=after.language, session=where, action_rate=action_rate),
            now,
        )

    def _guess(self, language_code: str | None) -> str:
        spoken = (language_code or "").split("-")[0].lower()
        return next(
            code for code in (spoken, "en", self.city.languages[0]) if code in self.city.languages
        )

    def _person(self, tx: Tx, chat_key: str, chat_id: int, now: int) -> Person:
        found = persons.take(tx, chat_key)
        return found or persons.add(tx, self.vault, chat_id, session.to_json(Session()), now)


def _with_news(person: Person, incoming: Incoming) -> Person:
    """The person with what the update tells of the chat."""
    newest = max(person.last_message, incoming.message_id)
    live = person.live_message
    if incoming.event is not None and dialog.takes_over(incoming.event):
        live = (incoming.message_id or None) if incoming.editable else None
    return replace(
        person,
        reachable=incoming.reachable,
        last_message=newest,
        live_message=live,
        live_traceless=person.live_traceless and live == person.live_message,
    )


def _deliver_what_was_kept(tx: Tx, person_id: int) -> None:
    """A case manager who could not be reached gets the notices of that time."""
    if case_manager_id := case_managers.case_manager_of(tx, person_id):
        outbox.address_unaddressed(tx, case_manager_id, person_id)


def _left_behind(tx: Tx, before: Person, after: Person, now: int) -> list[tuple[str, str]]:
    """How the screen ends that another message took over from, such as a reminder."""
    left = before.live_message
    if left is None or left == after.live_message:
        return []
    kind = sent_messages.farewell(tx, before.id, left, now, traceless=before.live_traceless)
    return [(kind, json.dumps({"message": left}))]


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
        case SendSlip(appointment_id):
            return "slip", json.dumps({"appointment": appointment_id})
        case SendPin(office_id):
            return "pin", json.dumps({"office": office_id})
        case SendDataExport():
            return "holdings", "{}"
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
