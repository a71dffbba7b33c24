"""Each call of the courier is one call of the Bot API; each failure is a receipt."""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chat.transport import seconds_to_wait
from bot.courier.channel import (
    Call,
    DeleteMessage,
    EditMessage,
    Later,
    Locked,
    Missing,
    NewMessage,
    OfferLocationKey,
    Receipt,
    Refused,
    SendFile,
    SendPin,
    Sent,
    StripButtons,
    TakeKeyboard,
    Unreachable,
    Unsure,
)
from bot.rendering.messages import MessageButton

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
HARMLESS = ("message is not modified", "message can't be deleted", "message to delete not found")
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
UNKNOWN_CHAT = ("chat not found",)


class TelegramChannel:
    """The courier's channel to Telegram."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat_id: int, call: Call) -> Receipt:
        """Make one call of the Bot API."""
        return await receipt_of(lambda: self._make(chat_id, call))

    async def _make(self, chat_id: int, call: Call) -> Any:
        bot = self._bot
        match call:
            case EditMessage(message_id, message):
                return await bot.edit_message_text(
                    message.text,
                    chat_id,
                    message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=_keyboard(message.rows),
                    link_preview_options=NO_PREVIEW,
                )
            case NewMessage(message, protected):
                return await self._say(chat_id, message.text, _keyboard(message.rows), protected)
            case OfferLocationKey(text, key):
                return await self._say(chat_id, text, _location_keyboard(key))
            case TakeKeyboard(text):
                return await self._say(chat_id, text, ReplyKeyboardRemove())
            case StripButtons(message_id):
                return await bot.edit_message_reply_markup(chat_id, message_id)
            case DeleteMessage(message_id):
                return await bot.delete_message(chat_id, message_id)
            case SendFile(name, content):
                return await bot.send_document(chat_id, InputFile(content, filename=name))
            case SendPin(latitude, longitude, title, address):
                return await bot.send_venue(chat_id, latitude, longitude, title, address)

    async def _say(
        self, chat_id: int, text: str, markup: Markup | None, protected: bool = False
    ) -> Message:
        return await self._bot.send_message(
            chat_id,
            text,
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            protect_content=protected or None,
            link_preview_options=NO_PREVIEW,
        )


async def receipt_of(make: Callable[[], Awaitable[Any]]) -> Receipt:
    """What came of a call. The order matters: BadRequest and TimedOut are NetworkErrors."""
    try:
        made = await make()
    except RetryAfter as error:
        return Later(seconds_to_wait(error))
    except Forbidden:
        return Unreachable()
    except InvalidToken:
        return Locked()
    except Conflict as error:
        return Unsure(type(error).__name__)
    except BadRequest as error:
        return _bad_request(error.message)
    except (TimedOut, NetworkError) as error:
        return Unsure(type(error).__name__)
    except TelegramError as error:
        return Refused(type(error).__name__)
    return Sent(made.message_id if isinstance(made, Message) else None)


def _bad_request(description: str) -> Receipt:
    told = description.lower()
    if any(words in told for words in HARMLESS):
        return Sent(None)
    if any(words in told for words in GONE):
        return Missing()
    if any(words in told for words in UNKNOWN_CHAT):
        return Unreachable()
    return Refused(description)


def _keyboard(rows: tuple[tuple[MessageButton, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _location_keyboard(key: str) -> ReplyKeyboardMarkup:
    share = KeyboardButton(key, request_location=True)
    return ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)


def _button(button: MessageButton) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.data)
