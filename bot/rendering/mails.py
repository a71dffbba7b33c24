"""Notices and digests as mails: the facts the chat shows, and links to act on them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.conversation.content import Code, Line, Name, ShortDay, Time, say
from bot.domain.city import City
from bot.messages import access_news, digests, notices
from bot.messages.access_news import AccessMade
from bot.messages.digests import Digest
from bot.messages.notices import Notice, NoticeKind, Paragraphs
from bot.messages.version_0_1 import EarlierDigest
from bot.rendering.catalogues import Catalogues
from bot.rendering.mail_actions import Action
from bot.rendering.text import Writer

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=select_autoescape(["html.j2"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
TO_BE_SEEN = frozenset({NoticeKind.BOOKED, NoticeKind.MOVED})
IN_YOUR_CALENDAR = {
    NoticeKind.BOOKED: "mail.calendar_added",
    NoticeKind.MOVED: "mail.calendar_moved",
    **dict.fromkeys(notices.OF_GONE, "mail.calendar_removed"),
}


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

    greeting: Line
    explained: tuple[Line, ...]
    about_links: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MailWriter:
    """Writes the mails of one city's case managers, in the first language of its staff."""

    catalogues: Catalogues
    city: City

    def notice(self, notice: Notice, links: Mapping[Action, str], *, with_entry: bool) -> MailText:
        """A notice about one appointment; `with_entry` if its calendar entry comes along."""
        about = notice.about
        subject = say(
            "mail.subject",
            title=say("staff.program_appointment", code=Code(about.code)),
            what=say(f"mail.subject.{_told(notice)}"),
            day=ShortDay(about.start),
            time=Time(about.start),
        )
        explained = tuple(_explained(notice, with_entry=with_entry))
        manner = Manner(say("mail.greeting"), explained, (say("mail.about_links"),))
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
        subject = _subject_of_day(morning, number, left)
        greeting, explained = say("mail.greeting_morning"), (say("mail.about_digest"),)
        manner = Manner(greeting, explained, (say("mail.about_lists"),))
        return self._mail(subject, listed, links, manner)

    def access_made(self, news: AccessMade) -> MailText:
        """That a new way to their appointments was made."""
        manner = Manner(say("mail.greeting"), (), ())
        subject = say("mail.subject.access_made", program=say("staff.program"))
        return self._mail(subject, access_news.screen(news).paragraphs, {}, manner)

    def _mail(
        self, subject: Line, paragraphs: Paragraphs, links: Mapping[Action, str], manner: Manner
    ) -> MailText:
        language = self.city.staff_languages[0]
        # The templates escape, so the writer does not.
        writer = Writer(self.catalogues, self.city, language, html=False)
        heading, *more = [[writer.line(line) for line in lines] for lines in paragraphs if lines]
        footer = (say("mail.footer"), *(manner.about_links if links else ()))
        filled = {
            "language": language,
            "subject": writer.value(subject),
            "greeting": writer.value(manner.greeting),
            "heading": heading[0],
            "paragraphs": [lines for lines in (heading[1:], *more) if lines],
            "explained": [writer.value(line) for line in manner.explained],
            "links": _links(links, writer),
            "cannot": _cannot(links, writer),
            "not_by_declining": writer.value(say("mail.not_by_declining")),
            "cannot_come_here": writer.value(say("mail.cannot_come_here")),
            "footer": [writer.value(line) for line in footer],
        }
        plain = TEMPLATES.get_template("mail.txt.j2").render(filled)
        return MailText(
            writer.value(subject), plain, TEMPLATES.get_template("mail.html.j2").render(filled)
        )


def _told(notice: Notice) -> str:
    """What it tells; that somebody else has the appointment now is told in other words."""
    return "passed_to_other" if notices.is_passed_on(notice) else notice.kind


def _explained(notice: Notice, *, with_entry: bool) -> Iterator[Line]:
    """What the notice means and asks for; that somebody is not reached says all by itself."""
    kind = notice.kind
    if kind is not NoticeKind.NOT_REACHED:
        yield say(f"mail.about.{_told(notice)}")
    if kind in TO_BE_SEEN and notice.if_unseen is not None:
        yield say(f"mail.if_unseen.{notice.if_unseen}")
    if with_entry and kind in IN_YOUR_CALENDAR:
        yield say(IN_YOUR_CALENDAR[kind])


def _subject_of_day(morning: int, number: int, left: int) -> Line:
    program, day, n = say("staff.program"), ShortDay(morning), Name(str(number))
    if not left:
        return say("mail.subject.today", program=program, day=day, n=n)
    return say("mail.subject.today_open", program=program, day=day, n=n, left=Name(str(left)))


def _links(links: Mapping[Action, str], writer: Writer) -> list[MailLink]:
    """The buttons in their fixed order; not to be able to come has a paragraph of its own."""
    asked = [action for action in Action if action in links and action is not Action.CANNOT]
    return [_link(action, links, writer) for action in asked]


def _cannot(links: Mapping[Action, str], writer: Writer) -> MailLink | None:
    return _link(Action.CANNOT, links, writer) if Action.CANNOT in links else None


def _link(action: Action, links: Mapping[Action, str], writer: Writer) -> MailLink:
    return MailLink(writer.value(say(f"mail.link.{action}")), links[action])
