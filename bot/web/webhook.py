"""The webhook: Telegram brings an update, and is thanked only when it is kept."""

import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.storage.engine.database import DatabaseUnavailable
from bot.web.http_connection import connection_of

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)  # nosec B105


@dataclass(frozen=True, slots=True)
class Webhook:
    """Updates at `path` from whoever knows the secret; anybody else gets the same refusal."""

    path: str
    secret: str
    take: Callable[[list[Any]], Awaitable[int | None]]

    def routes(self) -> list[web.RouteDef]:
        """What the server answers to."""
        return [web.post(self.path, self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        """Keep one update. Anything but 200 makes Telegram bring it again."""
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(errors="surrogateescape"), self.secret.encode()):
            return web.Response(status=HTTPStatus.NOT_FOUND)
        body = await connection_of(request).body(request)
        try:
            update = json.loads(body or b"")
        except (ValueError, RecursionError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await self.take([update])
        except DatabaseUnavailable:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()
