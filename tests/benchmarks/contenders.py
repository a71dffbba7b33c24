"""Who is measured: how each is started, and what its people do."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PREPARE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot by its module; `prepare` makes what its settings need and gives invitations."""

    key: str
    name: str
    arguments: tuple[str, ...]
    walk: str = "any"
    prepare: Callable[[Mapping[str, str]], list[str]] = lambda settings: []


def environment(folder: Path, api_url: str = "http://127.0.0.1:1") -> dict[str, str]:
    """The settings of every contender; the peers read token and URL only."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return kept | {
        "BOT_TOKEN": "1:x",
        "BOT_API_URL": api_url,
        "BOT_DATABASE_URL": f"sqlite:///{folder / 'lotse.db'}",
        "BOT_CITY": str(HERE / "bigtown.toml"),
        "BOT_RATE_OVERALL": "0",
        "BOT_RATE_PER_CHAT": "0",
        "BOT_ACTIONS_PER_MINUTE": "0",
        "BOT_LOG_LEVEL": "WARNING",
    }


def _invite(settings: Mapping[str, str]) -> list[str]:
    made = subprocess.run(
        [sys.executable, "-m", f"{__package__}.ours"],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        text=True,
        timeout=PREPARE_SECONDS,
        check=True,
    )
    return made.stdout.split()


CEILING = Contender("-", "no framework: the stub's ceiling", (f"{__package__}.peers.raw",))
PTB = Contender("a", "bare python-telegram-bot", (f"{__package__}.peers.ptb",))
AIOGRAM = Contender("b", "bare aiogram", (f"{__package__}.peers.aiogram",))
LOTSE = Contender("c", "Lotse, people book and cancel", ("bot", "run"), "client", _invite)
CONTENDERS = (PTB, AIOGRAM, LOTSE)
