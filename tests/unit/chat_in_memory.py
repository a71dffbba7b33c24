"""Somebody in front of the bot: what they see, what they press, and what comes of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from port_in_memory import PortInMemory
from screen_words import Offer, offers, written
from town_in_memory import Town

from bot.conversation import dialog
from bot.conversation.content import Say, Screen
from bot.conversation.events import Event, Located, Pressed, Started, Wrote
from bot.conversation.outcome import Order, Outcome
from bot.conversation.port import Port
from bot.conversation.presses import Press, decode
from bot.conversation.session import Session

ME = 7


@dataclass
class Chat:
    """One person's chat. Steps are written as `book office:hall`: actions with their values."""

    town: Town = field(default_factory=Town)
    session: Session = field(default_factory=Session)
    person_id: int = ME
    outcome: Outcome = field(init=False)

    def __post_init__(self) -> None:
        self.outcome = Outcome(self.session)

    @property
    def port(self) -> Port:
        """What the town does for this person."""
        return PortInMemory(self.town, self.person_id, self.session.language or "de")

    @property
    def screen(self) -> str:
        """The screen they are on."""
        return self.session.screen

    @property
    def shown(self) -> Screen:
        """What is in front of them."""
        return dialog.show(self.session, self.port, self.outcome.notice)

    @property
    def page(self) -> str:
        """The same, written down."""
        return written(self.shown)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What can be pressed."""
        return offers(self.shown)

    @property
    def told(self) -> tuple[str, ...]:
        """The keys of what was said above the screen."""
        return tuple(line.key for line in self.outcome.notice if isinstance(line, Say))

    @property
    def orders(self) -> tuple[Order, ...]:
        """What is sent besides."""
        return self.outcome.orders

    @property
    def kept(self) -> str | None:
        """How the appointment stands that a message stays of."""
        kept = self.outcome.kept
        return None if kept is None else kept.status.value

    def does(self, event: Event) -> "Chat":
        """Something is sent to the bot."""
        self.outcome = dialog.step(self.session, event, self.port)
        self.session = self.outcome.session
        return self

    def starts(self, argument: str = "") -> "Chat":
        """/start."""
        return self.does(Started(argument))

    def writes(self, text: str) -> "Chat":
        """Text that is no command."""
        return self.does(Wrote(text))

    def sends_place(self, latitude: float, longitude: float) -> "Chat":
        """A location."""
        return self.does(Located(latitude, longitude))

    def walks(self, path: str) -> "Chat":
        """One button after the other, each of which must be in front of them."""
        for step in path.split():
            action, _, value = step.partition(":")
            self.does(Pressed(self.button(action, value or None)))
        return self

    def button(self, action: str, value: str | None = None) -> Press:
        """The first button in front of them that does this."""
        for press in self.buttons():
            if press.action == action and value in (None, press.value):
                return press
        raise AssertionError(f"no {action}:{value} on {self.screen}: {self.offers}")

    def buttons(self) -> Iterator[Press]:
        """What the buttons in front of them mean."""
        for row in self.shown.rows:
            for press in (decode(button.data) for button in row):
                if press is not None:
                    yield press

    def forges(self, action: str, value: str = "") -> "Chat":
        """A button of this screen's revision that is not on it."""
        return self.does(Pressed(Press(action, self.session.revision, value)))

    def presses_below(self, action: str, value: str = "") -> "Chat":
        """A button on a message that stays in the chat."""
        return self.does(Pressed(Press(action, None, value)))
