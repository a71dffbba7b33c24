"""What a mail server's answer, or its silence, means for a mail.

Before the text of a mail was given away nothing can have arrived, so the mail simply waits; after
that nobody knows. Reasons are codes and kinds of errors: what a server says may name people.

A provider that has had as many mails as it takes in an hour or a day refuses the next one for
good, which it does not mean. RFC 3463 has no code for it, so the words are looked at: `554 5.7.0
The limit on the number of allowed outgoing messages was exceeded` (Plesk), `550 5.4.5 Daily user
sending quota exceeded` (Google), `550 5.7.1 Exceed Sending Limit (daily)`.
"""

import re
import ssl
from dataclasses import dataclass

from aiosmtplib import (
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from bot.delivery.channel import Later, Locked, Rejected, Result, Unsure

CLOSING = 421
NOT_LOGGED_IN = frozenset({530, 534, 535, 538})
"""Of who we are and not of the mail (RFC 4954), at whichever command it is said."""
TEMPORARY = range(400, 500)
PERMANENT = range(500, 600)
USED_UP_SECONDS = 900.0
"""Until it is asked again whether a limit of an hour or a day is over."""

GOOGLES_LIMIT = re.compile(r"\b5\.4\.5\b")
LIMIT = re.compile(r"limit|quota|credits|threshold|too many|per (hour|day)", re.IGNORECASE)
PASSED = re.compile(r"exceed|reached|too many|per (hour|day)", re.IGNORECASE)
OF_THIS_MAIL = re.compile(
    r"\b(size|large|big|long|length|lines?|headers?|hops?|attachments?|spam|score|virus)\b"
    r"|\b(mailbox|inbox|storage|disk|space|full)\b|\b5\.(2\.[23]|3\.4)\b",
    re.IGNORECASE,
)
"""What else can be too much: the mail is too big, or the mailbox it is for is full."""
ADDRESS = re.compile(r"\S+@\S+")


@dataclass(frozen=True, slots=True)
class Down:
    """The server as a whole cannot be used now, whichever mail it is."""


Finding = Result | Down


def before_text(problem: Exception, busy_seconds: float) -> Finding:
    """What it means that a mail did not get as far as its text."""
    if isinstance(problem, SMTPRecipientRefused) and problem.code not in (CLOSING, *NOT_LOGGED_IN):
        return _about_mail(problem, busy_seconds)
    # Of the sender no size was told: whatever is too much there is not this mail.
    if isinstance(problem, SMTPResponseException):
        return Locked() if problem.code in PERMANENT else Down()
    # A library error of no special kind: TLS or a login was demanded and is not offered.
    if _is_distrust(problem) or type(problem) is SMTPException:
        return Locked()
    return Rejected("not an address") if isinstance(problem, ValueError) else Down()


def after_text(problem: Exception, busy_seconds: float) -> Finding:
    """What it means that something failed when the text was on its way, or there."""
    if not isinstance(problem, SMTPResponseException):
        return Unsure(named(problem))
    if problem.code in NOT_LOGGED_IN:
        return Locked()
    if problem.code == CLOSING:
        return Down()
    if problem.code in TEMPORARY or problem.code in PERMANENT:
        return _about_mail(problem, busy_seconds)
    return Unsure(named(problem))


def is_sending_limit(problem: Exception) -> bool:
    """Whether it is refused for good because of how many mails there were before."""
    if not isinstance(problem, SMTPResponseException) or problem.code not in PERMANENT:
        return False
    said = ADDRESS.sub("", problem.message)
    if GOOGLES_LIMIT.search(said):
        return True
    return bool(LIMIT.search(said) and PASSED.search(said) and not OF_THIS_MAIL.search(said))


def named(problem: Exception) -> str:
    """The problem without a word of what the server said."""
    if isinstance(problem, SMTPResponseException):
        return f"SMTP {problem.code}"
    return type(problem).__name__


def _about_mail(problem: SMTPResponseException, busy_seconds: float) -> Result:
    """It waits alone, also where it may be our limit: what else is meant holds up nobody."""
    if is_sending_limit(problem):
        return Later(USED_UP_SECONDS)
    return Rejected(named(problem)) if problem.code in PERMANENT else Later(busy_seconds)


def _is_distrust(problem: BaseException | None) -> bool:
    """Whether the server's certificate is the reason, also deep down."""
    while problem is not None:
        if isinstance(problem, ssl.SSLCertVerificationError):
            return True
        problem = problem.__cause__
    return False
