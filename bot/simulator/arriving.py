"""What a person can send, as the Bot API describes it to the bot."""

from typing import Any

from bot.simulator.html import units
from bot.simulator.world import JSON

PHONE_NUMBER = "+4915100000000"
SIZE = {"file_size": 1000}
POLL: JSON = {
    "id": "1",
    "question": "Tea or coffee?",
    "options": [{"persistent_id": t, "text": t, "voter_count": 0} for t in ("Tea", "Coffee")],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}


def content(body: dict[str, Any], user: JSON, now: float) -> JSON | None:
    """The fields of a message from the JSON a phone posted; None for what nobody can send."""
    kinds = [name for name in body if name in ("text", "location", *_KINDS)]
    if len(kinds) != 1 or body.keys() - {kinds[0], "forwarded", "album"}:
        return None
    fields = _fields(kinds[0], body[kinds[0]], user)
    if fields is not None and body.get("forwarded"):
        origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": int(now)}
        fields["forward_origin"] = origin
    if fields is not None and "album" in body:
        fields["media_group_id"] = str(body["album"])
    return fields


def text_fields(text: str) -> JSON:
    """A text; one that begins with "/" carries its command as an entity."""
    fields: JSON = {"text": text}
    if text.startswith("/") and len(text) > 1:
        length = units(text.split()[0])
        fields["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return fields


def _fields(kind: str, value: Any, user: JSON) -> JSON | None:
    if kind == "text":
        return text_fields(value) if isinstance(value, str) and value.strip() else None
    if kind == "location":
        return {"location": value} if _is_place(value) else None
    return {kind: _attachment(kind, user)} if value is True else None


def _is_place(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"latitude", "longitude"}
        and all(isinstance(degrees, int | float) for degrees in value.values())
    )


def _attachment(kind: str, user: JSON) -> Any:
    if kind == "contact":
        return {
            "phone_number": PHONE_NUMBER,
            "first_name": user["first_name"],
            "user_id": user["id"],
        }
    if kind == "poll":
        return POLL
    described = {"file_id": f"sent-{kind}", "file_unique_id": f"unique-{kind}", **SIZE}
    described |= _KINDS[kind]
    return [described] if kind == "photo" else described


_KINDS: dict[str, JSON] = {
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    },
    "voice": {"duration": 3},
    "photo": {"width": 640, "height": 480},
    "document": {"file_name": "letter.pdf", "mime_type": "application/pdf"},
    "contact": {},
    "video": {"width": 640, "height": 480, "duration": 3},
    "video_note": {"length": 240, "duration": 3},
    "poll": {},
}
