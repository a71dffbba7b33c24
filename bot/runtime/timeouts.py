"""How long the bot waits for the Bot API, and between attempts; tests are less patient."""

from dataclasses import dataclass

from bot.chat import polling, transport, webhook_watch
from bot.delivery import retries


@dataclass(frozen=True, slots=True)
class ApiTimeouts:
    """What each part that speaks to the Bot API waits for; `pulse` are the seconds between two
    looks at our webhook."""

    requests: transport.RequestTimeouts = transport.DEFAULTS
    polls: polling.PollPauses = polling.PAUSES
    chat_sender: retries.RetryPauses = retries.PAUSES
    pulse: float = webhook_watch.PULSE_SECONDS


API_TIMEOUTS = ApiTimeouts()
