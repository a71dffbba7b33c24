"""Who is there: people come, press so many times, and go; another takes their place.

So nobody comes near what one person may do in a day or a week, and what is done in a thousand
presses stays the same, however many a bot handles and however quickly. `LIVES` lives are led in
turn, each `LIFE` presses long: a thousand presses are a round in which each has been led once. The
first to come leave early, one after another, so that from then on every part of a life is as
frequent as any other at any moment.
"""

from dataclasses import dataclass
from random import Random

from .people import Dice, action_of

LIFE, LIVES = 25, 40
ROUND = LIFE * LIVES
SEED = 20261123
FIRST_CLIENT = 1_000_000
AFRESH = {"book", "menu", "mine", "directory"}
"""Who presses one of these looks for another time of nothing any more."""


@dataclass(slots=True)
class Person:
    """A chat that leads a life, with `left` presses to go: the newest screen, and what has become
    of a press.

    `waits` says that something is still to come, `moving` that they look for another time of what
    they have booked. Who has said /start waits for a screen only.
    """

    id: int
    life: int
    left: int
    dice: Dice
    data: str = ""
    answered: bool = True
    waits: bool = True
    message: str = ""
    buttons: list[str] | None = None
    presses: int = 0
    moving: bool = False

    def press(self, data: str) -> None:
        """Press a button; neither its answer nor a screen is there yet."""
        self.data, self.answered, self.waits, self.buttons = data, False, True, None
        self.presses += 1
        self.left -= 1
        action = action_of(data)
        self.moving = action == "change" or (self.moving and action not in AFRESH)

    @property
    def place(self) -> str:
        """Which press of which life the last one is."""
        return f"{self.life}.{self.presses}"

    def did(self) -> str:
        """What the last press did, by the screen it led to: the action, or what came of it."""
        action = action_of(self.data)
        if action == "cancel_yes":
            return "refused" if self._is_offered("cancel_yes") else "cancelled"
        if action != "confirm":
            return action
        if not self._is_offered("cancel"):
            return "refused"
        return "moved" if self.moving else "booked"

    def _is_offered(self, action: str) -> bool:
        return action in map(action_of, self.buttons or ())


class Crowd:
    """The people of the moment by their chats; a life is `life` presses long."""

    def __init__(self, life: int = LIFE) -> None:
        self._life = life
        self._came = 0
        self._here: dict[int, Person] = {}

    def begin(self, size: int) -> list[Person]:
        """So many come at once; the first of them are the first to leave."""
        return [self.come(-(-self._life * place // size)) for place in range(1, size + 1)]

    def come(self, left: int = 0) -> Person:
        """Somebody new, who presses so many times, else as often as one does in a life."""
        life = self._came % LIVES
        dice = Dice(Random(SEED + life), Random(self._came))
        person = Person(FIRST_CLIENT + self._came, life, left or self._life, dice)
        self._came += 1
        self._here[person.id] = person
        return person

    def leave(self, person: Person) -> None:
        """They press no more."""
        del self._here[person.id]

    def find(self, chat_id: int) -> Person | None:
        """Who is there in this chat; None of who has left and of who is no client."""
        return self._here.get(chat_id)
