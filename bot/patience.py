"""How long the bot waits for the Bot API, and between attempts; tests are less patient."""

from dataclasses import dataclass

from bot.chat import polling, transport
from bot.courier import retries


@dataclass(frozen=True, slots=True)
class Patience:
    """What each part that speaks to the Bot API waits for."""

    requests: transport.Timeouts = transport.DEFAULTS
    polls: polling.Pauses = polling.PAUSES
    courier: retries.Pauses = retries.PAUSES


PATIENCE = Patience()
