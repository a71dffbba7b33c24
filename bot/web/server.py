"""One small HTTP server for all that the bot serves."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from bot.web.webhook import LARGEST_UPDATE


async def serve(host: str, port: int, routes: Callable[[], list[web.RouteDef]]) -> None:
    """Listen until cancelled. Raises OSError where the address cannot be had."""
    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.add_routes(routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
