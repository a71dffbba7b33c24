"""A mail address, with or without a name: read once, refused with a reason, written from its parts.

What is accepted is less than RFC 5322 allows, so that every server, calendar and mailbox reads the
same from it: one address in ASCII, and a name in any letters, with or without quotation marks.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
DOMAIN = re.compile(rf"{LABEL}(\.{LABEL})*")
NAMED = re.compile(r"\s*(\"[^\"]*\"|[^\"]*?)\s*<([^<>]*)>\s*")
LONGEST_LOCAL_PART, LONGEST_ADDRESS = 64, 254
"""RFC 5321, 4.5.3.1.1 and 4.5.3.1.3, the latter without its angle brackets."""
LONGEST_NAME = 100
NOT_IN_A_NAME = frozenset('"\\<>@^')
"""What a header or a calendar would have to escape, and not every reader takes back."""

NO_ADDRESS = "must be one mail address such as name@example.org, without commas, spaces or brackets"
NOT_ASCII = "must be an address in plain letters; a domain such as köln.example is written xn--..."
BAD_NAME = f"must have no {' '.join(sorted(NOT_IN_A_NAME))} and nothing invisible in its name"
LONG_NAME = f"must have a name of at most {LONGEST_NAME} letters"


@dataclass(frozen=True, slots=True)
class MailAddress:
    """Where mail can be sent, and the name shown for it, "" for none.

    Raises ValueError, with a reason that goes after the name of a setting, for any other.
    """

    address: str
    name: str = ""

    def __post_init__(self) -> None:
        fault = _fault_of_address(self.address) or _fault_of_name(self.name)
        if fault is not None:
            raise ValueError(fault)

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]

    @property
    def url(self) -> str:
        """The address as a `mailto:` URL (RFC 6068)."""
        return f"mailto:{quote(self.address, safe=_SAFE_IN_URL)}"


_SAFE_IN_URL = "@!$'*+"


def parse(text: str) -> MailAddress:
    """`name@example.org`, or `A name <name@example.org>`; everything before the < is the name.

    Raises ValueError with a reason.
    """
    named = NAMED.fullmatch(text)
    if named is None:
        return MailAddress(text.strip())
    name = named[1].strip('"').strip()
    return MailAddress(named[2], re.sub(" +", " ", name))


def _fault_of_address(address: str) -> str | None:
    local_part, _, domain = address.rpartition("@")
    if LOCAL_PART.fullmatch(local_part) and DOMAIN.fullmatch(domain):
        fits = len(local_part) <= LONGEST_LOCAL_PART and len(address) <= LONGEST_ADDRESS
        return None if fits else NO_ADDRESS
    return NO_ADDRESS if address.isascii() else NOT_ASCII


def _fault_of_name(name: str) -> str | None:
    if len(name) > LONGEST_NAME:
        return LONG_NAME
    # What is not printable takes in line breaks, and halves of letters from a broken environment.
    return None if name.isprintable() and not NOT_IN_A_NAME & {*name} else BAD_NAME
