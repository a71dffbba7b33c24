"""The ways of clients with an appointment they have, and from what stays in their chat."""

from beginnings import asked, called_off, client, nobody_answers, while_it_is_on, with_one
from chat_in_memory import ME, Chat
from meanwhile import (
    begun,
    blocked,
    changed_often,
    erased,
    moved,
    new_notice,
    numbers_answer,
    office_calls_off,
    paused,
    snatched,
)
from town_in_memory import ADA, at
from ways import Way

from bot.conversation.outcome import SendCalendarFile
from bot.conversation.slot_values import of_slot
from bot.domain import slots

GONE = ("refused.gone",)
OFTEN = ("refused.changed_often", "contact.number")
PAUSED, BLOCKED = ("refused.paused", "contact.number"), ("refused.blocked", "contact.number")
"""Whom to call about the appointment another time is wanted for."""
SEEN, ASKED = "mine details", "mine details cancel"
CHANGED, WISHING = ("refused.changed",), "mine details wishes wish_step"
START = at("2026-11-25 08:00")
OFFERED = f"rebook:1.{of_slot(slots.slot_at(ADA, at('2026-11-30 08:00')))}"
ALSO_FREE = OFFERED.replace("rebook:1.", "asked_time:1.0.")


def booked_without_agreeing() -> Chat:
    """A client whose only appointment goes while the notice has changed."""
    chat = with_one()
    new_notice(chat)
    return chat


def rebooked() -> Chat:
    """A client who has taken the time they were offered."""
    chat = called_off()
    chat.town.book("adler", "2026-11-30 08:00", ME)
    return chat


OWN = (
    Way("mine", "menu", "mine", client),
    Way("mine", "menu", "notice", client, meanwhile=new_notice),
    Way("mine", "menu", "mine", booked_without_agreeing),
    Way("mine", "appointment", "mine", with_one, SEEN, office_calls_off, again=True),
    Way(
        "mine", "appointment", "notice", booked_without_agreeing, SEEN, office_calls_off, again=True
    ),
    Way("mine", "door", "mine", with_one, f"{SEEN} door", office_calls_off, again=True),
    Way(
        "mine",
        "door",
        "notice",
        booked_without_agreeing,
        f"{SEEN} door",
        office_calls_off,
        again=True,
    ),
    Way("mine", "cancel", "mine", with_one, ASKED, office_calls_off, again=True),
    Way("mine", "cancel", "notice", booked_without_agreeing, ASKED, office_calls_off, again=True),
    Way("details", "mine", "appointment", with_one, "mine"),
    Way("details", "cancel", "appointment", with_one, ASKED),
    Way("door", "appointment", "door", with_one, SEEN),
    Way("door", "appointment", "appointment", nobody_answers, SEEN, numbers_answer),
    Way("file", "appointment", "appointment", with_one, SEEN, sends=(SendCalendarFile(1),)),
    Way("change", "appointment", "days", with_one, SEEN),
    Way("change", "appointment", "days", with_one, SEEN, paused),
    Way("change", "appointment", "directory", with_one, SEEN, blocked, BLOCKED),
    Way("change", "appointment", "directory", with_one, SEEN, changed_often, OFTEN),
    Way("change", "cancel", "days", with_one, ASKED),
    Way("change", "cancel", "directory", with_one, ASKED, blocked, BLOCKED),
    Way("cancel", "appointment", "cancel", with_one, SEEN),
    *(
        Way(press, "appointment", "mine", with_one, SEEN, office_calls_off, GONE)
        for press in ("door", "file", "change", "cancel")
    ),
    *(
        Way(press, "cancel", "mine", with_one, ASKED, office_calls_off, GONE)
        for press in ("details", "change", "cancel_yes")
    ),
    Way("details", "mine", "mine", with_one, "mine", office_calls_off, GONE),
    Way("cancel_yes", "cancel", "menu", with_one, ASKED, keeps="cancelled"),
    Way("cancel_yes", "cancel", "cancel", with_one, ASKED, moved, CHANGED),
    Way("change", "appointment", "appointment", with_one, SEEN, begun, GONE),
    Way("change", "cancel", "appointment", with_one, ASKED, begun, GONE),
    Way("cancel", "appointment", "appointment", with_one, SEEN, begun, GONE),
    Way("cancel:1", "reminder", "appointment", with_one, "", begun, GONE),
    Way("details", "menu", "appointment", with_one),
    Way("details", "menu", "mine", with_one, "", office_calls_off, GONE),
    Way("late", "appointment", "appointment", while_it_is_on, SEEN, told=("late.thanks",)),
    Way("late", "appointment", "appointment", while_it_is_on, SEEN, moved, CHANGED),
    Way("late", "appointment", "mine", while_it_is_on, SEEN, office_calls_off, GONE),
    Way("wishes", "appointment", "wish", with_one, SEEN),
    Way("wishes", "appointment", "mine", with_one, SEEN, office_calls_off, GONE),
    Way("wish_done", "wish", "appointment", with_one, WISHING, told=("wish.kept",)),
    Way("wish_done", "wish", "appointment", with_one, WISHING, moved, CHANGED),
    Way("wish_done", "wish", "directory", with_one, WISHING, changed_often, OFTEN),
    Way("wish_done", "wish", "mine", with_one, WISHING, office_calls_off, GONE),
    Way("confirm", "confirm", "confirm", with_one, f"{SEEN} change day time", moved, CHANGED),
    Way("confirm", "confirm", "mine", with_one, f"{SEEN} change day time", erased, GONE),
    Way("time", "times", "directory", with_one, f"{SEEN} change day", changed_often, OFTEN),
)
UNDER_A_REMINDER = (
    Way("details:1", "reminder", "appointment", with_one),
    Way("details:1", "reminder", "mine", with_one, "", office_calls_off, GONE),
    Way("cancel:1", "reminder", "cancel", with_one),
    Way("cancel:1", "reminder", "mine", with_one, "", erased, GONE),
    Way("coming:1.0", "reminder", "appointment", with_one, told=("coming.thanks",)),
    Way("coming:1.0", "reminder", "appointment", with_one, "", moved, CHANGED),
    Way("coming:1", "reminder", "appointment", with_one, told=CHANGED),
    Way("coming:1.0", "reminder", "mine", with_one, "", office_calls_off, GONE),
    Way("coming:one", "reminder", "mine", with_one, told=GONE),
)
UNDER_THE_NEWS = (
    Way(OFFERED, "news", "confirm", called_off),
    Way(
        *(OFFERED, "news", "alternatives", called_off, ""),
        snatched(ADA, "2026-11-30 08:00"),
        ("refused.taken",),
    ),
    Way(OFFERED, "news", "appointment", rebooked),
    Way(OFFERED, "news", "mine", called_off, "", erased, GONE),
    Way(OFFERED, "news", "directory", called_off, "", blocked, BLOCKED),
    Way(OFFERED, "news", "notice", called_off, "", new_notice),
    Way("rebook_later:1", "news", "days", called_off),
    Way("rebook_later:1", "news", "mine", with_one, told=GONE),
    Way("rebook_later:one", "news", "mine", called_off, told=GONE),
    Way("rebook_later:1", "news", "directory", called_off, "", paused, PAUSED),
    Way("rebook_later:1", "news", "notice", called_off, "", new_notice),
)
UNDER_THE_QUESTION = (
    Way(ALSO_FREE, "news", "confirm", asked),
    Way(
        *(ALSO_FREE, "news", "alternatives", asked, ""),
        snatched(ADA, "2026-11-30 08:00"),
        ("refused.taken",),
    ),
    Way(ALSO_FREE, "news", "appointment", asked, "", moved, CHANGED),
    Way(ALSO_FREE, "news", "appointment", asked, "", begun, GONE),
    Way(ALSO_FREE, "news", "mine", asked, "", erased, GONE),
    Way(ALSO_FREE, "news", "directory", asked, "", blocked, BLOCKED),
    Way("asked_time:one", "news", "mine", asked, told=GONE),
    Way("keep_time:1.0", "news", "appointment", asked, told=("time_asked.kept",)),
    Way("keep_time:1.0", "news", "appointment", asked, "", moved, CHANGED),
    Way("keep_time:1.0", "news", "mine", asked, "", office_calls_off, GONE),
    Way("keep_time:one", "news", "mine", asked, told=GONE),
)
WAYS_WITH_OWN_APPOINTMENTS = (*OWN, *UNDER_A_REMINDER, *UNDER_THE_NEWS, *UNDER_THE_QUESTION)
