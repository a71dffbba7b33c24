"""Who has the calendar entry of an appointment by now, told from the mails that went out.

An entry that was given is moved and taken back where it is, also after its case manager has got
another address, wants no entries any more, or is told in chat.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.appointment import Appointment
from bot.services.unit import Unit
from bot.storage.queues import calendar_entries
from bot.storage.queues.calendar_entries import AS_SET, TAKES, EntryMail
from bot.storage.vault import SealBroken

EntryMails = Sequence[EntryMail]
"""To one address, the oldest first."""


@dataclass(frozen=True, slots=True)
class EntryHolders:
    """Where an entry is: at the address the case manager has now, and at others.

    `own` is the last mail that brought it there, or will; None where there is no entry. Of each of
    the `others` there are all that went there, or will, in order.
    """

    own: EntryMail | None
    others: tuple[EntryMails, ...]


NOBODY = EntryHolders(None, ())


def of(unit: Unit, about: Appointment) -> EntryHolders:
    """Who has the entry of an appointment of its case manager's."""
    reach = unit.staffing.of(about.case_manager_id)
    here, went = _same(reach.mail or ""), dict[str, list[EntryMail]]()
    for mail in calendar_entries.of(unit.tx, about.id, about.case_manager_id):
        where = here if mail.address_sealed is None else _opened(unit, mail.address_sealed)
        if where is not None and (mail.entry != AS_SET or reach.invitation):
            went.setdefault(where, []).append(mail)
    given = {where: mails for where, mails in went.items() if mails[-1].entry != TAKES}
    own = given.pop(here, None)
    return EntryHolders(own[-1] if own else None, tuple(given.values()))


def _opened(unit: Unit, sealed: str) -> str | None:
    """The address; one that cannot be opened keeps nobody from the others."""
    try:
        return _same(unit.vault.open(sealed).decode())
    except SealBroken:
        return None


def _same(address: str) -> str:
    """Addresses that differ in capitals only are one mailbox."""
    return address.casefold()
