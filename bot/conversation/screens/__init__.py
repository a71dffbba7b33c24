"""One function a screen: what it says and what can be pressed on it."""

from bot.conversation.screens import (
    choosing,
    closing,
    confirming,
    entry,
    own_appointments,
    own_words,
    rights,
    staff,
    staff_appointment,
    times,
    walk_ins,
    whereabouts,
)

__all__ = [
    "choosing",
    "closing",
    "confirming",
    "entry",
    "own_appointments",
    "own_words",
    "rights",
    "staff",
    "staff_appointment",
    "times",
    "walk_ins",
    "whereabouts",
]
