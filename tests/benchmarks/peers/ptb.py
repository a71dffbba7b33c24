"""A bare python-telegram-bot handler on its default transport, updates handled concurrently."""

import os
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler

from .screen import BUTTONS, TEXT


async def start(update: Update, context: Any) -> None:
    """/start: the first screen."""
    assert update.message is not None
    await update.message.reply_text(TEXT, parse_mode=ParseMode.HTML, reply_markup=_keyboard())


async def press(update: Update, context: Any) -> None:
    """A press: answered, and the message edited."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(TEXT, parse_mode=ParseMode.HTML, reply_markup=_keyboard())


def _keyboard() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data)] for text, data in BUTTONS]
    )


def main() -> None:
    """Poll until a signal comes."""
    builder = ApplicationBuilder().token(os.environ["BOT_TOKEN"]).concurrent_updates(True)
    application = builder.base_url(f"{os.environ['BOT_API_URL']}/bot").build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(press))
    application.run_polling()


if __name__ == "__main__":
    main()
