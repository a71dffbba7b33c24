"""Lotse with updates brought to it: on SQLite, on PostgreSQL, and as several processes on that."""

import base64
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from postgres import Server

from .contenders import LOTSE, Contender
from .hooks import SECRET
from .measure import Plan, Sample, watch
from .running import running

KEY = base64.urlsafe_b64encode(bytes(32)).decode()


@dataclass(frozen=True, slots=True)
class Fleet:
    """So many processes of one Lotse on one database."""

    name: str
    contender: Contender
    processes: int
    on_postgresql: bool = True


SQLITE = Fleet("SQLite, 1 process", LOTSE, 1, on_postgresql=False)
ONE = Fleet("PostgreSQL, 1 process", LOTSE, 1)
THREE = Fleet("PostgreSQL, 3 processes", LOTSE, 3)


def one_of(contender: Contender) -> Fleet:
    """One process of a Lotse of another day."""
    return Fleet(f"PostgreSQL, 1 process, {contender.name}", contender, 1)


def processes(server: Server, fleet: Fleet, plan: Plan) -> Sample:
    """One run on a new database. Raises Failed."""
    with _database(server, fleet) as settings:
        bots = tuple(settings | _brought() for _ in range(fleet.processes))
        hooks = tuple(f"http://{bot['BOT_LISTEN']}/hook" for bot in bots)
        with running(fleet.contender, plan.chats, plan.longest, bots=bots, hooks=hooks) as run:
            return watch(run, fleet.contender, plan)


@contextmanager
def _database(server: Server, fleet: Fleet) -> Iterator[dict[str, str]]:
    if fleet.on_postgresql:
        with server.fresh() as url:
            yield {"BOT_DATABASE_URL": url, "BOT_DATA_KEY": KEY}
    else:
        yield {}


def _brought() -> dict[str, str]:
    return {
        "BOT_WEBHOOK_URL": "https://bench.example.org/hook",
        "BOT_WEBHOOK_SECRET": SECRET,
        "BOT_LISTEN": f"127.0.0.1:{_free_port()}",
    }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
