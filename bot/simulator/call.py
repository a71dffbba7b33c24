"""One call of the bot: what it asks, of which world, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.checker import Upload
from bot.simulator.profile import Profile
from bot.simulator.refusal import Refusal, bad_request
from bot.simulator.updates import Updates
from bot.simulator.world import Chat, Message, World

CHAT_NOT_FOUND = bad_request("chat not found")
NEVER_STARTED = Refusal(403, "Forbidden: bot can't initiate conversation with a user")
BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")


@dataclass(frozen=True, slots=True)
class Call:
    """Checked parameters with the state they act on; now is epoch seconds."""

    params: dict[str, Any]
    now: float
    world: World
    updates: Updates
    profile: Profile
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def chat(self) -> Chat | Refusal:
        """The chat of chat_id, whether or not the bot may write there."""
        given = self.params.get("chat_id")
        if given is None:
            return bad_request("chat_id is empty")
        chat_id = chat_number(given)
        return self.world.chats.get(chat_id, CHAT_NOT_FOUND) if chat_id else CHAT_NOT_FOUND

    def recipient(self) -> Chat | Refusal:
        """The chat of chat_id where the bot may write now."""
        chat = self.chat()
        if isinstance(chat, Refusal):
            return chat
        if not chat.started:
            return NEVER_STARTED
        return BLOCKED if chat.blocked else chat

    def own_message(self) -> tuple[Chat, Message] | Refusal:
        """The bot's message that is to be edited."""
        if not self.params.get("message_id"):
            return bad_request("message identifier is not specified")
        chat = self.recipient()
        if isinstance(chat, Refusal):
            return chat
        message = chat.messages.get(self.params["message_id"])
        if message is None:
            return bad_request("message to edit not found")
        if not message.by_bot or not message.editable:
            return bad_request("message can't be edited")
        return chat, message


def chat_number(chat_id: Any) -> int | None:
    """The id as a number; None for a @name, which no chat here has."""
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return None
