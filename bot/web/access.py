"""Who comes in by a link: the token in the path is read anew at each request."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.rendering import staff_words
from bot.rendering.catalogues import Catalogues
from bot.rendering.text import Writer
from bot.services.links import Grant, GrantKind, Links
from bot.services.staff_service import StaffService
from bot.services.unit import OpenUnit
from bot.storage.engine.database import Tx
from bot.storage.records import departures
from bot.web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Access:
    """Lets visitors in at the moment `now` tells, in UTC epoch seconds."""

    open_unit: OpenUnit
    links: Links
    texts: Catalogues
    now: Callable[[], int]

    def grant(self, token: str, *kinds: GrantKind) -> Grant | None:
        """What a token of one of these kinds allows; the database is not asked."""
        grant = self.links.read(token, self.now())
        return grant if grant is not None and grant.kind in kinds else None

    def visitor(self, tx: Tx, grant: Grant) -> Visitor | None:
        """Who holds it; None for somebody the city file no longer names, or who has left."""
        unit = self.open_unit(tx, self.now())
        actor = grant.actor(unit.city)
        if actor is None or departures.has_left(tx, grant.id, unit.now):
            return None
        writer = Writer(self.texts, unit.city, staff_words.LANGUAGE, html=False)
        return Visitor(StaffService(unit, actor), grant, self.links, writer)
