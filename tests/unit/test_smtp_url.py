"""A mail server's URL."""

import ssl

import pytest

from bot.mail.smtp_url import Security, Server, parse


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://relay.example", Server("relay.example", 25, Security.OFFERED)),
        ("smtp://relay.example:2525/", Server("relay.example", 2525, Security.OFFERED)),
        ("smtps://relay.example", Server("relay.example", 465, Security.TLS)),
        ("smtp+starttls://relay.example", Server("relay.example", 587, Security.STARTTLS)),
        ("smtp://[::1]:2525", Server("::1", 2525, Security.OFFERED)),
        (
            "smtps://bot%40office.example:p%40ss%2Fword@relay.example",
            Server("relay.example", 465, Security.TLS, "bot@office.example", "p@ss/word"),
        ),
    ],
)
def test_a_url_names_a_server(url: str, server: Server) -> None:
    assert parse(url) == server


def test_a_password_leaves_this_machine_under_tls_only() -> None:
    far, near = parse("smtp://bot:secret@relay.example"), parse("smtp://bot:secret@127.0.0.1")
    assert far == Server("relay.example", 25, Security.STARTTLS, "bot", "secret")
    assert near == Server("127.0.0.1", 25, Security.OFFERED, "bot", "secret")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "relay.example",
        "http://relay.example",
        "smtp://",
        "smtp://relay.example:port",
        "smtp://relay.example/path",
        "smtp://relay.example?starttls=required",
    ],
)
def test_anything_else_names_none(url: str) -> None:
    assert parse(url) is None


def test_neither_user_nor_password_is_shown() -> None:
    assert "secret" not in repr(parse("smtps://bot:secret@relay.example"))
    assert "bot" not in repr(parse("smtps://bot:secret@relay.example"))


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("smtps://a.example", ssl.CERT_REQUIRED),
        ("smtp+starttls://a.example", ssl.CERT_REQUIRED),
        ("smtp://a.example", ssl.CERT_NONE),
    ],
)
def test_who_demands_tls_demands_a_certificate(url: str, mode: ssl.VerifyMode) -> None:
    server = parse(url)
    assert server is not None
    assert server.trust().verify_mode is mode
