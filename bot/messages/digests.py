"""The morning's list: a case manager's own day, and for a front desk that of its office."""

from dataclasses import dataclass

from bot.conversation import presses, staff_lines
from bot.conversation.content import Button, Day, Line, Screen, say
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.lists_link import ListsLink
from bot.domain.open_matters import Matter


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """An appointment, and what is left to do about it; with whom, in the list of an office."""

    about: Appointment
    case_manager: str | None = None
    matters: tuple[Matter, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """The appointments of one day, in order; `of_office` is the list of a whole office.

    `left_to_do` are those of other days, and those called off, about which something is open.
    `link` is None where no mail brings it.
    """

    entries: tuple[DigestEntry, ...]
    of_office: bool = False
    left_to_do: tuple[DigestEntry, ...] = ()
    link: ListsLink | None = None

    @property
    def begins(self) -> int | None:
        """When the first of them begins (UTC epoch seconds)."""
        return self.entries[0].about.start if self.entries else None


def entries(digest: Digest, city: City) -> tuple[tuple[Line, ...], ...]:
    """A paragraph for each appointment of the day, and for what is left to do."""
    listed = tuple(
        (*staff_lines.entry(each.about, city, each.case_manager), *_open_now(each))
        for each in digest.entries
    )
    if not digest.left_to_do:
        return listed
    left = (_left_to_do(each, city) for each in digest.left_to_do)
    return (*listed, (say("staff.matters_title"),), *left)


def _left_to_do(entry: DigestEntry, city: City) -> tuple[Line, ...]:
    when = say("staff.day", day=Day(entry.about.start))
    return (when, *staff_lines.headline(entry.about, city, entry.case_manager), *_open_now(entry))


def _open_now(entry: DigestEntry) -> tuple[Line, ...]:
    return tuple(say(f"matter.{matter}") for matter in entry.matters)


def heading(digest: Digest) -> Line:
    """What a mail says above the list."""
    if not digest.entries:
        return say("staff.today_none")
    return say("staff.office_today" if digest.of_office else "staff.today_title")


def screen(digest: Digest, city: City) -> Screen:
    """The list as a message in chat, and the way to the list as it is later."""
    today = Button(say("staff.today"), presses.encode("today", None))
    open_now = Button(say("staff.matters"), presses.encode("matters", None))
    greeting = say("staff.digest" if digest.entries else "staff.digest_none")
    rows = ((today,), *(((open_now,),) if digest.left_to_do else ()))
    return Screen(((greeting,), *entries(digest, city)), rows)
