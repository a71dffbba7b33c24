"""Who comes in by a link: the token in the path is read anew at each request."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.city import City
from bot.domain.staffing import Staffing
from bot.storage.database import Tx
from bot.turn.links import Kind, Links
from bot.turn.office import OfficeDesk
from bot.web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Door:
    """Lets visitors in at the moment `now` tells, in UTC epoch seconds."""

    city: City
    staffing: Staffing
    links: Links
    now: Callable[[], int]

    def visitor(self, tx: Tx, token: str, *kinds: Kind) -> Visitor | None:
        """Who holds a token of one of these kinds; None if it opens none of them."""
        now = self.now()
        grant = self.links.read(token, now)
        if grant is None or grant.kind not in kinds:
            return None
        actor = grant.actor(self.city)
        if actor is None:
            return None
        desk = OfficeDesk(tx, self.city, actor, now, self.staffing)
        return Visitor(tx, desk, grant, actor, self.links)
