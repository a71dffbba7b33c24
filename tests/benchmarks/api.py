"""The Bot API as the benchmark needs it: it believes everything and keeps people pressing.

Every chat has one press in flight. It counts as handled when both its answer and the next screen
have arrived, and only then does the person press again: at once, if nothing else is arranged.
Who has pressed often enough leaves, and somebody new says /start.
Nothing is checked: what is right or wrong towards Telegram is the simulator's business.
"""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any

from .crowd import Crowd, Person
from .people import Choose

MOST_UPDATES = 100
FIRST_CASE_MANAGER = 900_000
DATE = 1_790_000_000
BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
OK = b'{"ok":true,"result":true}'
PHOTOS = b'{"ok":true,"result":{"total_count":1,"photos":[]}}'


@dataclass(slots=True)
class Api:
    """Answers methods; `waiting` are the updates the bot has not confirmed.

    `ready` is told of each person who could press again, `gone` of each who leaves. Of the presses
    `handled`, `done` are the places in a life with what was done there.
    """

    choose: Choose
    crowd: Crowd
    ready: Callable[[Person], None] = field(init=False)
    gone: Callable[[Person], None] = lambda person: None
    waiting: deque[tuple[int, bytes]] = field(default_factory=deque)
    handled: int = 0
    done: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    webhook: str = ""
    _update_ids: Any = field(default_factory=lambda: count(1))
    _message_ids: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.ready = self.press

    def begin(self, clients: int, invitations: Iterable[str]) -> None:
        """Clients say /start; case managers, who press nothing, open their links."""
        for number, token in enumerate(invitations):
            self._say(FIRST_CASE_MANAGER + number, f"/start {token}")
        for person in self.crowd.begin(clients):
            self._say(person.id, "/start")

    def updates(self, offset: int) -> bytes | None:
        """What waits from `offset` on, the rest is confirmed; None if nothing does."""
        while self.waiting and self.waiting[0][0] < offset:
            self.waiting.popleft()
        found = [update for _, update in islice(self.waiting, MOST_UPDATES)]
        return b'{"ok":true,"result":[' + b",".join(found) + b"]}" if found else None

    def call(self, method: str, params: dict[str, Any]) -> bytes:
        """The answer to any method but getUpdates."""
        self.calls += 1
        if method == "answerCallbackQuery":
            self._answer(params["callback_query_id"])
        elif method == "editMessageText":
            return self._show(params, int(params["message_id"]))
        elif method.startswith("send"):
            return self._show(params, next(self._message_ids))
        elif method == "getMe":
            return json.dumps({"ok": True, "result": BOT}).encode()
        elif method == "getUserProfilePhotos":
            return PHOTOS
        elif method == "setWebhook":
            self.webhook = params["url"]
        elif method == "getWebhookInfo":
            return json.dumps({"ok": True, "result": {"url": self.webhook}}).encode()
        return OK

    def _answer(self, query_id: str) -> None:
        person = self.crowd.find(int(query_id.partition("-")[0]))
        if person is not None:
            person.answered = True
            self._go_on(person)

    def _show(self, params: dict[str, Any], message_id: int) -> bytes:
        chat_id = int(params.get("chat_id", 0))
        markup = params.get("reply_markup") or {}
        if isinstance(markup, str):
            markup = json.loads(markup)
        shown = {
            "message_id": message_id,
            "from": BOT,
            "chat": {"id": chat_id, "type": "private", "first_name": "Anna"},
            "date": DATE,
            "text": params.get("text", ""),
        }
        if "inline_keyboard" in markup:
            shown["reply_markup"] = markup
        message = json.dumps(shown)
        person = self.crowd.find(chat_id)
        if person is not None and "reply_markup" in shown:
            person.message, person.buttons = message, _buttons(markup)
            self._go_on(person)
        return f'{{"ok":true,"result":{message}}}'.encode()

    def _go_on(self, person: Person) -> None:
        if person.buttons is None or not person.answered or not person.waits:
            return
        person.waits = False
        if person.presses:
            self.handled += 1
            self.done[f"{person.place} {person.did()}"] += 1
        if person.left:
            self.ready(person)
        else:
            self._replace(person)

    def _replace(self, person: Person) -> None:
        self.crowd.leave(person)
        self.gone(person)
        self._say(self.crowd.come().id, "/start")

    def press(self, person: Person) -> None:
        """Choose a button of the newest screen."""
        assert person.buttons is not None
        data = self.choose(person.dice, person.buttons)
        if data is None:
            raise RuntimeError(f"no button to press after {person.data}: {person.message}")
        person.press(data)
        self._press(person)

    def _press(self, person: Person) -> None:
        query = json.dumps(
            {
                "id": f"{person.id}-{person.presses}",
                "from": _user(person.id),
                "chat_instance": str(person.id),
                "data": person.data,
            }
        )
        self._queue(f'"callback_query":{query[:-1]},"message":{person.message}}}')

    def _say(self, chat_id: int, text: str) -> None:
        message = {
            "message_id": next(self._message_ids),
            "from": _user(chat_id),
            "chat": {"id": chat_id, "type": "private", "first_name": "Anna"},
            "date": DATE,
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        }
        self._queue(f'"message":{json.dumps(message)}')

    def _queue(self, content: str) -> None:
        number = next(self._update_ids)
        self.waiting.append((number, f'{{"update_id":{number},{content}}}'.encode()))


def _user(id: int) -> dict[str, Any]:
    return {"id": id, "is_bot": False, "first_name": "Anna", "language_code": "en"}


def _buttons(markup: dict[str, Any]) -> list[str]:
    rows = markup["inline_keyboard"]
    return [key["callback_data"] for row in rows for key in row if "callback_data" in key]
