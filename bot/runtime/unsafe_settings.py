"""Settings by which data goes in the clear, or by which strangers can do more than they should.

Said at the start and by `check`; nothing fails by it, since only the operator knows the network.
"""

import logging
from collections.abc import Iterator
from ipaddress import ip_address
from typing import NamedTuple

from bot.mail import smtp_url
from bot.mail.smtp_url import Security
from bot.observability.logs import fields
from bot.settings import Settings, is_on_this_machine, is_this_machine

log = logging.getLogger(__name__)

PAGES_IN_CLEAR = (
    "without TLS: links can be read on their way, and browsers let nobody in; use https://"
)
UPDATES_IN_CLEAR = (
    "without TLS: what clients write, and the secret, can be read on their way; use https://"
)
CALLS_IN_CLEAR = "without TLS: the token and every message can be read on their way; use https://"
MAIL_IN_CLEAR = "TLS only where the server offers it: use smtps:// or smtp+starttls://"
OPEN_PORT = (
    "open to whoever reaches this machine, without TLS: use 127.0.0.1 behind your own TLS;"
    " in a container, publish the port on 127.0.0.1 only"
)
NO_LIMIT = "0 lifts the limit: one chat may do as much as it likes"
NO_RATE = "0 lifts the limit: Telegram refuses those who send too much"


class UnsafeSetting(NamedTuple):
    """A variable of the environment, and what can come of its value, which is not told."""

    key: str
    reason: str


def unsafe_settings(settings: Settings) -> tuple[UnsafeSetting, ...]:
    """Every setting that is not safe. What stays on this machine is."""
    return (*_in_the_clear(settings), *_open_to_all(settings), *_without_limit(settings))


def warn(settings: Settings) -> None:
    """Say in a line of the log for each what there is."""
    for key, reason in unsafe_settings(settings):
        log.warning("a setting is not safe", extra=fields(setting=key, reason=reason))


def _in_the_clear(settings: Settings) -> Iterator[UnsafeSetting]:
    for key, url, reason in (
        ("BOT_API_URL", settings.api_url, CALLS_IN_CLEAR),
        ("BOT_WEBHOOK_URL", settings.webhook_url, UPDATES_IN_CLEAR),
        ("BOT_PUBLIC_URL", settings.public_url, PAGES_IN_CLEAR),
    ):
        if url is not None and url.startswith("http://") and not is_on_this_machine(url):
            yield UnsafeSetting(key, reason)
    named = settings.smtp_url and smtp_url.parse(settings.smtp_url.get_secret_value())
    if named and named.security is Security.OFFERED and not is_this_machine(named.host):
        yield UnsafeSetting("BOT_SMTP_URL", MAIL_IN_CLEAR)


def _open_to_all(settings: Settings) -> Iterator[UnsafeSetting]:
    """An address of a private network is the operator's own; a name tells nothing."""
    try:
        address = ip_address(settings.address[0] if settings.address else "localhost")
    except ValueError:
        return
    if address.is_unspecified or not address.is_private:
        yield UnsafeSetting("BOT_LISTEN", OPEN_PORT)


def _without_limit(settings: Settings) -> Iterator[UnsafeSetting]:
    """Where the Bot API is on this machine nobody real asks."""
    if settings.is_local:
        return
    if settings.actions_per_minute == 0:
        yield UnsafeSetting("BOT_ACTIONS_PER_MINUTE", NO_LIMIT)
    if settings.rate_overall == 0:
        yield UnsafeSetting("BOT_RATE_OVERALL", NO_RATE)
    if settings.rate_per_chat == 0:
        yield UnsafeSetting("BOT_RATE_PER_CHAT", NO_RATE)
