"""A bare aiogram handler on its default session, updates handled as tasks (its default)."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from .screen import BUTTONS, TEXT


async def start(message: Message) -> None:
    """/start: the first screen."""
    await message.answer(TEXT, parse_mode=ParseMode.HTML, reply_markup=_keyboard())


async def press(query: CallbackQuery) -> None:
    """A press: answered, and the message edited."""
    await query.answer()
    assert isinstance(query.message, Message)
    await query.message.edit_text(TEXT, parse_mode=ParseMode.HTML, reply_markup=_keyboard())


def _keyboard() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=text, callback_data=data)] for text, data in BUTTONS
        ]
    )


async def main() -> None:
    """Poll until a signal comes."""
    api = TelegramAPIServer.from_base(os.environ["BOT_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=api))
    dispatcher = Dispatcher()
    dispatcher.message.register(start, CommandStart())
    dispatcher.callback_query.register(press)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
