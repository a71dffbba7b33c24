"""What a button carries: an action, the revision of its screen, and an absolute value.

The value names a slot, an office or an appointment itself, never a place in a list, so that an
old button cannot come to mean something else. A button on a message that is meant to stay (a
reminder, a notice) has no revision.
"""

import re
from dataclasses import dataclass

_FORM = re.compile(r"([a-z_]{1,16}):([0-9a-f]{0,8}):([A-Za-z0-9_.\-]{0,40})")


@dataclass(frozen=True, slots=True)
class Press:
    """A decoded button. `revision` is None where the button outlives its screen."""

    action: str
    revision: int | None
    value: str


def encode(action: str, revision: int | None, value: str = "") -> str:
    """The callback data of a button."""
    return f"{action}:{'' if revision is None else format(revision, 'x')}:{value}"


def decode(data: str) -> Press | None:
    """The press behind callback data, or None for data no button of ours carries."""
    form = _FORM.fullmatch(data)
    if form is None:
        return None
    action, revision, value = form.groups()
    return Press(action, int(revision, 16) if revision else None, value)
