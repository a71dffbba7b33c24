"""Calls of the Bot API as plain JSON; what is refused, the library's request maps to its errors.

The library's own methods build and read back objects that nobody here looks at: fifteen times
the work of the call itself (docs/decisions/0008).
"""

from dataclasses import dataclass
from typing import Any

from telegram.error import NetworkError

from bot.chat.transport import UNSET, ApiRequest, read


@dataclass(frozen=True, slots=True)
class Api:
    """The API behind `address`, which has the token in it and is never shown."""

    request: ApiRequest
    address: str

    async def call(self, method: str, *, read_timeout: Any = UNSET, **parameters: Any) -> Any:
        """The result of one call, as JSON. Raises TelegramError as the library does."""
        answer = read(await self._answer(method, parameters, read_timeout))
        if "result" not in answer:
            raise NetworkError("the answer has no result")
        return answer["result"]

    async def make(self, method: str, **parameters: Any) -> None:
        """Make a call of whose result nobody needs to know more. Raises TelegramError."""
        await self._answer(method, parameters, UNSET)

    async def _answer(self, method: str, parameters: dict[str, Any], read_timeout: Any) -> bytes:
        return await self.request.call(f"{self.address}/{method}", parameters, read_timeout)
