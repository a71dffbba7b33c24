"""The stub server, a process of its own: `python -m tests.benchmarks.stub` prints its port.

`GET /reading` tells how much has been handled so far, by the server's own clock, `GET /done` what
was done. `GET /pace-30` lets people press 30 times a second from now on, `GET /taken` tells when
presses were due and how long they took.
"""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qsl

import click

from .api import OK, Api
from .crowd import LIFE, Crowd
from .hooks import Hooks
from .pace import ActionRate
from .people import any_button, as_client
from .wire import Connection

WALKS = {"any": any_button, "client": as_client}
EMPTY = b'{"ok":true,"result":[]}'


class Stub:
    """Hands requests to the API; a poll that finds nothing waits for the next update."""

    def __init__(self, api: Api, hooks: Hooks | None) -> None:
        self._api = api
        self._hooks = hooks
        self._loop = asyncio.get_running_loop()
        self._poll: tuple[Connection, int] | None = None
        self._expiry: asyncio.TimerHandle | None = None
        self._pace: ActionRate | None = None

    def handle(self, method: str, body: bytes, connection: Connection) -> None:
        """One request."""
        if method == "reading":
            connection.send(self._reading())
        elif method.startswith("pace-"):
            self._pace = ActionRate(self._api, float(method.removeprefix("pace-")), self.deliver)
            connection.send(OK)
        elif method == "done":
            connection.send(json.dumps(self._api.done).encode())
        elif method == "taken":
            connection.send(json.dumps(self._pace.taken if self._pace else []).encode())
        elif method == "getUpdates":
            self._start_poll(_params(body), connection)
        else:
            connection.send(self._api.call(method, _params(body)))
            self.deliver()

    def deliver(self) -> None:
        """Hand over what waits, if somebody is there to take it."""
        if self._hooks is not None:
            self._hooks.bring(self._api.waiting)
        elif self._poll is not None and self._api.waiting:
            self._end_poll()

    def _start_poll(self, params: dict[str, Any], connection: Connection) -> None:
        offset, seconds = int(params.get("offset") or 0), float(params.get("timeout") or 0)
        found = self._api.updates(offset)
        if found is not None:
            connection.send(found)
            return
        self._poll = connection, offset
        self._expiry = self._loop.call_later(seconds, self._end_poll)

    def _end_poll(self) -> None:
        assert self._poll is not None
        assert self._expiry is not None
        (connection, offset), self._poll = self._poll, None
        self._expiry.cancel()
        if connection.is_open:
            connection.send(self._api.updates(offset) or EMPTY)

    def _reading(self) -> bytes:
        api = self._api
        told = {"at": self._loop.time(), "calls": api.calls, "presses": api.handled}
        return json.dumps(told).encode()


def _params(body: bytes) -> dict[str, Any]:
    """Parameters as JSON or as a form; those of an upload do not matter here."""
    if body.startswith(b"{"):
        found: dict[str, Any] = json.loads(body)
        return found
    return {} if body.startswith(b"--") else dict(parse_qsl(body.decode()))


async def serve(api: Api, urls: tuple[str, ...]) -> None:
    """Listen on a free port of the loopback, say which, and go on until killed."""
    hooks = Hooks(urls) if urls else None
    stub = Stub(api, hooks)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_give_up)
    server = await loop.create_server(lambda: Connection(stub.handle), "127.0.0.1", 0)
    click.echo(str(server.sockets[0].getsockname()[1]))
    stub.deliver()
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve_forever())
        if hooks is not None:
            group.create_task(hooks.run())


def _give_up(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A stub that goes on after an error of its own would leave somebody without a next press."""
    loop.default_exception_handler(context)
    loop.stop()


@click.command()
@click.option("--chats", default=64)
@click.option("--life", default=LIFE, help="After how many presses somebody else comes.")
@click.option("--walk", type=click.Choice(list(WALKS)), default="any")
@click.option("--invitations", default="", help="The case managers' tokens, with commas between.")
@click.option("--hooks", default="", help="Where updates are brought instead of being polled.")
def main(chats: int, life: int, walk: str, invitations: str, hooks: str) -> None:
    """Serve one bot and so many people."""
    api = Api(WALKS[walk], Crowd(life))
    api.begin(chats, filter(None, invitations.split(",")))
    asyncio.run(serve(api, tuple(filter(None, hooks.split(",")))))


if __name__ == "__main__":
    main()
