"""Messages that stand in a chat already: edited, deleted, pinned."""

from bot.simulator.call import Call
from bot.simulator.content import text_content
from bot.simulator.keyboards import check_keyboard
from bot.simulator.refusal import Refusal, bad_request
from bot.simulator.sending import previewed
from bot.simulator.world import DELETABLE, JSON, Chat, Message

MOST_DELETED = 100
NOT_MODIFIED = bad_request(
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def edit_message_text(call: Call) -> JSON | Refusal:
    """Another text, and with it another inline keyboard or none."""
    found = call.own_message()
    if isinstance(found, Refusal):
        return found
    content = text_content(call.params)
    if isinstance(content, Refusal):
        return content
    if "text" not in found[1].fields:
        return bad_request("there is no text in the message to edit")
    edited = _edit(call, *found, content)
    if not isinstance(edited, Refusal):
        found[1].preview = previewed(call)
    return edited


def edit_message_reply_markup(call: Call) -> JSON | Refusal:
    """Another inline keyboard or none below the same content."""
    found = call.own_message()
    if isinstance(found, Refusal):
        return found
    outside = ("reply_markup", "edit_date")
    content = {name: value for name, value in found[1].fields.items() if name not in outside}
    return _edit(call, *found, content)


def _edit(call: Call, chat: Chat, message: Message, content: JSON) -> JSON | Refusal:
    markup = call.params.get("reply_markup")
    if refusal := check_keyboard(markup):
        return refusal
    if not call.world.bot_edits(chat, message, content, markup, call.now):
        return NOT_MODIFIED
    return message.fields


def delete_message(call: Call) -> bool | Refusal:
    """Gone for both sides, within two days."""
    chat = call.chat()
    if isinstance(chat, Refusal):
        return chat
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        return bad_request("message to delete not found")
    if call.now - message.sent_at > DELETABLE:
        return bad_request("message can't be deleted for everyone")
    call.world.bot_deletes(chat, message)
    return True


def delete_messages(call: Call) -> bool | Refusal:
    """Several at once; those that cannot be found or deleted are passed over."""
    chat, ids = call.chat(), call.params["message_ids"]
    if isinstance(chat, Refusal):
        return chat
    if not 1 <= len(ids) <= MOST_DELETED:
        return bad_request("message identifiers must be 1 to 100")
    for message in [chat.messages[one] for one in dict.fromkeys(ids) if one in chat.messages]:
        if call.now - message.sent_at <= DELETABLE:
            call.world.bot_deletes(chat, message)
    return True


def pin_chat_message(call: Call) -> bool | Refusal:
    """Keep a message at the top."""
    chat = call.recipient()
    if isinstance(chat, Refusal):
        return chat
    if call.params["message_id"] not in chat.messages:
        return bad_request("message to pin not found")
    call.world.bot_pins(chat, call.params["message_id"], pinned=True)
    return True


def unpin_chat_message(call: Call) -> bool | Refusal:
    """Take down one pin, or the newest."""
    chat = call.recipient()
    if isinstance(chat, Refusal):
        return chat
    message_id = call.params.get("message_id") or next(iter(chat.pinned), None)
    if message_id not in chat.pinned:
        return bad_request("message to unpin not found")
    call.world.bot_pins(chat, message_id, pinned=False)
    return True
