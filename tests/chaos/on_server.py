"""The bot and its simulator in this process, on a PostgreSQL database."""

import psycopg
from fleet import KEY
from pydantic import SecretStr
from stage import OPEN_ROWS, World

from bot.settings import Settings


def world_on(url: str) -> type[World]:
    """The world of a bot on the database at this URL."""

    class OnServer(World):
        @property
        def settings(self) -> Settings:
            changes = {"database_url": url, "data_key": SecretStr(KEY)}
            return super().settings.model_copy(update=changes)

        def _has_open_rows(self) -> bool:
            return self._read(OPEN_ROWS) == [(True,)]

        async def sql(self, query: str) -> list[tuple[object, ...]]:
            return self._read(query)

        def _read(self, query: str) -> list[tuple[object, ...]]:
            with psycopg.connect(url) as connection:
                return connection.execute(query.encode()).fetchall()

    return OnServer
