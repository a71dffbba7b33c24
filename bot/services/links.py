"""Signed links: what opens a page of the staff, for whom, and until when.

A link says itself what it opens, and a signature made with the data key holds it together: a new
key ends all links. What opens somebody's lists has a row as well, which can be ended. An
appointment's link depends on its facts alone: a calendar that repeats it does not change.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.lists_link import ListsLink
from bot.storage.vault import Vault

DAY = 86_400
AFTER_ITS_END = 14 * DAY
LISTS_LAST = 30 * DAY
SESSION_LASTS = DAY // 2
LONGEST_TOKEN = 400
SEPARATOR = "|"
PARTS = 7


class GrantKind(StrEnum):
    """What a grant is for: one appointment, the way to one's own lists, or being among them."""

    APPOINTMENT = "appointment"
    LISTS = "lists"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Grant:
    """What is allowed whom, until `expires` (UTC epoch seconds); of lists, `role` tells which.

    `id` is the case manager or the office that `role` speaks for. `number` is that of the
    appointment, which had `code` and had changed `sequence` times; else that of the link to the
    lists, of which there is a row.
    """

    kind: GrantKind
    role: Role
    id: str
    expires: int
    number: int
    code: str = ""
    sequence: int = 0

    def actor(self, city: City) -> Actor | None:
        """Who acts by it; None for somebody the city file no longer names."""
        if self.role is Role.CASE_MANAGER:
            person = city.case_manager.get(self.id)
            return None if person is None else Actor.of(person)
        known = self.role is Role.FRONT_DESK and self.id in city.office
        return Actor(self.role, office_id=self.id) if known else None


def to_appointment(actor: Actor, about: Appointment) -> Grant:
    """The page of one appointment, until two weeks after its end."""
    until = about.end + AFTER_ITS_END
    kind = GrantKind.APPOINTMENT
    return Grant(kind, actor.role, actor.id, until, about.id, about.code, about.sequence)


def to_lists(actor: Actor, link: ListsLink) -> Grant:
    """A case manager's own page, or the days of a front desk's office."""
    return Grant(GrantKind.LISTS, actor.role, actor.id, link.expires_at, link.number)


def session_of(lists: Grant, now: int) -> Grant:
    """Being among the lists a link opens: twelve hours, and no longer than the link."""
    until = min(lists.expires, now + SESSION_LASTS)
    return Grant(GrantKind.SESSION, lists.role, lists.id, until, lists.number)


@dataclass(frozen=True, slots=True)
class Links:
    """Writes and reads the links of the pages at `public_url`."""

    vault: Vault
    public_url: str

    @property
    def root(self) -> str:
        """The path under which everything is, without a slash at its end."""
        return urlsplit(self.public_url).path.rstrip("/")

    def url(self, grant: Grant) -> str:
        """The whole address of a page, for mails and calendars."""
        return f"{self.public_url.rstrip('/')}/page/{self.token(grant)}"

    def calendar_url(self, token: str) -> str:
        """The whole address of a calendar to subscribe to."""
        return f"{self.public_url.rstrip('/')}/calendar/{token}.ics"

    def path(self, grant: Grant) -> str:
        """The path on this server that a link leads to."""
        return f"{self.root}/page/{self.token(grant)}"

    def lists_path(self, number: int) -> str:
        """The path of the lists to which the link of this number let somebody in."""
        return f"{self.root}/lists/{number}"

    def token(self, grant: Grant) -> str:
        """What is granted, readable, and its signature."""
        numbers = (str(grant.number), grant.code, str(grant.sequence), str(grant.expires))
        told = (grant.kind, grant.role, grant.id, *numbers)
        text = urlsafe_b64encode(SEPARATOR.join(told).encode()).decode().rstrip("=")
        return f"{text}.{self.vault.sign(text)}"

    def form_token(self, grant: Grant) -> str:
        """What forms among the lists carry, so that no other page can send them.

        The same in every session of a link: a page that stands open can still be sent.
        """
        if grant.kind is GrantKind.APPOINTMENT:
            return ""
        return self.vault.sign(f"form {grant.role} {grant.id} {grant.number}")

    def read(self, token: str, now: int) -> Grant | None:
        """What a token allows at this moment: nothing if it was altered or has expired."""
        text, _, signature = token.partition(".")
        if len(token) > LONGEST_TOKEN or not token.isascii():
            return None
        if not hmac.compare_digest(signature.encode(), self.vault.sign(text).encode()):
            return None
        parts = _opened(text).split(SEPARATOR)
        if len(parts) != PARTS:  # of an earlier version, without the code
            return None
        kind, role, id, number, code, sequence, expires = parts
        grant = Grant(
            GrantKind(kind), Role(role), id, int(expires), int(number), code, int(sequence)
        )
        return grant if now < grant.expires else None


def _opened(text: str) -> str:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
