"""What people do on each screen: the chapters of a preview."""

from collections.abc import Mapping

BY_THEMSELVES, OF_STAFF = "Messages that come by themselves", "Notices to the staff"

_SCREENS: Mapping[str, tuple[str, ...]] = {
    "First steps": ("language", "notice", "menu"),
    "Offices and emergency numbers": ("directory", "card", "emergency"),
    "Where one lives": ("place", "which_place", "stop", "unknown_place"),
    "With whom": ("offices", "people"),
    "When": ("days", "times", "alternatives"),
    "Confirm, and wishes": ("confirm", "wish", "adults", "children", "topic"),
    "My appointments": ("mine", "appointment", "door", "cancel"),
    "In one's own words": ("suggested", "guessed"),
    "Data protection": ("privacy", "privacy_more", "withdraw", "delete", "cleared", "farewell"),
    "Lists of the staff": ("staff_menu", "today", "week", "matters"),
    "An appointment, for the staff": (
        *("visit", "heard", "cannot", "ask_time", "client_cancels", "walk_in_language"),
    ),
    "Closing days and hours": ("who", "block", "hours", "away", "until", "closing"),
}
CHAPTERS = (*_SCREENS, BY_THEMSELVES, OF_STAFF)
"""In the order of a life with the bot."""
_TASK = {name: task for task, names in _SCREENS.items() for name in names}
_STAFF_NOTICES = ("notice ", "digest", "access", "operator")


def task_of(name: str) -> str:
    """The chapter of a screen or message."""
    return _TASK.get(name) or (OF_STAFF if name.startswith(_STAFF_NOTICES) else BY_THEMSELVES)
