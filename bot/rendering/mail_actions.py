"""What can be opened from a mail."""

from enum import StrEnum


class Action(StrEnum):
    """What a link in a mail opens; the page behind it asks before anything happens."""

    HELP = "help"
    SEEN = "seen"
    OPEN = "open"
    DAY = "day"
    CANNOT = "cannot"
