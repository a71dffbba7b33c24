"""Calls of the Bot API as plain JSON over the library's request, which maps the errors.

The library's own methods build and read back objects that nobody here looks at: fifteen times
the work of the call itself (docs/decisions/0008).
"""

from dataclasses import dataclass
from typing import Any

from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

UNSET = BaseRequest.DEFAULT_NONE


@dataclass(frozen=True, slots=True)
class Api:
    """The API behind `address`, which has the token in it and is never shown."""

    request: BaseRequest
    address: str

    async def call(self, method: str, *, read_timeout: Any = UNSET, **parameters: Any) -> Any:
        """The result of one call, as JSON. Raises TelegramError as the library does."""
        data = RequestData([RequestParameter(name, of, None) for name, of in parameters.items()])
        return await self.request.post(f"{self.address}/{method}", data, read_timeout=read_timeout)
