"""Each call of the sender is one call of the Bot API; each failure is a result."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import InputFile
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.chat.connecting import Connection
from bot.chat.transport import seconds_to_wait
from bot.conversation.content import Emphasis
from bot.delivery.channel import (
    ADDING,
    BlankMessage,
    Call,
    DeleteMessage,
    DeleteMessages,
    EditMessage,
    Later,
    Locked,
    Missing,
    NewMessage,
    OfferLocationKey,
    Rejected,
    RemoveKeyboard,
    Result,
    RewriteMessage,
    Sent,
    ShowPin,
    StripButtons,
    Unfound,
    Unreachable,
    Unsure,
    UploadFile,
    UploadSlip,
)
from bot.domain.appointment import Appointment
from bot.rendering.chat_message import MessageButton
from bot.rendering.slip_printer import file_name

NO_PREVIEW = {"is_disabled": True}
HTML = "HTML"
NOTHING = "…"
STYLES = {Emphasis.DOES: "primary", Emphasis.ENDS: "danger"}
"""Blue and red (Bot API 9.4); an app that does not know them shows the same button without."""
HARMLESS = (
    *("message is not modified", "message can't be deleted", "message to delete not found"),
    "there is no text in the message to edit",  # a file or a pin that was to say nothing
)
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
UNREACHABLE = (
    *("peer_id_invalid", "user not found", "user_id_invalid", "user_is_blocked"),
    *("bot was blocked", "bot was kicked", "user is deactivated", "user_deactivated"),
    *("can't initiate conversation", "bot can't send messages to bots"),
)
UNKNOWN_CHAT = "chat not found"
FIRST_WORDS = re.compile(r"[A-Za-z_' ]{1,60}")


class TelegramChannel:
    """The sender's channel to Telegram; files alone need the library's uploads.

    `slip` makes the PDF of an appointment whose QR code holds a link.
    """

    def __init__(self, connection: Connection, slip: Callable[[Appointment, str], bytes]) -> None:
        self._api = connection.api
        self._bot = connection.bot
        self._identity = connection.identity
        self._slip = slip

    async def send(self, chat_id: int, call: Call) -> Result:
        """Make one call of the Bot API."""
        return await result_of(lambda: self._make(chat_id, call))

    async def _make(self, chat_id: int, call: Call) -> Any:
        match call:
            case UploadFile(name, content):
                return await self._upload(chat_id, name, content)
            case UploadSlip(about, start):
                link = await self._identity.start_link(start)
                content = await asyncio.to_thread(self._slip, about, link)
                return await self._upload(chat_id, file_name(about), content)
            case _:
                method, parameters = _request(call)
                if isinstance(call, ADDING):
                    return await self._api.call(method, chat_id=chat_id, **parameters)
                return await self._api.make(method, chat_id=chat_id, **parameters)

    async def _upload(self, chat_id: int, name: str, content: bytes) -> dict[str, int]:
        sent = await self._bot.send_document(chat_id, InputFile(content, filename=name))
        return {"message_id": sent.message_id}


def _request(call: Call) -> tuple[str, dict[str, Any]]:
    match call:
        case EditMessage(message_id, message):
            keyboard = _inline(message.rows)
            return "editMessageText", {"message_id": message_id, **_text(message.text, keyboard)}
        case NewMessage(message, protected, silent):
            keyboard = _inline(message.rows)
            manner = {"protect_content": protected, "disable_notification": silent}
            asked = {name: True for name, wanted in manner.items() if wanted}
            return "sendMessage", {**_text(message.text, keyboard), **asked}
        case OfferLocationKey(text, key):
            return "sendMessage", _text(text, _location_keyboard(key))
        case RemoveKeyboard(text):
            return "sendMessage", _text(text, {"remove_keyboard": True})
        case RewriteMessage(message_id, message):
            return "editMessageText", {"message_id": message_id, **_text(message.text, None)}
        case StripButtons(message_id):
            return "editMessageReplyMarkup", {"message_id": message_id}
        case DeleteMessage(message_id):
            return "deleteMessage", {"message_id": message_id}
        case DeleteMessages(message_ids):
            return "deleteMessages", {"message_ids": list(message_ids)}
        case BlankMessage(message_id):
            return "editMessageText", {"message_id": message_id, **_text(NOTHING, None)}
        case ShowPin(latitude, longitude, title, address):
            where = {"latitude": latitude, "longitude": longitude}
            return "sendVenue", {**where, "title": title, "address": address}
        case UploadFile() | UploadSlip():
            raise TypeError("a file is uploaded, not a plain call")


def _text(text: str, markup: dict[str, Any] | None) -> dict[str, Any]:
    told = {"text": text, "parse_mode": HTML, "link_preview_options": NO_PREVIEW}
    return told if markup is None else {**told, "reply_markup": markup}


async def result_of(make: Callable[[], Awaitable[Any]]) -> Result:
    """What came of a call."""
    try:
        made = await make()
    except RetryAfter as error:
        return Later(seconds_to_wait(error))
    except TelegramError as error:
        return _about_the_chat(error.message) or _failed(error)
    return Sent(made.get("message_id") if isinstance(made, dict) else None)


def _about_the_chat(description: str) -> Result | None:
    """Whether the person can be written to, which is said under this status or that one."""
    told = description.lower()
    if any(words in told for words in UNREACHABLE):
        return Unreachable()
    return Unfound() if UNKNOWN_CHAT in told else None


def _failed(error: TelegramError) -> Result:
    """The order matters: BadRequest and TimedOut are NetworkErrors."""
    match error:
        case Forbidden():
            return Unreachable()
        case InvalidToken():
            return Locked()
        case BadRequest():
            return _bad_request(error.message)
        case Conflict() | NetworkError():
            return Unsure(type(error).__name__)
        case _:
            return Rejected(type(error).__name__)


def _bad_request(description: str) -> Result:
    told = description.lower()
    if any(words in told for words in HARMLESS):
        return Sent(None)
    if any(words in told for words in GONE):
        return Missing()
    return Rejected(_outline(description))


def _outline(description: str) -> str:
    """The first words of what Telegram says; further on it may quote the message."""
    words = FIRST_WORDS.match(description)
    return words[0].strip() if words else "BadRequest"


def _inline(rows: tuple[tuple[MessageButton, ...], ...]) -> dict[str, Any] | None:
    return {"inline_keyboard": [[_button(b) for b in row] for row in rows]} if rows else None


def _button(button: MessageButton) -> dict[str, Any]:
    style = STYLES.get(button.emphasis)
    look = {"text": button.text, **({"style": style} if style else {})}
    if button.copies:
        return {**look, "copy_text": {"text": button.copies}}
    return {**look, **({"url": button.url} if button.url else {"callback_data": button.data})}


def _location_keyboard(key: str) -> dict[str, Any]:
    share = {"text": key, "request_location": True}
    return {"keyboard": [[share]], "resize_keyboard": True, "one_time_keyboard": True}
