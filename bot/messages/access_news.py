"""What somebody of the staff is told when a new way to their appointments was made for them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.content import Screen, say


class Access(StrEnum):
    """A link to their lists, or the address of their calendar."""

    LISTS = "lists"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class AccessMade:
    """Whoever has it sees their appointments: who did not ask for it should say so."""

    access: Access


def screen(news: AccessMade) -> Screen:
    """The news as a message."""
    return Screen(((say(f"staff.access_{news.access}"),), (say("staff.access_unknown"),)))
