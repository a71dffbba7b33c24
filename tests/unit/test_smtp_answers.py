"""A provider's limit of an hour or a day is told from all else that can be too much."""

import pytest
from aiosmtplib import SMTPDataError, SMTPReadTimeoutError, SMTPRecipientRefused

from bot.delivery.channel import Later, Rejected
from bot.mail import smtp_answers
from bot.mail.smtp_answers import USED_UP_SECONDS

BUSY = 7.0
LIMITS = (
    "5.7.0 Your message could not be sent. The limit on the number of allowed outgoing messages was"
    " exceeded. Try again later.",
    "5.7.0 limit exceeded",
    "5.4.5 Daily user sending quota exceeded. o65 - gsmtp",
    "5.4.5 Daily SMTP relay sending limit",
    "5.7.1 Exceed Sending Limit (daily)",
    "5.7.1 <DATA>: Data command rejected: only 10 messages per day",
    "5.7.1 Rejected: limit of 400 rcpts per 24 hours for client line@mailbox.full reached",
    "User me@site.example has exceeded its 24-hour sending limit.",
    "sorry, too many emails (#5.7.1)",
    "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed",
    "5.1.90 You've reached your daily limit for message recipients",
    "Domain site.example has exceeded the max emails per hour (150/150) allowed.",
    "5.7.705 Access denied, tenant has exceeded threshold",
)
OTHERS = (
    "5.1.1 User unknown",
    "5.2.2 Mailbox full",
    "5.2.2 User has exceeded the quota",
    "The mailbox has exceeded its quota",
    "5.3.4 Message size exceeds fixed limit",
    "5.7.1 Spam score exceeded threshold",
    "5.4.14 Hop count exceeded: too many hops",
    "Line length limit exceeded",
    "5.7.1 limit@exceeded.example: Relay access denied",
)


@pytest.mark.parametrize("said", LIMITS)
@pytest.mark.parametrize("code", [550, 552, 554])
def test_a_limit_waits_wherever_it_is_said(code: int, said: str) -> None:
    refused = SMTPRecipientRefused(code, said, "anna@office.example")
    assert smtp_answers.before_text(refused, BUSY) == Later(USED_UP_SECONDS)
    assert smtp_answers.after_text(SMTPDataError(code, said), BUSY) == Later(USED_UP_SECONDS)


@pytest.mark.parametrize("said", OTHERS)
def test_anything_else_is_refused_at_once_so_that_it_is_seen(said: str) -> None:
    refused = SMTPRecipientRefused(552, said, "anna@office.example")
    assert smtp_answers.before_text(refused, BUSY) == Rejected("SMTP 552")
    assert smtp_answers.after_text(SMTPDataError(552, said), BUSY) == Rejected("SMTP 552")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (452, "4.5.3 Too many recipients"),
        (452, "4.3.1 Insufficient system storage"),
        (451, "4.7.0 Sending limit exceeded"),
    ],
)
def test_what_is_refused_for_now_waits_as_long_as_ever(code: int, said: str) -> None:
    refused = SMTPRecipientRefused(code, said, "anna@office.example")
    assert smtp_answers.before_text(refused, BUSY) == Later(BUSY)
    assert smtp_answers.after_text(SMTPDataError(code, said), BUSY) == Later(BUSY)


def test_silence_is_no_limit() -> None:
    assert not smtp_answers.is_sending_limit(SMTPReadTimeoutError("limit exceeded"))
