"""The morning's list: a case manager's own day, and for a front desk that of its office."""

from dataclasses import dataclass

from bot.conversation import presses, staff_lines
from bot.conversation.content import Button, Line, Screen, say
from bot.domain.appointment import Appointment
from bot.domain.city import City


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """An appointment of the day; with whom, in the list of an office."""

    about: Appointment
    case_manager: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """The appointments of one day, in order; `of_office` is the list of a whole office."""

    entries: tuple[DigestEntry, ...]
    of_office: bool = False

    @property
    def begins(self) -> int | None:
        """When the first of them begins (UTC epoch seconds)."""
        return self.entries[0].about.start if self.entries else None


def entries(digest: Digest, city: City) -> tuple[tuple[Line, ...], ...]:
    """A paragraph for each appointment."""
    return tuple(staff_lines.entry(each.about, city, each.case_manager) for each in digest.entries)


def heading(digest: Digest) -> Line:
    """What a mail says above the list."""
    return say("staff.office_today" if digest.of_office else "staff.today_title")


def screen(digest: Digest, city: City) -> Screen:
    """The list as a message in chat, and the way to the list as it is later."""
    today = Button(say("staff.today"), presses.encode("today", None))
    return Screen(((say("staff.digest"),), *entries(digest, city)), ((today,),))
