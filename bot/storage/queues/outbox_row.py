"""A message as it is written to the outbox: who it is for, which way it takes, what goes first."""

from dataclasses import dataclass
from enum import IntEnum

from bot.messages.payloads import Kind
from bot.storage.engine.database import Value

CHAT, MAIL = "chat", "mail"


class Priority(IntEnum):
    """What goes first: an answer, news, a reminder, what is done to older messages."""

    ANSWER = 0
    NOTICE = 1
    REMINDER = 2
    TIDYING = 3


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message to be written: for a person, or for whoever speaks for a case manager.

    `content` is JSON of its `kind`. The dedupe key makes a second row for the same thing
    impossible. A mail is for no person but for `mailbox`, which names a case manager or an office
    and never an address. `entry` is what it does to a calendar; where it can go to one address
    only, that is sealed beside it.
    """

    kind: Kind
    content: str
    dedupe_key: str
    priority: Priority
    due_at: int
    person_id: int | None = None
    case_manager_id: str | None = None
    appointment_id: int | None = None
    not_after: int | None = None
    mailbox: str | None = None
    entry: str | None = None
    address_sealed: str | None = None

    @property
    def channel(self) -> str:
        """The way this message takes."""
        return CHAT if self.mailbox is None else MAIL

    def first_state(self, now: int) -> str:
        """Where it stands when it is written at a moment in UTC epoch seconds."""
        if self.person_id is None and self.channel == CHAT:
            return "unaddressed"
        return "planned" if self.due_at > now else "waiting"

    def values(self, state: str, term: int) -> dict[str, Value]:
        """What stands in each of `COLUMNS`, in this state and taken in this term."""
        return {
            **{name: getattr(self, name) for name in OutboxRow.__slots__},
            "kind": self.kind.value,
            "priority": int(self.priority),
            "state": state,
            "channel": self.channel,
            "term": term,
        }


COLUMNS = (*OutboxRow.__slots__, "state", "channel", "term")
