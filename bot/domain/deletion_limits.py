"""How far a chat lets the bot delete its own messages; each channel says so for itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeletionLimits:
    """`deletable_seconds`: how old a message may be to be deleted. `deleted_at_once`: how many."""

    deletable_seconds: int
    deleted_at_once: int

    def deletes(self, sent_at: int, now: int) -> bool:
        """Whether a message of that time can still be deleted (UTC epoch seconds, both)."""
        return sent_at >= now - self.deletable_seconds
