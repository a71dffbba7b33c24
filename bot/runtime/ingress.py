"""How updates come in: polled, or brought to the web server, which also tells of our health."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.chat.connecting import Connection, WebhookAddress, arrange
from bot.chat.intake import Intake
from bot.chat.polling import Poller
from bot.chat.webhook_watch import Tell, WebhookWatch
from bot.observability.counters import Counters
from bot.runtime.timeouts import ApiTimeouts
from bot.web import http_server
from bot.web.health import Health
from bot.web.webhook import Webhook


@dataclass(frozen=True, slots=True)
class Ingress:
    """The doors of the bot. `address` is where it listens, if anywhere; `pages` are the staff's.

    `tell` lets the operators know that updates do not come.
    """

    address: tuple[str, int] | None
    webhook: WebhookAddress | None
    connection: Connection
    intake: Intake
    health: Health
    counters: Counters
    timeouts: ApiTimeouts
    tell: Tell
    pages: tuple[web.RouteDef, ...] = ()

    async def serve(self) -> None:
        """Answer over HTTP until cancelled, also while the Bot API is away."""
        kept = (*self.health.routes(), *self._webhook_routes())
        await http_server.serve(self.address, kept, self.pages)

    async def introduce(self) -> None:
        """Wait for the Bot API, and say how updates shall come. Raises NotAccepted."""
        await self.connection.identity.username()
        await arrange(self.connection.bot, self.webhook)
        self.counters.api_answered()
        self.counters.webhook.found()

    async def watch(self) -> None:
        """Fetch updates until cancelled, or see to it that they can still be brought."""
        connection, counters = self.connection, self.counters
        if self.webhook is None:
            pauses = self.timeouts.polls
            await Poller(connection.polls, self.intake, counters, self.tell, pauses).run()
        else:
            pulse = self.timeouts.pulse
            watch = WebhookWatch(connection.api, self.webhook, counters, self.tell, pulse)
            await watch.run()

    def _webhook_routes(self) -> list[web.RouteDef]:
        if self.webhook is None:
            return []
        path = urlsplit(self.webhook.url).path or "/"
        return Webhook(path, self.webhook.secret, self.intake.take).routes()
