"""The bot's own face: commands, names, descriptions and menu buttons, each per language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.simulator import jpeg
from bot.simulator.checker import Upload
from bot.simulator.refusal import Refusal, bad_request

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256
ATTACHED, SMALLEST_SIDE = "attach://", 160
LONGEST = {"name": 64, "description": 512, "short_description": 120}

Commands = list[dict[str, str]]


@dataclass(slots=True)
class Profile:
    """What setMy… methods have stored; the key "" stands for every other language."""

    commands: dict[tuple[str, str], Commands] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)
    photo: bytes | None = None

    def set_commands(self, params: dict[str, Any]) -> bool | Refusal:
        """setMyCommands; an empty list takes them away."""
        language = params.get("language_code", "")
        if refusal := _check_language(language) or _check_commands(params["commands"]):
            return refusal
        self.commands[_scope(params), language] = params["commands"]
        return True

    def get_commands(self, params: dict[str, Any]) -> Commands:
        """getMyCommands: exactly this scope and language."""
        return self.commands.get((_scope(params), params.get("language_code", "")), [])

    def delete_commands(self, params: dict[str, Any]) -> bool:
        """deleteMyCommands: exactly this scope and language."""
        self.commands.pop((_scope(params), params.get("language_code", "")), None)
        return True

    def commands_for(self, person_id: int, language: str) -> Commands:
        """What a person sees in the private chat, by Telegram's order of scopes."""
        scopes = (_scope({"scope": {"type": "chat", "chat_id": person_id}}), "all_private_chats")
        for scope in (*scopes, "default"):
            for key in (language[:2], ""):
                if found := self.commands.get((scope, key)):
                    return found
        return []

    def set_text(self, name: str, params: dict[str, Any]) -> bool | Refusal:
        """setMyName, setMyDescription or setMyShortDescription."""
        language, text = params.get("language_code", ""), params.get(name, "")
        if refusal := _check_language(language):
            return refusal
        if len(text) > LONGEST[name]:
            return bad_request(f"{name} is too long")
        self.texts[name, language] = text
        return True

    def shown_to(self, language: str) -> dict[str, Any]:
        """What a person reads of the bot before they have written to it."""
        texts = {
            name: next((t for key in (language[:2], "") if (t := self.texts.get((name, key)))), "")
            for name in LONGEST
        }
        return {**texts, "has_photo": self.photo is not None}

    def set_photo(self, params: dict[str, Any], uploads: Mapping[str, Upload]) -> bool | Refusal:
        """setMyProfilePhoto: a still picture, sent along as a new file."""
        given = params["photo"]
        if given["type"] != "static":
            return bad_request("this server knows static photos only")
        file = uploads.get(given["photo"].removeprefix(ATTACHED))
        if file is None or not given["photo"].startswith(ATTACHED):
            return bad_request("profile photos can't be reused: a new file must be uploaded")
        sides = jpeg.sides(file.content)
        if sides is None:
            return bad_request("PHOTO_EXT_INVALID")
        if min(sides) < SMALLEST_SIDE:
            return bad_request("PHOTO_CROP_SIZE_SMALL")
        self.photo = file.content
        return True

    def remove_photo(self) -> bool:
        """removeMyProfilePhoto."""
        self.photo = None
        return True

    def set_menu_button(self, params: dict[str, Any]) -> bool:
        """setChatMenuButton, for one chat or for all."""
        self.menu_buttons[params.get("chat_id")] = params.get("menu_button", {"type": "default"})
        return True


def _scope(params: dict[str, Any]) -> str:
    scope = params.get("scope", {"type": "default"})
    return ":".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope)


def _check_language(language: str) -> Refusal | None:
    return None if LANGUAGE.fullmatch(language) else bad_request("invalid language code specified")


def _check_commands(commands: Commands) -> Refusal | None:
    if len(commands) > MOST_COMMANDS:
        return bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"]):
            return bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= LONGEST_COMMAND_DESCRIPTION:
            return bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return None
