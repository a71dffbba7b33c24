"""What is open while a command touches data."""

from dataclasses import dataclass

from bot.domain.city import City
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.runtime.clock import Clock
from bot.settings import Settings
from bot.storage.engine.database import Database
from bot.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Resources:
    """What every command that touches data needs, open."""

    settings: Settings
    clock: Clock
    city: City
    database: Database
    vault: Vault
    staffing: Staffing = CHAT_ONLY
