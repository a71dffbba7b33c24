"""Notices and digests as mails: the facts the chat shows, and links to act on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.domain import local_time
from bot.domain.city import City
from bot.messages import access_news, digests, notices
from bot.messages.access_news import AccessMade
from bot.messages.digests import Digest
from bot.messages.notices import Notice, NoticeKind, Paragraphs
from bot.messages.version_0_1 import EarlierDigest
from bot.rendering import staff_words
from bot.rendering.catalogues import Catalogues
from bot.rendering.staff_words import Action
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
TO_BE_SEEN = frozenset({NoticeKind.BOOKED, NoticeKind.MOVED})
WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mail says: the subject, and the same twice, as plain text and as HTML."""

    subject: str
    plain: str
    html: str


@dataclass(frozen=True, slots=True)
class MailLink:
    """Something to do about an appointment, and where."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Manner:
    """What a mail of a certain kind says around the facts."""

    greeting: str
    explained: list[str]
    about_links: str


@dataclass(frozen=True, slots=True)
class MailWriter:
    """Writes the mails of one city's case managers."""

    catalogues: Catalogues
    city: City

    def notice(self, notice: Notice, links: Mapping[Action, str], *, with_entry: bool) -> MailText:
        """A notice about one appointment; `with_entry` if its calendar entry comes along."""
        kind, about = notice.kind, notice.about
        title = staff_words.TITLE.format(code=about.code)
        time = f"{local_time.local(about.start, self.city.rules.time_zone):%H:%M}"
        subject = f"{title}: {staff_words.SUBJECTS[kind]}, {self._day(about.start)}, {time}"
        explained = [staff_words.EXPLAINED[kind]]
        if kind in TO_BE_SEEN and notice.if_unseen is not None:
            explained = [f"{explained[0]} {staff_words.IF_UNSEEN[notice.if_unseen]}"]
        if with_entry and kind in staff_words.IN_YOUR_CALENDAR:
            explained.append(staff_words.IN_YOUR_CALENDAR[kind])
        manner = Manner(staff_words.GREETING, explained, staff_words.ABOUT_LINKS)
        return self._mail(subject, notices.paragraphs(notice, self.city), links, manner)

    def digest(
        self, digest: Digest | EarlierDigest, morning: int, links: Mapping[Action, str]
    ) -> MailText:
        """What a day brings; `morning` is a moment of it (UTC epoch seconds)."""
        if isinstance(digest, Digest):
            listed: Paragraphs = ((digests.heading(digest),), *digests.entries(digest, self.city))
            number, left = len(digest.entries), len(digest.left_to_do)
        else:
            listed = digest.paragraphs
            number, left = len(listed) - 1, 0
        still_open = f", offen: {left}" if left else ""
        subject = f"{staff_words.CALENDAR_NAME} heute, {self._day(morning)}: {number}{still_open}"
        explained = [staff_words.ABOUT_DIGEST]
        manner = Manner(staff_words.MORNING_GREETING, explained, staff_words.ABOUT_LISTS)
        return self._mail(subject, listed, links, manner)

    def access_made(self, news: AccessMade) -> MailText:
        """That a new way to their appointments was made."""
        manner = Manner(staff_words.GREETING, [], "")
        subject = f"{staff_words.CALENDAR_NAME}: {staff_words.ACCESS_MADE}"
        return self._mail(subject, access_news.screen(news).paragraphs, {}, manner)

    def _mail(
        self,
        subject: str,
        paragraphs: Paragraphs,
        links: Mapping[Action, str],
        manner: Manner,
    ) -> MailText:
        # The templates escape, so the writer does not.
        writer = Writer(self.catalogues, self.city, staff_words.LANGUAGE, html=False)
        heading, *more = [[writer.line(line) for line in lines] for lines in paragraphs if lines]
        filled = {
            "language": staff_words.LANGUAGE,
            "subject": subject,
            "greeting": manner.greeting,
            "heading": heading[0],
            "paragraphs": [lines for lines in (heading[1:], *more) if lines],
            "explained": manner.explained,
            "links": _links(links),
            "cannot": links.get(Action.CANNOT),
            "footer": [staff_words.FOOTER, *([manner.about_links] if links else [])],
            "words": staff_words,
        }
        plain = TEMPLATES.get_template("mail.txt.j2").render(filled)
        return MailText(subject, plain, TEMPLATES.get_template("mail.html.j2").render(filled))

    def _day(self, moment: int) -> str:
        day = local_time.local_day(moment, self.city.rules.time_zone)
        return f"{WEEKDAYS[day.weekday()]} {format_date(day, DAY, locale=staff_words.LANGUAGE)}"


def _links(links: Mapping[Action, str]) -> list[MailLink]:
    """The buttons in their fixed order; not to be able to come has a paragraph of its own."""
    asked = [action for action in Action if action in links and action is not Action.CANNOT]
    return [MailLink(staff_words.LABELS[action], links[action]) for action in asked]
