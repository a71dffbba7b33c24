"""The transition table: every button, where it may stand, what it does, where it leads.

The table is what the conversation runs on, what the state diagram in docs/architecture.md is
drawn from, and what tests walk, so that no button can be forgotten in any of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.conversation.steps import (
    answering,
    choosing,
    closing,
    confirming,
    entry,
    own_appointments,
    rebooking,
    rights,
    staff,
    waiting,
    walk_ins,
    way_in,
    whereabouts,
)

EVERYWHERE: tuple[str, ...] = ()
WHERE = ("place", "which_place", "stop", "unknown_place")
LISTS = ("staff_menu", "today", "week", "matters", "visit")
ASKING = ("heard", "cannot", "client_cancels", "ask_time")
OPENING = ("today", "week", "matters", *ASKING)
CLOSING = ("block", "hours", "who", "away", "until", "closing")
STAFF = (*LISTS, *ASKING, "walk_in_language", *CLOSING)
OWN_TIMES = ("menu", "mine", "appointment", "door", "cancel")
SECRET = ("emergency",)
"""What nobody else must learn that somebody has looked at: in no other screen's place, and in no
file, does it stay."""
TRACELESS = (*SECRET, *OWN_TIMES)
"""Screens of which nothing stays in the chat once they are left: neither what somebody looked up,
nor a time that may hold no more."""

REMINDER = ("reminder",)
"""A message of its own, not a screen: its buttons last."""
NEWS = ("news",)
"""Likewise: what a client is told their office did."""
VISIT = ("visit", "staff_menu")
REFUSED_OR_DAYS = ("days", "mine", "notice", "directory")
HELD = ("confirm", "alternatives", "mine", "directory")
"""Where the press on a time leads: it is held, gone, or this client may not book."""
HELD_IF_AGREED = (*HELD, "notice")
"""The same where no time is moved: the notice may have changed since."""
WHERE_FREE = ("offices", "place")
FREE, NO_BOOKING = ("days", "people", "offices"), ("mine", "notice", "directory")
NOT_MOVED = ("appointment", "mine", "directory")
"""Where who wants another time is led instead: it has begun, is gone, or they may not book."""
Step = Callable[[Session, str, Port], Outcome]


@dataclass(frozen=True, slots=True)
class Transition:
    """A button's action: the screens it may be pressed on and those it may lead to.

    `at` is empty for what may be pressed on every screen. A `lasting` button is also good without
    a revision, on messages that are no screen, such as a reminder; such a message becomes the
    screen, unless the button is answered `below` it. `leads_to` is empty for a step that stays
    where it is or goes back.
    """

    action: str
    at: tuple[str, ...]
    step: Step
    leads_to: tuple[str, ...] = ()
    lasting: bool = False
    below: bool = False


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        *("language", ("language", "guessed"), entry.pick_language),
        ("notice", "menu", "staff_menu"),
    ),
    Transition("settings", EVERYWHERE, entry.open_language, ("language",)),
    Transition("emergency", EVERYWHERE, entry.open_emergency, ("emergency",)),
    Transition("back", EVERYWHERE, entry.go_back),
    Transition("menu", EVERYWHERE, entry.open_menu, ("menu", "staff_menu")),
    Transition("agree", ("notice",), entry.agree, ("menu",)),
    Transition("decline", ("notice",), entry.decline, ("directory",)),
    Transition("directory", ("menu", "guessed"), entry.open_directory, ("directory",)),
    Transition("card", ("directory",), entry.open_card, ("card",)),
    Transition("pin", ("card", "people", "appointment"), entry.send_pin),
    Transition(
        *("book", ("menu", "mine", "guessed"), choosing.book),
        ("place", "people", "days", *NO_BOOKING),
    ),
    Transition("postal", ("place", "unknown_place"), whereabouts.postal_code, ("offices",)),
    Transition(
        *("area", ("place", "which_place", "unknown_place", "guessed"), whereabouts.area),
        ("offices", "which_place"),
    ),
    Transition("district", ("which_place",), whereabouts.district, ("offices",)),
    Transition("stop", ("place", "unknown_place"), whereabouts.stop, ("stop",)),
    Transition("locate", ("place", "stop", "unknown_place"), whereabouts.locate),
    Transition("anywhere", WHERE, whereabouts.anywhere, ("offices",)),
    Transition("office", ("offices", "card", "guessed"), choosing.office, ("people", "notice")),
    Transition("earliest", ("offices", "people"), choosing.earliest, (*HELD_IF_AGREED, "days")),
    Transition("way", ("offices", "people", "guessed"), choosing.way, WHERE_FREE),
    Transition("speaking", ("offices", "guessed"), choosing.speaking, WHERE_FREE),
    Transition("person", ("people", "guessed"), choosing.person, ("days",)),
    Transition(
        *("others", ("people", "days", "alternatives", "confirm", "suggested"), choosing.others),
        ("offices", "place", "staff_menu"),
    ),
    Transition("later", ("days",), choosing.later, ("days",)),
    Transition("half", ("days",), choosing.half, ("days",)),
    Transition("day", ("days",), choosing.day, ("times",)),
    Transition("time", ("times", "alternatives", "suggested"), choosing.time, HELD_IF_AGREED),
    Transition("spoken", ("confirm",), choosing.spoken, HELD_IF_AGREED),
    Transition(
        *("way_in", ("confirm", "wish", "appointment"), way_in.elsewhere), ("people", *NOT_MOVED)
    ),
    Transition("wait", ("days", "alternatives"), waiting.wait, ("menu", "directory")),
    Transition("stop_waiting", ("menu",), waiting.stop, ("menu",)),
    Transition("look_free", NEWS, waiting.look, (*FREE, *NO_BOOKING), lasting=True),
    Transition("other_times", ("confirm",), choosing.other_times, ("days",)),
    Transition("family", ("confirm",), confirming.toggle_family),
    Transition("wish", ("confirm",), confirming.open_wishes, ("wish",)),
    Transition("wish_language", ("wish",), confirming.toggle_language_help, ("wish",)),
    Transition("wish_step", ("wish",), confirming.toggle_step_free, ("wish",)),
    Transition("wish_phone", ("wish",), confirming.toggle_by_phone, ("wish",)),
    Transition("wish_adults", ("wish",), confirming.ask_adults, ("adults",)),
    Transition("wish_children", ("wish",), confirming.ask_children, ("children",)),
    Transition("wish_topic", ("wish",), confirming.ask_topic, ("topic",)),
    Transition("adults", ("adults",), confirming.adults, ("wish",)),
    Transition("children", ("children",), confirming.children, ("wish",)),
    Transition("topic", ("topic",), confirming.topic, ("wish",)),
    Transition(
        *("wish_done", ("wish",), confirming.close_wishes),
        ("confirm", "appointment", "mine", "directory"),
    ),
    Transition(
        *("confirm", ("confirm",), confirming.confirm),
        ("appointment", "visit", *HELD_IF_AGREED),
    ),
    Transition(
        "mine",
        ("menu", "appointment", "door", "cancel", "guessed"),
        own_appointments.mine,
        ("mine", "notice"),
    ),
    Transition(
        "details",
        ("menu", "mine", "cancel", *REMINDER),
        own_appointments.details,
        ("appointment", "mine"),
        lasting=True,
    ),
    Transition("door", ("appointment",), own_appointments.door, ("door", "appointment", "mine")),
    Transition("file", ("appointment",), own_appointments.calendar_file, ("mine",)),
    Transition(
        *("change", ("appointment", "cancel", "suggested"), own_appointments.change),
        ("days", "suggested", *NOT_MOVED),
    ),
    Transition(
        "cancel",
        ("appointment", *REMINDER),
        own_appointments.ask_cancel,
        ("cancel", "appointment", "mine"),
        lasting=True,
    ),
    Transition("cancel_yes", ("cancel",), own_appointments.cancel, ("menu", "cancel", "mine")),
    Transition("coming", REMINDER, own_appointments.coming, ("appointment", "mine"), lasting=True),
    Transition("asked_time", NEWS, answering.take, (*HELD, "appointment"), lasting=True),
    Transition("keep_time", NEWS, answering.keep, ("appointment", "mine"), lasting=True),
    Transition("late", ("appointment",), own_appointments.late, ("appointment", "mine")),
    Transition("wishes", ("appointment",), confirming.change_wishes, ("wish", "mine")),
    Transition("privacy", ("notice", "language", "guessed"), rights.open_privacy, ("privacy",)),
    Transition("more", ("privacy",), rights.read_more, ("privacy_more",)),
    Transition("export", ("privacy", "delete", "withdraw"), rights.export),
    Transition("clear", ("privacy",), rights.clear_chat, ("cleared",)),
    Transition("withdraw", ("privacy",), rights.ask_withdraw, ("withdraw",)),
    Transition("delete", ("privacy",), rights.ask_delete, ("delete",)),
    Transition("delete_yes", ("delete", "withdraw"), rights.delete, ("farewell",)),
    Transition("reminder_details", ("language",), rights.show_details),
    Transition("rebook", NEWS, rebooking.rebook, (*HELD, "appointment", "notice"), lasting=True),
    Transition("rebook_later", NEWS, rebooking.rebook_later, REFUSED_OR_DAYS, lasting=True),
    Transition("visit", OPENING, staff.visit, VISIT, lasting=True, below=True),
    Transition("today", LISTS, staff.today, ("today",), lasting=True, below=True),
    Transition("week", LISTS, staff.week, ("week",), lasting=True, below=True),
    Transition("seen", ("visit",), staff.seen, VISIT, lasting=True, below=True),
    Transition("cannot", ("visit",), staff.ask_cannot, ("cannot", "staff_menu")),
    Transition("cannot_yes", ("cannot",), staff.cannot, (*VISIT, "cannot")),
    Transition("matters", LISTS, staff.matters, ("matters",), lasting=True, below=True),
    Transition("settle", ("visit",), staff.settle, VISIT),
    Transition("heard", ("visit",), staff.heard, ("heard", "staff_menu")),
    Transition("client_cancels", ("heard",), staff.ask_gone, ("client_cancels", "staff_menu")),
    Transition("client_gone", ("client_cancels",), staff.gone, VISIT),
    Transition("late_for", ("heard",), staff.late, VISIT),
    Transition("elsewhere", ("heard",), staff.elsewhere, VISIT),
    Transition("another_time", ("visit", "heard"), staff.another_time, ("days", "people", *VISIT)),
    Transition("ask_time", ("visit",), staff.ask_time, ("ask_time", *VISIT)),
    Transition("ask_time_yes", ("ask_time",), staff.ask_time_yes, ("ask_time", *VISIT)),
    Transition("came", ("visit",), staff.came, VISIT),
    Transition("missed", ("visit",), staff.missed, VISIT),
    Transition("undo", ("visit",), staff.undo, VISIT),
    Transition("help_yes", ("visit",), staff.help_arranged, VISIT, lasting=True, below=True),
    Transition("help_no", ("visit",), staff.no_help, VISIT, lasting=True, below=True),
    Transition("walk_in", ("staff_menu",), walk_ins.begin, ("walk_in_language",)),
    Transition("walk_in_language", ("walk_in_language",), walk_ins.language, ("days", "people")),
    Transition("slip", ("visit",), walk_ins.slip),
    Transition("block", ("staff_menu",), closing.open_block, ("block",)),
    Transition("block_day", ("block", "until"), closing.block_day, ("hours",)),
    Transition("away", ("staff_menu",), closing.open_away, ("away", "who")),
    Transition("who", ("who",), closing.who, ("away", "staff_menu")),
    Transition("further", ("block", "away", "until"), closing.further),
    Transition("away_from", ("away",), closing.away_from, ("until",)),
    Transition("close", ("hours", "until", "closing"), closing.ask_close, ("closing",)),
    Transition("close_yes", ("closing",), closing.close, ("staff_menu",)),
    Transition("present", ("away",), closing.present, ("away",)),
)

BY_ACTION = {row.action: row for row in TRANSITIONS}
