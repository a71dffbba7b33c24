"""One small HTTP server for all that the bot serves, and for nobody longer than for others."""

import asyncio
import logging
import resource
from collections.abc import Sequence

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.observability.logs import fields
from bot.web.connections import Connections, HttpLimits
from bot.web.http_connection import LARGEST_BODY, HttpConnection, connection_of
from bot.web.responses import busy

log = logging.getLogger(__name__)

LIMITS = HttpLimits()
STOP_SECONDS = 10.0
"""For work to be done, and once more for its answer to be read, when the server stops."""
OTHER_FILES = 256
"""At least as many as a process opens besides: databases, mails, the Bot API."""


async def serve(
    address: tuple[str, int] | None,
    kept: Sequence[web.RouteDef],
    others: Sequence[web.RouteDef],
    limits: HttpLimits = LIMITS,
) -> None:
    """Listen until cancelled, where an address is given. Raises OSError if it cannot be had.

    Each path of `kept` is served however many requests there are for `others`.
    """
    if address is None:
        return
    _look_at_open_files(limits)
    runner = web.AppRunner(_application([*kept, *others]), shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    try:
        connections = Connections(limits, {route.path for route in kept})
        await _listen(runner, address, connections)
    finally:
        await runner.cleanup()


async def _listen(
    runner: web.AppRunner, address: tuple[str, int], connections: Connections
) -> None:
    server = runner.server
    assert server is not None
    listening = await asyncio.get_running_loop().create_server(
        lambda: HttpConnection(server, connections), *address, backlog=connections.limits.backlog
    )
    try:
        await asyncio.Event().wait()
    finally:
        listening.close()
        connections.end_waiting()


def _application(routes: Sequence[web.RouteDef]) -> web.Application:
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_in_turn])
    app.add_routes(routes)
    app.on_response_prepare.append(_unsigned)
    return app


@web.middleware
async def _in_turn(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Work on a request if its share allows it."""
    connection = connection_of(request)
    try:
        return await handler(request) if connection.begin(request.path) else busy()
    finally:
        connection.finish()


async def _unsigned(_: web.Request, response: web.StreamResponse) -> None:
    """Nobody has to know which library answers."""
    response.headers.pop(hdrs.SERVER, None)


def _look_at_open_files(limits: HttpLimits) -> None:
    """Warn where connections can take all files that the system lets this process open."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = limits.connections + OTHER_FILES
    if allowed != resource.RLIM_INFINITY and allowed < needed:
        told = fields(allowed=allowed, needed=needed)
        log.warning("too few files may be open", extra=told)
