"""Mails reach a real SMTP server, and every way they can fail to is told apart."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from post_office import HANG, HANG_UP, PASSWORD, USER, Certificate, PostOffice, certificate
from post_office import post_office as opened
from until import until

from bot.delivery.channel import Later, Locked, Rejected, Sent, Unsure
from bot.domain.mail_address import MailAddress
from bot.mail.mime import Envelope, build
from bot.mail.smtp import Smtp, SmtpTimeouts
from bot.mail.smtp_answers import USED_UP_SECONDS
from bot.mail.smtp_url import parse
from bot.rendering.mails import MailText

PATIENT = SmtpTimeouts(connect=20, command=20, text=20, idle=60, busy=7, away=5, longest_away=20)
QUICK = replace(PATIENT, connect=0.5, command=0.5, text=0.5)
SENDER = MailAddress("termine@office.example", "KIM; Termine")
LOGIN = f"{quote(USER.decode())}:{quote(PASSWORD.decode(), safe='')}"


class Clock:
    """Monotonic seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def mail(number: int = 1, recipient: str = "anna@office.example") -> EmailMessage:
    text = MailText(f"KIM-Termin K7P{number}", "Grüße\n.\n..\nEnde\n", "<p>Grüße</p>\n")
    envelope = Envelope(SENDER, MailAddress(recipient), f"appt:{number}", 1_800_000_000)
    return build(envelope, text)


@asynccontextmanager
async def channel(
    url: str,
    clock: Clock | None = None,
    trust: ssl.SSLContext | None = None,
    timeouts: SmtpTimeouts = PATIENT,
) -> AsyncIterator[Smtp]:
    server = parse(url)
    assert server is not None
    smtp = Smtp(server, "bot.example", clock or Clock(), timeouts, trust)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(smtp.run())
        await asyncio.sleep(0)
        yield smtp
        running.cancel()


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with opened() as made:
        yield made


@pytest.fixture(scope="module")
def cert(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


def plain(office: PostOffice) -> str:
    return f"smtp://127.0.0.1:{office.port}"


async def test_a_mail_arrives_as_it_was_written(office: PostOffice) -> None:
    async with channel(plain(office)) as smtp:
        assert await smtp.send(mail()) == Sent(None)
    (arrived,) = office.mails
    body = arrived.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    assert body.get_content().replace("\r\n", "\n") == "Grüße\n.\n..\nEnde\n"
    assert office.recipients == ["anna@office.example"]
    assert {name: str(arrived[name]) for name in ("From", "To", "Subject", "Auto-Submitted")} == {
        "From": '"KIM; Termine" <termine@office.example>',
        "To": "anna@office.example",
        "Subject": "KIM-Termin K7P1",
        "Auto-Submitted": "auto-generated",
    }


async def test_a_burst_takes_one_connection_that_is_closed_when_idle(office: PostOffice) -> None:
    async with channel(plain(office), timeouts=replace(PATIENT, idle=2)) as smtp:
        results = [await smtp.send(mail(n)) for n in range(5)]
        assert (results, len(office.lines), office.open_lines) == ([Sent(None)] * 5, 1, 1)
        await until(lambda: not office.open_lines)
        assert await smtp.send(mail(9)) == Sent(None)
    assert len(office.lines) == 2
    assert office.message_ids == [str(mail(n)["Message-ID"]) for n in (0, 1, 2, 3, 4, 9)]


async def test_mails_sent_at_once_go_one_after_the_other(office: PostOffice) -> None:
    async with channel(plain(office)) as smtp:
        results = await asyncio.gather(*(smtp.send(mail(n)) for n in range(10)))
    assert results == [Sent(None)] * 10
    assert (len(office.mails), len(office.lines)) == (10, 1)


async def test_a_connection_that_went_stale_is_made_anew(office: PostOffice) -> None:
    async with channel(plain(office)) as smtp:
        assert await smtp.send(mail(1)) == Sent(None)
        office.hang_up()
        await asyncio.sleep(0.02)
        assert await smtp.send(mail(2)) == Sent(None)
        office.says["MAIL"] = [HANG_UP]
        assert await smtp.send(mail(3)) == Sent(None)
    assert len(office.mails) == 3


@pytest.mark.parametrize("code", [450, 451, 452])
async def test_a_recipient_refused_for_now_waits_and_the_others_do_not(
    office: PostOffice, code: int
) -> None:
    office.says["RCPT"] = [f"{code} not now, anna@office.example"]
    async with channel(plain(office)) as smtp:
        assert await smtp.send(mail(1)) == Later(PATIENT.busy)
        assert await smtp.send(mail(2, "ben@office.example")) == Sent(None)
        assert await smtp.send(mail(1)) == Sent(None)
    assert office.recipients == ["ben@office.example", "anna@office.example"]
    assert len(office.lines) == 1


@pytest.mark.parametrize("code", [550, 551, 553])
async def test_a_recipient_refused_for_good_is_refused_without_a_word_of_the_server(
    office: PostOffice, code: int
) -> None:
    office.says["RCPT"] = [f"{code} anna@office.example is unknown"]
    async with channel(plain(office)) as smtp:
        assert await smtp.send(mail(1)) == Rejected(f"SMTP {code}")
        assert await smtp.send(mail(2)) == Sent(None)


async def test_a_text_refused_is_refused_and_one_for_now_waits(office: PostOffice) -> None:
    office.says["DATA"] = ["554 looks like spam", "451 greylisted"]
    async with channel(plain(office)) as smtp:
        assert await smtp.send(mail(1)) == Rejected("SMTP 554")
        assert await smtp.send(mail(2)) == Later(PATIENT.busy)
        assert await smtp.send(mail(2)) == Sent(None)
    assert len(office.lines) == 1


async def test_a_server_that_closes_makes_every_mail_wait(office: PostOffice, clock: Clock) -> None:
    office.says["MAIL"] = ["421 closing"]
    async with channel(plain(office), clock) as smtp:
        assert await smtp.send(mail(1)) == Later(5)
        clock.now += 2
        assert await smtp.send(mail(2)) == Later(3)
        clock.now += 3
        assert await smtp.send(mail(1)) == Sent(None)


async def test_a_sender_refused_keeps_everything_until_somebody_sees_to_it(
    office: PostOffice, clock: Clock
) -> None:
    office.says["MAIL"] = ["550 not from you"]
    async with channel(plain(office), clock) as smtp:
        assert await smtp.send(mail(1)) == Locked()
        assert await smtp.send(mail(2)) == Locked()
        assert len(office.lines) == 1
        clock.now += PATIENT.locked
        assert await smtp.send(mail(1)) == Sent(None)


async def test_a_mail_too_big_is_that_mails_own_fault(office: PostOffice) -> None:
    office.says["DATA"] = ["552 5.3.4 Message size exceeds fixed limit"]
    async with channel(plain(office)) as smtp:
        assert await smtp.send(mail(1)) == Rejected("SMTP 552")
        assert await smtp.send(mail(2)) == Sent(None)


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_a_limit_of_the_day_waits_mail_by_mail_and_is_told(
    office: PostOffice, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    office.says[command] = ["554 5.7.0 The limit on the number of outgoing messages was exceeded"]
    async with channel(plain(office)) as smtp:
        assert await smtp.send(mail(1)) == Later(USED_UP_SECONDS)
        assert await smtp.send(mail(2)) == Sent(None)
    told = [record for record in caplog.records if record.name == "bot.mail.smtp"]
    assert [(each.getMessage(), each.__dict__["fields"]) for each in told] == [
        ("the mail server has had its fill", {"problem": "SMTP 554"})
    ]


@pytest.mark.parametrize("answer", ["552 5.2.2 quota", "550 5.4.5 Daily quota exceeded"])
async def test_what_is_too_much_from_the_sender_keeps_everything(
    office: PostOffice, clock: Clock, answer: str
) -> None:
    office.says["MAIL"] = [answer]
    async with channel(plain(office), clock) as smtp:
        assert await smtp.send(mail(1)) == Locked()
        clock.now += PATIENT.locked
        assert await smtp.send(mail(1)) == Sent(None)


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_who_is_not_logged_in_is_locked_out_and_no_mail_is_lost(
    office: PostOffice, clock: Clock, command: str
) -> None:
    office.says[command] = ["530 5.7.57 Client not authenticated to send mail"]
    async with channel(plain(office), clock) as smtp:
        assert await smtp.send(mail(1)) == Locked()
        clock.now += PATIENT.locked
        assert await smtp.send(mail(1)) == Sent(None)


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
@pytest.mark.parametrize("trouble", [HANG, HANG_UP])
async def test_silence_before_the_text_means_it_did_not_arrive(
    office: PostOffice, clock: Clock, command: str, trouble: str
) -> None:
    office.says[command] = [trouble]
    async with channel(plain(office), clock, timeouts=QUICK) as smtp:
        assert await smtp.send(mail()) == Later(5)
        clock.now += 5
        assert await smtp.send(mail()) == Sent(None)
    assert len(office.mails) == 1


@pytest.mark.parametrize(
    ("trouble", "reason"), [(HANG, "SMTPReadTimeoutError"), (HANG_UP, "SMTPServerDisconnected")]
)
async def test_silence_after_the_text_leaves_it_open_and_the_same_mail_goes_again(
    office: PostOffice, clock: Clock, trouble: str, reason: str
) -> None:
    office.says["DATA"] = [trouble]
    async with channel(plain(office), clock, timeouts=QUICK) as smtp:
        assert await smtp.send(mail()) == Unsure(reason)
        assert await smtp.send(mail(2)) == Later(5)
        clock.now += 5
        assert await smtp.send(mail()) == Sent(None)
    assert office.message_ids == [str(mail()["Message-ID"])]


async def test_a_greeting_that_never_comes_is_not_waited_for_by_every_mail(
    office: PostOffice, clock: Clock
) -> None:
    office.greeting_hangs = True
    async with channel(plain(office), clock, timeouts=QUICK) as smtp:
        assert [await smtp.send(mail(n)) for n in range(3)] == [Later(5)] * 3
        office.greeting_hangs = False
        clock.now += 5
        assert await smtp.send(mail()) == Sent(None)


async def test_35_after_three_hours_of_downtime_all_arrive_once_in_order(
    office: PostOffice, clock: Clock
) -> None:
    async with channel(plain(office), clock) as smtp:
        assert await smtp.send(mail(0)) == Sent(None)
        await office.close()
        waiting, pauses = [mail(n) for n in range(1, 6)], set()
        end = clock.now + 3 * 3600
        while clock.now < end:
            result = await smtp.send(waiting[0])
            assert isinstance(result, Later)
            pauses.add(result.seconds)
            clock.now += result.seconds
        await office.reopen()
        assert [await smtp.send(one) for one in waiting] == [Sent(None)] * 5
    assert pauses == {5, 10, 20}
    assert office.message_ids == [str(mail(n)["Message-ID"]) for n in range(6)]


async def test_tls_from_the_first_byte(cert: Certificate) -> None:
    async with opened(cert.shown) as office:
        url = f"smtps://127.0.0.1:{office.port}"
        async with channel(url, trust=cert.trusted) as smtp:
            assert await smtp.send(mail()) == Sent(None)
    assert len(office.mails) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtp+starttls"])
async def test_starttls_is_used_where_it_is_offered(cert: Certificate, scheme: str) -> None:
    async with opened(tls_context=cert.shown) as office:
        url = f"{scheme}://127.0.0.1:{office.port}"
        async with channel(url, trust=cert.trusted) as smtp:
            assert await smtp.send(mail()) == Sent(None)
    assert office.encrypted == [True]


async def test_starttls_demanded_and_not_offered_sends_nothing(office: PostOffice) -> None:
    async with channel(f"smtp+starttls://127.0.0.1:{office.port}") as smtp:
        assert await smtp.send(mail()) == Locked()
    assert office.mails == []


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
async def test_a_certificate_nobody_vouches_for_is_not_trusted(
    cert: Certificate, scheme: str
) -> None:
    tls, options = (cert.shown, {}) if scheme == "smtps" else (None, {"tls_context": cert.shown})
    async with (
        opened(tls, **options) as office,
        channel(f"{scheme}://127.0.0.1:{office.port}") as smtp,
    ):
        assert await smtp.send(mail()) == Locked()
    assert office.mails == []


async def test_offered_tls_is_better_than_none_whoever_vouches(cert: Certificate) -> None:
    async with opened(tls_context=cert.shown) as office, channel(plain(office)) as smtp:
        assert await smtp.send(mail()) == Sent(None)
    assert office.encrypted == [True]


async def test_a_user_logs_in_under_tls(cert: Certificate) -> None:
    async with authenticating(cert) as office:
        url = f"smtp+starttls://{LOGIN}@127.0.0.1:{office.port}"
        async with channel(url, trust=cert.trusted) as smtp:
            assert await smtp.send(mail()) == Sent(None)
    assert (len(office.mails), office.logins) == (1, 1)


async def test_a_wrong_password_locks_and_is_not_tried_for_every_mail(
    cert: Certificate, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    async with authenticating(cert) as office:
        url = f"smtp+starttls://lotse:wrong@127.0.0.1:{office.port}"
        async with channel(url, clock, cert.trusted) as smtp:
            assert [await smtp.send(mail(n)) for n in range(5)] == [Locked()] * 5
            tried = office.logins
            clock.now += PATIENT.locked
            assert await smtp.send(mail()) == Locked()
    assert office.logins == 2 * tried
    assert [(r.levelno, r.message) for r in caplog.records if r.name == "bot.mail.smtp"] == [
        (logging.ERROR, "the mail server cannot be used")
    ]


async def test_a_login_where_none_is_offered_locks(office: PostOffice) -> None:
    async with channel(f"smtp://{LOGIN}@127.0.0.1:{office.port}") as smtp:
        assert await smtp.send(mail()) == Locked()


async def test_an_address_that_is_none_harms_no_other(office: PostOffice) -> None:
    odd = mail(1)
    del odd["To"]
    odd["To"] = "jörg@office.example"
    async with channel(plain(office)) as smtp:
        assert await smtp.send(odd) == Rejected("not an address")
        assert await smtp.send(mail(2)) == Sent(None)


async def test_nothing_personal_is_logged(
    office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    office.says["RCPT"] = ["550 anna@office.example unknown", HANG_UP, HANG_UP]
    async with channel(plain(office)) as smtp:
        await smtp.send(mail(1))
        await smtp.send(mail(2))
    own = [r for r in caplog.records if r.name.startswith(("bot", "aiosmtplib"))]
    told = " ".join(f"{r.getMessage()} {r.__dict__.get('facts')}" for r in own)
    assert "cannot be used" in told
    assert "anna" not in told
    assert "K7P" not in told


@asynccontextmanager
async def authenticating(cert: Certificate) -> AsyncIterator[PostOffice]:
    office = PostOffice()
    await office.open(tls_context=cert.shown, auth_required=True, authenticator=office.authenticate)
    try:
        yield office
    finally:
        await office.close()
