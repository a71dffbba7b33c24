"""Several processes on one PostgreSQL, updates brought to each in turn, against one process."""

import base64
import socket

from postgres import Server

from .contenders import LOTSE
from .hooks import SECRET
from .measure import Plan, Sample, watch
from .running import running

KEY = base64.urlsafe_b64encode(bytes(32)).decode()


def processes(server: Server, count: int, plan: Plan) -> Sample:
    """One run of so many processes, on a new database. Raises Failed."""
    with server.fresh() as url:
        bots = tuple(_settings(url) for _ in range(count))
        hooks = tuple(f"http://{bot['BOT_LISTEN']}/hook" for bot in bots)
        seconds = plan.warm_up + plan.seconds
        with running(LOTSE, plan.chats, seconds, bots=bots, hooks=hooks) as run:
            return watch(run, plan)


def _settings(url: str) -> dict[str, str]:
    return {
        "BOT_DATABASE_URL": url,
        "BOT_DATA_KEY": KEY,
        "BOT_WEBHOOK_URL": "https://bench.example.org/hook",
        "BOT_WEBHOOK_SECRET": SECRET,
        "BOT_LISTEN": f"127.0.0.1:{_free_port()}",
    }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
