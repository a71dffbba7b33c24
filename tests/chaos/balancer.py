"""One address in front of several: the only webhook Telegram knows, each request to the next."""

from collections import deque
from collections.abc import Iterable

import aiohttp
from aiohttp import web

PASSED_ON = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")


class Balancer:
    """Hands each request to the next backend, past those where nobody listens."""

    def __init__(self, backends: Iterable[str]) -> None:
        self._backends = deque(backends)
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self) -> None:
        """Listen on a free port. Afterwards url says where."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        app = web.Application()
        app.router.add_post("/{path:.*}", self._forward)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Answer what is waiting and close."""
        if self._runner is not None and self._session is not None:
            await self._runner.cleanup()
            await self._session.close()

    async def _forward(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        for _ in range(len(self._backends)):
            self._backends.rotate(-1)
            try:
                return await self._ask(f"{self._backends[0]}{request.path}", body, headers)
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, OSError):
                # It may have been taken or not: whoever sent it sends it again.
                return web.Response(status=502)
        return web.Response(status=503)

    async def _ask(self, url: str, body: bytes, headers: dict[str, str]) -> web.Response:
        assert self._session is not None
        async with self._session.post(url, data=body, headers=headers) as answer:
            return web.Response(status=answer.status, body=await answer.read())
