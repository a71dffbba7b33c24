"""What somebody of the staff is told when a new way to their appointments was made for them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.content import Screen, say


class WayIn(StrEnum):
    """A link to their lists, or the address of their calendar."""

    LISTS = "lists"
    CALENDAR = "calendar"


TEXTS = {WayIn.LISTS: "staff.access_lists", WayIn.CALENDAR: "staff.access_calendar"}


@dataclass(frozen=True, slots=True)
class AccessMade:
    """Whoever has it sees their appointments: who did not ask for it should say so."""

    way: WayIn


def screen(news: AccessMade) -> Screen:
    """The news as a message."""
    return Screen(((say(TEXTS[news.way]),), (say("staff.access_unknown"),)))
