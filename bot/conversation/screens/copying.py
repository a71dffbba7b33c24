"""Buttons that copy what is shown: a code, an address, a number to call.

The phone does it by itself; the bot is not told. They stand side by side, a short word each.
"""

from bot.conversation.appointment_lines import address
from bot.conversation.content import say
from bot.conversation.screens.view import Key
from bot.domain.city import Office


def row(
    *, code: str | None = None, office: Office | None = None, phone: str | None = None
) -> tuple[Key, ...]:
    """A button for each of these that stands on the screen."""
    shown = {
        "copy.code": code,
        "copy.address": None if office is None else address(office),
        "copy.phone": phone,
    }
    return tuple(Key(say(label), copies=text) for label, text in shown.items() if text)
