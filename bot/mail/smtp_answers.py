"""What a mail server's answer, or its silence, means for a mail.

Before the text of a mail was given away nothing can have arrived, so the mail simply waits; after
that nobody knows. Reasons are codes and kinds of errors: what a server says may name people.
"""

import ssl
from dataclasses import dataclass

from aiosmtplib import (
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.delivery.channel import Later, Locked, Rejected, Result, Unsure

CLOSING = 421
TOO_BIG = 552
TEMPORARY = range(400, 500)
PERMANENT = range(500, 600)


@dataclass(frozen=True, slots=True)
class Down:
    """The server as a whole cannot be used now, whichever mail it is."""


Finding = Result | Down


def before_text(problem: Exception, busy_seconds: float) -> Finding:
    """What it means that a mail did not get as far as its text."""
    if isinstance(problem, SMTPRecipientRefused) and problem.code != CLOSING:
        return _about_mail(problem.code, busy_seconds)
    if isinstance(problem, SMTPSenderRefused) and problem.code == TOO_BIG:
        return Rejected(named(problem))
    if isinstance(problem, SMTPResponseException):
        return Locked() if problem.code in PERMANENT else Down()
    # A library error of no special kind: TLS or a login was demanded and is not offered.
    if _is_distrust(problem) or type(problem) is SMTPException:
        return Locked()
    return Rejected("not an address") if isinstance(problem, ValueError) else Down()


def after_text(problem: Exception, busy_seconds: float) -> Finding:
    """What it means that something failed when the text was on its way, or there."""
    code = problem.code if isinstance(problem, SMTPResponseException) else 0
    if code == CLOSING:
        return Down()
    if code in TEMPORARY or code in PERMANENT:
        return _about_mail(code, busy_seconds)
    return Unsure(named(problem))


def named(problem: Exception) -> str:
    """The problem without a word of what the server said."""
    if isinstance(problem, SMTPResponseException):
        return f"SMTP {problem.code}"
    return type(problem).__name__


def _about_mail(code: int, busy_seconds: float) -> Result:
    return Rejected(f"SMTP {code}") if code in PERMANENT else Later(busy_seconds)


def _is_distrust(problem: BaseException | None) -> bool:
    """Whether the server's certificate is the reason, also deep down."""
    while problem is not None:
        if isinstance(problem, ssl.SSLCertVerificationError):
            return True
        problem = problem.__cause__
    return False
