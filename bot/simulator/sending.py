"""New messages of the bot."""

from bot.simulator.call import Call
from bot.simulator.content import (
    document_content,
    location_content,
    photo_content,
    text_content,
    venue_content,
)
from bot.simulator.keyboards import check_keyboard
from bot.simulator.refusal import Refusal, bad_request
from bot.simulator.world import JSON, Chat


def send_message(call: Call) -> JSON | Refusal:
    """A text."""
    return _send(call, text_content(call.params))


def send_location(call: Call) -> JSON | Refusal:
    """A pin."""
    return _send(call, location_content(call.params))


def send_venue(call: Call) -> JSON | Refusal:
    """A pin with a name and an address."""
    return _send(call, venue_content(call.params))


def send_document(call: Call) -> JSON | Refusal:
    """A file."""
    return _send(call, document_content(call.world, call.params))


def send_photo(call: Call) -> JSON | Refusal:
    """A picture."""
    return _send(call, photo_content(call.world, call.params))


def _send(call: Call, content: JSON | Refusal) -> JSON | Refusal:
    chat, markup = call.recipient(), call.params.get("reply_markup")
    if isinstance(chat, Refusal):
        return chat
    if isinstance(content, Refusal):
        return content
    if refusal := check_keyboard(markup):
        return refusal
    reply = _reply(call, chat)
    if isinstance(reply, Refusal):
        return reply
    protected = call.params.get("protect_content", False)
    extras = {"has_protected_content": True} if protected else {}
    message = call.world.bot_writes(chat, {**reply, **extras, **content}, markup, call.now)
    message.silent = call.params.get("disable_notification", False)
    message.protected = protected
    message.preview = previewed(call)
    return message.fields


def _reply(call: Call, chat: Chat) -> JSON | Refusal:
    wanted = call.params.get("reply_parameters")
    if wanted is None:
        return {}
    replied = chat.messages.get(wanted["message_id"])
    if replied is not None:
        fields = replied.fields.items()
        return {"reply_to_message": {k: v for k, v in fields if k != "reply_to_message"}}
    if wanted.get("allow_sending_without_reply"):
        return {}
    return bad_request("message to be replied not found")


def previewed(call: Call) -> bool:
    """Whether the phone shows a preview of a link in the text."""
    return not call.params.get("link_preview_options", {}).get("is_disabled", False)
