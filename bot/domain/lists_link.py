"""A link to the lists of a case manager, or to the days of an office."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListsLink:
    """The link of a number, good from `made_at` until `expires_at` (UTC epoch seconds)."""

    number: int
    made_at: int
    expires_at: int
