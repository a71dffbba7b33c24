"""One function a screen: what it says and what can be pressed on it."""

from bot.conversation.screens import (
    absence,
    choosing,
    confirming,
    entry,
    own_appointments,
    rights,
    staff,
    staff_appointment,
    walk_ins,
)

__all__ = [
    "absence",
    "choosing",
    "confirming",
    "entry",
    "own_appointments",
    "rights",
    "staff",
    "staff_appointment",
    "walk_ins",
]
