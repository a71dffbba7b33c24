"""Raw updates of the Bot API become what the conversation understands.

Everything is read defensively: an update can have any shape, and whatever cannot be read is
None or "something else", never an exception.
"""

import json
from typing import Any, TypeGuard

from bot.conversation import presses
from bot.conversation.events import (
    Commanded,
    Event,
    Located,
    Pressed,
    SentSomethingElse,
    Started,
    Wrote,
)
from bot.turn.incoming import Incoming

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
GONE = ("kicked", "left")


def number(update: Any) -> int | None:
    """The update's id, by which it is asked for no more."""
    update_id = _dict(update).get("update_id")
    return update_id if _is_number(update_id) else None


def private_chat(update: Any) -> int | None:
    """The person's chat; None for what is not ours to answer: groups, channels, bots, edits."""
    chat, message = _chat_of(update), _dict(_dict(update).get("message"))
    if chat.get("type") != "private" or _dict(message.get("from")).get("is_bot"):
        return None
    chat_id = chat.get("id")
    return chat_id if _is_number(chat_id) else None


def read(raw: bytes) -> Incoming | None:
    """What a person did in a private chat; None for everything that is not ours to answer."""
    update = _dict(json.loads(raw))
    chat_id = private_chat(update)
    if chat_id is None:
        return None
    if member := _dict(update.get("my_chat_member")):
        status = _dict(member.get("new_chat_member")).get("status")
        return Incoming(chat_id, None, reachable=status not in GONE)
    if query := _dict(update.get("callback_query")):
        return _pressed(chat_id, query)
    message = _dict(update.get("message"))
    return _message(chat_id, message) if message else None


def essence(update: dict[str, Any]) -> dict[str, Any]:
    """What is kept of an update: of the message a button stands on, only which one it is."""
    query = _dict(update.get("callback_query"))
    if not (message := _dict(query.get("message"))):
        return update
    kept = {name: message[name] for name in ("message_id", "date", "chat") if name in message}
    return {**update, "callback_query": {**query, "message": kept}}


def query_id(update: Any) -> str | None:
    """The id of a button press that waits to be answered."""
    found = _dict(_dict(update).get("callback_query")).get("id")
    return found if isinstance(found, str) else None


def _pressed(chat_id: int, query: dict[str, Any]) -> Incoming:
    message, data = _dict(query.get("message")), query.get("data")
    return Incoming(
        chat_id,
        Pressed(presses.decode(data) if isinstance(data, str) else None),
        message_id=_message_id(message),
        editable=message.get("date") != 0,
        language_code=_language(query),
    )


def _message(chat_id: int, message: dict[str, Any]) -> Incoming:
    return Incoming(
        chat_id,
        _event(message),
        message_id=_message_id(message),
        language_code=_language(message),
    )


def _event(message: dict[str, Any]) -> Event:
    if "forward_origin" in message:
        return SentSomethingElse()
    text, location = message.get("text"), _dict(message.get("location"))
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if _is_degrees(latitude, 90) and _is_degrees(longitude, 180):
        return Located(latitude, longitude)
    if not isinstance(text, str):
        return SentSomethingElse()
    return _command(text) if text.startswith("/") else Wrote(text)


def _command(text: str) -> Event:
    word, _, rest = text[1:].partition(" ")
    name = word.partition("@")[0].lower()
    return Started(rest.strip()) if name == "start" else Commanded(name)


def _chat_of(update: Any) -> dict[str, Any]:
    update = _dict(update)
    for kind in ("message", "my_chat_member"):
        if found := _dict(update.get(kind)):
            return _dict(found.get("chat"))
    return _dict(_dict(_dict(update.get("callback_query")).get("message")).get("chat"))


def _language(holder: dict[str, Any]) -> str | None:
    code = _dict(holder.get("from")).get("language_code")
    return code if isinstance(code, str) else None


def _message_id(message: dict[str, Any]) -> int:
    found = message.get("message_id")
    return found if _is_number(found) and found > 0 else 0


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _is_degrees(value: Any, most: int) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most
