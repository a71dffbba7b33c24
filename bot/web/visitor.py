"""Whoever came in: what they may do in one transaction, and where their links and forms lead.

Who came by an appointment's link stays at that appointment; who came to their lists goes on from
there to each of theirs.
"""

from dataclasses import dataclass

from bot.conversation.content import Line, say
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment
from bot.rendering.catalogues import Catalogues
from bot.rendering.text import Writer
from bot.services.links import Grant, GrantKind, Links
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.web.list_facts import Lists
from bot.web.page_facts import FormTarget, PageLink

Form = dict[str, str]
"""The fields of a form, the first value of each name."""
FORM_TOKEN = "form_token"  # noqa: S105  (the field's name)


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
    """Somebody of the staff in one unit of work; `writer` writes what they read.

    `appointment` is what the page is about, None for lists.
    """

    service: StaffService
    grant: Grant
    links: Links
    writer: Writer
    appointment: int | None

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
    def appointment_id(self) -> int:
        """The appointment the page is about; only where it is about one."""
        assert self.appointment is not None
        return self.appointment

    @property
    def sees_lists(self) -> bool:
        """Whether they came to their lists, and not by the link of one appointment."""
        return self.grant.kind is not GrantKind.APPOINTMENT

    @property
    def page(self) -> str:
        """The path of the page they are at."""
        if not self.sees_lists:
            return self.links.path(self.grant)
        return self.overview if self.appointment is None else self._path(self.appointment)

    @property
    def overview(self) -> str:
        """The path of their lists; empty for who came by an appointment's link."""
        return self.links.lists_path(self.grant.number) if self.sees_lists else ""

    @property
    def to_overview(self) -> tuple[PageLink, ...]:
        """The way to their lists, if they have one."""
        return (
            (PageLink(self.said(say("page.all_appointments")), self.overview),)
            if self.sees_lists
            else ()
        )

    @property
    def texts(self) -> Catalogues:
        """The words of pages."""
        return self.writer.catalogues

    def said(self, line: Line) -> str:
        """A line in words."""
        return self.writer.value(line)

    def problem(self, line: Line | None) -> str:
        """What was wrong, in words; empty if nothing was."""
        return "" if line is None else self.said(line)

    @property
    def lists(self) -> Lists:
        """What this visitor's lists show."""
        return Lists(self.service, self.path_to, self.form, self.writer)

    def form(self, path: str) -> FormTarget:
        """Where a form is sent, with what lets it in."""
        return FormTarget(path, self.links.form_token(self.grant))

    def path_to(self, about: Appointment) -> str:
        """The path of an appointment's page."""
        return self._path(about.id) if self.sees_lists else self.page

    def _path(self, appointment: int) -> str:
        return f"{self.overview}/appointment/{appointment}"
