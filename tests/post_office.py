"""A real SMTP server to hand mails in at: it can refuse, hang, hang up and be away."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = b"lotse", b"p@ss/word"
HANG, HANG_UP = "hang", "hang up"


class Certificate(NamedTuple):
    """What the server shows, and what a client believes that trusts it alone."""

    shown: ssl.SSLContext
    trusted: ssl.SSLContext


def certificate(folder: Path) -> Certificate:
    """A self-signed one for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + made.public_bytes(pem))
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(file)
    return Certificate(shown, ssl.create_default_context(cafile=str(file)))


class PostOffice:
    """Keeps what is handed in. `says` scripts the next answers, per command, first one first."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.says: dict[str, list[str]] = {"MAIL": [], "RCPT": [], "DATA": []}
        self.logins = 0
        self.lines: list[SMTP] = []
        self.encrypted: list[bool] = []
        self.greeting_hangs = False
        self.answers_after = 0.0
        self.under_way = False
        self.port = 0
        self._options: dict[str, Any] = {}
        self._tls: ssl.SSLContext | None = None
        self._server: asyncio.Server | None = None

    @property
    def message_ids(self) -> list[str]:
        """The Message-IDs in order of arrival."""
        return [str(mail["Message-ID"]) for mail in self.mails]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self._answer("MAIL", server)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = await self._answer("RCPT", server)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        self.under_way = True
        await asyncio.sleep(self.answers_after)
        answer = await self._answer("DATA", server)
        if answer.startswith("2"):
            self.keep(envelope, session.ssl is not None)
        return answer

    def keep(self, envelope: Any, encrypted: bool) -> None:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        self.encrypted.append(encrypted)

    async def _answer(self, command: str, server: SMTP) -> str:
        answer = self.says[command].pop(0) if self.says[command] else "250 OK"
        if answer == HANG:
            await asyncio.sleep(30)
        if answer == HANG_UP:
            _hang_up(server)
            await asyncio.sleep(30)
        return answer

    def authenticate(self, server: Any, session: Any, envelope: Any, how: str, data: Any) -> Any:
        self.logins += 1
        good = isinstance(data, LoginPassword) and data == LoginPassword(USER, PASSWORD)
        return AuthResult(success=good, handled=False)

    async def open(self, tls: ssl.SSLContext | None = None, **options: Any) -> None:
        """Serve on the port it had before, or on a free one; `options` are aiosmtpd's."""
        self._options, self._tls = options, tls
        await self.reopen()

    async def reopen(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._line, "127.0.0.1", self.port, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]

    def _line(self) -> asyncio.BaseProtocol:
        if self.greeting_hangs:
            return asyncio.Protocol()
        line = SMTP(self, hostname="post.test", **self._options)
        self.lines.append(line)
        return line

    async def close(self) -> None:
        """Hang up on everybody and be away."""
        if self._server is not None:
            self._server.close()
        self.hang_up()
        await asyncio.sleep(0.02)

    def hang_up(self) -> None:
        """End every connection there is."""
        for line in self.lines:
            _hang_up(line)

    @property
    def open_lines(self) -> int:
        """How many connections there are now."""
        lines = (line.transport for line in self.lines)
        return sum(transport is not None and not transport.is_closing() for transport in lines)


def _hang_up(line: SMTP) -> None:
    if isinstance(line.transport, asyncio.WriteTransport):
        line.transport.abort()


@asynccontextmanager
async def post_office(
    tls: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[PostOffice]:
    """An open one on a free port."""
    office = PostOffice()
    await office.open(tls, **options)
    try:
        yield office
    finally:
        await office.close()
