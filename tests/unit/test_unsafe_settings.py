"""What `check` and the start say of settings that let data or limits go."""

from typing import Any

import pytest
from pydantic import SecretStr

from bot.commands import check
from bot.runtime import unsafe_settings
from bot.settings import Settings

SECRET = SecretStr("a-secret-long-enough")
HERE = "http://127.0.0.1:8081"


def told(**values: Any) -> list[str]:
    """The keys that are named."""
    return [key for key, _ in unsafe_settings.unsafe_settings(made(**values))]


def made(**values: Any) -> Settings:
    return Settings(webhook_secret=SECRET, mail_from="termine@lotse.example", **values)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("BOT_PUBLIC_URL", {"public_url": "http://termine.example.org"}),
        ("BOT_WEBHOOK_URL", {"webhook_url": "http://192.168.1.9/telegram"}),
        ("BOT_API_URL", {"api_url": "http://api.example.org"}),
        ("BOT_API_URL", {"api_url": "http://127.0.0.1.example.org"}),
        ("BOT_API_URL", {"api_url": "http://[broken"}),
        ("BOT_SMTP_URL", {"smtp_url": SecretStr("smtp://mail.example.org")}),
        ("BOT_LISTEN", {"listen": "0.0.0.0:8443"}),
        ("BOT_LISTEN", {"listen": "93.184.216.34:8443"}),
        ("BOT_ACTIONS_PER_MINUTE", {"actions_per_minute": 0}),
        ("BOT_RATE_OVERALL", {"rate_overall": 0}),
        ("BOT_RATE_PER_CHAT", {"rate_per_chat": 0}),
    ],
)
def test_a_setting_that_is_not_safe_is_named(key: str, values: dict[str, Any]) -> None:
    assert told(**values) == [key]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"public_url": "https://termine.example.org", "webhook_url": "https://bot.example.org/t"},
        {"public_url": "http://localhost:8443", "webhook_url": "http://127.0.0.1:8443/t"},
        {"api_url": HERE, "actions_per_minute": 0, "rate_overall": 0, "rate_per_chat": 0},
        {"smtp_url": SecretStr("smtps://mail.example.org")},
        {"smtp_url": SecretStr("smtp+starttls://lotse:secret@mail.example.org")},
        {"smtp_url": SecretStr("smtp://lotse:secret@mail.example.org")},
        {"smtp_url": SecretStr("smtp://localhost:2525")},
        {"listen": "127.0.0.1:8443"},
        {"listen": "localhost:8443"},
        {"listen": "10.0.0.5:8443"},
    ],
)
def test_nothing_is_told_of_what_is_safe_or_stays_on_this_machine(values: dict[str, Any]) -> None:
    assert told(**values) == []


def test_each_is_a_warning_of_check_and_a_line_of_the_log_without_its_value(
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = made(public_url="http://termine.example.org", rate_overall=0)
    found = [str(problem) for problem in check.of_settings(settings)]
    assert found == [
        f"warning: environment: BOT_PUBLIC_URL: {unsafe_settings.PAGES_IN_CLEAR}",
        f"warning: environment: BOT_RATE_OVERALL: {unsafe_settings.NO_RATE}",
    ]
    unsafe_settings.warn(settings)
    assert caplog.messages == ["a setting is not safe"] * 2
    lines = [record.fields["setting"] for record in caplog.records]  # type: ignore[attr-defined]
    assert lines == ["BOT_PUBLIC_URL", "BOT_RATE_OVERALL"]
