"""The function that shows each screen, by the screen's name."""

from collections.abc import Callable

from bot.conversation import screens
from bot.conversation.port import Port
from bot.conversation.screens.view import View
from bot.conversation.session import Session

VIEWS: dict[str, Callable[[Session, Port], View]] = {
    "language": screens.entry.language,
    "notice": screens.entry.notice,
    "menu": screens.entry.menu,
    "emergency": screens.entry.emergency,
    "directory": screens.entry.directory,
    "card": screens.entry.card,
    "place": screens.whereabouts.place,
    "which_place": screens.whereabouts.which_place,
    "stop": screens.whereabouts.stop,
    "unknown_place": screens.whereabouts.unknown_place,
    "offices": screens.choosing.offices,
    "people": screens.choosing.people,
    "days": screens.times.days,
    "times": screens.times.times,
    "alternatives": screens.times.alternatives,
    "suggested": screens.own_words.suggested,
    "guessed": screens.own_words.guessed,
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
    "withdraw": screens.rights.withdraw,
    "cleared": screens.rights.cleared,
    "farewell": screens.rights.farewell,
    "staff_menu": screens.staff.staff_menu,
    "today": screens.staff.today,
    "week": screens.staff.week,
    "matters": screens.staff.matters,
    "visit": screens.staff_appointment.visit,
    "heard": screens.staff_appointment.heard,
    "cannot": screens.staff_appointment.cannot,
    "ask_time": screens.staff_appointment.ask_time,
    "client_cancels": screens.staff_appointment.client_cancels,
    "walk_in_language": screens.walk_ins.walk_in_language,
    "who": screens.closing.who,
    "block": screens.closing.block,
    "hours": screens.closing.hours,
    "away": screens.closing.away,
    "until": screens.closing.until,
    "closing": screens.closing.closing,
}
