"""One way to press a button, as a person goes it, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass

from chat_in_memory import Chat
from meanwhile import Meanwhile

from bot.conversation.events import Pressed
from bot.conversation.outcome import Order
from bot.conversation.presses import Press

STAYING = ("reminder", "news", "staff notice")
"""Messages that are no screen: their buttons last."""


@dataclass(frozen=True)
class Way:
    """`who` goes `path`, is then `at` a screen, and presses `press`.

    What happens `meanwhile` they have not seen yet, unless they look `again`. `told` is said above
    the screen it leads `to`, `sends` comes besides, `keeps` is how an appointment stands of which a
    message stays.
    """

    press: str
    at: str
    to: str
    who: Callable[[], Chat]
    path: str = ""
    meanwhile: Meanwhile | None = None
    told: tuple[str, ...] = ()
    sends: tuple[Order, ...] = ()
    keeps: str | None = None
    again: bool = False

    @property
    def action(self) -> str:
        """What the button does."""
        return self.press.partition(":")[0]

    @property
    def value(self) -> str:
        """What it carries, as far as that matters."""
        return self.press.partition(":")[2]

    def __str__(self) -> str:
        happens = self.meanwhile.__qualname__.split(".")[0] if self.meanwhile else ""
        return "-".join(filter(None, (self.at, self.press, happens, self.to)))

    def stands(self) -> Chat:
        """The chat before the press."""
        return self.who().walks(self.path)

    def goes(self, chat: Chat) -> Chat:
        """The press of a button that was in front of them, or on a message that stays."""
        if self.again:
            self._happens(chat)
        press = Press(self.action, None, self.value)
        if self.at not in STAYING:
            press = chat.button(self.action, self.value or None)
        if not self.again:
            self._happens(chat)
        return chat.does(Pressed(press))

    def _happens(self, chat: Chat) -> None:
        if self.meanwhile is not None:
            self.meanwhile(chat)
