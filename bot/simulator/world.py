"""The world as Telegram knows it: people, chats and messages; state changes without any I/O.

Times are epoch seconds and always given. Every change of a chat raises its version; changes made
by the bot to what stands in the chat also note that version as bot_version.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any

JSON = dict[str, Any]

DELETABLE = 48 * 3600
ANSWERABLE = 150
QUERIES_KEPT = 10_000
QUERIES_SHOWN = 20
FIRST_PERSON = 1001


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file the bot has sent."""

    id: str
    name: str
    content: bytes
    content_type: str


@dataclass(slots=True)
class Message:
    """One message: fields as the Bot API shows them, and what only the phone sees."""

    id: int
    by_bot: bool
    sent_at: float
    fields: JSON
    silent: bool = False
    protected: bool = False
    preview: bool = True
    editable: bool = True
    reaction: str = ""
    shown: str | None = None


@dataclass(slots=True)
class Query:
    """A press that waits for answerCallbackQuery."""

    id: str
    chat_id: int
    pressed_at: float
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat with one person, or a group (no user)."""

    id: int
    user: JSON | None
    started: bool = False
    blocked: bool = False
    version: int = 0
    bot_version: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    reply_keyboard: JSON | None = None
    pinned: list[int] = field(default_factory=list)
    queries: deque[Query] = field(default_factory=lambda: deque(maxlen=QUERIES_SHOWN))

    def described(self) -> JSON:
        """The Chat object of the Bot API."""
        if self.user is None:
            return {"id": self.id, "type": "group", "title": "Group"}
        return {"id": self.id, "type": "private", "first_name": self.user["first_name"]}

    def newest(self, most: int) -> list[Message]:
        """The newest messages, oldest of them first."""
        return list(islice(reversed(self.messages.values()), most))[::-1]


class World:
    """All chats of one bot; changed is called with a chat's id after each change of it."""

    def __init__(self, bot_username: str, changed: Callable[[int], None]) -> None:
        self.bot: JSON = {
            "id": 0,
            "is_bot": True,
            "first_name": bot_username,
            "username": bot_username,
        }
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.files: dict[str, StoredFile] = {}
        self._changed = changed
        self._numbers = count(1)

    def join(self, person_id: int | None, first_name: str, language: str | None) -> Chat:
        """A person exists from now on; for one who does already, the language is renewed."""
        if person_id is None:
            person_id = next(n for n in count(FIRST_PERSON) if n not in self.chats)
        chat = self.chats.get(person_id)
        if chat is None or chat.user is None:
            user = {"id": person_id, "is_bot": False, "first_name": first_name}
            chat = self.chats[person_id] = Chat(person_id, user)
        if language is not None and chat.user is not None:
            chat.user = {**chat.user, "language_code": language}
        return chat

    def group(self, chat_id: int) -> Chat:
        """The group of that id, made where it does not exist yet."""
        return self.chats.setdefault(chat_id, Chat(chat_id, None, started=True))

    def person_writes(self, chat: Chat, sender: JSON, content: JSON, now: float) -> Message:
        """A message of a person; the first one starts the chat."""
        chat.started = True
        message = self._add(chat, sender, content, now, by_bot=False)
        self._touch(chat)
        return message

    def person_edits(self, chat: Chat, message: Message, content: JSON, now: float) -> None:
        """The person puts another content in place of a message's."""
        message.fields = {**_envelope(message), "edit_date": int(now), **content}
        message.shown = None
        self._touch(chat)

    def person_reacts(self, chat: Chat, message: Message, emoji: str) -> None:
        """The person sets an emoji on a message, or takes it away."""
        message.reaction, message.shown = emoji, None
        self._touch(chat)

    def press(self, chat: Chat, now: float) -> Query:
        """A button was pressed; whether it exists is not asked."""
        query = Query(str(4_000_000_000_000_000 + next(self._numbers)), chat.id, now)
        self.queries[query.id] = query
        if len(self.queries) > QUERIES_KEPT:
            del self.queries[next(iter(self.queries))]
        chat.queries.append(query)
        self._touch(chat)
        return query

    def block(self, chat: Chat, blocked: bool) -> None:
        """The person blocks the bot, or lets it write again."""
        chat.blocked = blocked
        self._touch(chat)

    def bot_writes(
        self, chat: Chat, content: JSON, reply_markup: JSON | None, now: float
    ) -> Message:
        """A message of the bot with an inline keyboard, or a change of the reply keyboard."""
        inline = _inline(reply_markup)
        message = self._add(chat, self.bot, {**content, **inline}, now, by_bot=True)
        if reply_markup is not None and "inline_keyboard" not in reply_markup:
            # Telegram edits only messages without reply markup or with an inline keyboard.
            message.editable = False
            if "keyboard" in reply_markup:
                chat.reply_keyboard = reply_markup
            elif "remove_keyboard" in reply_markup:
                chat.reply_keyboard = None
        self._touch(chat, by_bot=True)
        return message

    def bot_edits(
        self, chat: Chat, message: Message, content: JSON, reply_markup: JSON | None, now: float
    ) -> bool:
        """Put content and keyboard in place of the old ones; False where that changes nothing."""
        kept = {**_envelope(message), **content, **_inline(reply_markup)}
        if kept == {name: value for name, value in message.fields.items() if name != "edit_date"}:
            return False
        message.fields = {**kept, "edit_date": int(now)}
        message.shown = None
        self._touch(chat, by_bot=True)
        return True

    def bot_deletes(self, chat: Chat, message: Message) -> None:
        """The message is gone for both."""
        del chat.messages[message.id]
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
        self._touch(chat, by_bot=True)

    def bot_pins(self, chat: Chat, message_id: int, pinned: bool) -> None:
        """Pin a message or take it down; the newest pin comes first."""
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        if pinned:
            chat.pinned.insert(0, message_id)
        self._touch(chat)

    def answer(self, query: Query, text: str, alert: bool) -> None:
        """The press is answered, with a toast where there is a text."""
        query.answered, query.text, query.alert = True, text, alert
        self._touch(self.chats[query.chat_id])

    def store(self, name: str, content: bytes, content_type: str) -> StoredFile:
        """Keep a file under a new id."""
        file = StoredFile(f"file-{next(self._numbers)}", name, content, content_type)
        self.files[file.id] = file
        return file

    def _add(self, chat: Chat, sender: JSON, content: JSON, now: float, *, by_bot: bool) -> Message:
        chat.last_message_id += 1
        fields = {
            "message_id": chat.last_message_id,
            "from": sender,
            "chat": chat.described(),
            "date": int(now),
            **content,
        }
        message = Message(chat.last_message_id, by_bot, now, fields)
        chat.messages[message.id] = message
        return message

    def _touch(self, chat: Chat, *, by_bot: bool = False) -> None:
        chat.version += 1
        if by_bot:
            chat.bot_version = chat.version
        self._changed(chat.id)


def _envelope(message: Message) -> JSON:
    kept = ("message_id", "from", "chat", "date", "reply_to_message", "has_protected_content")
    return {name: message.fields[name] for name in kept if name in message.fields}


def _inline(reply_markup: JSON | None) -> JSON:
    if reply_markup is None or not any(reply_markup.get("inline_keyboard", [])):
        return {}
    return {"reply_markup": reply_markup}
