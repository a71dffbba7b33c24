"""Who is measured: how each is started, from which tree, and what its people do."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from .crowd import LIFE

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PREPARE_SECONDS = 60
WARM_PRESSES = 4


Prepare = Callable[[Mapping[str, str]], list[str]]
"""Makes what a contender needs, by its settings, and gives invitations."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot by its module in the tree `root`. Those that keep something are `asked` for a mix."""

    key: str
    name: str
    arguments: tuple[str, ...]
    asked: bool = False
    prepare: Prepare = lambda settings: []
    root: Path = ROOT

    @property
    def walk(self) -> str:
        """How its people choose what to press."""
        return "client" if self.asked else "any"

    @property
    def warm_presses(self) -> int:
        """How often each press before anything is measured; a life long where it matters."""
        return LIFE if self.asked else WARM_PRESSES


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


def _invite(root: Path, settings: Mapping[str, str]) -> list[str]:
    """Invitations on a new database, made by the code of a tree."""
    made = subprocess.run(
        [sys.executable, "-m", f"{__package__}.ours"],
        cwd=root,
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
LOTSE = Contender(
    key="c",
    name="Lotse, people book and cancel",
    arguments=("bot", "run"),
    asked=True,
    prepare=partial(_invite, ROOT),
)
OTHER = "d"
PEERS = (PTB, AIOGRAM)


def lotse_of(revision: str, root: Path) -> Contender:
    """Lotse as it is in another tree."""
    name = f"Lotse at {revision}"
    return replace(LOTSE, key=OTHER, name=name, prepare=partial(_invite, root), root=root)
