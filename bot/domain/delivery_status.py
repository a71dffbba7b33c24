"""What a client has been told about an appointment, so that nobody has to wonder."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivery:
    """All moments are UTC epoch seconds, None for not yet.

    `told_at`: the client knows of this time: they chose it themselves, or our message about it
    arrived. `reached` is False if a message could not be delivered and none has arrived since:
    whether the client comes is anybody's guess. `failed` counts the notices to the
    present case manager, and the mails to the office, that have not arrived and may never.
    """

    told_at: int | None
    reminded_at: int | None
    answered: bool
    reached: bool
    failed: int
