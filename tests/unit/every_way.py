"""All ways together, and from them a chat on every screen."""

from functools import cache

from chat_in_memory import Chat
from ways import Way
from ways_in_own_words import WAYS_IN_OWN_WORDS
from ways_of_clients import WAYS_OF_CLIENTS
from ways_of_staff import WAYS_OF_STAFF
from ways_to_a_time import WAYS_TO_A_TIME
from ways_where_nothing_fits import WAYS_WHERE_NOTHING_FITS
from ways_with_own_appointments import WAYS_WITH_OWN_APPOINTMENTS

WAYS: tuple[Way, ...] = (
    *WAYS_OF_CLIENTS,
    *WAYS_TO_A_TIME,
    *WAYS_WITH_OWN_APPOINTMENTS,
    *WAYS_IN_OWN_WORDS,
    *WAYS_WHERE_NOTHING_FITS,
    *WAYS_OF_STAFF,
)


@cache
def on_every_screen() -> dict[str, Chat]:
    """The first chat that stands on each screen; they are shared, so nothing may change in them."""
    found: dict[str, Chat] = {}
    for way in WAYS:
        before, after = way.stands(), way.stands()
        found.setdefault(before.screen, before)
        found.setdefault(way.goes(after).screen, after)
    return found
