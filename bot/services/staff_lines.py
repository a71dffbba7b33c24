"""What every message to the staff about an appointment has: its facts, and the way to it."""

from bot.conversation import presses
from bot.conversation.content import Button, Code, Day, Language, Line, Time, say
from bot.conversation.screens.confirming import wish_lines
from bot.domain.appointment import Appointment


def facts(about: Appointment) -> tuple[Line, ...]:
    """When it is, whose, and what is wished for; never the topic."""
    return (
        say("staff.when", day=Day(about.start), time=Time(about.start)),
        say("staff.who", code=Code(about.code), language=Language(about.language)),
        *wish_lines(about.wishes),
    )


def opener(about: Appointment) -> tuple[Button, ...]:
    """Lasting buttons: it has been seen, and all that can be done about it."""
    number = str(about.id)
    return (
        Button(say("staff.see"), presses.encode("seen", None, number)),
        Button(say("staff.open"), presses.encode("visit", None, number)),
    )
