"""What a library says again and again is written once a minute, with how often it was said."""

import logging
from traceback import walk_tb

PAUSE_SECONDS = 60.0
"""As long as the same thing is not written again."""

OURS = "bot"

What = tuple[str, str, int, str, str]
"""Logger, file and line that report; type and place of what went wrong."""


class Repeats(logging.Filter):
    """Lets through what was not said in the last minute; `unsaid` tells of how many it was not.

    Our own events are always let through: they are said once for each thing that happens.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[What, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is to be written."""
        if record.name.partition(".")[0] == OURS:
            return True
        what = _what(record)
        said_at, unsaid = self._said.get(what, (None, 0))
        if said_at is not None and abs(record.created - said_at) < PAUSE_SECONDS:
            self._said[what] = said_at, unsaid + 1
            return False
        self._said[what] = record.created, 0
        if unsaid:
            record.fields = {"unsaid": unsaid}
        return True


def _what(record: logging.LogRecord) -> What:
    error = record.exc_info[1] if record.exc_info else None
    kind, place = type(error).__name__, ""
    for frame, line in walk_tb(error.__traceback__ if error is not None else None):
        place = f"{frame.f_code.co_filename}:{line}"
    return record.name, record.pathname, record.lineno, kind, place
