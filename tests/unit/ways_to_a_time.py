"""The ways from "where do you live" to an appointment."""

from beginnings import called_off, client, moves_without_bela, newcomer, with_one, without_bela
from beginnings_of_staff import ada, ada_with_paper, busy_ada, called_off_by_ada, front_desk
from chat_in_memory import Chat
from meanwhile import (
    blocked,
    left,
    moved,
    new_notice,
    nothing_free,
    office_calls_off,
    paused,
    snatched,
    two_booked,
)
from riders import lost, misheard, rider
from town_in_memory import ADA, BELA
from ways import Way

from bot.conversation.outcome import AskForLocation

TO_DAYS = "book anywhere office:hall person:adler"
TO_TIMES = f"{TO_DAYS} day:2026-11-25"
TO_CONFIRM = f"{TO_TIMES} time"
TO_WISH = f"{TO_CONFIRM} wish"
MOVING = "mine details change"
MOVING_TIMES = f"{MOVING} day:2026-11-30"
ADA_FIRST, BELA_FIRST = snatched(ADA, "2026-11-25 08:00"), snatched(BELA, "2026-11-24 09:00")
BELA_NEXT = snatched(BELA, "2026-12-01 09:00")
SOONEST = "book anywhere earliest"
ADA_MONDAY = snatched(ADA, "2026-11-30 08:00")
PHONED_AGAIN = "another_time day:2026-11-25 time"
PHONED = f"today visit heard {PHONED_AGAIN}"
"""What the staff press for a client who has phoned."""
NEAR_STOP = ("place.near_stop", "offices.as_near", "offices.distance")
TAKEN, GONE = ("refused.taken",), ("refused.gone",)
TAKEN_AT_WORK = ("staff.time_taken",)


def asked_which() -> Chat:
    """Who has typed the name of a street that runs through two districts."""
    return client().walks("book").writes("Ringstraße")


def asked_which_of_two() -> Chat:
    """Who has typed the names of two areas."""
    return client().walks("book").writes("Mühlenviertel, Bahnhof")


def asked_which_street() -> Chat:
    """Who has typed the names of two streets, each through several districts."""
    return client().walks("book").writes("Ringstraße, Uferstraße")


def too_late() -> Chat:
    """Whose time somebody else took."""
    return _meets(client().walks(TO_TIMES), "time")


def too_late_moving() -> Chat:
    """Likewise, who wants to move an appointment."""
    chat = with_one().walks(MOVING_TIMES)
    ADA_MONDAY(chat)
    return chat.walks("time")


def too_late_without_a_place() -> Chat:
    """Likewise, who never said where they live."""
    return too_late_moving()


def too_late_with_anybody() -> Chat:
    """Likewise, who did not mind who of the office it is."""
    return _meets(called_off().presses_below("rebook_later", "1").walks("day:2026-11-25"), "time")


def desk_without_bela() -> Chat:
    """A front desk, while the only one known to speak English is away tomorrow."""
    chat = front_desk()
    chat.town.absences = without_bela().town.absences
    return chat


def _meets(chat: Chat, press: str) -> Chat:
    ADA_FIRST(chat)
    return chat.walks(press)


def walk_in_too_late() -> Chat:
    """Ada, whose time for somebody who is there was taken meanwhile."""
    return _meets(ada().walks("walk_in walk_in_language:en day:2026-11-25 time"), "confirm")


PLACE = (
    Way("postal:99002", "place", "offices", client, "book"),
    Way("area:mill", "place", "offices", client, "book"),
    Way("area:ringstr", "place", "which_place", client, "book"),
    Way("anywhere", "place", "offices", client, "book"),
    Way("locate", "place", "place", client, "book", sends=(AskForLocation(),)),
    Way("area:uferstr", "which_place", "which_place", asked_which_street),
    Way("area:station", "which_place", "offices", asked_which_of_two),
    Way("district:south", "which_place", "offices", asked_which),
    Way("anywhere", "which_place", "offices", asked_which),
    Way("stop", "place", "stop", rider, "book"),
    Way("locate", "stop", "stop", rider, "book stop", sends=(AskForLocation(),)),
    Way("anywhere", "stop", "offices", rider, "book stop"),
    Way("area:s.halbweg", "unknown_place", "offices", misheard, told=NEAR_STOP),
    Way("postal:99002", "unknown_place", "offices", lost),
    Way("stop", "unknown_place", "stop", lost),
    Way("locate", "unknown_place", "unknown_place", lost, sends=(AskForLocation(),)),
    Way("anywhere", "unknown_place", "offices", lost),
)
OFFICES = (
    Way("way:phone", "offices", "offices", client, "book anywhere"),
    Way("way:visit", "offices", "offices", client, "book anywhere way"),
    Way("way:phone", "people", "people", client, "book anywhere office:hall"),
    Way("office:library", "offices", "people", client, "book anywhere"),
    Way("office:hall", "offices", "notice", client, "book anywhere", new_notice),
    Way("office", "card", "people", client, "directory card:hall"),
    Way("office", "card", "notice", newcomer, "decline card:hall"),
    Way("earliest", "offices", "confirm", client, "book anywhere"),
    Way("earliest", "offices", "alternatives", client, "book anywhere", BELA_FIRST, TAKEN),
    Way(
        "earliest", "offices", "mine", with_one, f"{MOVING} others anywhere", office_calls_off, GONE
    ),
    Way("earliest", "offices", "directory", client, "book anywhere", paused, ("refused.paused",)),
    Way("earliest", "offices", "days", client, "book anywhere", nothing_free),
    Way("earliest", "offices", "notice", client, "book anywhere", new_notice),
    Way("earliest:hall", "people", "confirm", client, "book anywhere office:hall"),
    Way(
        *("earliest:hall", "people", "alternatives", client, "book anywhere office:hall"),
        meanwhile=BELA_FIRST,
        told=TAKEN,
    ),
    Way(
        *("earliest", "people", "mine", with_one, f"{MOVING} others anywhere office"),
        meanwhile=office_calls_off,
        told=GONE,
    ),
    Way(
        *("earliest", "people", "directory", client, "book anywhere office:hall"),
        meanwhile=blocked,
        told=("refused.blocked",),
    ),
    Way("speaking:en", "offices", "offices", client, "book anywhere"),
    Way("speaking", "offices", "offices", client, "book anywhere speaking:en"),
    Way("person:busch", "people", "days", client, "book anywhere office:hall"),
)
DAYS = (
    Way("others", "days", "offices", client, TO_DAYS),
    Way("others", "days", "place", with_one, MOVING),
    Way("others", "alternatives", "offices", too_late),
    Way("others", "alternatives", "place", too_late_without_a_place),
    Way("others", "confirm", "offices", client, TO_CONFIRM, left("adler"), again=True),
    Way("others", "confirm", "place", with_one, f"{MOVING_TIMES} time", left("adler"), again=True),
    Way("later", "days", "days", client, TO_DAYS),
    Way("half:am", "days", "days", client, TO_DAYS),
    Way("half", "days", "days", client, f"{TO_DAYS} half:pm"),
    Way("day:2026-11-25", "days", "times", client, TO_DAYS),
    Way("time", "times", "confirm", client, TO_TIMES),
    Way("time", "times", "alternatives", client, TO_TIMES, ADA_FIRST, TAKEN),
    Way("time", "times", "mine", with_one, MOVING_TIMES, office_calls_off, GONE),
    Way("time", "times", "directory", client, TO_TIMES, blocked, ("refused.blocked",)),
    Way("time", "times", "notice", client, TO_TIMES, new_notice),
    Way("time", "alternatives", "confirm", too_late),
    Way(
        *("time", "alternatives", "alternatives", too_late),
        meanwhile=snatched(ADA, "2026-11-25 08:40"),
        told=TAKEN,
    ),
    Way("time", "alternatives", "mine", too_late_moving, meanwhile=office_calls_off, told=GONE),
    Way(
        *("time", "alternatives", "directory", too_late),
        meanwhile=paused,
        told=("refused.paused",),
    ),
)
WISHES = (
    Way("other_times", "confirm", "days", client, TO_CONFIRM),
    Way("wish", "confirm", "wish", client, TO_CONFIRM),
    Way("family", "confirm", "confirm", with_one, TO_CONFIRM),
    *(
        Way(press, "wish", "wish", client, TO_WISH)
        for press in ("wish_language", "wish_step", "wish_phone")
    ),
    Way("wish_adults", "wish", "adults", client, TO_WISH),
    Way("wish_children", "wish", "children", client, TO_WISH),
    Way("wish_topic", "wish", "topic", client, TO_WISH),
    Way("adults:5", "adults", "wish", client, f"{TO_WISH} wish_adults"),
    Way("children:0", "children", "wish", client, f"{TO_WISH} wish_children"),
    Way("topic:housing", "topic", "wish", client, f"{TO_WISH} wish_topic"),
    Way("wish_done", "wish", "confirm", client, TO_WISH),
)
CONFIRM = (
    Way(
        *("confirm", "confirm", "appointment", client, TO_CONFIRM),
        told=("booked.done",),
        keeps="booked",
    ),
    Way(
        *("confirm", "confirm", "appointment", with_one, f"{MOVING_TIMES} time"),
        told=("booked.moved",),
        keeps="booked",
    ),
    Way("confirm", "confirm", "alternatives", client, TO_CONFIRM, ADA_FIRST, TAKEN),
    Way("confirm", "confirm", "mine", client, TO_CONFIRM, two_booked, ("refused.too_many",)),
    Way("confirm", "confirm", "mine", with_one, f"{MOVING_TIMES} time", office_calls_off, GONE),
    Way("confirm", "confirm", "directory", client, TO_CONFIRM, paused, ("refused.paused",)),
    Way("confirm", "confirm", "notice", client, TO_CONFIRM, new_notice),
    Way(
        *("confirm", "confirm", "appointment", with_one, f"{MOVING_TIMES} time", new_notice),
        told=("booked.moved",),
        keeps="booked",
    ),
)
SPOKEN = (
    Way("spoken", "confirm", "confirm", without_bela, SOONEST),
    Way("spoken", "confirm", "alternatives", without_bela, SOONEST, BELA_NEXT, TAKEN),
    Way("spoken", "confirm", "directory", without_bela, SOONEST, blocked, ("refused.blocked",)),
    Way("spoken", "confirm", "notice", without_bela, SOONEST, new_notice),
    Way(
        *("spoken", "confirm", "mine", moves_without_bela, f"{MOVING} others anywhere earliest"),
        meanwhile=office_calls_off,
        told=GONE,
    ),
)
FOR_WALK_INS = (
    Way("walk_in", "staff_menu", "walk_in_language", ada),
    Way("walk_in_language:en", "walk_in_language", "days", ada, "walk_in"),
    Way("walk_in_language:en", "walk_in_language", "people", front_desk, "walk_in"),
    Way(
        *("confirm", "confirm", "visit", ada),
        path="walk_in walk_in_language:en day:2026-11-25 time",
        told=("walk_in.booked",),
    ),
    Way(
        *("confirm", "confirm", "alternatives", ada),
        path="walk_in walk_in_language:en day:2026-11-25 time",
        meanwhile=ADA_FIRST,
        told=TAKEN_AT_WORK,
    ),
    Way(
        *("others", "confirm", "staff_menu", front_desk),
        path="walk_in walk_in_language:en person:busch day time",
        meanwhile=left("busch"),
        again=True,
    ),
    Way("time", "alternatives", "confirm", walk_in_too_late),
    Way("confirm", "confirm", "visit", busy_ada, PHONED, told=("staff.client_told",)),
    Way("confirm", "confirm", "visit", ada_with_paper, PHONED, told=("staff.noted_alone",)),
    Way(
        "confirm", "confirm", "visit", called_off_by_ada, PHONED_AGAIN, told=("staff.client_told",)
    ),
    Way("confirm", "confirm", "visit", busy_ada, PHONED, moved, ("staff.changed",)),
    Way("confirm", "confirm", "alternatives", busy_ada, PHONED, ADA_FIRST, TAKEN_AT_WORK),
)
WAYS_TO_A_TIME = (*PLACE, *OFFICES, *DAYS, *WISHES, *CONFIRM, *SPOKEN, *FOR_WALK_INS)
