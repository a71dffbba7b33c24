"""The log: one line for each event, as key=value, and nothing in it that names anybody.

Our own events are constant words; what varies stands behind them as fields. Of what a library logs
only its name and place are written, of an exception its type and places: the messages of both
may quote a chat, a text or the token.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from traceback import walk_tb
from types import FrameType, TracebackType

from bot.observability.repeats import Repeats

Field = str | int | float | bool | None

HOME = Path(__file__).parents[2]
LIBRARIES = "site-packages"
MOST_PLACES = 12
PLAIN = re.compile(r"[^\s\"=\\]+")

_request: ContextVar[str | None] = ContextVar("request", default=None)
_log = logging.getLogger("bot")


def fields(**values: Field) -> dict[str, dict[str, Field]]:
    """What goes with an event, as `extra` of a log call. Never anything a person sent or is."""
    return {"fields": values}


@contextmanager
def request() -> Iterator[None]:
    """All events inside the block carry the same random id, which stands for nobody."""
    before = _request.set(token_hex(4))
    try:
        yield
    finally:
        _request.reset(before)


def start() -> None:
    """Write to standard error; from now on nothing that goes wrong prints its message."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    handler.addFilter(Repeats())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.captureWarnings(True)
    # A log call that fails would print its arguments.
    logging.raiseExceptions = False
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _end(args.exc_value)
    sys.unraisablehook = lambda args: _end(args.exc_value)


def set_level(level: str) -> None:
    """From which level on our own events are written; those of libraries are from WARNING on."""
    _log.setLevel(level)


class Lines(logging.Formatter):
    """A record as one line of key=value."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        moment = datetime.fromtimestamp(record.created, UTC)
        told: dict[str, Field] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            **_event(record),
        }
        if (known := _request.get()) is not None:
            told["request"] = known
        told |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1] is not None:
            told |= outline(record.exc_info[1])
        return " ".join(f"{name}={_written(value)}" for name, value in told.items())


def outline(error: BaseException) -> dict[str, Field]:
    """Type and places of an exception, the innermost place first; what it says is left out."""
    first = _first(error)
    told: dict[str, Field] = {"error": type(first).__name__, "at": _places(first.__traceback__)}
    cause = first.__cause__ or (None if first.__suppress_context__ else first.__context__)
    if cause is not None:
        told["after"] = type(cause).__name__
    return told


def _event(record: logging.LogRecord) -> dict[str, Field]:
    if record.name == "bot" or record.name.startswith("bot."):
        return {"event": record.getMessage(), "logger": record.name}
    place = f"{_short(record.pathname)}:{record.lineno}"
    return {"event": "a library reports", "logger": record.name, "place": place}


def _first(error: BaseException) -> BaseException:
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


def _places(trace: TracebackType | None) -> str:
    places = [_place(frame, line) for frame, line in walk_tb(trace)]
    return " < ".join(reversed(places[-MOST_PLACES:])) or "nowhere"


def _place(frame: FrameType, line: int) -> str:
    return f"{_short(frame.f_code.co_filename)}:{line}"


def _short(filename: str) -> str:
    """The path from the root of the program or of its library."""
    path = Path(filename)
    if path.is_relative_to(HOME) and LIBRARIES not in path.parts:
        return str(path.relative_to(HOME))
    return filename.rpartition(f"{LIBRARIES}/")[2] if LIBRARIES in filename else path.name


def _written(value: Field) -> str:
    text = str(value)
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _end(error)


def _end(error: BaseException | None) -> None:
    _log.critical("an unexpected error", exc_info=error)
