"""Every function of the storage that asks a database, each called by itself with any values."""

import inspect
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import psycopg

import bot.storage
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Answer, Appointment, Status, Wishes
from bot.domain.slots import Slot
from bot.domain.waiting_for import WaitingFor
from bot.storage.engine.database import Tx
from bot.storage.records.appointments import CancelledBy
from bot.storage.records.tallies import Tally

WINGS = ("records", "queues", "upkeep")
ABOUT = Appointment(1, "K7PM", 1, "x", "x", 0, 60, Status.BOOKED, 0, "en", Wishes(), Answer.NONE)
ANY = {
    bool: True,
    int: 1,
    int | None: 1,
    str: "x",
    str | None: "x",
    Actor: Actor(Role.CASE_MANAGER, "x"),
    Answer: Answer.COMING,
    Appointment: ABOUT,
    CancelledBy: CancelledBy.OFFICE,
    Slot: Slot("x", 0, 60, 60),
    Status: Status.CAME,
    Tally: Tally.CHANGED,
    WaitingFor: WaitingFor("x", 1),
    Wishes: Wishes(),
    Collection[str]: ("x",),
    Iterable[str]: ("x",),
    Sequence[str]: ("x",),
}
"""A value of each type they are called with."""

REFUSED = (sqlite3.IntegrityError, psycopg.IntegrityError)
Asking = Callable[..., Any]


def asking() -> dict[str, Asking]:
    """The public functions that are given a transaction, as `module.function`."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": function
        for module in _modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        if not name.startswith("_") and "tx" in inspect.signature(function).parameters
    }


def call(tx: Tx, function: Asking) -> None:
    """Call one of them; it leaves no trace, and what comes of it is of no interest."""
    hints = get_type_hints(function)
    given = {name: ANY[kind] for name, kind in hints.items() if name not in ("tx", "return")}
    with suppress(*REFUSED), tx.savepoint() as point:
        function(tx, **given)
        point.undo()


def _modules() -> Iterator[Any]:
    root = Path(bot.storage.__file__).parent
    for wing in WINGS:
        for file in sorted((root / wing).glob("[a-z]*.py")):
            yield import_module(f"bot.storage.{wing}.{file.stem}")
