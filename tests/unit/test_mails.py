"""What a case manager reads in a mail: what the chat says, and how to act on it."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from calendars import appointment, events, moment

from bot.domain.appointment import Status, Wishes
from bot.domain.staffing import StandIn
from bot.messages.digests import Digest, DigestEntry
from bot.messages.notices import Notice, NoticeKind
from bot.rendering.mail_actions import Action
from bot.rendering.mails import MailText, MailWriter

WRITER = events()
MAILS = MailWriter(WRITER.catalogues, WRITER.city)
ABOUT = appointment(
    moment(WRITER, "2026-11-24 10:00"), wishes=Wishes(True, children=2, topic="housing")
)
LINKS = {action: f"https://termine.example/t/{action}?a=1&b=2" for action in Action}
GONE = {
    NoticeKind.CANCELLED: Status.CANCELLED,
    NoticeKind.CANCELLED_FOR_CLIENT: Status.CANCELLED,
    NoticeKind.CALLED_OFF: Status.CALLED_OFF,
}
OF_ONE = tuple(kind for kind in NoticeKind if kind is not NoticeKind.COMING)


def mail(
    kind: NoticeKind,
    *links: Action,
    with_entry: bool = True,
    if_unseen: StandIn | None = StandIn.DEPUTY,
    was: int | None = None,
    whose: str | None = None,
) -> MailText:
    chosen = {action: LINKS[action] for action in links}
    whose = "Bela Busch" if kind is NoticeKind.NOT_SEEN else whose
    about = replace(ABOUT, status=GONE.get(kind, ABOUT.status))
    notice = Notice(kind, about, was=was, whose=whose, if_unseen=if_unseen)
    return MAILS.notice(notice, chosen, with_entry=with_entry)


class _Reader(HTMLParser):
    """The words of a page, its links, and the elements left open."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1] != "title":
            self.text.append(data.strip())


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def test_38_a_subject_is_neutral_and_says_when() -> None:
    assert {kind: mail(kind).subject for kind in OF_ONE} == {
        NoticeKind.BOOKED: "KIM-Termin K7PM: neu, Di. 24. Nov., 10:00",
        NoticeKind.MOVED: "KIM-Termin K7PM: neue Zeit, Di. 24. Nov., 10:00",
        NoticeKind.CANCELLED: "KIM-Termin K7PM: abgesagt, Di. 24. Nov., 10:00",
        NoticeKind.CANCELLED_FOR_CLIENT: "KIM-Termin K7PM: abgesagt, Di. 24. Nov., 10:00",
        NoticeKind.CALLED_OFF: "KIM-Termin K7PM: vom Büro abgesagt, Di. 24. Nov., 10:00",
        NoticeKind.WISHES: "KIM-Termin K7PM: andere Wünsche, Di. 24. Nov., 10:00",
        NoticeKind.LATE: "KIM-Termin K7PM: kommt später, Di. 24. Nov., 10:00",
        NoticeKind.ELSEWHERE: "KIM-Termin K7PM: steht bei einem anderen Büro, Di. 24. Nov., 10:00",
        NoticeKind.TIME_KEPT: "KIM-Termin K7PM: Zeit bleibt, Di. 24. Nov., 10:00",
        NoticeKind.TIME_CHOSEN: "KIM-Termin K7PM: andere Zeit gewählt, Di. 24. Nov., 10:00",
        NoticeKind.NOT_SEEN: "KIM-Termin K7PM: noch nicht gesehen, Di. 24. Nov., 10:00",
        NoticeKind.LANGUAGE_HELP: "KIM-Termin K7PM: Sprachhilfe klären, Di. 24. Nov., 10:00",
        NoticeKind.NOT_REACHED: "KIM-Termin K7PM: Nachricht kam nicht an, Di. 24. Nov., 10:00",
        NoticeKind.UNTOLD: "KIM-Termin K7PM: abgesagt, Person weiß es nicht, Di. 24. Nov., 10:00",
    }


def test_a_new_booking_reads_like_this() -> None:
    assert mail(NoticeKind.BOOKED, Action.SEEN, Action.CANNOT).plain == (
        "Guten Tag,\n"
        "\n"
        "🆕 Neuer Termin\n"
        "\n"
        "🗓️ Dienstag, 24. November, 10:00 Uhr\n"
        "Code K7PM · Arabisch\n"
        "💬 Braucht Sprachhilfe\n"
        "🧒 2 Kinder kommen mit\n"
        "\n"
        "Bitte öffnen Sie den Termin, und drücken Sie dort auf „Gesehen“.\n"
        "Sonst fragen wir nach einer Weile bei Ihrer Vertretung nach.\n"
        "Der Termin kommt als Kalendereintrag mit. Sie müssen nicht zusagen.\n"
        "\n"
        "Termin öffnen und bestätigen:\n"
        "https://termine.example/t/seen?a=1&b=2\n"
        "\n"
        "Wenn Sie in Outlook ablehnen, erfährt das niemand.\n"
        "Wenn Sie nicht können, nehmen Sie bitte diesen Link:\n"
        "https://termine.example/t/cannot?a=1&b=2\n"
        "\n"
        "-- \n"
        "Diese Mail schreibt ein Programm. Antworten liest niemand.\n"
        "Bitte leiten Sie diese Mail nicht weiter: Wer die Links hat, kann den Termin ändern.\n"
    )


def test_who_is_asked_next_is_named_only_where_somebody_is() -> None:
    asked = [mail(NoticeKind.BOOKED, if_unseen=who).plain for who in (*StandIn, None)]
    assert [[who in text for who in ("Vertretung", "Büro", "Sonst")] for text in asked] == [
        [True, False, True],
        [False, True, True],
        [False, False, False],
    ]
    said = {kind for kind in OF_ONE if "Sonst" in mail(kind).plain}
    assert said == {NoticeKind.BOOKED, NoticeKind.MOVED}


@pytest.mark.parametrize("kind", OF_ONE)
def test_both_parts_say_the_same_and_have_the_same_links(kind: NoticeKind) -> None:
    made = mail(kind, *Action)
    page = read(made.html)
    said = [line.removesuffix(":") for line in made.plain.splitlines() if line.strip(" -")]
    missing = [line for line in said if line not in {t.removesuffix(":") for t in page.text}]
    assert missing == [LINKS[action] for action in Action]
    assert page.links == [LINKS[action] for action in Action]


def test_whoever_has_a_feed_reads_nothing_of_an_entry() -> None:
    assert "Kalender" in mail(NoticeKind.MOVED).plain
    assert "Kalender" not in mail(NoticeKind.MOVED, with_entry=False).plain


def test_without_links_nothing_is_said_of_links() -> None:
    made = mail(NoticeKind.CANCELLED)
    assert read(made.html).links == []
    assert not [word for word in ("Link", "ablehnen") if word in made.plain]


def test_what_was_is_said_of_a_new_time() -> None:
    made = mail(NoticeKind.MOVED, was=ABOUT.start - 86400)
    assert "Bisher: Montag, 23. November, 10:00 Uhr" in made.plain.splitlines()


@pytest.mark.parametrize("kind", GONE)
def test_who_loses_an_appointment_to_a_colleague_reads_that_it_takes_place(
    kind: NoticeKind,
) -> None:
    made = MAILS.notice(Notice(kind, ABOUT), {}, with_entry=True)
    assert made.subject == "KIM-Termin K7PM: nicht mehr bei Ihnen, Di. 24. Nov., 10:00"
    said = made.plain.splitlines()
    assert said[2] == "➡️ Sie haben diesen Termin nicht mehr"
    assert "Der Termin findet statt, aber nicht mehr bei Ihnen. Sie müssen nichts tun." in said
    assert "abgesagt" not in made.plain


def test_that_somebody_is_not_reached_has_a_heading_and_says_the_rest_below() -> None:
    said = mail(NoticeKind.NOT_REACHED).plain.splitlines()
    assert said[2:5] == [
        "⚠️ Nachricht kam nicht an",
        "",
        "⚠️ Im Chat nicht erreicht. Einen anderen Kontakt haben wir nicht. Vielleicht kommt die"
        " Person trotzdem: Bitte sagen Sie am Empfang Bescheid.",
    ]


def test_the_digest_lists_the_day() -> None:
    digest = Digest((DigestEntry(ABOUT),))
    made = MAILS.digest(digest, ABOUT.start, {Action.DAY: LINKS[Action.DAY]})
    assert made.subject == "KIM-Termine heute, Di. 24. Nov.: 1"
    assert made.plain.startswith("Guten Morgen,\n\nIhre Termine heute\n\n⏰ 10:00 Uhr · K7PM")
    assert read(made.html).links == [LINKS[Action.DAY]]
    assert made.plain.endswith("Wer den Link hat, kann die Termine ändern.\n")


def test_nothing_in_a_mail_is_taken_for_html() -> None:
    about = replace(ABOUT, language="<script>")
    notice = Notice(NoticeKind.NOT_SEEN, about, whose="<b>Team</b> & Co")
    made = MAILS.notice(notice, LINKS, with_entry=True)
    text = " ".join(read(made.html).text)
    assert ("<b>Team</b> & Co" in text, "<script>" in text) == (True, True)
    assert "<b>Team</b> & Co" in made.plain


def test_38_neither_topic_nor_person_is_in_a_mail() -> None:
    made = [mail(kind, *Action) for kind in OF_ONE]
    text = " ".join(part for one in made for part in (one.subject, one.plain, one.html))
    assert not [word for word in ("housing", "Wohnung", "Ada", "Adler") if word in text]


def test_outlook_is_served_without_scripts_and_pictures() -> None:
    html = mail(NoticeKind.BOOKED, *Action).html
    assert not [tag for tag in ("<script", "<img", "<link", "<form", "<style") if tag in html]
