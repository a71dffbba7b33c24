"""Accounts in front of the real bot on a real database, without a messenger.

Every message is composed and settled as the sender would, so that a test reads what a person
gets. All happens in the one transaction it is given; `undone` takes back what was tried.
"""

import functools
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from typed_words import WORDS

from bot.app import LOCALES, load_city
from bot.chat import reading_updates
from bot.chat.telegram_limits import LIMITS
from bot.conversation import session
from bot.conversation.session import Session
from bot.delivery.channel import (
    Call,
    EditMessage,
    NewMessage,
    Sent,
    ShowPin,
    Unreachable,
    UploadFile,
)
from bot.delivery.composing import MessageComposer
from bot.delivery.recording import Attempt, settle
from bot.domain.actors import Actor
from bot.domain.city import City
from bot.domain.staffing import CHAT_ONLY
from bot.rendering import catalogues
from bot.rendering.chat_message import MessageButton, Renderer
from bot.services import staff_invitations
from bot.services.unit import ChooseSign, Outbound, Unit
from bot.services.updates import UpdateHandler
from bot.settings import Settings
from bot.storage.engine.database import Tx
from bot.storage.engine.migrations import migrate
from bot.storage.engine.opening import open_database
from bot.storage.queues import claimed_messages, outbox
from bot.storage.queues.claimed_messages import ClaimedMessage
from bot.storage.records import case_managers, chats
from bot.storage.upkeep import staff_ties
from bot.storage.vault import Vault

T = TypeVar("T")
VAULT = Vault(bytes(32))
ANNA = 7
MONDAY_MORNING = 1_795_420_800
SILENT = ("StripButtons", "DeleteMessage", "DeleteMessages", "BlankMessage")


@functools.cache
def city_of(name: str) -> City:
    """A city of examples, by the name or the path of its file."""
    return load_city(Settings(city=name, api_url="http://127.0.0.1"))


@functools.cache
def renderer_of(name: str) -> Renderer:
    """What writes the messages of a city; its catalogues are compiled once."""
    city = city_of(name)
    return Renderer(catalogues.load(LOCALES, city.languages, ("de",)), city)


@dataclass(frozen=True, slots=True)
class Got:
    """A call as it reaches somebody: all that can be read, and the data of its buttons."""

    chat: int
    kind: str
    text: str
    data: tuple[str, ...]
    message_id: int | None


@dataclass
class Accounts:
    """The bot of a city, and whoever writes to it."""

    name: str
    now: int = MONDAY_MORNING
    term: int = 0
    choose: ChooseSign = field(init=False)
    handler: UpdateHandler = field(init=False)
    composer: MessageComposer = field(init=False)
    update_ids: Iterator[int] = field(default_factory=lambda: count(1))
    message_ids: Iterator[int] = field(default_factory=lambda: count(1))
    live: dict[int, Got] = field(default_factory=dict)
    shown: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.choose = random.Random(1).choice
        self.handler = UpdateHandler(reading_updates.read, 0)
        self.composer = MessageComposer(renderer_of(self.name))

    def open_unit(self, tx: Tx, now: int) -> Unit:
        """The unit of work of a transaction."""
        return Unit(tx, self.city, WORDS, CHAT_ONLY, now, VAULT, self.choose, LIMITS, Outbound())

    @property
    def city(self) -> City:
        return city_of(self.name)

    def opens(self, tx: Tx) -> None:
        """What the bot does before the first update."""
        case_managers.enlist(tx, list(self.city.case_manager))
        self.term = claimed_messages.begin_term(tx)

    def invite(self, tx: Tx, case_manager_id: str, token: str) -> None:
        staff_invitations.invite(
            tx, Actor.of(self.city.case_manager[case_manager_id]), token, self.now
        )

    def speaks_for(self, tx: Tx, chat: int, actor: Actor) -> None:
        """The chat is tied to one of the staff, as by their invitation."""
        staff_ties.tie(tx, actor, person_id(tx, chat), self.now)

    def says(self, tx: Tx, chat: int, text: str) -> list[Got]:
        """Somebody writes; what goes out because of it."""
        return self.brings(tx, chat, self.text(chat, text))

    def presses(self, tx: Tx, chat: int, data: str) -> list[Got]:
        """Somebody presses a button of this data, real or forged."""
        return self.brings(tx, chat, self.press(chat, data))

    def press(self, chat: int, data: str) -> dict[str, Any]:
        """The update of such a press, on the screen in front of them."""
        screen = self.live.get(chat)
        on = {**self._place(chat), "message_id": (screen and screen.message_id) or 1}
        return {"callback_query": {"id": "1", "data": data, "message": on}}

    def text(self, chat: int, text: str) -> dict[str, Any]:
        """The update of a text."""
        return {"message": {**self._place(chat), "text": text}}

    def brings(self, tx: Tx, chat: int, update: dict[str, Any]) -> list[Got]:
        """An update of this chat is taken in and handled, and what it leads to goes out."""
        self.handles(tx, chat, update)
        return self.delivers(tx)

    def handles(self, tx: Tx, chat: int, update: dict[str, Any]) -> None:
        """An update of this chat is taken in and handled."""
        arrival = reading_updates.arrival(next(self.update_ids), update)
        assert arrival is not None
        assert self.handler.at_once(self.open_unit(tx, self.now), VAULT.lookup(chat), arrival)

    def walks(self, tx: Tx, chat: int, *wanted: str) -> None:
        """Press one button after the other: the first of an action, or of "action:value"."""
        for each in wanted:
            self.presses(tx, chat, self.button(chat, each))

    def button(self, chat: int, wanted: str) -> str:
        """The data of the first such button on the screen."""
        action, _, value = wanted.partition(":")
        for data in self.live[chat].data:
            kind, _, carried = data.split(":")
            if kind == action and value in ("", carried):
                return data
        raise AssertionError(f"no button {wanted} among {self.live[chat].data}")

    def delivers(self, tx: Tx) -> list[Got]:
        """Compose and settle all that is due."""
        outbox.promote_due(tx, self.now)
        sent: list[Got] = []
        while taken := claimed_messages.claim(tx, self.term, 64):
            sent += [each for claimed in taken if (each := self._delivered(tx, claimed))]
        for each in sent:
            self.shown[each.chat] += each.data
            if each.kind == "screen":
                self.live[each.chat] = each
        return sent

    def session(self, tx: Tx, chat: int) -> Session:
        """Where the conversation of a chat stands."""
        found = chats.by_key(tx, VAULT.lookup(chat))
        if found is None:
            return Session()
        person = found.person
        return session.from_json(found.session, person.language, person.consent_version)

    def stands(self, tx: Tx, chat: int, *trail: str) -> None:
        """Put somebody on a screen, however one gets there."""
        found = chats.by_key(tx, VAULT.lookup(chat))
        assert found is not None
        before = session.from_json(found.session, None, None)
        text = session.to_json(before.only(*trail))
        chats.rest(tx, found.person.id, text)

    @contextmanager
    def undone(self, tx: Tx) -> Iterator[None]:
        """What is done in here leaves no trace."""
        live = dict(self.live)
        with tx.savepoint() as point:
            yield
            point.undo()
        self.live = live

    def _delivered(self, tx: Tx, claimed: ClaimedMessage) -> Got | None:
        unit = self.open_unit(tx, self.now)
        if claimed.chat_sealed is None:
            settle(unit, Attempt(claimed, Unreachable()), Unreachable())
            return None
        call = self.composer.call(unit, claimed)
        number = _message_id(call, self.message_ids)
        settle(
            unit,
            Attempt(claimed, call),
            None if call is None else Sent(number),
        )
        if call is None:
            return None
        chat = int(VAULT.open(claimed.chat_sealed))
        text, buttons = readable(call)
        data = tuple(button.data for button in buttons if button.data)
        return Got(chat, claimed.kind, text, data, number)

    def _place(self, chat: int) -> dict[str, Any]:
        sender = {"id": chat, "is_bot": False, "language_code": "en"}
        return {"chat": {"id": chat, "type": "private"}, "message_id": 1, "from": sender}


def person_id(tx: Tx, chat: int) -> int:
    """The number of a chat's row, 0 for one that has none."""
    found = chats.by_key(tx, VAULT.lookup(chat))
    return found.person.id if found else 0


def readable(call: Call) -> tuple[str, list[MessageButton]]:
    """All that can be read in a call, labels and links included, and its buttons."""
    match call:
        case EditMessage(_, message) | NewMessage(message):
            buttons = [button for row in message.rows for button in row]
            parts = (message.text, *(f"{each.text} {each.url}" for each in buttons))
            return "\n".join(parts), buttons
        case UploadFile(name, content):
            unfolded = re.sub(r"\r?\n[ \t]", "", content.decode("utf-8-sig"))
            return f"{name}\n{unfolded}", []
        case ShowPin(_, _, title, address):
            return f"{title}\n{address}", []
        case _:
            return getattr(call, "text", ""), []


def _message_id(call: Call | None, new: Iterator[int]) -> int | None:
    if isinstance(call, EditMessage):
        return call.message_id
    return None if call is None or type(call).__name__ in SILENT else next(new)


def at_confirm(tx: Tx) -> Accounts:
    """Anna's first booking, on the screen with Confirm, some days ahead."""
    accounts = Accounts("herne")
    accounts.opens(tx)
    accounts.says(tx, ANNA, "/start")
    accounts.walks(tx, ANNA, "language:en", "agree", "book", "anywhere", "office", "person")
    accounts.walks(tx, ANNA, "later", "day", "time")
    return accounts


async def on_a_database(folder: Path, work: Callable[[Tx], T]) -> T:
    """Do all of `work` in one transaction of a new database."""
    database = await open_database(f"sqlite:///{folder}/lotse.db")
    try:
        await database.run(migrate, database.dialect)
        return await database.run(work)
    finally:
        await database.close()
