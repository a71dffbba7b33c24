"""Settings from the environment: read once, frozen, every problem reported at the same time."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

SQLITE = "sqlite:///"
WEBHOOK_LISTEN = "127.0.0.1:8443"
FORMS = {
    "api_url": "must be an address such as https://api.telegram.org",
    "database_url": "must be sqlite:/// and a path, or postgresql://user@host/name",
    "listen": "must be host:port, such as 127.0.0.1:8443",
    "public_url": "must be an address such as https://termine.example.org",
    "webhook_url": "must be an address such as https://bot.example.org/telegram",
}


class SettingsError(Exception):
    """The environment cannot be used as it is; one line for each problem, without values."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """What an operator can set. Rates are messages a second, 0 lifts a limit."""

    model_config = SettingsConfigDict(env_prefix="BOT_", frozen=True, env_ignore_empty=True)

    token: SecretStr | None = None
    api_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] = "https://api.telegram.org"
    database_url: Annotated[str, Field(pattern=r"^(sqlite:///|postgresql://).+")] = (
        "sqlite:///lotse.db"
    )
    city: str = "herne"
    data_key: SecretStr | None = None
    data_key_file: Path | None = None
    new_data_key: SecretStr | None = None
    listen: Annotated[str, Field(pattern=r"^[^\s:]+:\d{1,5}$")] | None = None
    webhook_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] | None = None
    webhook_secret: Annotated[SecretStr, Field(min_length=16)] | None = None
    staff: Path | None = None
    streets: Path | None = None
    smtp_url: SecretStr | None = None
    mail_from: str | None = None
    public_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] | None = None
    rate_overall: Annotated[float, Field(ge=0)] = 30.0
    rate_per_chat: Annotated[float, Field(ge=0)] = 1.0
    actions_per_minute: Annotated[int, Field(ge=0)] = 20
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @model_validator(mode="after")
    def _webhook_is_guarded(self) -> "Settings":
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError("BOT_WEBHOOK_SECRET: needed where BOT_WEBHOOK_URL is set")
        return self

    @model_validator(mode="after")
    def _mail_has_a_sender(self) -> "Settings":
        if self.smtp_url is not None and self.mail_from is None:
            raise ValueError("BOT_MAIL_FROM: needed where BOT_SMTP_URL is set")
        return self

    @model_validator(mode="after")
    def _key_is_shared(self) -> "Settings":
        # A key made beside one program could not open what another wrote to the same server.
        if self.database_file is None and self.data_key is None and self.data_key_file is None:
            raise ValueError("BOT_DATA_KEY: needed on PostgreSQL, or BOT_DATA_KEY_FILE")
        return self

    @property
    def is_local(self) -> bool:
        """Whether the Bot API is on this machine, as in the demo and in tests: nobody real asks."""
        return is_on_this_machine(self.api_url)

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port to listen on; None where nothing is served, which a webhook must be."""
        serves = self.webhook_url or self.public_url
        listen = self.listen or (WEBHOOK_LISTEN if serves else None)
        if listen is None:
            return None
        host, _, port = listen.rpartition(":")
        return host, int(port)

    @property
    def key_file(self) -> Path:
        """Where the key is: as set, else beside the SQLite database."""
        beside = self.database_file or Path("lotse.db")
        return self.data_key_file or beside.with_name("lotse.key")

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database, None for PostgreSQL."""
        file = self.database_url.removeprefix(SQLITE)
        return None if file == self.database_url else Path(file)

    def required_token(self) -> str:
        """The token, for commands that speak to Telegram. Raises SettingsError."""
        if self.token is None:
            raise SettingsError(("BOT_TOKEN: not set; @BotFather on Telegram gives you one",))
        return self.token.get_secret_value()


def is_on_this_machine(url: str) -> bool:
    """Whether what is sent to a URL stays on this machine."""
    try:
        return is_this_machine(urlsplit(url).hostname or "")
    except ValueError:
        return False


def is_this_machine(host: str) -> bool:
    """Whether a name or an address is that of the machine the program runs on."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def read() -> Settings:
    """The settings of this process. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        problems = tuple(_told(fault) for fault in error.errors(include_input=False))
        raise SettingsError(problems) from None


def _told(fault: ErrorDetails) -> str:
    if not fault["loc"]:
        return fault["msg"].removeprefix("Value error, ")
    field = str(fault["loc"][0])
    reason = FORMS[field] if fault["type"] == "string_pattern_mismatch" else fault["msg"]
    return f"BOT_{field.upper()}: {reason}"
