"""How updates come in: polled, or brought to the web server, which also tells of our health."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.chat.connecting import Connection, WebhookAddress, arrange
from bot.chat.heartbeat import Heartbeat
from bot.chat.intake import Intake
from bot.chat.polling import Poller, PollPauses
from bot.observability.counters import Counters
from bot.web import http_server
from bot.web.health import Health
from bot.web.webhook import Webhook


@dataclass(frozen=True, slots=True)
class Ingress:
    """The doors of the bot. `address` is where it listens, if anywhere; `pages` are the staff's."""

    address: tuple[str, int] | None
    webhook: WebhookAddress | None
    connection: Connection
    intake: Intake
    health: Health
    counters: Counters
    pauses: PollPauses
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

    async def watch(self) -> None:
        """Fetch updates until cancelled, or see to it that they can still be brought."""
        if self.webhook is None:
            poller = Poller(self.connection.polls, self.intake, self.counters, self.pauses)
            await poller.run()
        else:
            await Heartbeat(self.connection.api, self.counters).run()

    def _webhook_routes(self) -> list[web.RouteDef]:
        if self.webhook is None:
            return []
        path = urlsplit(self.webhook.url).path or "/"
        return Webhook(path, self.webhook.secret, self.intake.take).routes()
