"""The ways of the staff with their appointments and their time."""

from beginnings_of_staff import (
    FRONT_DESK,
    ada,
    ada_afterwards,
    ada_away,
    ada_for_weeks,
    ada_with_paper,
    busy_ada,
    called_off_by_ada,
    came_to_ada,
    deputy,
    front_desk,
    speaker,
)
from chat_in_memory import Chat
from meanwhile import (
    erased,
    first_of_the_offered_goes,
    moved,
    no_longer_deputy,
    nothing_free,
    talk_at_ten_begins,
)
from ways import Way

from bot.conversation.outcome import SendSlip

GONE = ("staff.gone",)
CALLED, CHANGED = "today visit heard", ("staff.changed",)
ASKS, NOTHING = "today visit ask_time", ("staff.ask_time_none",)
TOLD, ALONE = ("staff.client_told",), ("staff.noted_alone",)


def busy_front_desk_of_who_cannot_be_booked() -> Chat:
    """The front desk with a talk of Ada's, who can be booked no more."""
    town = busy_ada().town
    town.unheard = frozenset({"adler"})
    return speaker(FRONT_DESK, town)


def further_on() -> Chat:
    """Ada on the first of a busy week's lists."""
    chat = ada()
    for day in ("23", "24", "25"):
        for hour in range(10, 18):
            for half in ("00", "30"):
                chat.town.book("adler", f"2026-11-{day} {hour}:{half}")
    return chat


LISTS = (
    *(
        Way("today", at, "today", busy_ada, path)
        for at, path in (("staff_menu", ""), ("today", "today"))
    ),
    Way("today", "week", "today", busy_ada, "week"),
    Way("today", "visit", "today", busy_ada, "today visit"),
    Way("today", "staff notice", "today", busy_ada),
    Way("week", "staff_menu", "week", busy_ada),
    Way("week", "today", "week", busy_ada, "today"),
    Way("week:2026-11-24", "week", "week", further_on, "week"),
    Way("week:2026-12-04", "week", "week", ada_for_weeks, "week"),
    Way("week:2026-11-20", "week", "week", ada_for_weeks, "week"),
    Way("week", "visit", "week", busy_ada, "week visit"),
    Way("week", "staff notice", "week", busy_ada),
    *(
        Way("today", "matters", "today", busy_ada, "matters"),
        Way("week", "matters", "week", busy_ada, "matters"),
        Way("matters", "staff_menu", "matters", busy_ada),
        Way("matters", "today", "matters", busy_ada, "today"),
        Way("matters", "week", "matters", busy_ada, "week"),
        Way("matters", "matters", "matters", busy_ada, "matters"),
        Way("matters", "visit", "matters", busy_ada, "today visit"),
        Way("matters", "staff notice", "matters", busy_ada),
    ),
)
OPENED = (
    Way("visit:1", "today", "visit", busy_ada, "today"),
    Way("visit:1", "week", "visit", busy_ada, "week"),
    Way("visit:1", "cannot", "visit", busy_ada, "today visit cannot"),
    Way("visit:1", "heard", "visit", busy_ada, "today visit heard"),
    Way("visit:1", "client_cancels", "visit", busy_ada, "today visit heard client_cancels"),
    Way("visit:1", "staff notice", "visit", busy_ada),
    Way("visit:1", "staff notice", "staff_menu", busy_ada, "", erased, GONE),
    Way("visit:one", "staff notice", "staff_menu", busy_ada, told=GONE),
    Way("seen", "visit", "visit", busy_ada, "today visit"),
    Way("seen:1.0", "staff notice", "visit", busy_ada),
    Way("seen:1.0", "staff notice", "visit", came_to_ada),
    Way("seen:1.0", "staff notice", "staff_menu", busy_ada, "", erased, GONE),
    Way("seen:one", "staff notice", "staff_menu", busy_ada, told=GONE),
    Way("cannot", "visit", "cannot", busy_ada, "today visit"),
    Way(
        "cannot_yes", "cannot", "visit", busy_ada, "today visit cannot", told=("staff.cannot_done",)
    ),
    Way(
        *("cannot_yes", "cannot", "visit", ada_with_paper, "today visit cannot"),
        told=("staff.cannot_alone",),
    ),
    Way("cannot_yes", "cannot", "cannot", busy_ada, "today visit cannot", moved, CHANGED),
    Way("visit:1", "matters", "visit", busy_ada, "matters"),
    Way("settle", "visit", "visit", ada_with_paper, "today visit"),
    Way("settle", "visit", "staff_menu", ada_with_paper, "today visit", erased, GONE),
    Way("heard", "visit", "heard", busy_ada, "today visit"),
    Way("heard", "visit", "staff_menu", busy_ada, "today visit", erased, GONE),
    Way("late_for", "heard", "visit", busy_ada, CALLED),
    Way("late_for", "heard", "visit", busy_ada, CALLED, moved, CHANGED),
    Way("late_for", "heard", "staff_menu", busy_ada, CALLED, erased, GONE),
    Way("elsewhere", "heard", "visit", busy_ada, CALLED),
    Way("elsewhere", "heard", "staff_menu", busy_ada, CALLED, erased, GONE),
    Way("client_cancels", "heard", "client_cancels", busy_ada, CALLED),
    Way("client_cancels", "heard", "staff_menu", busy_ada, CALLED, erased, GONE),
    Way("client_gone", "client_cancels", "visit", busy_ada, f"{CALLED} client_cancels", told=TOLD),
    Way(
        *("client_gone", "client_cancels", "visit", ada_with_paper, f"{CALLED} client_cancels"),
        told=ALONE,
    ),
    Way(
        *("client_gone", "client_cancels", "visit", busy_ada, f"{CALLED} client_cancels"),
        *(moved, CHANGED),
    ),
    Way(
        *("client_gone", "client_cancels", "staff_menu", busy_ada, f"{CALLED} client_cancels"),
        *(erased, GONE),
    ),
    Way("another_time", "heard", "days", busy_ada, CALLED),
    Way("another_time", "heard", "visit", busy_ada, CALLED, moved, CHANGED),
    Way("another_time", "heard", "staff_menu", busy_ada, CALLED, erased, GONE),
    Way("another_time", "heard", "people", busy_front_desk_of_who_cannot_be_booked, CALLED),
    Way("another_time", "visit", "days", called_off_by_ada),
    Way("ask_time", "visit", "ask_time", busy_ada, "today visit"),
    Way("ask_time", "visit", "visit", busy_ada, "today visit", moved, CHANGED),
    Way("ask_time", "visit", "visit", busy_ada, "today visit", talk_at_ten_begins),
    Way("ask_time", "visit", "visit", busy_ada, "today visit", nothing_free, NOTHING),
    Way("ask_time", "visit", "staff_menu", busy_ada, "today visit", erased, GONE),
    Way("ask_time_yes", "ask_time", "visit", busy_ada, ASKS, told=("staff.ask_time_done",)),
    Way("ask_time_yes", "ask_time", "visit", busy_ada, ASKS, moved, CHANGED),
    Way("ask_time_yes", "ask_time", "visit", busy_ada, ASKS, nothing_free, NOTHING),
    Way(
        *("ask_time_yes", "ask_time", "ask_time", busy_ada, ASKS),
        *(first_of_the_offered_goes, ("staff.ask_time_taken",)),
    ),
    Way("ask_time_yes", "ask_time", "staff_menu", busy_ada, ASKS, erased, GONE),
    Way("visit:1", "ask_time", "visit", busy_ada, ASKS),
    Way("came", "visit", "visit", ada_afterwards, "today visit"),
    Way("missed", "visit", "visit", ada_afterwards, "today visit"),
    Way("undo", "visit", "visit", came_to_ada, "today visit"),
    Way("help_yes", "visit", "visit", busy_ada, "today visit", told=TOLD),
    Way("help_no", "visit", "visit", busy_ada, "today visit", told=TOLD),
    Way("help_yes:1.0", "staff notice", "visit", busy_ada, told=TOLD),
    Way("help_yes:1.0", "staff notice", "staff_menu", busy_ada, "", erased, GONE),
    Way("help_no:1.0", "staff notice", "visit", busy_ada, told=TOLD),
    Way("help_no:1.0", "staff notice", "staff_menu", busy_ada, "", erased, GONE),
    Way("visit:1", "today", "staff_menu", busy_ada, "today", erased, GONE),
    *(
        Way(press, "visit", "staff_menu", busy_ada, "today visit", erased, GONE)
        for press in ("seen", "cannot", "help_yes", "help_no")
    ),
    *(
        Way(press, "visit", "staff_menu", ada_afterwards, "today visit", erased, GONE)
        for press in ("came", "missed")
    ),
    Way("undo", "visit", "staff_menu", came_to_ada, "today visit", erased, GONE),
    Way("cannot_yes", "cannot", "staff_menu", busy_ada, "today visit cannot", erased, GONE),
    Way("slip", "visit", "visit", ada_with_paper, "today visit", sends=(SendSlip(1),)),
)
TIME = (
    Way("block", "staff_menu", "block", ada),
    Way("block_day:2026-11-25", "block", "hours", ada, "block"),
    Way("block_day:2026-11-25", "until", "hours", ada, "away away_from:2026-11-25"),
    Way("away", "staff_menu", "away", ada),
    Way("away", "staff_menu", "who", deputy),
    Way("away", "staff_menu", "who", front_desk),
    Way("who:adler", "who", "away", deputy, "away"),
    Way("who:adler", "who", "staff_menu", deputy, "away", no_longer_deputy, GONE),
    Way("further:2026-12-23", "block", "block", ada, "block"),
    Way("further", "away", "away", ada, "away"),
    Way("further", "until", "until", ada, "away away_from"),
    Way("away_from:2026-11-25", "away", "until", ada, "away"),
    Way("close", "hours", "closing", ada, "block block_day:2026-11-25"),
    Way("close", "until", "closing", ada, "away away_from:2026-11-25"),
    Way("close", "closing", "closing", ada, "block block_day:2026-11-25 close"),
    Way(
        *("close_yes", "closing", "staff_menu", ada, "block block_day:2026-11-25 close"),
        told=("staff.closed",),
    ),
    Way(
        *("close_yes", "closing", "staff_menu", busy_ada, "away away_from:2026-11-23 close"),
        told=("staff.closed", "staff.called_off_so_many"),
    ),
    Way("present:1", "away", "away", ada_away, "away", told=("staff.opened",)),
)
WAYS_OF_STAFF = (*LISTS, *OPENED, *TIME)
