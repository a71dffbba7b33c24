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
    Reacted,
    SentKind,
    SentSomethingElse,
    Started,
    Wrote,
)
from bot.domain.places import LONGEST_TEXT
from bot.services.incoming import Arrival, Incoming

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "message_reaction")
"""Reactions come only to who asks for them by name; to administrators, and in private chats."""

READ = ("text", "location")
WHAT = {
    **dict.fromkeys(("voice", "audio", "video_note"), SentKind.VOICE),
    **dict.fromkeys(("photo", "live_photo", "document", "video"), SentKind.FILE),
    **dict.fromkeys(("sticker", "dice"), SentKind.STICKER),
    "contact": SentKind.CONTACT,
}
"""What it is to who reads the answer; a moving picture is a document as well, and no file."""

CONTENTS = frozenset(
    (
        *READ,
        *("animation", "audio", "checklist", "contact", "dice", "document", "game", "invoice"),
        *("live_photo", "paid_media", "photo", "poll", "rich_message", "sticker", "story", "venue"),
        *("video", "video_note", "voice"),
    )
)
"""The fields of a Message that hold what a person sends (Bot API 10.1). All else there is, or will
be, reports that something about the chat has changed: pinned, background set, a gift."""
GONE = ("kicked", "left")
PLAIN = (str, int, float)
LONGEST_ALBUM_ID = 64


def number(update: Any) -> int | None:
    """The update's id, by which it is asked for no more."""
    update_id = _dict(update).get("update_id")
    return update_id if _is_number(update_id) else None


def private_chat(update: Any) -> int | None:
    """The person's chat; None for what is not ours to answer: groups, channels, bots, edits, and
    what Telegram itself reports in a chat."""
    kinds = kinds_of(update)
    return _chat_id(_dict(update), kinds[0]) if kinds else None


def kinds_of(update: Any) -> list[str]:
    """What of an update is ours to answer. Telegram brings one at a time: the first counts."""
    told = _dict(update)
    return [kind for kind in ALLOWED_UPDATES if _chat_id(told, kind) is not None]


def arrival(number: int, update: Any) -> Arrival | None:
    """An update as it comes in; None for what is not ours to answer."""
    told = essence(update)
    found = incoming(told)
    return None if found is None else Arrival(number, found, told)


def read(kept: bytes) -> Incoming | None:
    """What was done by somebody in an update of which the essence was kept."""
    return incoming(_dict(json.loads(kept)))


def incoming(update: dict[str, Any]) -> Incoming | None:
    """What a person did in a private chat; None for everything that is not ours to answer."""
    kind, chat_id = next(iter(kinds_of(update)), ""), private_chat(update)
    held = _dict(update.get(kind))
    if chat_id is None:
        return None
    if kind == "message_reaction":
        return Incoming(chat_id, Reacted())
    if kind == "my_chat_member":
        status = _dict(held.get("new_chat_member")).get("status")
        return Incoming(chat_id, None, reachable=status not in GONE)
    return _pressed(chat_id, held) if kind == "callback_query" else _message(chat_id, held)


def essence(update: Any) -> dict[str, Any]:
    """What is read of an update, and kept if it must be; nothing else of the person or chat."""
    kind = next(iter(kinds_of(update)), None)
    if kind is None:
        return {}
    held = _dict(_dict(update).get(kind))
    if kind == "callback_query":
        stands_on = _message_kept(_dict(held.get("message")))
        return {kind: {**_plain(held, "id", "data"), "from": _sender(held), "message": stands_on}}
    if kind == "message_reaction":
        return {kind: {"chat": _chat_kept(held), "new_reaction": True}}
    if kind == "my_chat_member":
        status = _plain(_dict(held.get("new_chat_member")), "status")
        return {kind: {"chat": _chat_kept(held), "new_chat_member": status}}
    return {kind: {**_message_kept(held), **_content_kept(held), "from": _sender(held)}}


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
    album = str(message.get("media_group_id", ""))[:LONGEST_ALBUM_ID]
    unopened = SentSomethingElse(album, _what(message))
    if "forward_origin" in message:
        return unopened
    text, location = message.get("text"), _dict(message.get("location"))
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if _is_degrees(latitude, 90) and _is_degrees(longitude, 180):
        return Located(latitude, longitude)
    if not isinstance(text, str):
        return unopened
    return _command(text) if text.startswith("/") else Wrote(text)


def _what(message: dict[str, Any]) -> SentKind:
    if "animation" in message:
        return SentKind.STICKER
    return next((what for field, what in WHAT.items() if field in message), SentKind.OTHER)


def _command(text: str) -> Event:
    word, _, rest = text[1:].partition(" ")
    name = word.partition("@")[0].lower()
    return Started(rest.strip()) if name == "start" else Commanded(name)


def _chat_id(update: dict[str, Any], kind: str) -> int | None:
    """The private chat that this part of an update comes from, if a person did it."""
    held = _dict(update.get(kind))
    if kind == "message" and not _is_sent_by_a_person(held):
        return None
    if kind == "message_reaction" and not held.get("new_reaction"):
        return None  # it was taken away
    chat = _dict((_dict(held.get("message")) if kind == "callback_query" else held).get("chat"))
    chat_id = chat.get("id")
    return chat_id if chat.get("type") == "private" and _is_number(chat_id) else None


def _is_sent_by_a_person(message: dict[str, Any]) -> bool:
    by_bot = _dict(message.get("from")).get("is_bot")
    return not by_bot and ("forward_origin" in message or not CONTENTS.isdisjoint(message))


def _language(holder: dict[str, Any]) -> str | None:
    code = _dict(holder.get("from")).get("language_code")
    return code if isinstance(code, str) else None


def _message_id(message: dict[str, Any]) -> int:
    found = message.get("message_id")
    return found if _is_number(found) and found > 0 else 0


def _message_kept(message: dict[str, Any]) -> dict[str, Any]:
    return {**_plain(message, "message_id", "date"), "chat": _chat_kept(message)}


def _content_kept(message: dict[str, Any]) -> dict[str, Any]:
    """As much of a text as is read of one; of what nobody opens, that it was sent."""
    kept: dict[str, Any] = _plain(message, "media_group_id")
    if "text" in message:
        text = message["text"]
        kept["text"] = text[:LONGEST_TEXT] if isinstance(text, str) else True
    if "location" in message:
        kept["location"] = _plain(_dict(message["location"]), "latitude", "longitude")
    marks = {*CONTENTS.difference(READ), "forward_origin"}.intersection(message)
    return {**kept, **dict.fromkeys(sorted(marks), True)}


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
