"""What can be opened from a mail: the page of its appointment, or the lists of whom it is for."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.actors import Actor, Role
from bot.domain.city import City
from bot.domain.lists_link import ListsLink
from bot.domain.staffing import CASE_MANAGER
from bot.messages.notices import Notice, NoticeKind
from bot.rendering.mail_actions import Action
from bot.services import links
from bot.services.links import Links

OPENED = {
    NoticeKind.BOOKED: (Action.SEEN, Action.CANNOT),
    NoticeKind.MOVED: (Action.SEEN, Action.CANNOT),
    NoticeKind.NOT_SEEN: (Action.SEEN,),
    NoticeKind.LANGUAGE_HELP: (Action.HELP,),
}
"""What a notice offers to do; all others can be looked at."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Writes the links of mails: from the facts of a mail alone, so always the same."""

    links: Links
    city: City

    def to_appointment(self, mailbox: str, notice: Notice) -> Mapping[Action, str]:
        """Where each thing to do is done; every page asks before anything happens."""
        url = self.links.url(links.to_appointment(self._reader(mailbox), notice.about))
        return dict.fromkeys(OPENED.get(notice.kind, (Action.OPEN,)), url)

    def to_lists(self, mailbox: str, link: ListsLink) -> Mapping[Action, str]:
        """The lists as they are when they are opened."""
        return {Action.DAY: self.links.url(links.to_lists(self._reader(mailbox), link))}

    def _reader(self, mailbox: str) -> Actor:
        whose, _, id = mailbox.partition(":")
        if whose != CASE_MANAGER:
            return Actor(Role.FRONT_DESK, office_id=id)
        person = self.city.case_manager.get(id)
        return Actor(Role.CASE_MANAGER, id, None if person is None else person.office_id)
