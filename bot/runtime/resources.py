"""What is open while a command touches data."""

import secrets
from dataclasses import dataclass

from bot.chat.telegram_limits import LIMITS
from bot.domain.city import City
from bot.domain.staffing import Staffing
from bot.runtime.clock import Clock
from bot.services.unit import Outbound, Unit
from bot.settings import Settings
from bot.storage.engine.database import Database, Tx
from bot.storage.vault import Vault
from bot.understanding.heard import Tables


@dataclass(frozen=True, slots=True)
class Resources:
    """What every command that touches data needs, open."""

    settings: Settings
    clock: Clock
    city: City
    words: Tables
    database: Database
    vault: Vault
    staffing: Staffing

    def open_unit(self, tx: Tx, now: int) -> Unit:
        """The unit of work of a transaction at a moment (UTC epoch seconds)."""
        return Unit(
            *(tx, self.city, self.words, self.staffing, now, self.vault),
            *(secrets.choice, LIMITS, Outbound()),
        )
