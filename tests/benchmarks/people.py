"""Scripted people: each presses a button of the screen just shown, again and again.

A person who wanders among all buttons of our bot books and cancels rarely, and one who only
books never looks around. So clients choose by weight what to do next; the peers' screens are all
alike, and any button will do. What to do is thrown by dice of the life somebody leads, with which
of the buttons that do it by dice of their own: who leads the same life does the same, whatever
days are still free and whichever build shows the buttons in whatever order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Dice:
    """What to do next is thrown by `what`, once a press; with which of several by `which`."""

    what: Random
    which: Random


Choose = Callable[[Dice, Sequence[str]], str | None]
"""Picks the callback data of the button to press; None if there is none to press."""

# How much more often one action is chosen than another where both are on the screen. Sharing a
# location is left out, since it is no press; so is declining, which would end the walk early.
WEIGHTS = {
    "language": 8.0,
    "agree": 8.0,
    "book": 8.0,
    "mine": 4.0,
    "directory": 1.0,
    "card": 2.0,
    "postal": 6.0,
    "area": 1.0,
    "anywhere": 1.0,
    "office": 4.0,
    "person": 3.0,
    "earliest": 2.0,
    "day": 8.0,
    "later": 0.5,
    "others": 0.5,
    "time": 8.0,
    "other_times": 0.5,
    "confirm": 8.0,
    "wish": 1.0,
    "wish_language": 1.0,
    "wish_adults": 1.0,
    "wish_topic": 1.0,
    "adults": 4.0,
    "topic": 4.0,
    "wish_done": 4.0,
    "details": 4.0,
    "door": 1.0,
    "file": 0.3,
    "pin": 0.2,
    "change": 1.0,
    "cancel": 4.0,
    "cancel_yes": 8.0,
    "back": 0.3,
    "menu": 0.5,
    "settings": 0.2,
    "emergency": 0.2,
}


def any_button(dice: Dice, buttons: Sequence[str]) -> str | None:
    """All buttons alike."""
    return dice.which.choice(buttons) if buttons else None


def as_client(dice: Dice, buttons: Sequence[str]) -> str | None:
    """First what to do, by weight; then with which of the buttons that do it."""
    by_action: dict[str, list[str]] = {}
    for data in buttons:
        action = action_of(data)
        if action in WEIGHTS:
            by_action.setdefault(action, []).append(data)
    if not by_action:
        return None
    actions = sorted(by_action)
    chosen = dice.what.choices(actions, [WEIGHTS[action] for action in actions])[0]
    return dice.which.choice(by_action[chosen])


def action_of(data: str) -> str:
    """What a button does, without its revision and value."""
    return data.partition(":")[0]
