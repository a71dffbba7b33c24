"""What is done to an older message in somebody's chat."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delete:
    """A message leaves the chat."""

    message: int


@dataclass(frozen=True, slots=True)
class DeleteAll:
    """Messages leave the chat together, as many as the channel takes at once."""

    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A message too old to be deleted says nothing any more."""

    message: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A message loses its buttons."""

    message: int
