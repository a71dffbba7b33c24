"""The transition table: every button, where it may stand, what it does, where it leads.

The table is what the conversation runs on, what the state diagram in docs/architecture.md is
drawn from, and what tests walk, so that no button can be forgotten in any of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation import screens
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.screens.view import View
from bot.conversation.session import Session
from bot.conversation.steps import (
    absence,
    choosing,
    confirming,
    entry,
    own_appointments,
    rebooking,
    rights,
    staff,
    walk_ins,
)

EVERYWHERE: tuple[str, ...] = ()
LISTS = ("staff_menu", "today", "week", "visit")
STAFF = (*LISTS, "cannot", "walk_in_language", "block", "hours", "who", "away", "until", "closing")
TRACELESS = ("emergency",)
"""Screens of which nothing stays in the chat once they are left."""

REMINDER = ("reminder",)
"""A message of its own, not a screen: its buttons last."""
NEWS = ("news",)
"""Likewise: what a client is told their office did."""
VISIT = ("visit", "staff_menu")
REFUSED_OR_DAYS = ("days", "mine", "notice", "directory")
HELD = ("confirm", "alternatives", "mine", "directory")
"""Where the press on a time leads: it is held, gone, or this client may not book."""
Step = Callable[[Session, str, Port], Outcome]


@dataclass(frozen=True, slots=True)
class Row:
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


ROWS: tuple[Row, ...] = (
    Row("language", ("language",), entry.pick_language, ("notice", "menu", "staff_menu")),
    Row("settings", EVERYWHERE, entry.open_language, ("language",)),
    Row("emergency", EVERYWHERE, entry.open_emergency, ("emergency",)),
    Row("back", EVERYWHERE, entry.go_back),
    Row("menu", EVERYWHERE, entry.open_menu, ("menu", "staff_menu")),
    Row("agree", ("notice",), entry.agree, ("menu",)),
    Row("decline", ("notice",), entry.decline, ("directory",)),
    Row("directory", ("menu",), entry.open_directory, ("directory",)),
    Row("card", ("directory",), entry.open_card, ("card",)),
    Row("pin", ("card", "people", "appointment"), entry.send_pin),
    Row("book", ("menu", "mine"), choosing.book, ("place", "mine", "notice", "directory")),
    Row("postal", ("place",), choosing.postal_code, ("offices",)),
    Row("area", ("place", "which_place"), choosing.area, ("offices", "which_place")),
    Row("district", ("which_place",), choosing.district, ("offices",)),
    Row("locate", ("place",), choosing.locate),
    Row("anywhere", ("place", "which_place"), choosing.anywhere, ("offices",)),
    Row("office", ("offices", "card"), choosing.office, ("people", "notice")),
    Row("earliest", ("offices", "people"), choosing.earliest, HELD),
    Row("person", ("people",), choosing.person, ("days",)),
    Row(
        "others",
        ("days", "alternatives", "confirm"),
        choosing.others,
        ("offices", "place", "staff_menu"),
    ),
    Row("later", ("days",), choosing.later, ("days",)),
    Row("day", ("days",), choosing.day, ("times",)),
    Row("time", ("times", "alternatives"), choosing.time, HELD),
    Row("other_times", ("confirm",), choosing.other_times, ("days",)),
    Row("wish", ("confirm",), confirming.open_wishes, ("wish",)),
    Row("wish_language", ("wish",), confirming.toggle_language_help, ("wish",)),
    Row("wish_step", ("wish",), confirming.toggle_step_free, ("wish",)),
    Row("wish_phone", ("wish",), confirming.toggle_by_phone, ("wish",)),
    Row("wish_adults", ("wish",), confirming.ask_adults, ("adults",)),
    Row("wish_children", ("wish",), confirming.ask_children, ("children",)),
    Row("wish_topic", ("wish",), confirming.ask_topic, ("topic",)),
    Row("adults", ("adults",), confirming.adults, ("wish",)),
    Row("children", ("children",), confirming.children, ("wish",)),
    Row("topic", ("topic",), confirming.topic, ("wish",)),
    Row("wish_done", ("wish",), confirming.close_wishes, ("confirm",)),
    Row(
        "confirm",
        ("confirm",),
        confirming.confirm,
        ("appointment", "visit", "alternatives", "mine", "directory"),
    ),
    Row(
        "mine", ("menu", "appointment", "door", "cancel"), own_appointments.mine, ("mine", "notice")
    ),
    Row(
        "details",
        ("mine", "cancel", *REMINDER),
        own_appointments.details,
        ("appointment", "mine"),
        lasting=True,
    ),
    Row("door", ("appointment",), own_appointments.door, ("door", "mine")),
    Row("file", ("appointment",), own_appointments.calendar_file, ("mine",)),
    Row(
        "change", ("appointment", "cancel"), own_appointments.change, ("days", "mine", "directory")
    ),
    Row(
        "cancel",
        ("appointment", *REMINDER),
        own_appointments.ask_cancel,
        ("cancel", "mine"),
        lasting=True,
    ),
    Row("cancel_yes", ("cancel",), own_appointments.cancel, ("menu", "mine")),
    Row("coming", REMINDER, own_appointments.coming, ("appointment", "mine"), lasting=True),
    Row("privacy", ("notice", "language"), rights.open_privacy, ("privacy",)),
    Row("more", ("privacy", "privacy_more"), rights.read_more, ("privacy_more",)),
    Row("export", ("privacy", "delete"), rights.export),
    Row("clear", ("privacy",), rights.clear_chat, ("cleared",)),
    Row("withdraw", ("privacy",), rights.ask_delete, ("delete",)),
    Row("delete", ("privacy",), rights.ask_delete, ("delete",)),
    Row("delete_yes", ("delete",), rights.delete, ("farewell",)),
    Row("reminder_details", ("language",), rights.show_details),
    Row("rebook", NEWS, rebooking.rebook, (*HELD, "notice"), lasting=True),
    Row("rebook_later", NEWS, rebooking.rebook_later, REFUSED_OR_DAYS, lasting=True),
    Row("visit", ("today", "week", "cannot"), staff.visit, VISIT, lasting=True, below=True),
    Row("today", LISTS, staff.today, ("today",), lasting=True, below=True),
    Row("week", LISTS, staff.week, ("week",), lasting=True, below=True),
    Row("seen", ("visit",), staff.seen, VISIT, lasting=True, below=True),
    Row("cannot", ("visit",), staff.ask_cannot, ("cannot", "staff_menu")),
    Row("cannot_yes", ("cannot",), staff.cannot, VISIT),
    Row("came", ("visit",), staff.came, VISIT),
    Row("missed", ("visit",), staff.missed, VISIT),
    Row("undo", ("visit",), staff.undo, VISIT),
    Row("help_yes", ("visit",), staff.help_arranged, VISIT, lasting=True, below=True),
    Row("help_no", ("visit",), staff.no_help, VISIT, lasting=True, below=True),
    Row("walk_in", ("staff_menu",), walk_ins.begin, ("walk_in_language",)),
    Row("walk_in_language", ("walk_in_language",), walk_ins.language, ("days", "people")),
    Row("slip", ("visit",), walk_ins.slip),
    Row("block", ("staff_menu",), absence.open_block, ("block",)),
    Row("block_day", ("block",), absence.block_day, ("hours",)),
    Row("away", ("staff_menu",), absence.open_away, ("away", "who")),
    Row("who", ("who",), absence.who, ("away", "staff_menu")),
    Row("away_from", ("away",), absence.away_from, ("until",)),
    Row("close", ("hours", "until"), absence.ask_close, ("closing",)),
    Row("close_yes", ("closing",), absence.close, ("staff_menu",)),
    Row("present", ("away",), absence.present, ("away",)),
)

BY_ACTION = {row.action: row for row in ROWS}

VIEWS: dict[str, Callable[[Session, Port], View]] = {
    "language": screens.entry.language,
    "notice": screens.entry.notice,
    "menu": screens.entry.menu,
    "emergency": screens.entry.emergency,
    "directory": screens.entry.directory,
    "card": screens.entry.card,
    "place": screens.choosing.place,
    "which_place": screens.choosing.which_place,
    "offices": screens.choosing.offices,
    "people": screens.choosing.people,
    "days": screens.choosing.days,
    "times": screens.choosing.times,
    "alternatives": screens.choosing.alternatives,
    "confirm": screens.confirming.confirm,
    "wish": screens.confirming.wish,
    "adults": screens.confirming.adults,
    "children": screens.confirming.children,
    "topic": screens.confirming.topic,
    "mine": screens.own_appointments.mine,
    "appointment": screens.own_appointments.appointment,
    "door": screens.own_appointments.door,
    "cancel": screens.own_appointments.cancel,
    "privacy": screens.rights.privacy,
    "privacy_more": screens.rights.privacy_more,
    "delete": screens.rights.delete,
    "cleared": screens.rights.cleared,
    "farewell": screens.rights.farewell,
    "staff_menu": screens.staff.desk_menu,
    "today": screens.staff.today,
    "week": screens.staff.week,
    "visit": screens.staff_appointment.visit,
    "cannot": screens.staff_appointment.cannot,
    "walk_in_language": screens.walk_ins.guest_language,
    "who": screens.absence.who,
    "block": screens.absence.block,
    "hours": screens.absence.hours,
    "away": screens.absence.away,
    "until": screens.absence.until,
    "closing": screens.absence.closing,
}
