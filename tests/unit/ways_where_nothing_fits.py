"""The ways on where nothing is free, or no way in without steps is known."""

from beginnings import client, finds_nothing, needs_no_steps, waits
from chat_in_memory import Chat
from late_arrivals import too_late_for_any
from meanwhile import blocked, new_notice, office_calls_off, paused, two_booked
from town_in_memory import at
from ways import Way

NEEDS_ONE = "book anywhere office:library person:clark day time wish wish_step wish_done"
SEEN, NOTHING = "mine details", "book anywhere earliest"
GONE, PAUSED = ("refused.gone",), ("refused.paused",)


def cleos_talk_begins(chat: Chat) -> None:
    """Cleo's talk on Thursday at nine has begun."""
    chat.town.now = at("2026-11-26 09:05")


WAY_IN = (
    Way("way_in:hall", "confirm", "people", client, NEEDS_ONE),
    Way("way_in:hall", "appointment", "people", needs_no_steps, SEEN),
    Way("way_in:hall", "wish", "people", client, NEEDS_ONE.removesuffix(" wish_done")),
    Way("way_in:hall", "wish", "people", needs_no_steps, f"{SEEN} wishes"),
    Way(
        *("way_in:hall", "appointment", "appointment", needs_no_steps, SEEN),
        meanwhile=cleos_talk_begins,
        told=GONE,
    ),
    Way("way_in:hall", "appointment", "mine", needs_no_steps, SEEN, office_calls_off, GONE),
    Way(
        *("way_in:hall", "appointment", "directory", needs_no_steps, SEEN),
        meanwhile=blocked,
        told=("refused.blocked",),
    ),
)
WAITING = (
    Way("wait", "days", "menu", finds_nothing, NOTHING, told=("waiting.noted",)),
    Way("wait", "days", "directory", finds_nothing, NOTHING, paused, PAUSED),
    Way("wait", "alternatives", "menu", too_late_for_any, told=("waiting.noted",)),
    Way("stop_waiting", "menu", "menu", waits, told=("waiting.stopped",)),
    Way("look_free:adler", "news", "days", client),
    Way("look_free:hall", "news", "people", client),
    Way("look_free", "news", "offices", client),
    Way("look_free", "news", "mine", client, "", two_booked, ("refused.too_many",)),
    Way("look_free", "news", "notice", client, "", new_notice),
    Way("look_free", "news", "directory", client, "", paused, PAUSED),
)
WAYS_WHERE_NOTHING_FITS = (*WAY_IN, *WAITING)
