"""What did not get through, for whoever runs the program: numbers, and names of the staff alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DeliveryFailures:
    """How things stand.

    `waiting` messages are due and not sent, the oldest since `waiting_seconds`; `set_aside` updates
    could not be handled. Of the last week, `lost_to_clients` messages did not arrive, and so many
    `lost_to_staff` by mailbox; `unaddressed` notices wait for a chat of a case manager, by id.
    """

    waiting: int = 0
    waiting_seconds: int = 0
    set_aside: int = 0
    lost_to_clients: int = 0
    lost_to_staff: Mapping[str, int] = field(default_factory=dict)
    unaddressed: Mapping[str, int] = field(default_factory=dict)
