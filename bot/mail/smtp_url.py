"""The mail server an operator names, as a URL."""

import ssl
from dataclasses import dataclass, field
from enum import Enum
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit


class Security(Enum):
    """How the way to the server is protected."""

    TLS = "from the first byte on"
    STARTTLS = "by STARTTLS, or nothing is sent"
    OFFERED = "by STARTTLS where the server offers it"


SCHEMES = {
    "smtps": (Security.TLS, 465),
    "smtp+starttls": (Security.STARTTLS, 587),
    "smtp": (Security.OFFERED, 25),
}


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how to hand in mail; without a user nobody logs in."""

    host: str
    port: int
    security: Security
    user: str | None = field(default=None, repr=False)
    password: str = field(default="", repr=False)

    def trust(self) -> ssl.SSLContext:
        """Whom to believe that they are this server.

        Where nothing demands TLS, an unknown certificate is still better than plain text.
        """
        context = ssl.create_default_context()
        if self.security is Security.OFFERED:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def parse(url: str) -> Server | None:
    """The server a BOT_SMTP_URL names; None if it names none.

    `smtps://`, `smtp+starttls://` or `smtp://`, user and password percent-encoded. A password
    leaves this machine under TLS only, so with one `smtp://` means `smtp+starttls://`.
    """
    try:
        parts = urlsplit(url)
        security, usual_port = SCHEMES[parts.scheme]
        host, port = parts.hostname, parts.port or usual_port
    except (ValueError, KeyError):
        return None
    if not host or parts.path not in ("", "/") or parts.query or parts.fragment:
        return None
    user = unquote(parts.username) if parts.username else None
    if security is Security.OFFERED and user is not None and not _is_this_machine(host):
        security = Security.STARTTLS
    return Server(host, port, security, user, unquote(parts.password or ""))


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
