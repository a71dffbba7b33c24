"""What is said to who waited: that a time is free, and no more than a lock screen may show."""

from dataclasses import dataclass

from bot.conversation import presses
from bot.conversation.content import Button, Screen, say


@dataclass(frozen=True, slots=True)
class FreeTimeNews:
    """Where they waited, as the id of a case manager or an office; empty for everywhere."""

    target: str


def screen(news: FreeTimeNews) -> Screen:
    """Nothing is held: whoever books first has it."""
    look = Button(say("free_time.look"), presses.encode("look_free", None, news.target))
    return Screen(((say("free_time.title"),), (say("free_time.first_come"),)), ((look,),))
