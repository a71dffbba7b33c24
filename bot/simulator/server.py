"""The simulator as one web server: the bot's side, the people's side, faults and the record."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from email.utils import formatdate

from aiohttp import web

from bot.simulator.bot_calls import BotCalls
from bot.simulator.bot_face import BotFace
from bot.simulator.changes import Changes
from bot.simulator.faults import Faults
from bot.simulator.people import People
from bot.simulator.profile import Profile
from bot.simulator.updates import Updates
from bot.simulator.webhook import push_forever
from bot.simulator.world import World

LARGEST_REQUEST = 50 * 1024 * 1024
BOT_USERNAME = "lotse_demo_bot"


class Simulator:
    """A local Telegram for one bot, all in memory.

    clock gives epoch seconds; extend may add routes to the application.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        bot_username: str = BOT_USERNAME,
        extend: Callable[[web.Application], None] | None = None,
    ) -> None:
        self._clock = clock
        self._extend = extend
        self._changes = Changes()
        self._updates = Updates()
        self._world = World(bot_username, self._changes.notify)
        profile = Profile()
        self._calls = BotCalls(self._world, self._updates, profile, clock)
        self._people = People(self._world, self._updates, self._changes, clock)
        self._face = BotFace(self._world, profile)
        self._runner: web.AppRunner | None = None
        self.url = ""

    def application(self) -> web.Application:
        """The web application with all routes."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        self._calls.add_routes(app)
        self._people.add_routes(app)
        self._face.add_routes(app)
        app.router.add_put("/faults", self._put_faults)
        app.router.add_get("/faults", self._get_faults)
        app.router.add_get("/record", self._get_record)
        app.router.add_get("/pending", self._get_pending)
        if self._extend is not None:
            self._extend(app)
        app.cleanup_ctx.append(self._webhook_pushing)
        app.on_shutdown.append(self._end_long_polls)
        app.on_response_prepare.append(self._say_the_time)
        return app

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 means any free one. Afterwards url says where."""
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://{host}:{bound}"

    async def stop(self) -> None:
        """Answer what is waiting and close."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _webhook_pushing(self, app: web.Application) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            pushing = group.create_task(push_forever(self._updates, self._clock))
            yield
            pushing.cancel()

    async def _end_long_polls(self, app: web.Application) -> None:
        self._updates.close()
        self._changes.close()

    async def _say_the_time(self, _: web.Request, response: web.StreamResponse) -> None:
        """Answers are dated, as the Bot API's are."""
        response.headers["Date"] = formatdate(self._clock(), usegmt=True)

    async def _put_faults(self, request: web.Request) -> web.Response:
        try:
            self._calls.faults = Faults.of(await request.json())
        except (TypeError, ValueError, AttributeError) as problem:
            return web.json_response({"error": str(problem)}, status=400)
        return web.json_response({})

    async def _get_faults(self, request: web.Request) -> web.Response:
        """What is still to strike of the script."""
        left = [asdict(fault) for fault in self._calls.faults.script if fault.times > 0]
        return web.json_response({"script": left})

    async def _get_record(self, request: web.Request) -> web.Response:
        try:
            after = int(request.query.get("after", 0))
        except ValueError:
            return web.json_response({"error": "after is a number"}, status=400)
        record = self._calls.record
        return web.json_response({"n": record.n, "calls": record.after(after)})

    async def _get_pending(self, request: web.Request) -> web.Response:
        return web.json_response({"updates": self._updates.pending(self._clock())})
