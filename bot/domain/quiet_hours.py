"""When nobody is written to of the bot's own accord: from 20:00 to 7:00, clients and staff alike.

Who presses or writes is answered at any time. When a notice makes no sound is another matter:
`working_hours`.
"""

from datetime import time

QUIET_FROM, QUIET_UNTIL = time(20, 0), time(7, 0)


def is_quiet(at: time) -> bool:
    """Whether it is such a time of the day."""
    return at >= QUIET_FROM or at < QUIET_UNTIL
