"""`python -m bot block CODE` and `unblock CODE`: whoever misuses booking is asked to phone instead.

Only an appointment's code says who is meant; neither command shows or needs to know more.
"""

from bot.domain.fair_use import BLOCKED_SECONDS, DAY_SECONDS
from bot.settings import Settings
from bot.storage.engine.migrations import open_newest
from bot.storage.records import blocked_clients

DAYS = BLOCKED_SECONDS // DAY_SECONDS


class UnknownCode(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """No appointment of a chat, or no block, has this code."""


async def block(settings: Settings, code: str, now: int) -> str:
    """Keep the client behind an appointment from booking; what to tell. Raises UnknownCode."""
    wanted = _read(code)
    async with open_newest(settings.database_url) as database:
        if not await database.run(blocked_clients.block, wanted, now):
            raise UnknownCode(f"{wanted}: no appointment of a chat has this code, or none any more")
    return (
        f"{wanted}: this client is asked to phone instead of booking, for {DAYS} days."
        f" What is booked stays. `unblock {wanted}` lifts it."
    )


async def unblock(settings: Settings, code: str) -> str:
    """Let a blocked client book again; what to tell. Raises UnknownCode."""
    wanted = _read(code)
    async with open_newest(settings.database_url) as database:
        if not await database.run(blocked_clients.unblock, wanted):
            raise UnknownCode(f"{wanted}: nobody is blocked by this code")
    return f"{wanted}: this client can book again."


def _read(code: str) -> str:
    return code.strip().upper()
