"""What can be opened from a mail: the page of its appointment, or the lists of whom it is for."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.actors import Actor, Role
from bot.domain.city import City
from bot.domain.staffing import CASE_MANAGER
from bot.rendering.staff_mail import StaffMail
from bot.rendering.staff_words import Action, Kind
from bot.services.links import Links, to_appointment, to_lists
from bot.storage.queues.claimed_mails import ClaimedMail

OPENED = {
    Kind.BOOKED: (Action.SEEN, Action.CANNOT),
    Kind.CHANGED: (Action.SEEN, Action.CANNOT),
    Kind.NOT_SEEN: (Action.SEEN,),
    Kind.LANGUAGE_HELP: (Action.HELP,),
    Kind.NOT_REACHED: (Action.OPEN,),
    Kind.DIGEST: (Action.DAY,),
}
"""What a mail of each kind offers to do; what is cancelled needs nothing."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Writes the links of mails: from the facts of a mail alone, so always the same."""

    links: Links
    city: City

    def of(self, mail: StaffMail, claimed: ClaimedMail) -> Mapping[Action, str]:
        """Where each thing to do is done; every page asks before anything happens."""
        actor = self._reader(claimed.mailbox)
        if mail.about is None:
            grant = to_lists(actor, claimed.due_at)
        else:
            grant = to_appointment(actor, mail.about)
        url = self.links.url(grant)
        return dict.fromkeys(OPENED.get(mail.kind, ()), url)

    def _reader(self, mailbox: str) -> Actor:
        whose, _, id = mailbox.partition(":")
        if whose != CASE_MANAGER:
            return Actor(Role.FRONT_DESK, office_id=id)
        person = self.city.case_manager.get(id)
        return Actor(Role.CASE_MANAGER, id, None if person is None else person.office_id)
