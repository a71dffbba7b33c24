"""Whoever opened a link: what they may do in one transaction, and where their links lead.

No link a page shows outlives the one that opened the page.
"""

from dataclasses import dataclass, replace

from bot.domain.actors import Actor
from bot.domain.appointment import Appointment
from bot.rendering.text import Writer
from bot.services import links
from bot.services.links import Grant, Links
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.web.list_facts import Lists

Form = dict[str, str]
"""The fields of a form, the first value of each name."""


@dataclass(frozen=True, slots=True)
class Page:
    """HTML to be shown."""

    html: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A path on this server where the browser goes on, with GET."""

    path: str


Reply = Page | Elsewhere | None
"""What a page answers; None where nothing is opened, whatever the reason."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody of the staff in one unit of work; `writer` writes what they read."""

    service: StaffService
    grant: Grant
    links: Links
    writer: Writer

    @property
    def unit(self) -> Unit:
        """The unit of work of this request."""
        return self.service.unit

    @property
    def actor(self) -> Actor:
        """Who it is."""
        return self.service.actor

    @property
    def now(self) -> int:
        """The moment of this request in UTC epoch seconds."""
        return self.unit.now

    @property
    def page(self) -> str:
        """The path of the page this link opens."""
        return self.links.path(self.grant)

    @property
    def overview(self) -> str:
        """The path of this visitor's lists."""
        return self._path(links.to_lists(self.actor, self.now))

    @property
    def lists(self) -> Lists:
        """What this visitor's lists show."""
        return Lists(self.service, self.path_to, self.writer)

    def path_to(self, about: Appointment) -> str:
        """The path of an appointment's page."""
        return self._path(links.to_appointment(self.actor, about))

    def _path(self, grant: Grant) -> str:
        bounded = replace(grant, expires=min(grant.expires, self.grant.expires))
        return self.links.path(bounded)
