"""One function a screen: what it says and what can be pressed on it."""

from bot.conversation.screens import (
    absence,
    choosing,
    confirming,
    entry,
    guests,
    mine,
    rights,
    staff,
    visit,
)

__all__ = [
    "absence",
    "choosing",
    "confirming",
    "entry",
    "guests",
    "mine",
    "rights",
    "staff",
    "visit",
]
