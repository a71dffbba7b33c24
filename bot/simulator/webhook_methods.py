"""The methods about how updates reach the bot, but for the long poll itself."""

import re

from bot.simulator.call import Call
from bot.simulator.refusal import Refusal, bad_request
from bot.simulator.updates import MOST_CONNECTIONS, Webhook
from bot.simulator.world import JSON

SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
URL = re.compile(r"https?://[^\s/]+\S*")


def set_webhook(call: Call) -> bool | Refusal:
    """Push to a url from now on; plain http is taken, as a local server does."""
    url, secret = call.params["url"], call.params.get("secret_token", "")
    connections = call.params.get("max_connections", MOST_CONNECTIONS)
    if not url:
        return delete_webhook(call)
    if not URL.fullmatch(url):
        return bad_request("bad webhook: invalid webhook URL specified")
    if not SECRET.fullmatch(secret):
        return bad_request("secret token contains unallowed characters")
    if not 1 <= connections <= 100:
        return bad_request("max_connections must be 1 to 100")
    if "allowed_updates" in call.params:
        call.updates.allowed = frozenset(call.params["allowed_updates"])
    _drop_if_wanted(call)
    certificate, address = "certificate" in call.params, call.params.get("ip_address")
    call.updates.set_webhook(Webhook(url, secret, connections, address, certificate))
    return True


def delete_webhook(call: Call) -> bool:
    """Hand updates out to pollers again."""
    _drop_if_wanted(call)
    call.updates.set_webhook(None)
    return True


def get_webhook_info(call: Call) -> JSON:
    """Where updates go, how many wait, and the last failure."""
    webhook = call.updates.webhook or Webhook("")
    info: JSON = {
        "url": webhook.url,
        "has_custom_certificate": webhook.certificate,
        "pending_update_count": call.updates.pending(call.now),
    }
    if webhook.url:
        info["max_connections"] = webhook.most_connections
    if webhook.ip_address:
        info["ip_address"] = webhook.ip_address
    if webhook.failed_at is not None:
        info |= {"last_error_date": int(webhook.failed_at), "last_error_message": webhook.failure}
    if call.updates.allowed:
        info["allowed_updates"] = sorted(call.updates.allowed)
    return info


def _drop_if_wanted(call: Call) -> None:
    if call.params.get("drop_pending_updates"):
        call.updates.entries.clear()
