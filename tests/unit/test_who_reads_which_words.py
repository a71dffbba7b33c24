"""Staff and clients read no word together, and the staff theirs in whatever language is theirs.

Two kinds of screens are shown to the staff in the words of clients, and may be: those on which they
book for somebody who sits beside them, and what the law gives everybody.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from calendars import appointment, events
from chat_in_memory import Chat
from every_way import WAYS
from german_words import catalogued, german_in, german_only
from payload_samples import SAMPLES, TUESDAY_TEN
from seven_languages import LANGUAGES
from shown import chat_of, read
from town_in_memory import CITY

from bot.app import LOCALES
from bot.conversation.content import Fold, Passage, Say, Screen
from bot.conversation.table import STAFF as SCREENS_OF_STAFF
from bot.domain.appointment import Status, Wishes
from bot.domain.staffing import StandIn
from bot.messages import access_news, client_news, digests, notices, operator_news
from bot.messages.access_news import AccessMade, WayIn
from bot.messages.client_news import ClientNews
from bot.messages.digests import Digest
from bot.messages.notices import Notice, NoticeKind
from bot.messages.operator_news import OperatorNews
from bot.rendering import catalogues
from bot.rendering.feed import feed
from bot.rendering.mail_actions import Action
from bot.rendering.mails import MailText, MailWriter
from bot.rendering.staff_event import CalendarEntry

TEXTS = catalogues.load(LOCALES, LANGUAGES, ["de", "en"])
SHOWN = [each for file in Path("tests/unit/screens").glob("*.txt") for each in read(file)]
EVERY_WISH = Wishes(True, 1, 2, step_free=True, for_family=True)
KINDS = [kind for kind in NoticeKind if kind is not NoticeKind.COMING]


def keys(screen: Screen) -> set[str]:
    """Every key that is said on a screen."""
    lines = [line for paragraph in screen.paragraphs for line in paragraph]
    labels = [button.label for row in screen.rows for button in row]
    return {key for each in (*lines, *labels) for key in keys_of(each)}


def keys_of(line: Passage) -> Iterator[str]:
    match line:
        case Fold(lines):
            for each in lines:
                yield from keys_of(each)
        case Say(key, values):
            yield key
            for value in values.values():
                yield from keys_of(value)


def is_at_work(chat: Chat) -> bool:
    return chat.session.trail[:1] == ("staff_menu",) and chat.port.actor() is not None


def chats() -> Iterator[Chat]:
    """Somebody on every screen, in all the ways that lead there."""
    yield from map(chat_of, SHOWN)
    for way in WAYS:
        yield way.stands()
        yield way.goes(way.stands())


def test_the_screens_of_the_staff_say_nothing_that_clients_read_and_those_of_clients_the_same() -> (
    None
):
    mixed = set()
    for chat in chats():
        said = keys(chat.shown)
        if is_at_work(chat) and chat.session.screen in (*SCREENS_OF_STAFF, "language"):
            mixed |= {(chat.screen, key) for key in said - TEXTS.staff_keys}
        elif not is_at_work(chat):
            mixed |= {(chat.screen, key) for key in said & TEXTS.staff_keys}
    assert mixed == set()


@pytest.mark.parametrize("by_phone", [False, True])
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_notice_is_in_words_of_the_staff(
    kind: NoticeKind, status: Status, by_phone: bool
) -> None:
    wishes = replace(EVERY_WISH, by_phone=by_phone)
    about = appointment(TUESDAY_TEN, status=status, wishes=wishes)
    whose = "Ada" if kind is NoticeKind.NOT_SEEN else None
    said = keys(notices.screen(Notice(kind, about, was=TUESDAY_TEN, whose=whose), CITY))
    assert said - TEXTS.staff_keys == set()


def test_so_is_all_else_they_are_sent_and_nothing_that_clients_are_sent() -> None:
    staff = [digests.screen(each, CITY) for each in SAMPLES if isinstance(each, Digest)]
    staff += [access_news.screen(AccessMade(way)) for way in WayIn]
    staff += [
        operator_news.screen(each, CITY) for each in SAMPLES if isinstance(each, OperatorNews)
    ]
    clients = [client_news.screen(each, CITY) for each in SAMPLES if isinstance(each, ClientNews)]
    assert set().union(*map(keys, staff)) - TEXTS.staff_keys == set()
    assert set().union(*map(keys, clients)) & TEXTS.staff_keys == set()


def test_code_of_mails_calendars_and_pages_names_no_key_of_clients() -> None:
    clients = {key for key in catalogued("en", catalogues.CLIENTS) if "." in key}
    files = [*Path("bot/web").rglob("*.*"), *Path("bot/mail").glob("*.py")]
    files += [Path(f"bot/rendering/{name}.py") for name in ("mails", "staff_event", "feed")]
    texts = [file.read_text(encoding="utf-8") for file in files if file.suffix in (".py", ".html")]
    named = {word for text in texts for word in re.findall(r'"([a-z_.]+)"', text)}
    assert named & clients == set()
    assert len(named & TEXTS.staff_keys) > 100


def test_that_something_is_german_is_noticed() -> None:
    assert german_in("Guten Tag, die Person hat abgesagt") >= {"guten", "abgesagt"}
    assert len(german_only()) > 300


def english_mails() -> Iterator[MailText]:
    city = replace(CITY, staff_languages=("en",))
    mails = MailWriter(catalogues.load(LOCALES, ["de", "en"], ["en"]), city)
    links = {action: f"https://x.example/{action}" for action in Action}
    for kind in KINDS:
        for status in Status:
            about = appointment(TUESDAY_TEN, status=status, wishes=EVERY_WISH)
            whose = "Ada" if kind is NoticeKind.NOT_SEEN else None
            notice = Notice(kind, about, whose=whose, if_unseen=StandIn.DEPUTY)
            yield mails.notice(notice, links, with_entry=True)
    for digest in (each for each in SAMPLES if isinstance(each, Digest)):
        yield mails.digest(digest, TUESDAY_TEN, links)
    yield mails.access_made(AccessMade(WayIn.LISTS))


def test_where_the_staff_read_english_no_mail_is_german() -> None:
    for mail in english_mails():
        assert german_in(mail.subject + mail.plain + mail.html) == set()
        assert '<html lang="en">' in mail.html


def test_where_the_staff_read_english_their_calendar_is_english() -> None:
    city = replace(events().city, staff_languages=("en",))
    texts = catalogues.load(LOCALES, ["de", "en"], ["en"])
    about = appointment(TUESDAY_TEN, wishes=EVERY_WISH)
    entry = CalendarEntry(about, TUESDAY_TEN, first_talk=True, cannot="https://x.example/")
    shown = feed([entry], replace(events(), catalogues=texts, city=city)).decode()
    told = [line for line in shown.replace("\r\n ", "").splitlines() if ":" in line]
    said = [line for line in told if line.startswith(("SUMMARY", "DESCRIPTION", "NAME", "PRODID"))]
    assert "SUMMARY:KIM appointment K7PM" in said
    assert german_in(" ".join(said).replace("\\n", " ")) == set()
