"""Signed links: what opens a page of the staff, for whom, and until when.

Nothing of a link is stored: it says itself what it opens, and a signature made with the data key
holds it together, so a new key ends all links. An appointment's link depends on its facts alone:
a calendar that repeats it does not change.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.storage.vault import Vault

DAY = 86_400
AFTER_ITS_END = 14 * DAY
LISTS_LAST = 30 * DAY
LONGEST_TOKEN = 400
SEPARATOR = "|"


class GrantKind(StrEnum):
    """What a link opens: one appointment, a case manager's lists, the day of an office."""

    APPOINTMENT = "appointment"
    PERSON = "person"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a link allows whom, until `expires` (UTC epoch seconds).

    `id` is the case manager or the office that `role` speaks for.
    """

    kind: GrantKind
    role: Role
    id: str
    expires: int
    appointment_id: int = 0

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
    return Grant(GrantKind.APPOINTMENT, actor.role, _id(actor), until, about.id)


def to_lists(actor: Actor, made_at: int) -> Grant:
    """A case manager's own page, or the day of a front desk's office, for thirty days."""
    kind = GrantKind.PERSON if actor.role is Role.CASE_MANAGER else GrantKind.DESK
    return Grant(kind, actor.role, _id(actor), made_at + LISTS_LAST)


def _id(actor: Actor) -> str:
    return (actor.case_manager_id or actor.office_id) or ""


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
        """The same as a path on this server."""
        return f"{self.root}/page/{self.token(grant)}"

    def token(self, grant: Grant) -> str:
        """What is granted, readable, and its signature."""
        told = (grant.kind, grant.role, grant.id, str(grant.appointment_id), str(grant.expires))
        text = urlsafe_b64encode(SEPARATOR.join(told).encode()).decode().rstrip("=")
        return f"{text}.{self.vault.sign(text)}"

    def read(self, token: str, now: int) -> Grant | None:
        """What a link allows at this moment: nothing if it was altered or has expired."""
        text, _, signature = token.partition(".")
        if len(token) > LONGEST_TOKEN or not token.isascii():
            return None
        if not hmac.compare_digest(signature.encode(), self.vault.sign(text).encode()):
            return None
        kind, role, id, about, expires = _opened(text).split(SEPARATOR)
        grant = Grant(GrantKind(kind), Role(role), id, int(expires), int(about))
        return grant if now < grant.expires else None


def _opened(text: str) -> str:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
