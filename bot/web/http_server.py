"""One small HTTP server for all that the bot serves."""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.web.webhook import LARGEST_UPDATE


async def serve(address: tuple[str, int] | None, routes: Sequence[web.RouteDef]) -> None:
    """Listen until cancelled, where an address is given. Raises OSError if it cannot be had."""
    if address is None:
        return
    app = web.Application(client_max_size=LARGEST_UPDATE)
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, *address).start()
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
