"""A database that has committed and whose answer is lost, as when a server goes away."""

from collections.abc import Callable
from typing import Any

from bot.storage.engine.database import Database, DatabaseUnavailable


class Forgetful:
    """Loses one answer while `loses`: the first that `is_meant`, or one `after` so many."""

    def __init__(
        self, database: Database, is_meant: Callable[[Any], bool], after: int = 0, loses: int = 1
    ) -> None:
        self._database = database
        self._is_meant = is_meant
        self.dialect = database.dialect
        self.loses = loses
        self._after = after

    async def run(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        value = await self._database.run(work, *args, **kwargs)
        if self.loses and self._is_meant(value):
            if self._after:
                self._after -= 1
                return value
            self.loses -= 1
            raise DatabaseUnavailable("the answer is lost")
        return value

    async def close(self) -> None:
        await self._database.close()
