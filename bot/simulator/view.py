"""What a person sees of a chat, as JSON text; each message is put into words once."""

import json
from collections.abc import Iterable
from typing import Any

from bot.simulator.safe_html import to_html
from bot.simulator.world import DELETABLE, JSON, Chat, Message, Query

KINDS = ("sticker", "voice", "photo", "document", "contact", "video", "video_note", "poll")
VENUE_DETAILS = ("title", "address")
BUTTON_NAMES = {"text": "text", "callback_data": "data", "url": "url", "style": "style"}
COPIES = "copy_text"


def chat_text(chat: Chat, most: int | None) -> str:
    """The chat as a JSON object, with at most so many of its newest messages."""
    messages = chat.messages.values() if most is None else chat.newest(most)
    rest = json.dumps(
        {
            "version": chat.version,
            "bot_version": chat.bot_version,
            "reply_keyboard": chat.reply_keyboard,
            "pinned": chat.pinned,
            "queries": {query.id: _query(query) for query in chat.queries},
        }
    )
    return f'{{"messages":[{",".join(map(_message_text, messages))}],{rest[1:]}'


def people_versions(chats: Iterable[Chat]) -> JSON:
    """The versions of these chats by person: the chat's, and that of the bot's last change."""
    return {
        str(chat.id): {"version": chat.version, "bot": chat.bot_version}
        for chat in chats
        if chat.user is not None
    }


def pressed_on(chat: Chat, message_id: int, now: float) -> JSON:
    """The message of a press as the bot sees it; of one that is gone or too old hardly anything."""
    message = chat.messages.get(message_id)
    if message is None or now - message.sent_at > DELETABLE:
        return {"chat": chat.described(), "message_id": message_id, "date": 0}
    return message.fields


def _query(query: Query) -> JSON:
    return {"answered": query.answered, "text": query.text, "alert": query.alert}


def _message_text(message: Message) -> str:
    if message.shown is None:
        message.shown = json.dumps(_message(message))
    return message.shown


def _message(message: Message) -> JSON:
    fields = message.fields
    text = fields.get("text", "")
    shown: JSON = {
        "message_id": message.id,
        "from": "bot" if message.by_bot else "person",
        "date": fields["date"],
        "edited": "edit_date" in fields,
        "html": to_html(text, fields.get("entities", ())),
        "text": text,
        "buttons": _buttons(fields),
        "silent": message.silent,
        "protected": message.protected,
        "preview": message.preview,
        **({"reaction": message.reaction} if message.reaction else {}),
    }
    return shown | _place(fields) | _attachment(fields)


def _buttons(fields: JSON) -> list[list[dict[str, Any]]]:
    rows = fields.get("reply_markup", {}).get("inline_keyboard", [])
    return [[_button(button) for button in row] for row in rows]


def _button(button: JSON) -> JSON:
    shown = {BUTTON_NAMES[name]: button[name] for name in BUTTON_NAMES if name in button}
    return {**shown, "copies": button[COPIES]["text"]} if COPIES in button else shown


def _place(fields: JSON) -> JSON:
    if "location" not in fields:
        return {}
    place: JSON = {"location": fields["location"]}
    if "venue" in fields:
        place["venue"] = {name: fields["venue"][name] for name in VENUE_DETAILS}
    return place


def _attachment(fields: JSON) -> JSON:
    kind = next((kind for kind in KINDS if kind in fields), None)
    if kind is None:
        return {}
    if kind not in ("document", "photo"):
        return {"kind": kind}
    file = fields["photo"][-1] if kind == "photo" else fields["document"]
    caption = fields.get("caption", "")
    described = {
        "file_id": file["file_id"],
        "name": file.get("file_name", kind),
        "size": file["file_size"],
        "caption": caption,
        "caption_html": to_html(caption, fields.get("caption_entities", ())),
    }
    return {"kind": kind, "file": described}
