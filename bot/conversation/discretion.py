"""What must not be left where somebody else may find it: that a secret screen was looked at.

Such a screen leaves the chat with the next one. A file that is sent into the chat stays there.
"""

import json

from bot.conversation import presses
from bot.conversation.table import SECRET


def without_secrets(session: str) -> str:
    """A session as it is kept, as if nobody had been on such a screen; as it is if unreadable."""
    try:
        kept = json.loads(session)
        trail = [each for each in kept["trail"] if each not in SECRET]
    except (ValueError, TypeError, LookupError):
        return session
    return session if trail == kept["trail"] else json.dumps({**kept, "trail": trail})


def asks_for_a_secret(update: str) -> bool:
    """Whether an update as it waits to be handled is a press that leads to such a screen."""
    try:
        told = json.loads(update)
        data = told["callback_query"]["data"]
    except (ValueError, TypeError, LookupError):
        return False
    press = presses.decode(data) if isinstance(data, str) else None
    return press is not None and press.action in SECRET
