"""Random updates: sound ones of the Bot API's shapes, and the same with something broken in them.

The shapes are the fields that the Bot API gives an update, a message, a press and their parts, as
far as a bot can meet them; what a field holds is drawn at random.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

DAY = 1_795_420_800
TEXTS = (
    *("hello", "/start", "/start x", "/help", "/menu", "/language", "/privacy", "/export", "/"),
    *("/delete", "/START@bot", "/start \u202e", "44649", "99001", "Ringstraße", "٤٤٦٤٩", "."),
    *("\u200b", "\u202e\u202d", "😀" * 2048, "a" * 4096, "{0} %s \\ ' \" ; DROP TABLE persons"),
    *("<b>x</b> & <script>", "\ud800", "x\x00y", "Ω≈ç√∫", "1" * 400, "/start \ud800", "\n" * 50),
)
LANGUAGES = ("en", "de", "ar", "uk-UA", "EN_us", "", "xx", "zh-hans-CN", "de-")
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, -(2**63), 2**70, 1.5, -0.0, 1e308),
    *(float("inf"), float("nan"), "", "x", "7", "\ud800", "\x00", "x" * 5000),
    *([], [[]], {}, {"id": 7}, [None], {"": ""}, {"type": "private"}, ["kicked"]),
)
KINDS_OF_CHAT = ("group", "supergroup", "channel", "private ", "PRIVATE", "")
SENT = (
    *("sticker", "voice", "photo", "document", "contact", "video", "video_note", "animation"),
    *("audio", "dice", "venue", "poll", "story", "game", "invoice", "checklist", "paid_media"),
    "rich_message",
)
REPORTED = (
    *("successful_payment", "new_chat_members", "left_chat_member", "new_chat_title"),
    *("pinned_message", "giveaway", "users_shared", "chat_shared", "gift", "connected_website"),
    *("write_access_allowed", "web_app_data", "passport_data", "video_chat_started"),
    *("message_auto_delete_timer_changed", "forum_topic_created", "quote", "unheard_of"),
)
"""What Telegram says of a chat by itself, and nobody answers."""
BESIDE = (
    *("edited_message", "channel_post", "edited_channel_post", "business_message", "poll"),
    *("guest_message", "inline_query", "chosen_inline_result", "shipping_query", "poll_answer"),
    *("pre_checkout_query", "chat_member", "chat_join_request", "chat_boost"),
    *("removed_chat_boost", "purchased_paid_media", "managed_bot", "unheard_of"),
)
SHARE_MUTATED = 0.6


@dataclass(frozen=True, slots=True)
class Made:
    """An update, and the chat that must be answered because of it, if any must."""

    update: Any
    answers: int | None


@dataclass
class Maker:
    """Makes updates of these chats. `data` gives callback data: real, old or forged."""

    chosen: random.Random
    chats: tuple[int, ...]
    data: Callable[[int], str]
    number: int = 1

    def next(self) -> Made:
        """The next update: sound, or with one to four things broken."""
        self.number += 1
        chat = self.chosen.choice(self.chats)
        body, answers = self._body(chat)
        made: Any = {"update_id": self.number, **body}
        if self.chosen.random() > SHARE_MUTATED:
            return Made(made, answers)
        for _ in range(self.chosen.choice((1, 1, 1, 2, 4))):
            made = self._broken(made)
        return Made(made, None)

    def text(self, chat: int, text: str) -> Made:
        """A sound message of somebody beside all this."""
        self.number += 1
        return Made({"update_id": self.number, "message": self._message(chat, text=text)}, chat)

    def _body(self, chat: int) -> tuple[Json, int | None]:
        way = self.chosen.randrange(20)
        if way < 9:
            return {"callback_query": self._press(chat)}, chat
        if way < 16:
            content = self._content()
            is_report = "forward_origin" not in content and not content.keys().isdisjoint(REPORTED)
            return {"message": self._message(chat, **content)}, None if is_report else chat
        if way == 16:
            return {"my_chat_member": self._member(chat)}, None
        if way == 17:
            return {"message": self._elsewhere(chat)}, None
        if way == 18:
            return {"message_reaction": self._reaction(chat)}, None
        beside = self._message(chat, **self._content())
        return {self.chosen.choice(BESIDE): beside}, None

    def _message(self, chat: int, **content: Any) -> Json:
        return {
            "message_id": self.chosen.randrange(1, 500),
            "from": self._user(chat),
            "chat": {"id": chat, "type": "private", "first_name": "Anna", "username": "anna"},
            "date": DAY,
            **content,
        }

    def _reaction(self, chat: int) -> Json:
        now = [{"type": "emoji", "emoji": "👍"}] * self.chosen.randrange(3)
        return {**self._message(chat), "user": self._user(chat), "new_reaction": now}

    def _user(self, chat: int) -> Json:
        user: Json = {"id": chat, "is_bot": False, "first_name": "Anna"}
        if self.chosen.random() < 0.7:
            user["language_code"] = self.chosen.choice(LANGUAGES)
        if self.chosen.random() < 0.2:
            user |= {"last_name": "\u202eB", "is_premium": True, "username": "anna"}
        return user

    def _content(self) -> Json:
        way = self.chosen.randrange(10)
        content: Json
        if way < 5:
            content = {"text": self.chosen.choice(TEXTS)}
            if content["text"].startswith("/"):
                content["entities"] = [{"type": "bot_command", "offset": 0, "length": 2}]
        elif way < 7:
            content = {"location": self._place()}
        else:
            content = {self.chosen.choice((*SENT, *REPORTED)): self._part(), "caption": "Ali"}
        if self.chosen.random() < 0.1:
            content["forward_origin"] = {"type": "hidden_user", "sender_user_name": "B", "date": 1}
        if self.chosen.random() < 0.1:
            content["reply_to_message"] = self._message(1, text="before")
        return content

    def _place(self) -> Json:
        place: Json = {
            "latitude": self.chosen.choice((51.54, 48.0, 0, -90, 90.0, 51.5)),
            "longitude": self.chosen.choice((7.2, 11.0, 0, 180, -180.0)),
        }
        if self.chosen.random() < 0.3:
            place |= {"horizontal_accuracy": 1500.0, "live_period": 60, "heading": 1}
        return place

    def _part(self) -> Any:
        part = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 3}
        return self.chosen.choice((part, [part], "x", {"phone_number": "+49", "user_id": 7}))

    def _press(self, chat: int) -> Json:
        message = self._message(chat, text="before", reply_markup={"inline_keyboard": [[]]})
        if self.chosen.random() < 0.1:
            message = {"message_id": 3, "date": 0, "chat": message["chat"]}
        return {
            "id": str(self.chosen.randrange(10**18)),
            "from": self._user(chat),
            "message": message,
            "chat_instance": "-1",
            "data": self.data(chat),
        }

    def _member(self, chat: int) -> Json:
        status = ("member", "kicked", "left", "restricted")
        one, other = (self.chosen.choice(status) for _ in range(2))
        bot = {"id": 1, "is_bot": True, "first_name": "Lotse"}
        return {
            "chat": {"id": chat, "type": "private"},
            "from": self._user(chat),
            "date": DAY,
            "old_chat_member": {"user": bot, "status": one, "until_date": 0},
            "new_chat_member": {"user": bot, "status": other, "until_date": 0},
        }

    def _elsewhere(self, chat: int) -> Json:
        """A message in a group or a channel, or of a bot."""
        message = self._message(chat, text=self.chosen.choice(TEXTS))
        if self.chosen.random() < 0.3:
            return message | {"from": {"id": chat, "is_bot": True, "first_name": "B"}}
        return message | {"chat": {"id": -chat, "type": self.chosen.choice(KINDS_OF_CHAT)}}

    def _broken(self, made: Any) -> Any:
        """The same with one thing broken somewhere in it."""
        text = json.dumps(made)
        if self.chosen.random() < 0.15:
            return self._renumbered(_loads(self._scratched(text), made))
        copy = json.loads(text)
        places = [place for place in _places(copy) if place[1] != "update_id"]
        if not places:
            return copy
        holder, key = self.chosen.choice(places)
        match self.chosen.randrange(6):
            case 0:
                del holder[key]
            case 1:
                holder[key] = [holder[key]]
            case 2:
                holder[key] = json.loads(json.dumps(made))
            case 3:
                holder[key] = str(holder[key])
            case _:
                holder[key] = self.chosen.choice(ODD)
        return copy

    def _renumbered(self, made: Any) -> Any:
        """The number stays: another's number would be a repetition, which is to be passed over."""
        numbered = isinstance(made, dict) and isinstance(made.get("update_id"), int)
        return {**made, "update_id": self.number} if numbered else made

    def _scratched(self, text: str) -> str:
        """The JSON text with a few signs changed."""
        signs = list(text)
        for _ in range(self.chosen.choice((1, 2, 5))):
            at = self.chosen.randrange(len(signs))
            signs[at] = self.chosen.choice('{}[]",:0129-+.eEx\\utfn ')
        return "".join(signs)


def _loads(text: str, otherwise: Any) -> Any:
    """What can still be read; else the update as it was, since only JSON comes so far."""
    try:
        return json.loads(text)
    except ValueError:
        return otherwise


def _places(part: Any) -> list[tuple[Any, Any]]:
    """Every place in an update where something stands: what holds it, and under which key."""
    found: list[tuple[Any, Any]] = []
    if isinstance(part, dict):
        inside = list(part.items())
    elif isinstance(part, list):
        inside = list(enumerate(part))
    else:
        return found
    for key, value in inside:
        found += [(part, key), *_places(value)]
    return found
