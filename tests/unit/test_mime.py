"""A mail on the wire, read back by the standard library."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from calendars import ATTENDEE, ORGANIZER, appointment, events, moment

from bot.mail.mime import Envelope, build
from bot.rendering.mails import MailText
from bot.rendering.meeting_request import MeetingRequest, MeetingRequests
from bot.rendering.staff_event import CalendarEntry

WRITER = events()
TEXT = MailText("KIM-Termin K7PM: neu, Di. 24. Nov., 10:00", "Grüße 🗓️\n", "<p>Grüße 🗓️</p>\n")
ENVELOPE = Envelope(ORGANIZER, ATTENDEE, "appt:12:0:booked:adler", 1_795_400_000)


def invitation(cancelled: bool = False) -> MeetingRequest:
    entry = CalendarEntry(
        appointment(moment(WRITER, "2026-11-24 10:00")), 1_795_400_000, first_talk=True
    )
    made = MeetingRequests(WRITER, ORGANIZER)
    return made.cancel(entry, ATTENDEE) if cancelled else made.request(entry, ATTENDEE)


def sent(message: EmailMessage) -> EmailMessage:
    read = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def parts(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


@pytest.mark.parametrize("cancelled", [False, True])
def test_outlook_finds_the_invitation_among_the_alternatives_and_as_a_file(
    cancelled: bool,
) -> None:
    invited = invitation(cancelled)
    read = sent(build(ENVELOPE, TEXT, invited))
    assert parts(read) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    *_, calendar, file = read.walk()
    assert calendar.get_param("method") == invited.method
    assert calendar.get_content_charset() == "utf-8"
    assert calendar.get_payload(decode=True) == invited.content
    assert file.get_payload(decode=True) == invited.content
    assert (file.get_filename(), file.get_content_disposition()) == (
        "KIM-Termin-K7PM.ics",
        "attachment",
    )


def test_without_an_invitation_it_is_text_and_html() -> None:
    read = sent(build(ENVELOPE, TEXT))
    assert parts(read) == ["multipart/alternative", "text/plain", "text/html"]
    said = [part.get_content().replace("\r\n", "\n") for part in read.iter_parts()]
    assert said == [TEXT.plain, TEXT.html]


def test_the_headers_tell_machines_that_nobody_reads_answers() -> None:
    read = sent(build(ENVELOPE, TEXT))
    assert {name: str(value) for name, value in read.items() if name != "Message-ID"} == {
        "From": "KIM-Termine Übung <termine@town.example>",
        "To": "anna@office.example",
        "Subject": TEXT.subject,
        "Date": "Mon, 23 Nov 2026 02:13:20 +0000",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
        "MIME-Version": "1.0",
        "Content-Type": str(read["Content-Type"]),
    }


def test_35_a_resend_carries_the_same_message_id_and_no_other_mail_does() -> None:
    def message_id(envelope: Envelope) -> str:
        return str(build(envelope, TEXT)["Message-ID"])

    others = [
        Envelope(ORGANIZER, ATTENDEE, "appt:12:1:moved:adler", ENVELOPE.written_at),
        Envelope(ORGANIZER, ATTENDEE, ENVELOPE.key, ENVELOPE.written_at + 1),
    ]
    again = Envelope(ORGANIZER, ATTENDEE, ENVELOPE.key, ENVELOPE.written_at)
    assert message_id(again) == message_id(ENVELOPE)
    assert len({message_id(one) for one in (ENVELOPE, *others)}) == 3
    assert message_id(ENVELOPE).endswith("@town.example>")
    assert "adler" not in message_id(ENVELOPE)


def test_it_goes_through_a_server_of_seven_bits_and_short_lines() -> None:
    content = build(ENVELOPE, TEXT, invitation()).as_bytes()
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 200
    assert b"\n" not in content.replace(b"\r\n", b"")
