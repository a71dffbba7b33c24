"""A notice to a case manager as a mail: the same content the chat shows, and links to act on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.conversation.content import Screen
from bot.domain import local_time
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.staffing import Mailbox
from bot.rendering import staff_words
from bot.rendering.catalogues import Catalogues
from bot.rendering.staff_words import Action, Kind
from bot.rendering.text import Writer

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=select_autoescape(["html.j2"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
DAY = "d.M."
TO_BE_SEEN = frozenset({Kind.BOOKED, Kind.CHANGED})
WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mail says: the subject, and the same twice, as plain text and as HTML."""

    subject: str
    plain: str
    html: str


@dataclass(frozen=True, slots=True)
class Link:
    """Something to do about an appointment, and where."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MailWriter:
    """Writes the mails of one city's case managers."""

    catalogues: Catalogues
    city: City

    def about(
        self,
        kind: Kind,
        appointment: Appointment,
        notice: Screen,
        links: Mapping[Action, str],
        *,
        with_entry: bool,
        stand_in: Mailbox | None = None,
    ) -> MailText:
        """The notice of one appointment; `with_entry` if its calendar entry comes along.

        `stand_in` is who hears of it if its reader does not see it in time.
        """
        title = staff_words.TITLE.format(code=appointment.code)
        time = f"{local_time.local(appointment.start, self.city.rules.time_zone):%H:%M}"
        day = self._day(appointment.start)
        subject = f"{title}: {staff_words.SUBJECTS[kind]}, {day}, {time}"
        explained = staff_words.EXPLAINED[kind]
        if kind in TO_BE_SEEN and stand_in is not None:
            explained += f" {staff_words.IF_UNSEEN[stand_in.whose]}"
        entry = staff_words.IN_YOUR_CALENDAR.get(kind) if with_entry else None
        lines = [line for line in (explained, entry) if line]
        return self._mail(kind, subject, notice, links, lines)

    def digest(
        self, notice: Screen, morning: int, number: int, links: Mapping[Action, str]
    ) -> MailText:
        """What a day brings; `morning` is a moment of it (UTC epoch seconds)."""
        subject = f"{staff_words.CALENDAR_NAME} heute, {self._day(morning)}: {number}"
        return self._mail(Kind.DIGEST, subject, notice, links, [staff_words.EXPLAINED[Kind.DIGEST]])

    def _mail(
        self,
        kind: Kind,
        subject: str,
        notice: Screen,
        links: Mapping[Action, str],
        explained: list[str],
    ) -> MailText:
        heading, *paragraphs = self._paragraphs(notice)
        morning = kind is Kind.DIGEST
        about_links = staff_words.ABOUT_LISTS if morning else staff_words.ABOUT_LINKS
        filled = {
            "language": staff_words.LANGUAGE,
            "subject": subject,
            "greeting": staff_words.MORNING_GREETING if morning else staff_words.GREETING,
            "heading": heading[0],
            "paragraphs": [lines for lines in (heading[1:], *paragraphs) if lines],
            "explained": explained,
            "links": _links(links),
            "cannot": links.get(Action.CANNOT),
            "footer": [staff_words.FOOTER, *([about_links] if links else [])],
            "words": staff_words,
        }
        plain = TEMPLATES.get_template("mail.txt.j2").render(filled)
        return MailText(subject, plain, TEMPLATES.get_template("mail.html.j2").render(filled))

    def _paragraphs(self, notice: Screen) -> list[list[str]]:
        # The templates escape, so the writer does not.
        writer = Writer(self.catalogues, self.city, staff_words.LANGUAGE, html=False)
        shown = [paragraph for paragraph in notice.paragraphs if paragraph]
        return [[writer.line(line) for line in paragraph] for paragraph in shown]

    def _day(self, moment: int) -> str:
        day = local_time.local_day(moment, self.city.rules.time_zone)
        return f"{WEEKDAYS[day.weekday()]} {format_date(day, DAY, locale=staff_words.LANGUAGE)}"


def _links(links: Mapping[Action, str]) -> list[Link]:
    """The buttons in their fixed order; not to be able to come has a paragraph of its own."""
    asked = [action for action in Action if action in links and action is not Action.CANNOT]
    return [Link(staff_words.LABELS[action], links[action]) for action in asked]
