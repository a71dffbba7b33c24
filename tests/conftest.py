"""What every test can ask for."""

from engines import postgres_server, url

__all__ = ["postgres_server", "url"]
