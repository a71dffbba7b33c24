"""Who has the calendar entry of an appointment by now, told from the mails that went out.

An entry that was given is moved and taken back where it is, also after its case manager has got
another address, wants no entries any more, or is told in chat.
"""

from dataclasses import dataclass

from bot.domain.appointment import Appointment
from bot.services.unit import Unit
from bot.storage.queues import calendar_entries
from bot.storage.queues.calendar_entries import AS_SET, TAKES, EntryMail
from bot.storage.vault import SealBroken


@dataclass(frozen=True, slots=True)
class EntryHolders:
    """Where an entry is: at the address the case manager has now, and at others.

    `own` is the mail that brought it there, or will; None where there is no entry.
    """

    own: EntryMail | None
    others: tuple[EntryMail, ...]


NOBODY = EntryHolders(None, ())


def of(unit: Unit, about: Appointment) -> EntryHolders:
    """Who has the entry of an appointment of its case manager's."""
    reach = unit.staffing.of(about.case_manager_id)
    here, last = _same(reach.mail or ""), dict[str, EntryMail]()
    for mail in calendar_entries.of(unit.tx, about.id, about.case_manager_id):
        where = here if mail.address_sealed is None else _opened(unit, mail.address_sealed)
        if where is not None and (mail.entry != AS_SET or reach.invitation):
            last[where] = mail
    given = {where: mail for where, mail in last.items() if mail.entry != TAKES}
    return EntryHolders(given.pop(here, None), tuple(given.values()))


def _opened(unit: Unit, sealed: str) -> str | None:
    """The address; one that cannot be opened keeps nobody from the others."""
    try:
        return _same(unit.vault.open(sealed).decode())
    except SealBroken:
        return None


def _same(address: str) -> str:
    """Addresses that differ in capitals only are one mailbox."""
    return address.casefold()
