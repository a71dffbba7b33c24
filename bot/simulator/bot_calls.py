"""The bot's side over HTTP: a request becomes a checked call, its result an answer."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.simulator.call import Call, chat_number
from bot.simulator.checker import Checker, Upload
from bot.simulator.faults import Fault, Faults
from bot.simulator.methods import METHODS
from bot.simulator.profile import Profile
from bot.simulator.record import Record
from bot.simulator.refusal import NOT_FOUND, UNAUTHORIZED, Refusal, bad_request
from bot.simulator.updates import Updates
from bot.simulator.world import World

TOKEN = re.compile(r"(\d+):\S+")
MOST_UPDATES = 100
LONGEST_POLL = 50
BAD_JSON = bad_request("can't parse JSON object")

Given = tuple[dict[str, Any], dict[str, Upload], bool]


class BotCalls:
    """Answers /bot<token>/<method>; faults may be replaced at any time."""

    def __init__(
        self, world: World, updates: Updates, profile: Profile, clock: Callable[[], float]
    ) -> None:
        self.faults = Faults()
        self.record = Record()
        self._checker = Checker()
        self._world = world
        self._updates = updates
        self._profile = profile
        self._clock = clock

    def add_routes(self, app: web.Application) -> None:
        """The Bot API itself."""
        app.router.add_route("*", "/bot{token}/{method}", self._handle)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.method not in ("GET", "POST"):
            return _answer(NOT_FOUND)
        token = TOKEN.fullmatch(request.match_info["token"])
        method = self._checker.method(request.match_info["method"]) if token else NOT_FOUND
        if token is None or isinstance(method, Refusal):
            return _answer(NOT_FOUND)
        self._world.bot["id"] = self._world.bot["id"] or int(token[1])
        fault = self.faults.next_for(method)
        # Read before any delay: who waits no longer has still asked.
        given = await _given(request)
        if fault is None:
            return _answer(await self._call(given, method, None))
        return await self._faulty(request, given, method, fault)

    async def _faulty(
        self, request: web.Request, given: Given | Refusal, method: str, fault: Fault
    ) -> web.StreamResponse:
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.drop == "before":
            return _dropped(request)
        answer = await self._call(given, method, fault.refusal())
        return _dropped(request) if fault.drop == "after" else _answer(answer)

    async def _call(self, given: Given | Refusal, method: str, refusal: Refusal | None) -> Any:
        """The result as JSON text, or a refusal; both go into the record."""
        params = {} if isinstance(given, Refusal) else given[0]
        if self.faults.revoked:
            refusal = UNAUTHORIZED
        if refusal is None:
            result = given if isinstance(given, Refusal) else await self._result(method, given)
        else:
            result = refusal
        failed = isinstance(result, Refusal)
        self.record.add(
            self._clock(),
            method,
            chat_id=params.get("chat_id"),
            message_id=_message_id(result, params),
            ok=not failed,
            error_code=result.code if failed else None,
            description=result.description if failed else None,
        )
        return result

    async def _result(self, method: str, given: Given) -> Any:
        values, uploads, text = given
        params = self._checker.check(method, values, uploads, text=text)
        if isinstance(params, Refusal):
            return params
        if method == "getUpdates":
            return await self._get_updates(params)
        if self.faults.flood is not None:
            at = asyncio.get_running_loop().time()
            if refusal := self.faults.flood.admit(method, chat_number(params.get("chat_id")), at):
                return refusal
        call = Call(params, self._clock(), self._world, self._updates, self._profile, uploads)
        return METHODS[method](call)

    async def _get_updates(self, params: dict[str, Any]) -> Any:
        limit, seconds = params.get("limit", MOST_UPDATES), params.get("timeout", 0)
        if not 1 <= limit <= MOST_UPDATES:
            return bad_request(f"limit must be 1 to {MOST_UPDATES}")
        if not 0 <= seconds <= LONGEST_POLL:
            return bad_request(f"timeout must be 0 to {LONGEST_POLL}")
        if "allowed_updates" in params:
            self._updates.allowed = frozenset(params["allowed_updates"])
        return await self._updates.poll(params.get("offset", 0), limit, seconds, self._clock())


async def _given(request: web.Request) -> Given | Refusal:
    """The values, the files, and whether the values are text that is still to be decoded."""
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json() if request.can_read_body else {}
        except ValueError:
            return BAD_JSON
        if not isinstance(body, dict):
            return BAD_JSON
        return (body, {}, False) if not values else (values | body, {}, True)
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            upload = Upload(value.filename, value.file.read(), value.content_type)
            uploads[name] = upload
        else:
            values[name] = value
    return values, uploads, True


def _message_id(result: Any, params: dict[str, Any]) -> int | None:
    if isinstance(result, dict) and "message_id" in result:
        return int(result["message_id"])
    asked = params.get("message_id")
    return chat_number(asked)


def _answer(result: Any) -> web.Response:
    if isinstance(result, Refusal):
        text, status = json.dumps(result.body()), result.code
    elif isinstance(result, list) and result and isinstance(result[0], str):
        text, status = f'{{"ok":true,"result":[{",".join(result)}]}}', 200
    else:
        text, status = f'{{"ok":true,"result":{json.dumps(result)}}}', 200
    return web.Response(text=text, status=status, content_type="application/json")


def _dropped(request: web.Request) -> web.Response:
    """The connection ends without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
