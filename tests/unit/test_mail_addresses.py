"""What passes the check of a mail address is what is sent, header by header and field by field."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr
from urllib.parse import unquote

import pytest
from calendars import ATTENDEE, appointment, events, moment, parse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain import mail_address
from bot.domain.mail_address import BAD_NAME, LONG_NAME, NO_ADDRESS, NOT_ASCII, MailAddress
from bot.mail import mime
from bot.mail.mime import Envelope, build
from bot.rendering.mails import MailText
from bot.rendering.meeting_request import MeetingRequests
from bot.rendering.staff_event import CalendarEntry
from bot.runtime.mailing import EXAMPLE, NAME_CHANGES, sender_of
from bot.settings import Settings, SettingsError

WRITER = events()
ENTRY = CalendarEntry(
    appointment(moment(WRITER, "2026-11-24 10:00")), 1_795_400_000, first_talk=True
)
ATOM = st.text("abcXYZ019!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=12)
LABEL = st.text("abcXYZ019", min_size=1, max_size=12)
ADDRESSES = st.builds(
    lambda local, domain: f"{'.'.join(local)}@{'.'.join(domain)}",
    st.lists(ATOM, min_size=1, max_size=3),
    st.lists(LABEL, min_size=1, max_size=3),
)
NAMES = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters='"\\<>@^') | st.just(" "),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("t@town.example", "t@town.example", ""),
        ("<t@town.example>", "t@town.example", ""),
        ("KIM-Termine <t@town.example>", "t@town.example", "KIM-Termine"),
        ("Stadt Herne, KIM <t@town.example>", "t@town.example", "Stadt Herne, KIM"),
        ('"KIM, Herne" <a@b.de>', "a@b.de", "KIM, Herne"),
        ("Bürgerbüro [KIM] <t@town.example>", "t@town.example", "Bürgerbüro [KIM]"),
        ("KIM; Termine <t@town.example>", "t@town.example", "KIM; Termine"),
        ("  KIM   (Herne): Büro  <t@town.example> ", "t@town.example", "KIM (Herne): Büro"),
        (
            "O'Brien & Co. <o'brien+kim@xn--kln-sna.example>",
            "o'brien+kim@xn--kln-sna.example",
            None,
        ),
    ],
)
def test_a_sender_arrives_as_it_is_meant(text: str, address: str, name: str | None) -> None:
    sender = sender_of(Settings(mail_from=text))
    assert sender == MailAddress(address, "O'Brien & Co." if name is None else name)
    assert_arrives(sender)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("KIM <t@köln.example>", NOT_ASCII),
        ("jörg@town.example", NOT_ASCII),
        ('"KIM, Herne <a@b.de>"', NO_ADDRESS),
        ("a@b.de, c@d.de", NO_ADDRESS),
        ("a,b@c.example", NO_ADDRESS),
        ("A <a@b.de>, B <c@d.de>", BAD_NAME),
        ("a@b.de <c@d.de>", BAD_NAME),
        ("KIM\\ <a@b.de>", BAD_NAME),
        ("KIM\r\nBcc: Herne <a@b.de>", BAD_NAME),
        ("KI\u00a0M <a@b.de>", BAD_NAME),
        ("KI\udcffM <a@b.de>", BAD_NAME),
        (f"{'K' * 101} <a@b.de>", LONG_NAME),
        ("KIM <a@b.de", NO_ADDRESS),
        ("=?utf-8?q?K=C3=BCM?= <a@b.de>", NAME_CHANGES),
        (f"Бюро [KIM], Херне; отдел{', Ämter ' * 5}, långt namn <a@b.de>", NAME_CHANGES),
    ],
)
def test_any_other_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(SettingsError) as refused:
        sender_of(Settings(mail_from=text))
    assert refused.value.problems == (f"BOT_MAIL_FROM: {reason}",)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "@b", "a@", "a b@c.example", "a@b@c", "a@b.example\n", " a@b", "a@b (x)"),
        *("a..b@c", ".a@c", "a@-b", "a@b-", "a@b..c", '"a b"@c.example', "a@[192.0.2.1]", "<a@b>"),
        *("a,b@c.example", "a;b@c.example", "a@b.de,c@d.de", "a:b@c", "a@b_c", "a[b]@c"),
        *(f"{'a' * 65}@b.example", f"a@{'b' * 64}.example", f"a@{'b.' * 127}example"),
    ],
)
def test_what_is_no_plain_address_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{NO_ADDRESS}$"):
        MailAddress(text)


def test_nothing_set_is_an_example() -> None:
    assert sender_of(Settings()) == EXAMPLE


@settings(deadline=None, max_examples=60)
@given(ADDRESSES, NAMES)
def test_whatever_passes_arrives(address: str, name: str) -> None:
    try:
        sender = mail_address.parse(f"{name} <{address}>")
    except ValueError:
        assume(False)
    if mime.arrives(sender):
        assert_arrives(sender)
    else:
        assert not sender.name.isascii() or "=?" in sender.name


def assert_arrives(sender: MailAddress) -> None:
    """Read by parsers that share no line with what wrote it, in the header and in the calendar."""
    invitation = MeetingRequests(WRITER, sender).request(ENTRY, MailAddress(sender.address))
    text = MailText("KIM-Termin", "Guten Tag\n", "<p>Guten Tag</p>\n")
    mail = build(Envelope(sender, MailAddress(sender.address), "key", 0), text, invitation)
    read = message_from_bytes(mail.as_bytes())
    shown, address = parseaddr(str(read["From"]))
    assert (str(make_header(decode_header(shown))), address) == (sender.name, sender.address)
    assert parseaddr(str(read["To"])) == ("", sender.address)
    assert mail["From"].addresses[0].addr_spec == sender.address
    event = parse(invitation.content).vevent
    assert event.organizer.params.get("CN", [""]) == [sender.name]
    found = [unquote(each.value) for each in (event.organizer, event.attendee)]
    assert found == [f"mailto:{sender.address}"] * 2


def test_a_mailto_url_hides_what_means_something_in_a_url() -> None:
    assert (
        MailAddress("a?b#c%d/e&f=g@h.example").url == "mailto:a%3Fb%23c%25d%2Fe%26f%3Dg@h.example"
    )
    assert ATTENDEE.url == "mailto:anna@office.example"
