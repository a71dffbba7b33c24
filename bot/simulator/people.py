"""The people's side over HTTP: write, press, block, and look at a chat."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.simulator.arriving import content, text_fields
from bot.simulator.changes import Changes
from bot.simulator.updates import Updates
from bot.simulator.view import chat_text, people_versions, pressed_on
from bot.simulator.world import JSON, Chat, World

LONGEST_WAIT = 30.0
CHAT_INSTANCE = "7000000000000000001"

PersonHandler = Callable[[web.Request, Chat, JSON], Awaitable[web.StreamResponse]]


class People:
    """The routes of all people; a person here is the chat with them."""

    def __init__(
        self,
        world: World,
        updates: Updates,
        changes: Changes,
        clock: Callable[[], float],
    ) -> None:
        self._world = world
        self._updates = updates
        self._changes = changes
        self._clock = clock

    def add_routes(self, app: web.Application) -> None:
        """All routes below /people, /changes, /groups and /updates."""
        app.router.add_post("/people", self._join)
        app.router.add_get("/people", self._all)
        for path, handler in (
            ("messages", self._message),
            ("edits", self._edit),
            ("presses", self._press),
            ("reactions", self._react),
            ("block", self._block),
            ("unblock", self._unblock),
        ):
            app.router.add_post(f"/people/{{id}}/{path}", self._for_person(handler))
        app.router.add_get("/people/{id}/chat", self._for_person(self._chat))
        app.router.add_get("/people/{id}/files/{file_id}", self._for_person(self._file))
        app.router.add_get("/changes", self._changed)
        app.router.add_post("/groups/{id}/messages", self._group_message)
        app.router.add_post("/updates", self._raw_update)

    def _for_person(
        self, handler: PersonHandler
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            chat = self._world.chats.get(_number(request.match_info["id"]))
            if chat is None or chat.user is None:
                return _problem(404, "no such person")
            body = await _body(request)
            return (
                _problem(400, "not a JSON object")
                if body is None
                else await handler(request, chat, body)
            )

        return handle

    async def _join(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None or not isinstance(body.get("first_name"), str):
            return _problem(400, "first_name is missing")
        if not isinstance(body.get("id"), int | None):
            return _problem(400, "id is no number")
        chat = self._world.join(body.get("id"), body["first_name"], body.get("language_code"))
        return web.json_response(_person(chat))

    async def _all(self, request: web.Request) -> web.Response:
        chats = self._world.chats.values()
        return web.json_response([_person(chat) for chat in chats if chat.user is not None])

    async def _message(self, request: web.Request, chat: Chat, body: JSON) -> web.Response:
        assert chat.user is not None
        if chat.blocked:
            return _problem(409, "the bot is blocked")
        fields = content(body, chat.user, self._clock())
        if fields is None:
            return _problem(400, "nothing that can be sent")
        message = self._world.person_writes(chat, chat.user, fields, self._clock())
        self._updates.put("message", message.fields, self._clock())
        return web.json_response({"message_id": message.id, "version": chat.version})

    async def _edit(self, request: web.Request, chat: Chat, body: JSON) -> web.Response:
        message = chat.messages.get(body.get("message_id", 0))
        if message is None or message.by_bot or not isinstance(body.get("text"), str):
            return _problem(400, "no own message to edit, or no text")
        self._world.person_edits(chat, message, text_fields(body["text"]), self._clock())
        self._updates.put("edited_message", message.fields, self._clock())
        return web.json_response({"message_id": message.id, "version": chat.version})

    async def _press(self, request: web.Request, chat: Chat, body: JSON) -> web.Response:
        message_id, data = body.get("message_id"), body.get("data")
        if not isinstance(message_id, int) or not isinstance(data, str):
            return _problem(400, "message_id or data is missing")
        now = self._clock()
        query = self._world.press(chat, now)
        pressed = {
            "id": query.id,
            "from": chat.user,
            "message": pressed_on(chat, message_id, now),
            "chat_instance": CHAT_INSTANCE,
            "data": data,
        }
        self._updates.put("callback_query", pressed, now)
        return web.json_response({"callback_query_id": query.id, "version": chat.version})

    async def _react(self, request: web.Request, chat: Chat, body: JSON) -> web.Response:
        message, emoji = chat.messages.get(body.get("message_id", 0)), body.get("emoji")
        if message is None or not isinstance(emoji, str):
            return _problem(400, "no message to react to, or no emoji")
        reaction = {
            "chat": chat.described(),
            "message_id": message.id,
            "user": chat.user,
            "date": int(self._clock()),
            "old_reaction": _emoji(message.reaction),
            "new_reaction": _emoji(emoji),
        }
        self._world.person_reacts(chat, message, emoji)
        self._updates.put("message_reaction", reaction, self._clock())
        return web.json_response({"version": chat.version})

    async def _block(self, request: web.Request, chat: Chat, body: JSON) -> web.Response:
        return self._set_blocked(chat, blocked=True)

    async def _unblock(self, request: web.Request, chat: Chat, body: JSON) -> web.Response:
        return self._set_blocked(chat, blocked=False)

    def _set_blocked(self, chat: Chat, *, blocked: bool) -> web.Response:
        if chat.blocked != blocked:
            self._world.block(chat, blocked)
            kicked = {"status": "kicked", "user": self._world.bot, "until_date": 0}
            member = {"status": "member", "user": self._world.bot}
            change = {
                "chat": chat.described(),
                "from": chat.user,
                "date": int(self._clock()),
                "old_chat_member": member if blocked else kicked,
                "new_chat_member": kicked if blocked else member,
            }
            self._updates.put("my_chat_member", change, self._clock())
        return web.json_response(_person(chat))

    async def _chat(self, request: web.Request, chat: Chat, body: JSON) -> web.Response:
        try:
            after = int(request.query.get("after", -1))
            wait = min(float(request.query.get("wait", 0)), LONGEST_WAIT)
            last = int(request.query["last"]) if "last" in request.query else None
        except ValueError:
            return _problem(400, "after, wait and last are numbers")
        if chat.version <= after and wait > 0:
            await self._changes.wait(chat.id, wait)
        return web.Response(text=chat_text(chat, last), content_type="application/json")

    async def _file(self, request: web.Request, chat: Chat, body: JSON) -> web.Response:
        file = self._world.files.get(request.match_info["file_id"])
        if file is None:
            return _problem(404, "no such file")
        headers = {
            "Content-Type": file.content_type,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=file.content, headers=headers)

    async def _changed(self, request: web.Request) -> web.Response:
        try:
            after = int(request.query.get("after", -1))
            wait = min(float(request.query.get("wait", 0)), LONGEST_WAIT)
        except ValueError:
            return _problem(400, "after and wait are numbers")
        if after > self._changes.version:
            # A version of a simulator that ran here before this one.
            after = -1
        if self._changes.version == after and wait > 0:
            await self._changes.wait(None, wait)
        chats = [self._world.chats[chat_id] for chat_id in self._changes.since(after)]
        return web.json_response(
            {"version": self._changes.version, "people": people_versions(chats)}
        )

    async def _group_message(self, request: web.Request) -> web.Response:
        body = await _body(request) or {}
        sender = self._world.chats.get(body.get("from", 0))
        if sender is None or sender.user is None or not isinstance(body.get("text"), str):
            return _problem(400, "from must be a person, and text a text")
        group = self._world.group(_number(request.match_info["id"]))
        fields = text_fields(body["text"])
        message = self._world.person_writes(group, sender.user, fields, self._clock())
        self._updates.put("message", message.fields, self._clock())
        return web.json_response({"message_id": message.id})

    async def _raw_update(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None:
            return _problem(400, "not a JSON object")
        return web.json_response({"update_id": self._updates.put_raw(body, self._clock())})


def _emoji(emoji: str) -> list[JSON]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def _person(chat: Chat) -> dict[str, Any]:
    user = chat.user or {}
    return {
        "id": chat.id,
        "first_name": user.get("first_name"),
        "language_code": user.get("language_code"),
        "blocked": chat.blocked,
        "started": chat.started,
    }


async def _body(request: web.Request) -> JSON | None:
    if not request.can_read_body:
        return {}
    try:
        body = await request.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0


def _problem(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)
