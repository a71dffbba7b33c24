"""What Telegram shows of the bot before anybody has written to it, in every language.

A photo that somebody has given the bot already stays: ours is for a bot that has none.
Each call of it is one of its own: some may be made a few times a day only, and the others need not
wait for those. What was taken is kept, so that nothing is told twice, however often we start.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from telegram import InputProfilePhotoStatic
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.chat.connecting import Connection
from bot.chat.transport import seconds_to_wait
from bot.observability.logs import fields
from bot.storage.engine.database import Database, Tx
from bot.storage.records import key_values

log = logging.getLogger(__name__)

COMMANDS = ("start", "menu", "language", "privacy", "export", "delete", "help")
TAKEN = "profile"
"""The fact that holds the fingerprint of each call that was taken."""
PAUSE_SECONDS, NEVER = 600.0, inf
TEXTS = {
    "setMyName": ("name", "profile.name"),
    "setMyDescription": ("description", "profile.description"),
    "setMyShortDescription": ("short_description", "profile.short_description"),
}


PHOTO = Path(__file__).with_name("profile_photo.jpg")
"""640 x 640 pixels, drawn from deploy/profile-photo.svg as that file says."""

MENU = {"menu_button": {"type": "commands"}}
"""The button beside the line to write in opens the commands, which are told in each language."""


@dataclass(frozen=True, slots=True, eq=False)
class ProfileCall:
    """One thing to be told, in one language; by `key` it is known from one start to the next."""

    method: str
    parameters: dict[str, Any]
    photo: bytes = b""

    @property
    def key(self) -> str:
        """The method and the language."""
        return f"{self.method} {self.parameters.get('language_code', '')}".strip()

    @property
    def fingerprint(self) -> str:
        """Changes with what is told."""
        told = json.dumps(self.parameters, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode() + self.photo).hexdigest()

    async def make(self, connection: Connection) -> None:
        """Tell it. Raises TelegramError."""
        if not self.photo:
            await connection.api.call(self.method, **self.parameters)
        elif not await _has_photo(connection):
            await connection.bot.set_my_profile_photo(InputProfilePhotoStatic(self.photo))


@dataclass(frozen=True, slots=True)
class Profile:
    """The bot's profile; `text` gives a message of the catalogue by language and key."""

    languages: tuple[str, ...]
    default: str
    text: Callable[[str, str], str]

    def calls(self) -> Iterator[list[ProfileCall]]:
        """All that is told: in each language, and last for phones set to any other."""
        for code in self.languages:
            yield self._calls_in(code, {"language_code": code})
        yield self._calls_in(self.default, {})
        yield [
            ProfileCall("setChatMenuButton", MENU),
            ProfileCall("setMyProfilePhoto", {}, PHOTO.read_bytes()),
        ]

    async def publish(self, connection: Connection, database: Database) -> float | None:
        """Tell Telegram what it does not know yet. Seconds after which to try again what it would
        not take now; None where there is no such thing. Raises DatabaseUnavailable."""
        known, pauses = await database.run(_taken), list[float]()
        for calls in self.calls():
            new = [call for call in calls if known.get(call.key) != call.fingerprint]
            made = {call: await _made(connection, call) for call in new}
            if taken := [call for call, pause in made.items() if pause is None]:
                await database.run(_keep, taken)
            pauses += [pause for pause in made.values() if pause is not None]
        return min((pause for pause in pauses if pause != NEVER), default=None)

    def _calls_in(self, code: str, language: dict[str, str]) -> list[ProfileCall]:
        commands = [
            {"command": name, "description": self.text(code, f"command.{name}")}
            for name in COMMANDS
        ]
        texts = [
            ProfileCall(method, {parameter: self.text(code, key), **language})
            for method, (parameter, key) in TEXTS.items()
        ]
        return [ProfileCall("setMyCommands", {"commands": commands, **language}), *texts]


async def _has_photo(connection: Connection) -> bool:
    own = await connection.identity.number()
    photos = await connection.api.call("getUserProfilePhotos", user_id=own, limit=1)
    return bool(photos.get("total_count"))


async def _made(connection: Connection, call: ProfileCall) -> float | None:
    """Make a call; seconds until it can be made again, None if it was taken."""
    try:
        await call.make(connection)
    except RetryAfter as error:
        pause = max(seconds_to_wait(error), PAUSE_SECONDS)
        told = fields(call=call.key, seconds=int(pause))
        log.warning("a part of the bot's profile has to wait", extra=told)
        return pause
    except TelegramError as error:
        told = fields(call=call.key)
        log.warning("a part of the bot's profile was not taken", exc_info=error, extra=told)
        return NEVER if isinstance(error, BadRequest) else PAUSE_SECONDS
    except Exception as error:
        told = fields(call=call.key)
        log.error("the answer about the bot's profile is odd", exc_info=error, extra=told)
        return NEVER
    return None


def _taken(tx: Tx) -> dict[str, str]:
    try:
        kept = json.loads(key_values.get(tx, TAKEN) or "{}")
    except ValueError:  # an earlier version kept one fingerprint of all
        return {}
    return kept if isinstance(kept, dict) else {}


def _keep(tx: Tx, taken: list[ProfileCall]) -> None:
    told = {call.key: call.fingerprint for call in taken}
    key_values.put(tx, TAKEN, json.dumps({**_taken(tx), **told}))
