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
from bot.services.incoming import Incoming

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
GONE = ("kicked", "left")
PLAIN = (str, int, float)


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
    """What is kept of an update: what `read` asks for, and nothing else of the person or chat."""
    message, query = _dict(update.get("message")), _dict(update.get("callback_query"))
    member = _dict(update.get("my_chat_member"))
    if query:
        stands_on = _message_kept(_dict(query.get("message")))
        kept = {**_plain(query, "id", "data"), "from": _sender(query), "message": stands_on}
        return {"callback_query": kept}
    if member:
        status = _plain(_dict(member.get("new_chat_member")), "status")
        return {"my_chat_member": {"chat": _chat_kept(member), "new_chat_member": status}}
    forwarded = {"forward_origin": True} if "forward_origin" in message else {}
    location = _plain(_dict(message.get("location")), "latitude", "longitude")
    told = {**_plain(message, "text"), "location": location, "from": _sender(message), **forwarded}
    return {"message": {**_message_kept(message), **told}}


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


def _message_kept(message: dict[str, Any]) -> dict[str, Any]:
    return {**_plain(message, "message_id", "date"), "chat": _chat_kept(message)}


def _chat_kept(holder: dict[str, Any]) -> dict[str, Any]:
    return _plain(_dict(holder.get("chat")), "id", "type")


def _sender(holder: dict[str, Any]) -> dict[str, Any]:
    return _plain(_dict(holder.get("from")), "is_bot", "language_code")


def _plain(holder: dict[str, Any], *names: str) -> dict[str, Any]:
    """These values as far as they are plain: what is nested here is no value of the Bot API."""
    return {name: found for name in names if isinstance(found := holder.get(name), PLAIN)}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _is_degrees(value: Any, most: int) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most
