"""A visit and a talk by phone are told in words of their own; here it is decided which."""

from collections.abc import Mapping

from bot.conversation.content import Say, Value
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.contacts import to_call

BY_PHONE: Mapping[str, str] = {
    "appointment.bring": "phone_talk.bring",
    "appointment.has_begun": "phone_talk.has_begun",
    "appointment.late": "phone_talk.late",
    "appointment.late_known": "phone_talk.late_known",
    "booked.done": "phone_talk.booked",
    "booked.moved": "phone_talk.moved",
    "calendar_file.title": "phone_talk.calendar_title",
    "called_off.title": "phone_talk.called_off",
    "handed_over.title": "phone_talk.handed_over",
    "help.arranged": "phone_talk.help_arranged",
    "help.not_arranged": "phone_talk.help_missing",
    "kept.title": "phone_talk.kept",
    "menu.next": "phone_talk.next",
    "mine.item": "phone_talk.item",
    "new_time.title": "phone_talk.new_time",
    "possible_again.title": "phone_talk.possible_again",
    "reminder.cannot": "phone_talk.cannot_call",
    "reminder.coming": "phone_talk.will_call",
    "reminder.details": "phone_talk.show_number",
    "reminder.on_day": "phone_talk.on_day",
    "reminder.today": "phone_talk.today",
    "reminder.tomorrow": "phone_talk.tomorrow",
    "sent.file": "phone_talk.sent_file",
    "sent.no_answer": "phone_talk.no_answer",
    "sent.still_no_answer": "phone_talk.still_no_answer",
    "wishes.help_missing": "phone_talk.no_help",
    "wishes.language_unknown": "phone_talk.language_unknown",
}
"""What is said of a visit, and what of a talk by phone in its place; both have the same values."""


def calls(city: City, about: Appointment) -> bool:
    """Whether its client calls when the talk begins, rather than come."""
    return to_call(city, about) is not None


def say_by(phone: bool, key: str, /, **values: Value) -> Say:
    """What is said of a visit by its key, or in its place of a talk by phone."""
    return Say(BY_PHONE[key] if phone else key, values)


def told(city: City, about: Appointment, key: str, /, **values: Value) -> Say:
    """The same of an appointment."""
    return say_by(calls(city, about), key, **values)
