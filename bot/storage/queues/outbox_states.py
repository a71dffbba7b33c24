"""The states of a message in the outbox, and what leads from one to the next.

`outbox` is the only module that makes these steps; docs/architecture.md draws this table.
"""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a message stands."""

    PLANNED = "planned"
    UNADDRESSED = "unaddressed"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    EXPIRED = "expired"
    FAILED = "failed"


# Each an index's own condition, word for word. A person's rows are found by the second, which no
# step of a message to its sending touches: of what is settled, and of others', none is read.
OPEN = "state IN ('waiting', 'sending')"
UNSETTLED = "state IN ('planned', 'waiting', 'sending')"
SENDING = f"{OPEN} AND state = 'sending'"
OPEN_OF_PERSON = f"person_id = :person AND {UNSETTLED} AND state <> 'planned'"
WAITING_OF_PERSON = f"person_id = :person AND {UNSETTLED} AND state = 'waiting'"
UNSENT_OF_PERSON = f"person_id = :person AND {UNSETTLED} AND state <> 'sending'"
# Of planned rows only what was put off for minutes is meant.
OPEN_OR_SOON = f"{UNSETTLED} AND (state <> 'planned' OR due_at <= :soon)"
OPEN_OR_PUT_OFF = f"person_id = :person AND {OPEN_OR_SOON}"
UNSENT_OR_PUT_OFF = f"{OPEN_OR_PUT_OFF} AND state <> 'sending'"

UNSENT = (
    "(state IN ('planned', 'unaddressed') OR state = 'waiting' AND attempts = 0"
    " AND (address_sealed IS NULL OR mailbox LIKE 'calendar:%'))"
)
"""What nobody has got. What may have arrived was counted, or has kept where its entry went."""


class Step(NamedTuple):
    """From one state to another, and the functions of `outbox` that make it; None is no row yet."""

    start: State | None
    end: State
    by: tuple[str, ...]


STEPS = (
    Step(None, State.WAITING, ("put",)),
    Step(None, State.PLANNED, ("put",)),
    Step(None, State.UNADDRESSED, ("put",)),
    Step(None, State.SENDING, ("put_taken",)),
    Step(State.PLANNED, State.WAITING, ("promote_due",)),
    Step(State.PLANNED, State.EXPIRED, ("expire_past",)),
    Step(State.PLANNED, State.UNADDRESSED, ("leave_to_the_next_chat",)),
    Step(State.UNADDRESSED, State.WAITING, ("address_unaddressed",)),
    Step(State.UNADDRESSED, State.EXPIRED, ("expire", "expire_past")),
    Step(State.UNADDRESSED, State.SENT, ("settle",)),
    Step(State.WAITING, State.SENDING, ("take",)),
    Step(State.WAITING, State.UNADDRESSED, ("fail_all_of", "leave_to_the_next_chat")),
    Step(State.WAITING, State.EXPIRED, ("expire", "expire_past", "settle")),
    Step(State.WAITING, State.FAILED, ("fail_all_of", "settle")),
    Step(State.WAITING, State.SENT, ("settle",)),
    Step(State.SENDING, State.WAITING, ("put_back", "release_abandoned", "release_all_but")),
    Step(State.SENDING, State.PLANNED, ("put_off",)),
    Step(State.SENDING, State.UNADDRESSED, ("fail_all_of",)),
    Step(State.SENDING, State.SENT, ("settle",)),
    Step(State.SENDING, State.EXPIRED, ("expire_past", "settle")),
    Step(State.SENDING, State.FAILED, ("fail_all_of", "settle")),
    Step(State.EXPIRED, State.SENT, ("settle",)),
    Step(State.FAILED, State.SENT, ("settle",)),
)
"""What was given up while it was on its way, or was taken from a sender who no longer leads, may
have arrived all the same: then it counts as sent."""
