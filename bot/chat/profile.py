"""What Telegram shows of the bot before anybody has written to it, in every language."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from telegram import Bot, BotCommand
from telegram.error import TelegramError

log = logging.getLogger(__name__)

COMMANDS = ("start", "menu", "language", "privacy", "export", "delete", "help")


@dataclass(frozen=True, slots=True)
class Profile:
    """The bot's profile; `text` gives a message of the catalogue by language and key."""

    languages: tuple[str, ...]
    default: str
    text: Callable[[str, str], str]

    def fingerprint(self) -> str:
        """Changes when anything Telegram shows would change."""
        told = [self.text(code, key) for code in self.languages for key in _KEYS]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    async def publish(self, bot: Bot) -> bool:
        """Tell Telegram. False if it did not take everything; to be tried at the next start."""
        try:
            for code in self.languages:
                await self._publish_in(bot, code, code)
            await self._publish_in(bot, self.default, None)
        except TelegramError as error:
            log.warning("the bot's profile was not taken", exc_info=error)
            return False
        return True

    async def _publish_in(self, bot: Bot, code: str, language_code: str | None) -> None:
        commands = [BotCommand(name, self.text(code, f"command.{name}")) for name in COMMANDS]
        await bot.set_my_commands(commands, language_code=language_code)
        await bot.set_my_name(self.text(code, "profile.name"), language_code=language_code)
        description = self.text(code, "profile.description")
        await bot.set_my_description(description, language_code=language_code)
        short = self.text(code, "profile.short_description")
        await bot.set_my_short_description(short, language_code=language_code)


_KEYS = (
    "profile.name",
    "profile.description",
    "profile.short_description",
    *(f"command.{name}" for name in COMMANDS),
)
