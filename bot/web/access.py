"""Who comes in by a link: the token in the path is read anew at each request."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.city import City
from bot.domain.staffing import Staffing
from bot.services.links import Grant, Kind, Links
from bot.services.staff_service import StaffService
from bot.storage.engine.database import Tx
from bot.web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Access:
    """Lets visitors in at the moment `now` tells, in UTC epoch seconds."""

    city: City
    staffing: Staffing
    links: Links
    now: Callable[[], int]

    def grant(self, token: str, *kinds: Kind) -> Grant | None:
        """What a token of one of these kinds allows; the database is not asked."""
        grant = self.links.read(token, self.now())
        return grant if grant is not None and grant.kind in kinds else None

    def visitor(self, tx: Tx, grant: Grant) -> Visitor | None:
        """Who holds it; None for somebody the city file no longer names."""
        actor = grant.actor(self.city)
        if actor is None:
            return None
        service = StaffService(tx, self.city, actor, self.now(), self.staffing)
        return Visitor(service, grant, self.links)
